import { beforeAll, describe, expect, it } from "vitest";
import { createMockHub, type MockHub } from "../src/index.js";
import { loadDocument } from "../src/node.js";
import { type Api, apiOf } from "./api.js";

describe("an id without an owner that nobody knows", () => {
  const hub = createMockHub({ seed: 1 });
  const requests: [method: string, path: string][] = [
    ["GET", "/api/models/no-such-one"],
    ["GET", "/api/models/no-such-one/commits/main"],
    ["GET", "/api/models/no-such-one/tree/main/folder"],
    ["GET", "/api/datasets/no-such-one/refs"],
    ["POST", "/api/models/no-such-one/commit/main"],
    ["DELETE", "/api/models/no-such-one/like"],
    ["DELETE", "/api/models/no-such-one/branch/main"],
    ["GET", "/no-such-one/resolve/main/README.md"],
    ["GET", "/datasets/no-such-one/resolve/main/README.md"],
    ["GET", "/api/kernels/no-such-one/tree/main"],
  ];

  it.each(requests)("is no repository: %s %s", async (method, path) => {
    const { status, headers, body } = await apiOf(hub, hub.tokens.write)(
      method,
      path,
      method === "POST" ? "" : undefined,
    );
    expect([status, headers.get("x-error-code"), body]).toEqual([
      404,
      "RepoNotFound",
      { error: "Repository not found" },
    ]);
    expect(await apiOf(hub)(method, path, method === "POST" ? "" : undefined)).toMatchObject({
      status: 401,
      body: { error: "Invalid username or password." },
    });
  });

  it("is something else where the path is no route even with an owner", async () => {
    const { status, headers } = await apiOf(hub, hub.tokens.write)("GET", "/api/models/no-such-one/no/such/page");
    expect([status, headers.get("x-error-code")]).toEqual([404, null]);
    expect((await apiOf(hub)("GET", "/api/models/gpt2/commits/main")).status).toBe(307);
  });
});

describe("an operation that is answered from the document", () => {
  let hub: MockHub;
  let ada: Api;

  beforeAll(async () => {
    hub = createMockHub({ seed: 1, document: await loadDocument() });
    ada = apiOf(hub, hub.tokens.write);
    await ada("POST", "/api/repos/create", { type: "dataset", name: "data", private: true });
    await ada("POST", "/api/buckets/ada/bucket", {});
  });

  it.each([
    ["/api/datasets/ada/data/croissant", 200],
    ["/api/models/openai-community/gpt2/scan", 200],
    ["/api/models/openai-community/gpt2/compare/main...main", 200],
    ["/api/models/openai-community/gpt2/notebook/main/README.md", 200],
    ["/api/organizations/acme-research/socials", 200],
    ["/api/users/grace/socials", 200],
    ["/api/buckets/ada/bucket/xet-read-token", 200],
  ])("answers for what exists: %s", async (path, status) => expect((await ada("GET", path)).status).toBe(status));

  it.each([
    ["GET", "/api/datasets/ada/nothing/croissant", "RepoNotFound"],
    ["GET", "/api/models/ada/nothing/scan", "RepoNotFound"],
    ["GET", "/api/spaces/ada/nothing/metrics", "RepoNotFound"],
    ["GET", "/api/buckets/ada/nothing/xet-read-token", "RepoNotFound"],
    ["POST", "/api/datasets/ada/nothing/sql-console/embed", "RepoNotFound"],
    ["GET", "/api/models/openai-community/gpt2/xet-read-token/nothing", "RevisionNotFound"],
    ["GET", "/api/models/openai-community/gpt2/compare/main...nothing", "RevisionNotFound"],
    ["GET", "/api/models/openai-community/gpt2/notebook/main/nothing.ipynb", "EntryNotFound"],
    ["GET", "/api/datasets/rajpurkar/squad/discussions/9999/storage", null],
    ["GET", "/api/organizations/nothing/scim/v2/Users", null],
    ["GET", "/api/organizations/ada/socials", null],
    ["GET", "/api/users/nobody/socials", null],
    ["POST", "/api/papers/0000.00000/comment", null],
    ["POST", "/api/jobs/ada/0123456789abcdef01234567/auth-check/read", null],
    ["POST", "/api/settings/webhooks/0123456789abcdef01234567/replay/1", null],
  ])("refuses what does not: %s %s", async (method, path, code) => {
    const { status, headers, body } = await ada(method, path, method === "POST" ? {} : undefined);
    expect([status, headers.get("x-error-code")]).toEqual([404, code]);
    expect(body).toEqual({ error: expect.any(String) });
  });

  it("does not tell strangers what exists", async () => {
    for (const name of ["data", "nothing"])
      expect(await apiOf(hub)("GET", `/api/datasets/ada/${name}/croissant`)).toMatchObject({
        status: 401,
        body: { error: "Invalid username or password." },
      });
  });
});
