import { beforeEach, expect, it } from "vitest";
import { createMockHub, type MockHub } from "../src/index.js";
import { type Api, apiOf, nextOf, pluck, present } from "./api.js";

const gpt2 = "/api/models/openai-community/gpt2";
let now = Date.UTC(2026, 0, 20);
let hub: MockHub;
let ada: Api;
let grace: Api;

beforeEach(async () => {
  hub = createMockHub({ seed: 1, now: () => now });
  ada = apiOf(hub, hub.tokens.write);
  grace = apiOf(hub, hub.tokens.other);
});

it("a discussion grows by comments, titles and states", async () => {
  const opened = await grace("POST", `${gpt2}/discussions`, { title: "Why?", description: "Tell me" });
  const { num } = opened.body as { num: number };
  expect(opened.body).toMatchObject({
    num: 121,
    pullRequest: false,
    url: expect.stringContaining("/openai-community/gpt2/discussions/121"),
  });
  const path = `${gpt2}/discussions/${num}`;
  const comment = await ada("POST", `${path}/comment`, { comment: "Because" });
  const { newMessage } = comment.body as { newMessage: { id: string } };
  expect(comment.status).toBe(201);
  await ada("POST", `${path}/comment/${newMessage.id}/edit`, { content: "Because of <that>" });
  await grace("POST", `${path}/title`, { title: "Why not?" });
  await grace("POST", `${path}/status`, { status: "closed", comment: "Thanks" });
  const { body } = await ada("GET", path);
  expect(body).toMatchObject({ title: "Why not?", status: "closed" });
  const { events } = body as { events: { type: string; data: unknown }[] };
  expect(pluck(events, "type")).toEqual(["comment", "comment", "title-change", "comment", "status-change"]);
  expect(events[1]?.data).toMatchObject({
    edited: true,
    latest: { raw: "Because of <that>", html: "<p>Because of &#60;that&#62;</p>" },
  });
  const closed = await ada("GET", `${gpt2}/discussions?status=closed&author=grace&search=WHY`);
  expect(closed.body).toMatchObject({ count: 1, discussions: [{ num: 121, numComments: 3 }] });
  expect((await ada("POST", `${path}/status`, { status: "open" })).status).toBe(403);
});

it("a pull request is merged into the main branch", async () => {
  await ada("POST", "/api/repos/create", { name: "merging" });
  const repo = "/api/models/ada/merging";
  const body = [
    '{"key":"header","value":{"summary":"Add x"}}',
    '{"key":"file","value":{"path":"x.txt","content":"x"}}',
  ].join("\n");
  const proposal = await grace("POST", `${repo}/commit/main?create_pr=1`, body);
  expect(proposal.body).toMatchObject({ pullRequestUrl: `${hub.url}/ada/merging/discussions/1` });
  expect((await grace("POST", `${repo}/discussions/1/merge`, {})).status).toBe(403);
  expect((await ada("GET", `${repo}/tree/main`)).body).toHaveLength(1);
  expect((await ada("POST", `${repo}/discussions/1/merge`, { comment: "Nice" })).status).toBe(200);
  expect(pluck((await ada("GET", `${repo}/tree/main`)).body, "path")).toEqual([".gitattributes", "x.txt"]);
  expect((await ada("GET", `${repo}/discussions/1`)).body).toMatchObject({ status: "merged", isPullRequest: true });
  expect((await ada("POST", `${repo}/discussions/1/merge`, {})).status).toBe(409);
});

it("discussions can be switched off", async () => {
  await ada("POST", "/api/repos/create", { name: "quiet" });
  await ada("PUT", "/api/models/ada/quiet/settings", { discussionsDisabled: true });
  expect((await grace("POST", "/api/models/ada/quiet/discussions", { title: "t", description: "d" })).status).toBe(403);
});

it("a like counts once, and is seen from both sides", async () => {
  const likesOf = async () => ((await ada("GET", gpt2)).body as { likes: number }).likes;
  const before = await likesOf();
  for (let time = 0; time < 2; time++) {
    hub.state.like("ada", "openai-community/gpt2");
    now += 1000;
  }
  hub.state.like("ada", "rajpurkar/squad", "datasets");
  expect(await likesOf()).toBe(before + 1);
  expect(pluck((await ada("GET", `${gpt2}/likers`)).body, "user")).toEqual(["ada"]);
  expect((await ada("GET", "/api/users/ada/likes")).body).toEqual([
    { createdAt: new Date(now).toISOString(), repo: { name: "rajpurkar/squad", type: "dataset" } },
    { createdAt: new Date(now - 2000).toISOString(), repo: { name: "openai-community/gpt2", type: "model" } },
  ]);
  for (let time = 0; time < 2; time++) expect((await ada("DELETE", `${gpt2}/like`)).status).toBe(200);
  expect(await likesOf()).toBe(before);
  expect(() => hub.state.like("nobody", "openai-community/gpt2")).toThrow('There is no user "nobody"');
  expect(() => hub.state.like("ada", "rajpurkar/squad")).toThrow('There is no "rajpurkar/squad" among the models');
});

it("a token cannot like", async () => {
  const refused = await ada("POST", `${gpt2}/like`);
  expect([refused.status, refused.headers.get("x-error-code")]).toEqual([403, null]);
  expect(refused.headers.get("x-error-message")).toContain("cannot like openai-community/gpt2 by a token");
  expect((await ada("GET", `${gpt2}/likers`)).body).toEqual([]);
  expect((await apiOf(hub)("POST", `${gpt2}/like`)).status).toBe(401);
});

it("a collection gathers, reorders and drops items", async () => {
  const created = await ada("POST", "/api/collections", {
    title: "My picks",
    namespace: "ada",
    item: { type: "model", id: "openai-community/gpt2" },
  });
  const { slug } = created.body as { slug: string };
  expect(slug).toMatch(/^ada\/my-picks-[0-9a-f]{24}$/);
  expect(await ada("POST", "/api/collections", { title: "My picks", namespace: "ada" })).toMatchObject({
    status: 409,
    body: { slug },
  });
  const path = `/api/collections/${slug}`;
  const squad = { item: { type: "dataset", id: "rajpurkar/squad" }, note: "for reading" };
  await ada("POST", `${path}/items`, squad);
  expect((await ada("POST", `${path}/items`, squad)).status).toBe(409);
  const { items } = (await ada("GET", path)).body as { items: { _id: string; id: string }[] };
  expect(items).toMatchObject([
    { type: "model", position: 0 },
    { id: "rajpurkar/squad", note: { text: "for reading" } },
  ]);
  await ada("PATCH", `${path}/items/${present(items[1])._id}`, { position: 0 });
  const reordered = (await ada("GET", path)).body as { items: unknown[] };
  expect(pluck(reordered.items, "id")).toEqual(["rajpurkar/squad", "openai-community/gpt2"]);
  await ada("DELETE", `${path}/items/${present(items[0])._id}`);
  await ada("PATCH", path, { title: "Fewer picks", private: true });
  expect((await ada("GET", path)).body).toMatchObject({
    title: "Fewer picks",
    private: true,
    items: [{ id: "rajpurkar/squad" }],
  });
  expect((await grace("GET", path)).status).toBe(404);
  await ada("DELETE", path);
  expect((await ada("GET", path)).status).toBe(404);
});

it("collections are found by owner and item, and page by cursor", async () => {
  expect(pluck((await ada("GET", "/api/collections?owner=grace&owner=ada&limit=100")).body, "slug")).toHaveLength(6);
  const [item] = present(hub.state.collections[0]).items;
  const holding = await ada("GET", `/api/collections?item=models/${present(item).id}&limit=100`);
  expect(pluck(holding.body, "slug").length).toBeGreaterThan(0);
  const slugs: unknown[] = [];
  for (let next: string | undefined = "/api/collections?limit=4"; next;) {
    const page = await ada("GET", next);
    slugs.push(...pluck(page.body, "slug"));
    for (const { items } of page.body as { items: unknown[] }[]) expect(items.length).toBeLessThanOrEqual(4);
    next = nextOf(page);
  }
  expect(new Set(slugs).size).toBe(15);
});

it("papers are listed, searched, read by day and by id", async () => {
  const [first] = hub.state.papers.keys();
  expect((await ada("GET", `/api/papers/${first}`)).body).toMatchObject({ id: first });
  expect(await ada("GET", "/api/papers/0000.00000")).toMatchObject({ status: 404, body: { error: "Paper not found" } });
  expect((await ada("GET", `/papers/${first}.md`)).body).toMatch(/^# On /);
  expect((await ada("GET", "/api/daily_papers?date=2025-11-01")).body).toHaveLength(3);
  expect(nextOf(await ada("GET", "/api/daily_papers?limit=10&p=2"))).toBeUndefined();
  expect(nextOf(await ada("GET", "/api/daily_papers?limit=10&p=1"))).toMatch(/p=2/);
  expect((await ada("GET", "/api/papers/search?q=we%20train&limit=5")).body).toHaveLength(5);
});
