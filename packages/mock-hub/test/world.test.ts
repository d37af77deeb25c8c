import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { createMockHub } from "../src/index.js";
import { apiOf, nextOf, present } from "./api.js";

const paths = [
  "/api/models?limit=50&full=true",
  "/api/spaces",
  "/api/datasets/rajpurkar/squad/tree/main?recursive=true&expand=true",
  "/api/models/openai-community/gpt2/discussions",
  "/api/collections",
  "/api/organizations/acme-research/members",
];

it("the same seed makes the same world, another seed another one", async () => {
  const read = async (seed: number) => {
    const api = apiOf(createMockHub({ seed, now: () => 0 }));
    return Promise.all(paths.map(async (path) => (await api("GET", path)).body));
  };
  const world = await read(1);
  expect(await read(1)).toEqual(world);
  expect(await read(2)).not.toEqual(world);
});

it("two hubs share nothing", async () => {
  const first = createMockHub();
  const second = createMockHub();
  await apiOf(first, first.tokens.write)("DELETE", "/api/repos/delete", { name: "x" });
  await apiOf(first, first.tokens.write)("POST", "/api/repos/create", { name: "only-here" });
  expect((await apiOf(first)("GET", "/api/models/ada/only-here")).status).toBe(200);
  expect((await apiOf(second)("GET", "/api/models/ada/only-here")).status).toBe(401);
});

it("has the promised size, and as much as is asked for", () => {
  const usual = createMockHub().state.repos;
  expect([usual.models.size, usual.datasets.size, usual.spaces.size]).toEqual([300, 80, 40]);
  expect(createMockHub({ repos: { models: 5_000, spaces: 0 } }).state.repos).toMatchObject({
    models: { size: 5_000 },
    spaces: { size: 0 },
  });
});

it("a change keeps every sorted list in order", async () => {
  let now = Date.UTC(2027, 0, 1);
  const hub = createMockHub({ now: () => now++ });
  const api = apiOf(hub, hub.tokens.write);
  const newest = async () =>
    ((await api("GET", "/api/models?sort=lastModified&limit=1")).body as { id: string }[])[0]?.id;
  await newest();
  await api("POST", "/api/repos/create", { name: "new" });
  expect(await newest()).toBe("ada/new");
  const commit = '{"key":"header","value":{"summary":"s"}}\n{"key":"file","value":{"path":"x","content":"x"}}';
  const other = present([...hub.state.repos.models].find(({ record }) => record.owner === "ada"));
  await api("POST", `/api/models/${other.id}/commit/main`, commit);
  expect(await newest()).toBe(other.id);
});

it("starts at once, and reads no more repositories than a page shows", async () => {
  const started = performance.now();
  createMockHub();
  expect(performance.now() - started).toBeLessThan(300);

  const hub = createMockHub({ repos: { models: 20_000 } });
  const { models } = hub.state.repos;
  const scan = models.scan.bind(models);
  let read = 0;
  models.scan = function* (...range) {
    for (const repo of scan(...range)) {
      read++;
      yield repo;
    }
  };
  const api = apiOf(hub);
  let next: string | undefined = "/api/models?limit=500";
  for (let page = 0; page < 30 && next; page++) next = nextOf(await api("GET", next));
  // Private ones are passed over, and one more tells whether there is a next page.
  expect(read).toBeLessThan(30 * 500 * 1.1);
});

it("nothing but the server needs Node", () => {
  const source = new URL("../src/", import.meta.url);
  const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
  const needy = files.filter((name) =>
    /from "(node:|\.\/node\.js)|\bBuffer\b|\bprocess\./.test(readFileSync(new URL(name, source), "utf8")),
  );
  expect(files.length).toBeGreaterThan(50);
  expect(needy.toSorted()).toEqual(["bin.ts", "node.ts"]);
});
