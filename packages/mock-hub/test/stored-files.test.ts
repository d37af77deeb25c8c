import { beforeEach, describe, expect, it } from "vitest";
import { createMockHub, type MockHub } from "../src/index.js";
import { type Api, apiOf, ndjson, pluck, present, sha256, someBytes } from "./api.js";
import { batch, uploadLarge } from "./lfs.js";

const bytes = someBytes(90);
let hub: MockHub;
let ada: Api;
let grace: Api;
let oid: string;

beforeEach(async () => {
  hub = createMockHub({ seed: 1 });
  ada = apiOf(hub, hub.tokens.write);
  grace = apiOf(hub, hub.tokens.other);
  oid = await sha256(bytes);
  await ada("POST", "/api/repos/create", { name: "files", private: true });
  await grace("POST", "/api/repos/create", { name: "files" });
});

const header = (summary = "change", more: object = {}) => ({ key: "header", value: { summary, ...more } });
const lfsFile = (path: string, sha: string) => ({
  key: "lfsFile",
  value: { path, algo: "sha256", oid: sha, size: 90 },
});

async function store(path: string, content = bytes, revision = "main"): Promise<void> {
  const line = await uploadLarge(hub.fetch, ada, "ada/files", path, content);
  expect((await ada("POST", `/api/models/ada/files/commit/${revision}`, ndjson(header(), line))).status).toBe(200);
}

describe("bytes that another repository holds", () => {
  it("are wanted again, and are not there for a download", async () => {
    await store("w.bin");
    const objects = [{ oid, size: bytes.length }];
    const [own] = await batch(ada, "ada/files", { operation: "upload", objects });
    expect(own).toEqual(objects[0]);
    const [other] = await batch(grace, "grace/files", { operation: "upload", objects });
    expect(other?.actions?.upload?.href).toContain(hub.cdnUrl);
    const [download] = await batch(grace, "grace/files", { operation: "download", objects });
    expect(download?.error?.code).toBe(404);
  });

  it("are no file of a commit that only names their hash", async () => {
    await store("w.bin");
    const refused = await grace("POST", "/api/models/grace/files/commit/main", ndjson(header(), lfsFile("x.bin", oid)));
    expect(refused).toMatchObject({
      status: 400,
      body: {
        error: expect.stringContaining(
          "Your push was rejected because an LFS pointer pointed to a file that does not exist.",
        ),
      },
    });
    expect((refused.body as { error: string }).error).toMatch(/Offending file: - x\.bin$/);
    expect((await grace("GET", "/grace/files/resolve/main/x.bin")).status).toBe(404);
  });

  it("are a file once they were uploaded here as well", async () => {
    await store("w.bin");
    const line = await uploadLarge(hub.fetch, grace, "grace/files", "x.bin", bytes);
    expect((await grace("POST", "/api/models/grace/files/commit/main", ndjson(header(), line))).status).toBe(200);
    expect(new Uint8Array(await (await hub.fetch(`${hub.url}/grace/files/resolve/main/x.bin`)).arrayBuffer())).toEqual(
      bytes,
    );
  });
});

describe("the list of large files", () => {
  const list = async () =>
    (await ada("GET", "/api/models/ada/files/lfs-files")).body as { oid: string; filename: string }[];

  it("goes over all branches, tags and pull requests", async () => {
    await store("main.bin", someBytes(1));
    await ada("POST", "/api/models/ada/files/branch/dev", {});
    await store("dev.bin", someBytes(2), "dev");
    await ada("POST", "/api/models/ada/files/tag/dev", { tag: "v1" });
    await store("pr.bin", someBytes(3), "main?create_pr=1");
    expect(pluck(await list(), "filename").toSorted()).toEqual(["dev.bin", "main.bin", "pr.bin"]);
    await ada("DELETE", "/api/models/ada/files/branch/dev");
    expect(pluck(await list(), "filename")).toContain("dev.bin");
    await ada("DELETE", "/api/models/ada/files/tag/v1");
    expect(pluck(await list(), "filename")).not.toContain("dev.bin");
  });

  it("loses what is deleted, as all commits do", async () => {
    await store("w.bin");
    await ada("POST", "/api/models/ada/files/branch/dev", {});
    await store("other.bin", someBytes(5));
    expect((await ada("DELETE", `/api/models/ada/files/lfs-files/${oid}`)).status).toBe(200);
    expect(pluck(await list(), "filename")).toEqual(["other.bin"]);
    for (const revision of ["main", "dev"]) {
      const { body } = await ada("GET", `/api/models/ada/files/tree/${revision}`);
      expect(pluck(body, "path")).not.toContain("w.bin");
      expect((await ada("GET", `/ada/files/resolve/${revision}/w.bin`)).status).toBe(404);
    }
    const { body } = await ada("GET", "/api/models/ada/files/commits/main");
    expect(pluck(body, "title")).toEqual(["change", "change", "initial commit"]);
    const [again] = await batch(ada, "ada/files", { operation: "upload", objects: [{ oid, size: bytes.length }] });
    expect(again?.actions?.upload).toBeDefined();
  });

  it("loses several at once, and the commits keep their names when the history stays", async () => {
    const sizes = [11, 12, 13];
    for (const size of sizes) await store(`${size}.bin`, someBytes(size));
    const sha = await Promise.all(sizes.slice(0, 2).map((size) => sha256(someBytes(size))));
    const deletions = { sha, rewriteHistory: false };
    const answer = await ada("POST", "/api/models/ada/files/lfs-files/batch", { deletions });
    expect(answer.status).toBe(200);
    expect(pluck(await list(), "filename")).toEqual(["13.bin"]);
    const { body } = await ada("GET", "/api/models/ada/files/tree/main");
    expect(pluck(body, "path")).toEqual([".gitattributes", "11.bin", "12.bin", "13.bin"]);
    expect((await ada("GET", "/ada/files/resolve/main/11.bin")).status).toBe(404);
    expect((await ada("GET", "/ada/files/resolve/main/13.bin")).status).toBe(302);
  });

  it("keeps pull requests on their commits when the history is rewritten", async () => {
    await store("w.bin");
    await store("pr.bin", someBytes(5), "main?create_pr=1");
    await ada("DELETE", `/api/models/ada/files/lfs-files/${oid}`);
    const events = async () =>
      (await ada("GET", "/api/models/ada/files/discussions/1")).body as {
        events: { type: string; data: { oid: string } }[];
      };
    const commit = present((await events()).events.find(({ type }) => type === "commit"));
    const { body } = await ada("GET", "/api/models/ada/files/commits/refs%2Fpr%2F1");
    expect(pluck(body, "id")).toContain(commit.data.oid);
    expect((await ada("POST", "/api/models/ada/files/discussions/1/merge", {})).status).toBe(200);
    // It merged the one commit that was proposed, not all that were rewritten.
    const [merge] = (await ada("GET", "/api/models/ada/files/commits/main")).body as { message: string }[];
    expect(merge?.message.match(/^- /gm)).toHaveLength(1);
    expect(pluck((await ada("GET", "/api/models/ada/files/tree/main")).body, "path")).toEqual([
      ".gitattributes",
      "pr.bin",
    ]);
  });
});
