import { beforeEach, expect, it } from "vitest";
import { createMockHub, type MockHub } from "../src/index.js";
import { type Api, apiOf, ndjson, pluck } from "./api.js";

const path = "/api/kernels/ada/fast";
let hub: MockHub;
let ada: Api;

beforeEach(() => {
  hub = createMockHub({ seed: 1 });
  ada = apiOf(hub, hub.tokens.write);
});

const create = () => ada("POST", "/api/repos/create", { type: "kernel", name: "fast" });

it("a kernel is created, moved and deleted like other repositories", async () => {
  expect(await create()).toMatchObject({ status: 200, body: { url: `${hub.url}/kernels/ada/fast`, name: "ada/fast" } });
  expect((await create()).status).toBe(409);
  expect((await ada("GET", path)).body).toMatchObject({
    id: "ada/fast",
    repoType: "kernel",
    files: [".gitattributes"],
  });
  const move = { type: "kernel", fromRepo: "ada/fast", toRepo: "ada/faster" };
  expect((await ada("POST", "/api/repos/move", move)).status).toBe(200);
  expect((await ada("GET", path)).headers.get("location")).toBe("/api/kernels/ada/faster");
  expect((await ada("DELETE", "/api/repos/delete", { type: "kernel", name: "faster" })).status).toBe(200);
  const gone = await ada("GET", "/api/kernels/ada/faster");
  expect([gone.status, gone.headers.get("x-error-code")]).toEqual([404, "RepoNotFound"]);
});

it("a kernel takes commits, branches, pull requests and downloads", async () => {
  await create();
  const file = { key: "file", value: { path: "build/torch-universal/fast/__init__.py", content: "x = 1\n" } };
  const lines = ndjson({ key: "header", value: { summary: "first build" } }, file);
  expect((await ada("POST", `${path}/commit/main`, lines)).body).toMatchObject({
    commitUrl: expect.stringContaining("/kernels/ada/fast/commit/"),
  });
  expect(pluck((await ada("GET", `${path}/tree/main/build`)).body, "path")).toEqual(["build/torch-universal"]);
  const content = await hub.fetch(`${hub.url}/kernels/ada/fast/resolve/main/${file.value.path}`);
  expect([content.status, await content.text()]).toEqual([200, "x = 1\n"]);
  expect((await ada("POST", `${path}/branch/v1`, {})).status).toBe(200);
  const { body } = await ada("GET", `${path}/refs`);
  expect(pluck((body as { branches: unknown }).branches, "name")).toEqual(["main", "v1"]);
  expect(pluck((await ada("GET", `${path}/commits/v1`)).body, "title")).toEqual(["first build", "initial commit"]);
  await ada("POST", `${path}/commit/main?create_pr=1`, lines);
  expect((await ada("GET", `${path}/discussions/1`)).body).toMatchObject({ isPullRequest: true });
});

it("some kernels are there from the start, and no others", async () => {
  const anyone = apiOf(hub);
  const listed = pluck((await anyone("GET", "/api/kernels")).body, "id");
  expect(listed.toSorted()).toEqual(["activation", "relu", "rotary"].map((name) => `kernels-community/${name}`));
  const { body } = await anyone("GET", "/api/kernels/kernels-community/relu");
  for (const file of (body as { files: string[] }).files) {
    const whole = await hub.fetch(`${hub.url}/kernels/kernels-community/relu/resolve/v1/${file}`);
    expect(whole.status).toBe(200);
  }
  const card = await hub.fetch(`${hub.url}/kernels/kernels-community/relu/resolve/main/README.md`, {
    headers: { range: "bytes=0-2" },
  });
  expect([card.status, (await card.text()).length]).toEqual([206, 3]);
  expect((await anyone("GET", "/api/organizations/kernels-community/overview")).body).toMatchObject({ numKernels: 3 });
  expect((await anyone("GET", "/api/kernels/ns/kern")).status).toBe(401);
  expect((await ada("GET", "/api/kernels/ns/kern/tree/main")).status).toBe(404);
});
