import { beforeEach, describe, expect, it } from "vitest";
import { createMockHub, type MockHub } from "../src/index.js";
import { type Api, apiOf, ndjson, pluck } from "./api.js";

const repo = "/api/models/ada/files";
let hub: MockHub;
let ada: Api;

beforeEach(async () => {
  hub = createMockHub({ seed: 1 });
  ada = apiOf(hub, hub.tokens.write);
  await ada("POST", "/api/repos/create", { name: "files" });
});

const header = { key: "header", value: { summary: "change" } };

function commit(revision: string, ...operations: unknown[]) {
  return ada("POST", `${repo}/commit/${revision}`, ndjson(header, ...operations));
}

const file = (path: string, content: string) => ({ key: "file", value: { path, content } });

async function refs(query = ""): Promise<Record<string, unknown[]>> {
  const { body } = await ada("GET", `${repo}/refs${query}`);
  return Object.fromEntries(
    Object.entries(body as Record<string, unknown>).map(([name, all]) => [name, pluck(all, "ref")]),
  );
}

describe("names of branches and tags", () => {
  const refused = [
    "invalid tag",
    "a..b",
    "a~1",
    "a:b",
    ".a",
    "a/.b",
    "a.lock",
    "a.",
    "@",
    "a@{b",
    "a\\b",
    "a[b",
    "a//b",
  ];

  it.each(refused)("%j is refused", async (name) => {
    const path = encodeURIComponent(name);
    expect(await ada("POST", `${repo}/tag/main`, { tag: name })).toMatchObject({ status: 400 });
    expect(await ada("POST", `${repo}/branch/${path}`, {})).toMatchObject({
      status: 400,
      body: { error: `Invalid reference for a branch: ${name}` },
    });
    expect(await refs()).toMatchObject({ branches: ["refs/heads/main"], tags: [] });
  });

  it.each(["v1.0", "feat/x", "a-b_c", "größe", "1"])("%j is taken", async (name) => {
    expect((await ada("POST", `${repo}/tag/main`, { tag: name })).status).toBe(200);
    expect((await ada("POST", `${repo}/branch/${encodeURIComponent(name)}`, {})).status).toBe(200);
    expect(await refs()).toMatchObject({
      branches: ["refs/heads/main", `refs/heads/${name}`],
      tags: [`refs/tags/${name}`],
    });
  });
});

describe("a conversion", () => {
  const name = "refs%2Fconvert%2Fparquet";

  it("is made like a branch, takes commits and goes", async () => {
    expect((await ada("POST", `${repo}/branch/${name}`, { emptyBranch: true })).status).toBe(200);
    expect(await refs()).toMatchObject({ branches: ["refs/heads/main"], converts: ["refs/convert/parquet"] });
    expect((await commit(name, file("default/train/0000.parquet", "x"))).status).toBe(200);
    const { body } = await ada("GET", `${repo}/tree/${name}?recursive=true`);
    expect(pluck(body, "path")).toContain("default/train/0000.parquet");
    expect((await ada("POST", `${repo}/super-squash/${name}`, {})).status).toBe(200);
    expect(pluck((await ada("GET", `${repo}/commits/${name}`)).body, "title")).toEqual(["Super-squash branch"]);
    expect((await ada("DELETE", `${repo}/branch/${name}`)).status).toBe(200);
    expect(await refs()).toMatchObject({ converts: [] });
  });

  it("is the only ref that is made by its whole name", async () => {
    for (const ref of ["refs%2Fpr%2F7", "refs%2Fheads%2Fx", "refs%2Ftags%2Fx", "refs%2Fconvert%2Fa%2Fb"])
      expect((await ada("POST", `${repo}/branch/${ref}`, {})).status).toBe(400);
    expect((await commit("refs%2Fconvert%2Fparquet", file("a", "a"))).status).toBe(404);
  });
});

describe("a pull request", () => {
  const create = async (revision: string) =>
    ada("POST", `${repo}/commit/${revision}?create_pr=1`, ndjson(header, file("new", "new")));

  it("is opened against a branch, and not against a commit", async () => {
    const { commitOid } = (await commit("main", file("a", "a"))).body as { commitOid: string };
    for (const revision of [commitOid, commitOid.slice(0, 8)]) {
      const refused = await create(revision);
      expect([refused.status, refused.headers.get("x-error-code")]).toEqual([404, "RevisionNotFound"]);
      expect(refused.body).toEqual({ error: `Invalid rev id: ${revision}` });
    }
    expect((await ada("GET", `${repo}/discussions`)).body).toMatchObject({ count: 0 });
    expect((await create("main")).body).toMatchObject({ pullRequestUrl: `${hub.url}/ada/files/discussions/1` });
  });

  it("is squashed like a branch", async () => {
    await create("main");
    await commit("refs%2Fpr%2F1", file("more", "more"));
    expect((await ada("POST", `${repo}/super-squash/refs%2Fpr%2F1`, { message: "one" })).status).toBe(200);
    expect(pluck((await ada("GET", `${repo}/commits/refs%2Fpr%2F1`)).body, "title")).toEqual(["one"]);
    expect((await ada("GET", `${repo}/tree/main`)).body).toHaveLength(1);
    const { body } = await ada("GET", `${repo}/tree/refs%2Fpr%2F1`);
    expect(pluck(body, "path")).toEqual([".gitattributes", "more", "new"]);
    await ada("POST", `${repo}/tag/main`, { tag: "v1" });
    expect((await ada("POST", `${repo}/super-squash/refs%2Ftags%2Fv1`, {})).status).toBe(400);
  });

  it("names the commit that merged it", async () => {
    await create("main");
    const before = (await ada("GET", `${repo}/discussions/1`)).body;
    expect(before).toMatchObject({ changes: { base: "refs/heads/main" } });
    expect(before).not.toHaveProperty("changes.mergeCommitId");
    expect((await ada("POST", `${repo}/discussions/1/merge`, {})).status).toBe(200);
    const { body } = await ada("GET", `${repo}/revision/main`);
    const { sha } = body as { sha: string };
    expect((await ada("GET", `${repo}/discussions/1`)).body).toMatchObject({
      status: "merged",
      changes: { base: "refs/heads/main", mergeCommitId: sha },
    });
  });
});

describe("the authors of a commit", () => {
  const authors = async (revision = "main") => {
    const { body } = await ada("GET", `${repo}/commits/${revision}`);
    return (body as { authors: unknown[] }[])[0]?.authors;
  };
  const avatarOf = (name: string) => `/avatars/${hub.state.accounts.user(name)?._id}.svg`;

  it("have the avatars of their accounts", async () => {
    await commit("main", file("a", "a"));
    expect(await authors()).toEqual([{ user: "ada", avatar: avatarOf("ada") }]);
  });

  it("are also those whom the message names, each once", async () => {
    const description = [
      "Why.",
      "",
      "Co-authored-by: Grace Sample <grace@example.com>",
      "co-authored-by: Grace <grace@users.noreply.huggingface.co>",
      "Co-authored-by: Nobody Here <nobody@example.com>",
      "Co-authored-by: Ada <ada@users.noreply.huggingface.co>",
    ].join("\n");
    const lines = ndjson({ key: "header", value: { summary: "s", description } }, file("a", "a"));
    expect((await ada("POST", `${repo}/commit/main`, lines)).status).toBe(200);
    expect(await authors()).toEqual([
      { user: "ada", avatar: avatarOf("ada") },
      { user: "grace", avatar: avatarOf("grace") },
      { user: "Nobody Here" },
    ]);
  });

  it("are whoever merged and whoever proposed", async () => {
    const grace = apiOf(hub, hub.tokens.other);
    await grace("POST", `${repo}/commit/main?create_pr=1`, ndjson(header, file("b", "b")));
    await ada("POST", `${repo}/discussions/1/status`, { status: "open" });
    expect((await ada("POST", `${repo}/discussions/1/merge`, {})).status).toBe(200);
    expect(await authors()).toEqual([
      { user: "ada", avatar: avatarOf("ada") },
      { user: "grace", avatar: avatarOf("grace") },
    ]);
  });
});
