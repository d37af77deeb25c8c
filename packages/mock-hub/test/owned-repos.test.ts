import { beforeEach, expect, it } from "vitest";
import { createMockHub, type MockHub } from "../src/index.js";
import { apiOf, ndjson, nextOf, pluck, type Api, type Result } from "./api.js";

const mine = "/api/settings/repositories";
let hub: MockHub;
let ada: Api;

beforeEach(async () => {
  let now = Date.UTC(2026, 0, 20);
  hub = createMockHub({ seed: 1, repos: { models: 0, datasets: 0, spaces: 0 }, now: () => (now += 1000) });
  ada = apiOf(hub, hub.tokens.write);
  await ada("POST", "/api/repos/create", { name: "small", private: true });
  await ada("POST", "/api/repos/create", { name: "large", type: "dataset" });
  await ada("POST", "/api/buckets/ada/bucket", {});
  const file = { path: "a.txt", content: "a".repeat(10_000), encoding: "utf-8" };
  const lines = ndjson({ key: "header", value: { summary: "Fill" } }, { key: "file", value: file });
  await ada("POST", "/api/datasets/ada/large/commit/main", lines);
});

const ids = ({ body }: Result): unknown[] => pluck(body, "id");

it("are listed with what they take, the largest first", async () => {
  const all = await ada("GET", mine);
  expect(ids(all)).toEqual(["ada/large", "ada/small", "ada/bucket"]);
  const [large, small, bucket] = all.body as Record<string, unknown>[];
  expect(large).toMatchObject({
    type: "dataset",
    visibility: "public",
    updatedAt: expect.stringMatching(/^2026-01-20T/),
  });
  expect(small).toMatchObject({ type: "model", visibility: "private" });
  expect(bucket).toMatchObject({ type: "bucket", storage: 0, storagePercent: 0 });
  expect(Number(large?.["storage"])).toBeGreaterThan(10_000);
  expect(Number(large?.["storagePercent"]) + Number(small?.["storagePercent"])).toBeCloseTo(100);
});

it("are filtered, sorted and listed over pages", async () => {
  expect(ids(await ada("GET", `${mine}?type=bucket`))).toEqual(["ada/bucket"]);
  expect(ids(await ada("GET", `${mine}?search=LAR`))).toEqual(["ada/large"]);
  expect(ids(await ada("GET", `${mine}?sort=updatedAt&direction=asc`))).toEqual([
    "ada/small",
    "ada/bucket",
    "ada/large",
  ]);
  const first = await ada("GET", `${mine}?limit=2`);
  expect(ids(first)).toEqual(["ada/large", "ada/small"]);
  expect(ids(await ada("GET", nextOf(first) ?? ""))).toEqual(["ada/bucket"]);
  expect((await ada("GET", `${mine}?type=paper`)).status).toBe(400);
});

it("of an organization are for its members", async () => {
  const path = "/api/organizations/acme-research/settings/repositories";
  expect(ids(await ada("GET", `${path}?type=bucket`))).toEqual(["acme-research/checkpoints"]);
  expect((await ada("GET", "/api/organizations/google-bert/settings/repositories")).status).toBe(403);
  expect((await apiOf(hub)("GET", path)).status).toBe(401);
  expect((await apiOf(hub)("GET", mine)).status).toBe(401);
});
