import { describe, expect, it } from "vitest";
import { Hub } from "../../src/hub.js";
import type { Page } from "../../src/lists/pages.js";
import { complaintsAbout } from "../requests/document.js";
import type { SentRequest } from "../servers/recording-hub.js";
import { allItems, endpoint, FakeList, pageSize } from "../servers/fake-list.js";
import { listCases, type ListCase } from "./list-cases.js";
import { pagedOperations, pageParameter, pagingOf, type Paging } from "./paging-of.js";

const token = "hf_lists";

const hubOf = (server: FakeList): Hub => new Hub({ token, endpoint, fetch: server.fetch, retries: 0 });
const urlOf = ({ target }: SentRequest): URL => new URL(target, endpoint);

function serverOf({ operation, asks }: ListCase): FakeList {
  return new FakeList(new URL(asks, endpoint).pathname, pagingOf(operation));
}

async function collect<T>(values: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const value of values) all.push(value);
  return all;
}

/** What each page is requested by. Without a total, only an empty page tells where numbered pages end. */
function positions({ scheme, total }: Paging): (string | null)[] {
  if (scheme === "link") return [null, "c2", "c3"];
  if (scheme === "index") return ["1", "3", "5"];
  if (scheme === "skip") return ["0", "2", "4"];
  return total === undefined ? ["0", "1", "2", "3"] : ["0", "1", "2"];
}

/** The query, but for the parameter that tells pages apart; a parameter's own values keep their order. */
function filtersOf(url: URL, { scheme }: Paging): [string, string][] {
  const query = new URLSearchParams(url.search);
  query.delete(pageParameter[scheme]);
  query.sort();
  return [...query];
}

describe("the lists tried here", () => {
  it("are those of every paged operation, each once", () => {
    const tried = listCases.map(({ operation }) => operation);
    expect(pagedOperations.filter((id) => !tried.includes(id))).toEqual([]);
    expect(tried.filter((id, index) => !pagedOperations.includes(id) || tried.indexOf(id) !== index)).toEqual([]);
  });
});

describe("the daily papers from a later page on", () => {
  const daily = new FakeList("/api/daily_papers", pagingOf("listDailyPapers"));

  it("are those of that page and of all behind it", async () => {
    expect(await collect<unknown>(hubOf(daily).papers.listDaily({ p: 1 }))).toEqual(allItems.slice(pageSize));
    expect(daily.requests.map((request) => urlOf(request).searchParams.get("p"))).toEqual(["1", "2", "3"]);
  });

  it.each([-1, 1.5, NaN])("are refused for a page that is none: %d", (p) => {
    expect(() => hubOf(daily).papers.listDaily({ p })).toThrow(`p is ${p}; expected a whole number from 0`);
  });
});

describe("an item that stands alone on the last page", () => {
  const three = allItems.slice(0, 3);
  const page = (start: number): unknown[] => three.slice(start, start + pageSize);
  const scim = ({ searchParams }: URL): object => ({
    Resources: page(Number(searchParams.get("startIndex")) - 1),
    totalResults: three.length,
  });
  const posts = ({ searchParams }: URL): object => ({
    socialPosts: page(Number(searchParams.get("skip"))),
    numTotalItems: three.length,
  });

  it.each([
    ["SCIM users", scim, (hub: Hub) => collect<unknown>(hub.scim.listUsers({ org: "my-org" }))],
    ["posts", posts, (hub: Hub) => collect<unknown>(hub.posts.list())],
  ])("is not left out of %s, and nothing is asked behind it", async (_, bodyOf, list) => {
    let requests = 0;
    const fetch = async (url: string | URL | Request): Promise<Response> => {
      requests++;
      return Response.json(bodyOf(new URL(String(url))));
    };
    expect(await list(new Hub({ token, endpoint, fetch, retries: 0 }))).toEqual(three);
    expect(requests).toBe(2);
  });
});

describe("a list of the token's own user", () => {
  const own = listCases.filter(({ ofTokenOwner }) => ofTokenOwner === true);

  it.each(own)("goes on from a cursor without asking who that is: $operation", async (listCase) => {
    const server = serverOf(listCase);
    const [page] = await collect(listCase.list(hubOf(server)).pages());
    expect(server.identityRequests).toHaveLength(1);
    const later = serverOf(listCase);
    expect(await collect(listCase.list(hubOf(later)).from(page?.next ?? ""))).toEqual(allItems.slice(pageSize));
    expect(later.identityRequests).toEqual([]);
  });

  it.each(["jobs", "buckets"] as const)("keeps the options of the call on every page: %s", async (kind) => {
    const server = new FakeList(`/api/${kind}/me`, pagingOf(kind === "jobs" ? "listJobs" : "listBuckets"));
    const list = hubOf(server)[kind].list({}, { headers: { "x-trace": "mine" } });
    await collect<unknown>(list);
    expect(server.requests.map(({ headers }) => headers.get("x-trace"))).toEqual(["mine", "mine", "mine"]);
  });

  it("is another one when the token is", async () => {
    const owners: string[] = [];
    let token = "hf_ada";
    const fetch = async (url: string | URL | Request, init?: RequestInit): Promise<Response> => {
      const name = new Headers(init?.headers).get("authorization")?.replace("Bearer hf_", "");
      if (String(url).endsWith("/api/whoami-v2")) return Response.json({ name });
      owners.push(new URL(String(url)).pathname);
      return Response.json([]);
    };
    const hub = new Hub({ token: () => token, endpoint, fetch });
    await hub.jobs.list().toArray();
    token = "hf_grace";
    await hub.jobs.list().toArray();
    expect(owners).toEqual(["/api/jobs/ada", "/api/jobs/grace"]);
  });
});

describe.each(listCases)("the list of $operation", (listCase) => {
  const { operation, list, asks } = listCase;
  const paging = pagingOf(operation);

  it("begins with a request that the operation takes", async () => {
    const server = serverOf(listCase);
    await list(hubOf(server)).take(1);
    expect(server.requests).toHaveLength(1);
    expect(server.requests.flatMap((request) => complaintsAbout(operation, request))).toEqual([]);
  });

  it("gives the items of three pages in order, each once", async () => {
    expect(await collect(list(hubOf(serverOf(listCase))))).toEqual(allItems);
  });

  it("asks for one page after the other and for none in vain", async () => {
    const server = serverOf(listCase);
    await collect(list(hubOf(server)));
    const asked = server.requests.map((request) => urlOf(request).searchParams.getAll(pageParameter[paging.scheme]));
    expect(asked).toEqual(positions(paging).map((position) => (position === null ? [] : [position])));
  });

  it("asks for each page with the filters of the first", async () => {
    const server = serverOf(listCase);
    await collect(list(hubOf(server)));
    const filters = filtersOf(new URL(asks, endpoint), paging);
    for (const request of server.requests) expect(filtersOf(urlOf(request), paging)).toEqual(filters);
    expect(server.requests.length).toBeGreaterThanOrEqual(3);
  });

  it("sends the token with each request", async () => {
    const server = serverOf(listCase);
    await collect(list(hubOf(server)));
    const sent = [...server.identityRequests, ...server.requests];
    expect(sent.map(({ headers }) => headers.get("authorization"))).toEqual(sent.map(() => `Bearer ${token}`));
    expect(server.requests.length).toBeGreaterThanOrEqual(3);
  });

  it(`tells ${paging.total === undefined ? "no total, as the Hub gives none" : "the Hub's total on each page"}`, async () => {
    const pages = await collect(list(hubOf(serverOf(listCase))).pages());
    const total = paging.total === undefined ? undefined : allItems.length;
    expect(pages.map((page) => page.total)).toEqual(pages.map(() => total));
    expect(pages.length).toBeGreaterThanOrEqual(3);
  });

  it("goes on at the second page in another hub", async () => {
    const first = await firstPage(list(hubOf(serverOf(listCase))).pages());
    expect(first.items).toEqual(allItems.slice(0, pageSize));
    const server = serverOf(listCase);
    expect(await collect(list(hubOf(server)).from(first.next ?? "none"))).toEqual(allItems.slice(pageSize));
    expect(server.requests.map((request) => urlOf(request).searchParams.get(pageParameter[paging.scheme]))).toEqual(
      positions(paging).slice(1),
    );
    const filters = filtersOf(new URL(asks, endpoint), paging);
    for (const request of server.requests) expect(filtersOf(urlOf(request), paging)).toEqual(filters);
  });

  it(`asks ${listCase.ofTokenOwner === true ? "once" : "never"} to whom the token belongs`, async () => {
    const server = serverOf(listCase);
    await collect(list(hubOf(server)));
    expect(server.identityRequests).toHaveLength(listCase.ofTokenOwner === true ? 1 : 0);
  });
});

async function firstPage<T>(pages: AsyncIterable<Page<T>>): Promise<Page<T>> {
  for await (const page of pages) return page;
  throw new Error("the list has no page");
}
