import { beforeEach, describe, expect, it } from "vitest";
import { createMockHub, type MockHub } from "../src/index.js";
import { type Api, apiOf, ndjson, pluck, present, sha256, someBytes } from "./api.js";
import { uploadLarge } from "./lfs.js";

let hub: MockHub;
let ada: Api;

beforeEach(async () => {
  hub = createMockHub({ seed: 1 });
  ada = apiOf(hub, hub.tokens.write);
  await ada("POST", "/api/repos/create", { name: "files" });
});

const header = (more: object = {}) => ({ key: "header", value: { summary: "change", ...more } });
const file = (path: string, content: string) => ({ key: "file", value: { path, content } });
const change = (key: string, value: object) => ({ key, value });

function commit(...operations: unknown[]) {
  return ada("POST", "/api/models/ada/files/commit/main", ndjson(header(), ...operations));
}

async function paths(revision = "main"): Promise<unknown[]> {
  const { body } = await ada("GET", `/api/models/ada/files/tree/${revision}?recursive=true`);
  return (body as { type: string; path: string }[]).flatMap(({ type, path }) => (type === "file" ? path : []));
}

async function read(path: string): Promise<string> {
  return (await hub.fetch(`${hub.url}/ada/files/resolve/main/${path}`)).text();
}

const large = (path: string, bytes: Uint8Array<ArrayBuffer>) => uploadLarge(hub.fetch, ada, "ada/files", path, bytes);

describe("a commit", () => {
  it("refuses what it does not know", async () => {
    for (const key of ["copyFile", "deletedFolders", "Header", ""]) {
      const refused = await commit(file("a", "1"), change(key, { path: "a" }));
      expect(refused).toMatchObject({ status: 400, body: { error: expect.stringContaining("Unknown operation") } });
    }
    expect(await paths()).toEqual([".gitattributes"]);
  });

  it("deletes files and folders, and as an entry whatever is there", async () => {
    await commit(file("a/1", "1"), file("a/b/2", "2"), file("c", "3"), file("d/4", "4"), file("dd", "5"));
    const deletions = [change("deletedEntry", { path: "a/b" }), change("deletedEntry", { path: "c" })];
    expect((await commit(...deletions, change("deletedFolder", { path: "d/" }))).status).toBe(200);
    expect(await paths()).toEqual([".gitattributes", "a/1", "dd"]);
    for (const key of ["deletedEntry", "deletedFile", "deletedFolder"]) {
      const refused = await commit(change(key, { path: "c" }));
      expect([refused.status, refused.headers.get("x-error-code")]).toEqual([404, "EntryNotFound"]);
    }
    expect((await commit(change("deletedFolder", { path: "dd" }))).status).toBe(404);
  });

  it("deletes the folder that it names as a file", async () => {
    await commit(file("a/1", "1"), file("a/b/2", "2"), file("ab", "3"));
    expect((await commit(change("deletedFile", { path: "a" }))).status).toBe(200);
    expect(await paths()).toEqual([".gitattributes", "ab"]);
  });

  it("renames files, small and large, with new bytes or the old ones", async () => {
    const bytes = someBytes(50);
    await commit(file("a.txt", "a"), file("b.txt", "b"), await large("w.bin", bytes));
    const renamed = await commit(
      change("file", { path: "new/a.txt", oldPath: "a.txt" }),
      change("file", { path: "new/b.txt", oldPath: "b.txt", content: "other" }),
      change("lfsFile", { path: "new/w.bin", oldPath: "w.bin" }),
    );
    expect(renamed.status).toBe(200);
    expect(await paths()).toEqual([".gitattributes", "new/a.txt", "new/b.txt", "new/w.bin"]);
    expect([await read("new/a.txt"), await read("new/b.txt")]).toEqual(["a", "other"]);
    expect((await ada("GET", "/ada/files/resolve/main/new/w.bin")).headers.get("x-linked-size")).toBe("50");
    expect((await commit(change("file", { path: "x", oldPath: "gone" }))).status).toBe(404);
  });

  it("copies a large file by its hash, from any branch", async () => {
    await commit(await large("w.bin", someBytes(60)));
    const { body } = await ada("POST", "/api/models/openai-community/gpt2/paths-info/main", {
      paths: ["model.safetensors"],
    });
    const foreign = present((body as { lfs: { oid: string } }[])[0]).lfs.oid;
    const oid = await sha256(someBytes(60));
    expect((await commit(change("lfsFile", { path: "copy.bin", algo: "sha256", oid }))).status).toBe(200);
    expect((await commit(change("lfsFile", { path: "x.bin", algo: "sha256", oid: foreign }))).status).toBe(400);
    expect(await paths()).toEqual([".gitattributes", "copy.bin", "w.bin"]);
  });

  it("refuses a large file of another size than was uploaded", async () => {
    const line = await large("w.bin", someBytes(70));
    const refused = await commit({ ...line, value: { ...line.value, size: 71 } });
    expect(refused).toMatchObject({ status: 400, body: { error: expect.stringContaining("70 bytes, not 71") } });
  });

  it("sends the large files it holds to LFS in .gitattributes, unless they are there", async () => {
    const before = await read(".gitattributes");
    await commit(await large("a.bin", someBytes(10)));
    expect(await read(".gitattributes")).toBe(before);
    await commit(await large("odd name.gguf", someBytes(11)));
    expect(await read(".gitattributes")).toBe(
      `${before}/odd[[:space:]]name.gguf filter=lfs diff=lfs merge=lfs -text\n`,
    );
  });

  it("refuses a file above ten megabytes in itself, takes many below", { timeout: 60_000 }, async () => {
    const mega = 1024 * 1024;
    const over = { path: "big", content: btoa("x".repeat(10 * mega + 1)), encoding: "base64" };
    const refused = await commit({ key: "file", value: over });
    expect(refused).toMatchObject({ status: 400, body: { error: expect.stringContaining("must go to LFS") } });
    // Together more than any other call may send.
    const content = "y".repeat(10 * mega);
    const many = ["1", "2", "3", "4", "5", "6", "7"].map((path) => file(path, content));
    expect((await commit(...many)).status).toBe(200);
    expect((await read("7")).length).toBe(content.length);
  });

  it("lets a file take the place of a folder, and the other way round", async () => {
    await commit(file("a/1", "1"), file("a/2", "2"), file("b", "b"));
    await commit(file("a", "now a file"), file("b/c", "now a folder"));
    expect(await paths()).toEqual([".gitattributes", "a", "b/c"]);
  });

  it.each(["../x", "/x", "a//b", "a/./b", ".git/config", "", "x".repeat(1001), "..\\ddd", ".\\a", "\\a"])(
    "refuses the path %j",
    async (path) => {
      expect((await commit(file(path, "x"))).status).toBe(422);
      expect((await commit(change("deletedFile", { path }))).status).toBe(422);
      expect(await paths()).toEqual([".gitattributes"]);
    },
  );

  it("takes backslashes for part of a name, except at its start", async () => {
    expect((await commit(file("folder/..\\..\\file", "x"))).status).toBe(200);
    expect(await paths()).toEqual([".gitattributes", "folder/..\\..\\file"]);
  });

  it("refuses odd encodings, and content that is missing", async () => {
    expect((await commit(change("file", { path: "a", content: "x", encoding: "hex" }))).status).toBe(400);
    expect((await commit(change("file", { path: "a", content: "%", encoding: "base64" }))).status).toBe(400);
    expect((await commit(change("file", { path: "a" }))).status).toBe(400);
    const { value } = await large("a.bin", someBytes(40));
    expect((await commit(change("lfsFile", { ...value, algo: "md5" }))).status).toBe(400);
    expect((await commit(change("lfsFile", { ...value, oid: undefined }))).status).toBe(400);
  });
});

describe("the header of a commit", () => {
  const send = (...lines: unknown[]) => ada("POST", "/api/models/ada/files/commit/main", ndjson(...lines));

  it("comes first, once, and has a summary", async () => {
    const late = { key: "file", value: { path: "a", content: "a", summary: "s" } };
    expect(await send(late, header())).toMatchObject({ body: { error: expect.stringContaining("before all others") } });
    expect(await send(header(), header())).toMatchObject({
      body: { error: expect.stringContaining("one header only") },
    });
    expect((await send(header({ summary: " " }))).status).toBe(400);
    expect((await send(header({ parentCommit: "main" }))).status).toBe(400);
    expect((await send()).status).toBe(400);
  });

  it("alone makes a commit that changes nothing", async () => {
    const made = await send(header());
    expect(made.status).toBe(200);
    const { body } = await ada("GET", "/api/models/ada/files/commits/main");
    expect(pluck(body, "title")).toEqual(["change", "initial commit"]);
    expect(await paths()).toEqual([".gitattributes"]);
  });

  it("may name the commit that the branch must still be at", async () => {
    const first = (await send(header(), file("a", "a"))).body as { commitOid: string };
    await send(header(), file("b", "b"));
    const late = await send(header({ parentCommit: first.commitOid }), file("c", "c"));
    expect(late).toMatchObject({
      status: 412,
      body: { error: "The branch was updated since you opened this page. Please refresh and try again." },
    });
    expect(await paths()).toEqual([".gitattributes", "a", "b"]);
  });

  it("may name any commit as the start of a pull request", async () => {
    const first = (await send(header(), file("a", "a"))).body as { commitOid: string };
    await send(header(), file("b", "b"));
    const body = ndjson(header({ parentCommit: first.commitOid }), file("c", "c"));
    const grace = apiOf(hub, hub.tokens.other);
    expect((await grace("POST", "/api/models/ada/files/commit/main", body)).status).toBe(403);
    const proposal = await grace("POST", "/api/models/ada/files/commit/main?create_pr=1", body);
    expect(proposal.body).toMatchObject({ pullRequestUrl: expect.stringContaining("/discussions/1") });
    expect(await paths("refs%2Fpr%2F1")).toEqual([".gitattributes", "a", "c"]);
    // Its author may go on.
    const more = ndjson(header(), file("d", "d"));
    expect((await grace("POST", "/api/models/ada/files/commit/refs%2Fpr%2F1", more)).status).toBe(200);
    expect(await paths("refs%2Fpr%2F1")).toEqual([".gitattributes", "a", "c", "d"]);
    expect((await grace("POST", "/api/models/ada/files/commit/refs%2Fpr%2F2", more)).status).toBe(403);
  });
});
