import { operations } from "@hf-api/raw/operations";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HubError, HubInputError } from "../../src/errors.js";
import { Hub } from "../../src/hub.js";
import type { Fetch } from "../../src/options.js";
import { json, page, redirect } from "../servers/responses.js";
import { endpoint, FakeList } from "../servers/fake-list.js";
import { failure, hubAt, token, useFaultServer } from "../servers/setup.js";
import { listCases, type ListCase } from "./list-cases.js";
import { pagingOf } from "./paging-of.js";

/** A cursor as the list's own first page gives it. */
async function cursorFor({ operation, list, asks }: ListCase): Promise<string> {
  const server = new FakeList(new URL(asks, endpoint).pathname, pagingOf(operation));
  for await (const { next } of list(new Hub({ token, endpoint, fetch: server.fetch, retries: 0 })).pages()) {
    if (next !== undefined) return next;
  }
  throw new Error(`${operation} has no second page`);
}

const cursors = await Promise.all(
  listCases.map(async (it) => ({ operation: it.operation, cursor: await cursorFor(it) })),
);

const sent: string[] = [];
const fetch: Fetch = async (url) => {
  sent.push(url);
  return Response.json([]);
};
const endpoints = [endpoint, `${endpoint}/hf`, `${endpoint}/api`];
const hubs = new Map(endpoints.map((at) => [at, new Hub({ token, endpoint: at, fetch, retries: 0 })]));

/** Those of the cursors that the list does not reject, or not before any request. */
async function takenBy({ list }: ListCase, values: readonly unknown[], at: string = endpoint): Promise<unknown[]> {
  const whole = list(hubs.get(at) ?? new Hub({ fetch }));
  const taken: unknown[] = [];
  for (const cursor of values) {
    const error = await whole
      .from(cursor as string)
      .toArray()
      .catch((reason: unknown) => reason);
    const requests = sent.splice(0).length;
    if (!(error instanceof HubInputError) || requests > 0) taken.push(cursor);
  }
  return taken;
}

/** Each GET route, with something in the place of its parameters. */
const everyPath = Object.values(operations)
  .filter(({ method }) => method === "get")
  .map(({ path }) => path.replace(/\{\w+\}/g, "me"));

describe.each(listCases)("a cursor of $operation", (listCase) => {
  const { operation, asks } = listCase;
  const own = new URL(asks, endpoint).pathname;
  const cursor = cursors.find((it) => it.operation === operation)?.cursor ?? "";

  const search = cursor.slice(own.length);

  it("is the path and query of its page", () => {
    expect(cursor.startsWith(`${own}?`)).toBe(true);
  });

  it("of another list is rejected before any request", async () => {
    const others = cursors.filter((it) => it.operation !== operation);
    expect(
      await takenBy(
        listCase,
        others.map((other) => other.cursor),
      ),
    ).toEqual([]);
  });

  it("for another route is rejected before any request", async () => {
    const paths = everyPath.filter((path) => path !== own);
    expect(
      await takenBy(
        listCase,
        paths.map((path) => `${path}${search}`),
      ),
    ).toEqual([]);
  });

  it.each(endpoints)("that leaves the list by dots is rejected before any request, below %s", async (at) => {
    const away: string[] = [];
    for (const dots of ["..", "%2e%2E", ".%2e"]) {
      for (const separator of ["/", "\\", "%2f", "%5C"]) {
        const up = `${dots}${separator}`;
        away.push(`/${up}other/api/models`, `${own}${separator}${up}${up}settings/webhooks`);
        away.push(`${own}/${up.repeat(9)}api/settings/webhooks`, `/${up}${up}x${own}`);
        // Back at a path of this name, but not below the endpoint.
        if (at !== endpoint) away.push(`/${up}${own.slice(1)}`, `/${up}hfx${own}`);
      }
    }
    expect(
      await takenBy(
        listCase,
        away.map((path) => `${path}${search}`),
        at,
      ),
    ).toEqual([]);
  });

  it("that is a URL, or no cursor at all, is rejected before any request", async () => {
    const urls = [`https://evil.example${cursor}`, `${endpoint}${cursor}`, `//evil.example${cursor}`];
    const texts = ["", "c2", "1:2", own.slice(1), `@evil.example${cursor}`, ` ${cursor}`];
    expect(await takenBy(listCase, [...urls, ...texts, null, 7, {}])).toEqual([]);
  });

  it("leads to the same page below a path prefix", async () => {
    const at = `${endpoint}/hf`;
    const hub = hubs.get(at) ?? new Hub({ fetch });
    await listCase
      .list(hub)
      .from(cursor)
      .toArray()
      .catch(() => undefined);
    expect(sent.splice(0).map((url) => url.split("?")[0])).toEqual([`${at}${own}`]);
  });
});

describe("a cursor", () => {
  it("is not of a list of another owner, folder, revision or repository", async () => {
    const hub = new Hub({ token, endpoint, fetch: async () => Response.json([]) });
    const repo = "ns/repo";
    const lists = [
      [hub.jobs.list({ namespace: "ada" }), "/api/jobs/grace?cursor=a"],
      [hub.buckets.list({ namespace: "ada" }), "/api/buckets/grace?cursor=a"],
      [hub.models.files.list({ repo }), "/api/models/ns/repo/tree/other?cursor=a"],
      [hub.models.files.list({ repo }), "/api/models/ns/repo/tree/main/folder?cursor=a"],
      [hub.models.files.list({ repo, path: "a" }), "/api/models/ns/repo/tree/main/b?cursor=a"],
      [hub.models.files.list({ repo }), "/api/models/ns/other/tree/main?cursor=a"],
      [hub.models.files.list({ repo }), "/api/models/other/repo/tree/main?cursor=a"],
      [hub.spaces.files.list({ repo }), "/api/spaces/repo/tree/main?cursor=a"],
      [hub.discussions.list({ repo }), "/api/datasets/ns/repo/discussions?p=1&seen=2"],
      [hub.users.listLikes({ username: "ada" }), "/api/users/grace/likes?cursor=a"],
    ] as const;
    for (const [list, cursor] of lists) {
      const error = await failure(list.from(cursor).toArray());
      expect(error).toBeInstanceOf(HubInputError);
      expect(String(error)).toContain(JSON.stringify(cursor.split("?")[0]));
    }
  });

  it("is shown by the error without its query, which says what the list is", async () => {
    const list = new Hub({ token, endpoint }).models.files.list({ repo: "ns/repo" });
    const error = await failure(list.from("/api/settings/webhooks?token=hf_other").toArray());
    expect(String(error)).toBe(
      'HubInputError: the cursor "/api/settings/webhooks" is not of this list, /api/models/{namespace}/{repo}/tree/{rev}; pass next of one of its pages',
    );
  });

  it("does not make up for what the call lacks", async () => {
    const list = new Hub({ token, endpoint }).models.files.list({ repo: "ns/repo", revision: ".." });
    expect(await failure(list.from("/api/models/ns/repo/tree/main?cursor=a").toArray())).toBeInstanceOf(HubInputError);
  });

  it("may spell the list's path in another way", async () => {
    const list = new Hub({ token, endpoint, fetch }).models.files.list({ repo: "ns/repo", revision: "refs/pr/1" });
    for (const path of ["refs%2fpr%2F1", "refs/pr/1", "x/../refs%2Fpr%2F1", "refs%2Fpr%2F1/"]) {
      await list.from(`/api/models/ns/repo/tree/${path}?cursor=a`).toArray();
    }
    const one = `${endpoint}/api/models/ns/repo/tree/refs%2Fpr%2F1?cursor=a`;
    expect(sent.splice(0)).toEqual([one, one, one, one]);
  });

  it("never leaves the list, whatever it is", async () => {
    const piece = fc.constantFrom(
      ..."/ \\ . .. %2e %2E%2e %2f %5C ? # @ : // api models settings webhooks hf me jobs hardware hub.test \t".split(
        " ",
      ),
    );
    const cursor = fc
      .array(fc.oneof({ weight: 5, arbitrary: piece }, fc.string({ maxLength: 4 })), { maxLength: 12 })
      .map((parts) => `/${parts.join("")}`);
    const near = fc.tuple(fc.constantFrom("/api/jobs/me", "/api/models"), cursor).map((parts) => parts.join(""));
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(cursor, near, fc.webPath(), fc.string()),
        fc.constantFrom(...endpoints),
        async (text, at) => {
          const hub = hubs.get(at) ?? new Hub({ fetch });
          for (const list of [hub.models.list(), hub.jobs.list()]) {
            await list
              .from(text)
              .toArray()
              .catch((error: unknown) => expect(error).toBeInstanceOf(HubInputError));
          }
          for (const url of sent.splice(0)) {
            expect(url.slice(0, at.length)).toBe(at);
            expect(new URL(url).href).toBe(url);
            expect(url.slice(at.length).split("?")[0]).toMatch(/^\/api\/(models|jobs\/(?!hardware$)[\w.-]+)$/);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe("a list whose repository was renamed", () => {
  const server = useFaultServer();
  const old = "/api/models/old/name/tree/main";
  const renamed = "/api/models/new/name/tree/main";
  const list = (repo: string, at: string = "") =>
    hubAt(server().url + at, { retries: 0 }).models.files.list({ repo, pageSize: 2 });
  const cursorIn = (path: string): string | null => new URL(path, "http://x").searchParams.get("cursor");

  /** The Hub keeps the query when it redirects. */
  function rename(prefix = ""): void {
    server()
      .on(prefix + old, (exchange) => redirect(307, exchange.request.path.replace("/old/", "/new/"))(exchange))
      .on(prefix + renamed, (exchange) => {
        const number = Number(cursorIn(exchange.request.path) ?? 1);
        const next = number < 4 ? `https://huggingface.co${renamed}?limit=2&cursor=${number + 1}` : undefined;
        return page([number], next)(exchange);
      });
  }

  it.each(["", "/hf"])("is redirected once, and goes on at the new name below %j", async (prefix) => {
    rename(prefix);
    expect(await list("old/name", prefix).toArray()).toEqual([1, 2, 3, 4]);
    expect(server().requests.map(({ path }) => path)).toEqual([
      `${prefix}${old}?limit=2`,
      `${prefix}${renamed}?limit=2`,
      `${prefix}${renamed}?limit=2&cursor=2`,
      `${prefix}${renamed}?limit=2&cursor=3`,
      `${prefix}${renamed}?limit=2&cursor=4`,
    ]);
    for (const { headers } of server().requests) expect(headers.authorization).toBe(`Bearer ${token}`);
  });

  it("goes on from its cursors in another process, by the name that they were made with", async () => {
    rename();
    for await (const { next, items } of list("old/name").pages()) {
      if (next === undefined) break;
      expect(await list("old/name").from(next).take(1)).toEqual([(items[0] as unknown as number) + 1]);
      expect(await failure(list("other/name").from(next).toArray())).toBeInstanceOf(HubInputError);
    }
  });

  it("goes on from a cursor that is older than the new name", async () => {
    rename();
    expect(await list("old/name").from(`${old}?limit=2&cursor=2`).toArray()).toEqual([2, 3, 4]);
  });

  it("may be renamed while it is walked", async () => {
    let moved = false;
    server()
      .on(old, (exchange) =>
        moved
          ? redirect(307, exchange.request.path.replace("/old/", "/new/"))(exchange)
          : page([1], `${old}?cursor=2`)(exchange),
      )
      .on(renamed, (exchange) =>
        page(
          [Number(cursorIn(exchange.request.path))],
          cursorIn(exchange.request.path) === "2" ? "?cursor=3" : undefined,
        )(exchange),
      );
    const walk = list("old/name")[Symbol.asyncIterator]();
    expect((await walk.next()).value).toBe(1);
    moved = true;
    expect((await walk.next()).value).toBe(2);
    expect((await walk.next()).value).toBe(3);
    expect((await walk.next()).done).toBe(true);
  });

  it("is not followed to another route", async () => {
    server()
      .on(old, redirect(307, "/api/settings/webhooks"))
      .on("/api/settings/webhooks", page([1], "/api/settings/webhooks?cursor=2"), json([2]));
    const pages = list("old/name").pages();
    expect((await pages.next()).value?.items).toEqual([1]);
    expect(await failure(pages.next())).toBeInstanceOf(HubError);
    expect(server().requests).toHaveLength(2);
  });

  it.each(["models", "datasets"] as const)("or that has a short id goes on where its links lead: %s", async (kind) => {
    server()
      .on(`/api/${kind}/openai-community/gpt2/tree/main`, page([1], `/api/${kind}/gpt2/tree/main?cursor=a`))
      .on(`/api/${kind}/gpt2/tree/main`, page([2], `/api/${kind}/openai-community/gpt2/tree/main?cursor=b`));
    const files = hubAt(server().url)[kind].files.list({ repo: "openai-community/gpt2" });
    expect(await files.take(2)).toEqual([1, 2]);
    expect(await files.from(`/api/${kind}/gpt2/tree/main?cursor=a`).take(1)).toEqual([2]);
  });
});
