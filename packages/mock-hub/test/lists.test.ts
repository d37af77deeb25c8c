import { expect, it } from "vitest";
import { createMockHub } from "../src/index.js";
import { Content } from "../src/state/content.js";
import { apiOf, nextOf, pluck, present } from "./api.js";

const hub = createMockHub({ seed: 7 });
const get = (path: string) => apiOf(hub)("GET", path);
const kinds = [["models"], ["datasets"], ["spaces"]] as const;

it.each(kinds)("lists all public %s once, in order, by following the Link header", async (kind) => {
  const seen: unknown[] = [];
  const scores: number[] = [];
  for (let next: string | undefined = `/api/${kind}?limit=17`; next;) {
    const page = await get(next);
    seen.push(...pluck(page.body, "id"));
    scores.push(...(pluck(page.body, "trendingScore") as number[]));
    next = nextOf(page);
  }
  const visible = [...hub.state.repos[kind]].filter((repo) => !repo.isPrivate);
  expect(seen).toHaveLength(visible.length);
  expect(new Set(seen).size).toBe(seen.length);
  expect(scores).toEqual(scores.toSorted((a, b) => b - a));
});

it.each([
  ["author", "author=acme-research", (id: string) => id.startsWith("acme-research/")],
  ["search", "search=LUMEN", (id: string) => id.includes("lumen")],
])("narrows by %s", async (_, query, matches) => {
  const ids = pluck((await get(`/api/models?${query}`)).body, "id") as string[];
  expect(ids.length).toBeGreaterThan(0);
  expect(ids.length).toBeLessThan(200);
  expect(ids.filter((id) => !matches(id))).toEqual([]);
});

it("needs every tag of a repeated filter", async () => {
  const tags = pluck((await get("/api/models?filter=transformers&filter=license:mit")).body, "tags") as string[][];
  expect(tags.length).toBeGreaterThan(0);
  expect(tags.filter((own) => !(own.includes("transformers") && own.includes("license:mit")))).toEqual([]);
});

it.each([
  ["downloads", "-1"],
  ["likes", "1"],
  ["createdAt", "-1"],
])("sorts by %s in direction %s", async (sort, direction) => {
  const values = pluck((await get(`/api/models?sort=${sort}&direction=${direction}&limit=100`)).body, sort) as number[];
  const ascending = values.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  expect(values).toEqual(direction === "1" ? ascending : ascending.toReversed());
});

it("shows more of each item on request", async () => {
  const [brief] = (await get("/api/models?limit=1")).body as object[];
  const [full] = (await get("/api/models?limit=1&full=true&config=true")).body as object[];
  expect(Object.keys(brief ?? {})).not.toContain("sha");
  expect(Object.keys(full ?? {})).toEqual(expect.arrayContaining(["sha", "siblings", "gated", "config"]));
  expect((await get("/api/models?limit=1&expand=sha&expand[]=gated")).body).toEqual([
    { _id: expect.any(String), id: expect.any(String), sha: expect.any(String), gated: expect.anything() },
  ]);
});

it.each(["expand=sha,gated", "expand=usedStorage", "sort=colour", "limit=0", "limit=x", "cursor=x", "direction=2"])(
  "answers 400 with the reason to %s",
  async (query) => {
    const { status, body } = await get(`/api/models?${query}`);
    expect(status).toBe(400);
    expect(body).toEqual({ error: expect.stringMatching(/^✖ /) });
  },
);

it("keeps its place when what was shown disappears", async () => {
  const own = createMockHub({ seed: 7 });
  const api = apiOf(own, own.tokens.write);
  const first = await api("GET", "/api/models?limit=3");
  const after = pluck((await api("GET", present(nextOf(first)))).body, "id");
  for (const id of pluck(first.body, "id") as string[])
    own.state.repos.models.remove(present(own.state.repos.models.find(id)));
  expect(pluck((await api("GET", present(nextOf(first)))).body, "id")).toEqual(after);
});

it("shows private repositories to their members only", async () => {
  const repo = present([...hub.state.repos.models].find(({ record }) => record.owner === "acme-research"));
  repo.record.visibility = "private";
  const idsFor = async (token?: string) =>
    pluck((await apiOf(hub, token)("GET", "/api/models?author=acme-research")).body, "id");
  expect(await idsFor(hub.tokens.read)).toContain(repo.id);
  expect(await idsFor()).not.toContain(repo.id);
});

it.each([
  "/api/models/openai-community/gpt2/tree/main",
  "/api/buckets/acme-research/checkpoints/tree",
  "/api/organizations/acme-research/members",
  "/api/collections",
])("answers 400 to a cursor that %s never gave", async (path) => {
  for (const cursor of ["", "x", btoa("[]")]) expect((await get(`${path}?cursor=${cursor}`)).status).toBe(400);
});

it("pages large files and jobs by the place in the list", async () => {
  const own = createMockHub({ seed: 7 });
  const api = apiOf(own, own.tokens.write);
  await api("POST", "/api/repos/create", { name: "large" });
  const repo = present(own.state.repos.models.find("ada/large"));
  const files = new Map(["a", "b", "c", "d"].map((path) => [path, { content: Content.ofText(path), lfs: true }]));
  own.state.commit(repo, "refs/heads/main", { title: "", message: "", author: "ada", date: 0, files });
  const [job] = own.state.jobs;
  while (own.state.jobs.length < 202) own.state.jobs.push({ ...present(job), id: String(own.state.jobs.length) });
  for (const [path, name, sizes] of [
    ["/api/models/ada/large/lfs-files?limit=2", "filename", [2, 2]],
    ["/api/models/ada/large/lfs-files?limit=3", "filename", [3, 1]],
    ["/api/jobs/ada", "id", [100, 100, 1]],
  ] as const) {
    const pages: unknown[][] = [];
    for (let next: string | undefined = path; next;) {
      const page = await api("GET", next);
      pages.push(pluck(page.body, name));
      next = nextOf(page);
    }
    expect(pages.map((page) => page.length)).toEqual(sizes);
    expect(new Set(pages.flat()).size).toBe(pages.flat().length);
    expect((await api("GET", `${path}${path.includes("?") ? "&" : "?"}cursor=x`)).status).toBe(400);
  }
});

it("pages commits and discussions by number", async () => {
  const commits = await get("/api/models/openai-community/gpt2/commits/main?p=1");
  expect(commits.headers.get("x-total-count")).toBe("62");
  expect(commits.body).toHaveLength(12);
  expect(nextOf(commits)).toBeUndefined();
  expect(nextOf(await get("/api/models/openai-community/gpt2/commits/main"))).toMatch(/[?&]p=1$/);
  const discussions = await get("/api/models/openai-community/gpt2/discussions?p=2");
  expect(discussions.body).toMatchObject({ count: 120, start: 100 });
});
