import { beforeEach, expect, it } from "vitest";
import { createMockHub, type MockHub } from "../src/index.js";
import { type Api, apiOf, nextOf, pluck, present } from "./api.js";

const gpt2 = "/api/models/openai-community/gpt2";
let hub: MockHub;
let ada: Api;

beforeEach(async () => {
  hub = createMockHub({ seed: 1 });
  ada = apiOf(hub, hub.tokens.write);
  await ada("POST", "/api/repos/create", { name: "files" });
});

function lines(...values: unknown[]): string {
  return values.map((value) => JSON.stringify(value)).join("\n");
}

function commit(branch: string, ...operations: unknown[]) {
  return ada(
    "POST",
    `/api/models/ada/files/commit/${branch}`,
    lines({ key: "header", value: { summary: "change" } }, ...operations),
  );
}

const file = (path: string, content: string) => ({
  key: "file",
  value: { path, content: btoa(content), encoding: "base64" },
});

it("a commit adds, replaces, renames and deletes files", async () => {
  await commit("main", file("a/one.txt", "1"), file("a/two.txt", "2"), file("b.txt", "b"));
  const second = await commit(
    "main",
    file("b.txt", "b2"),
    { key: "file", value: { path: "c.txt", oldPath: "a/one.txt" } },
    { key: "deletedFolder", value: { path: "a/" } },
  );
  expect(second.body).toMatchObject({ success: true, commitUrl: expect.stringContaining("/ada/files/commit/") });
  const tree = await ada("GET", "/api/models/ada/files/tree/main?recursive=true");
  expect(pluck(tree.body, "path")).toEqual([".gitattributes", "b.txt", "c.txt"]);
  expect((await ada("GET", "/api/resolve-cache/models/ada/files/main/b.txt")).body).toBe("b2");
  expect((await ada("GET", "/api/resolve-cache/models/ada/files/main/c.txt")).body).toBe("1");
});

it("a commit is refused when the branch moved, the header is missing or a file is not there", async () => {
  const stale = { key: "header", value: { summary: "s", parentCommit: "0".repeat(40) } };
  expect((await ada("POST", "/api/models/ada/files/commit/main", lines(stale))).status).toBe(412);
  expect((await ada("POST", "/api/models/ada/files/commit/main", lines(file("x", "x")))).status).toBe(400);
  expect((await commit("main", { key: "deletedFile", value: { path: "nope" } })).status).toBe(404);
  expect((await commit("v9", file("x", "x"))).status).toBe(404);
  expect((await commit("main", file("../x", "x"))).status).toBe(422);
});

it("branches and tags come and go", async () => {
  const repo = "/api/models/ada/files";
  await ada("POST", `${repo}/branch/feat%2Fx`, { startingPoint: "main" });
  await ada("POST", `${repo}/tag/main`, { tag: "v1" });
  await commit("feat%2Fx", file("x.txt", "x"));
  expect((await ada("POST", `${repo}/branch/feat%2Fx`, {})).status).toBe(409);
  const refs = await ada("GET", `${repo}/refs`);
  const { branches, tags } = refs.body as { branches: { name: string; targetCommit: string }[]; tags: unknown[] };
  expect(pluck(branches, "name")).toEqual(["main", "feat/x"]);
  expect(branches[0]?.targetCommit).not.toBe(branches[1]?.targetCommit);
  expect(pluck(tags, "ref")).toEqual(["refs/tags/v1"]);
  await ada("DELETE", `${repo}/branch/feat%2Fx`);
  await ada("DELETE", `${repo}/tag/v1`);
  expect((await ada("GET", `${repo}/revision/feat%2Fx`)).status).toBe(404);
  await commit("main", file("1", "1"));
  await ada("POST", `${repo}/super-squash/main`, { message: "squashed" });
  expect(pluck((await ada("GET", `${repo}/commits/main`)).body, "title")).toEqual(["squashed"]);
});

it("a tree shows one folder, or all below it, over pages", async () => {
  expect(pluck((await ada("GET", `${gpt2}/tree/main`)).body, "path")).not.toContain("onnx/model.onnx");
  expect(pluck((await ada("GET", `${gpt2}/tree/main/onnx`)).body, "path")).toEqual(["onnx/model.onnx"]);
  const paths: unknown[] = [];
  for (let next: string | undefined = `${gpt2}/tree/main?recursive=true&limit=3`; next;) {
    const page = await ada("GET", next);
    paths.push(...pluck(page.body, "path"));
    next = nextOf(page);
  }
  expect(paths).toEqual([
    ".gitattributes",
    "README.md",
    "config.json",
    "model.safetensors",
    "onnx",
    "onnx/model.onnx",
    "tokenizer.json",
  ]);
  const missing = await ada("GET", `${gpt2}/tree/main/nope`);
  expect([missing.status, missing.headers.get("x-error-code")]).toEqual([404, "EntryNotFound"]);
});

it("the last commit of a file is the one that changed it", async () => {
  const { body } = await ada("POST", `${gpt2}/paths-info/main`, {
    paths: ["README.md", "config.json", "nope"],
    expand: true,
  });
  expect((body as { lastCommit: { title: string } }[]).map(({ lastCommit }) => lastCommit.title)).toEqual([
    "Update README.md (60)",
    "Upload files",
  ]);
  const form = await ada("POST", `${gpt2}/paths-info/main`, "paths=README.md&expand=false", {
    "content-type": "application/x-www-form-urlencoded",
  });
  expect(pluck(form.body, "path")).toEqual(["README.md"]);
});

it("a small file stays on the Hub, a large one is on the other origin", async () => {
  const small = await ada("GET", "/openai-community/gpt2/resolve/main/config.json");
  expect([small.status, small.headers.get("location")]).toEqual([
    307,
    expect.stringMatching(/^\/api\/resolve-cache\/models\//),
  ]);
  const large = await ada("GET", "/openai-community/gpt2/resolve/main/model.safetensors");
  expect([large.status, large.headers.get("location")]).toEqual([302, expect.stringContaining(hub.cdnUrl)]);
  expect(large.headers.get("x-repo-commit")).toMatch(/^[0-9a-f]{40}$/);
  expect(large.headers.get("x-linked-etag")).toMatch(/^"[0-9a-f]{64}"$/);
});

it("the other origin serves ranges, refuses the Hub's token and made-up addresses", async () => {
  const { headers } = await ada("GET", "/openai-community/gpt2/resolve/main/model.safetensors");
  const location = present(headers.get("location"));
  const size = Number(headers.get("x-linked-size"));
  const part = await hub.fetch(location, { headers: { range: "bytes=0-7" } });
  expect([part.status, part.headers.get("content-range")]).toEqual([206, `bytes 0-7/${size}`]);
  expect((await part.arrayBuffer()).byteLength).toBe(8);
  const end = await hub.fetch(location, { headers: { range: "bytes=-4" } });
  expect(end.headers.get("content-range")).toBe(`bytes ${size - 4}-${size - 1}/${size}`);
  expect((await hub.fetch(location, { headers: { range: `bytes=${size}-` } })).status).toBe(416);
  expect((await hub.fetch(location, { headers: { authorization: `Bearer ${hub.tokens.write}` } })).status).toBe(400);
  expect((await hub.fetch(location.replace(/Signature=.*/, "Signature=0"))).status).toBe(403);
});

it("fetch follows to the other origin without the token", async () => {
  const response = await hub.fetch(`${hub.url}/openai-community/gpt2/resolve/main/model.safetensors`, {
    headers: { authorization: `Bearer ${hub.tokens.write}` },
  });
  expect(response.status).toBe(200);
  expect(response.redirected).toBe(true);
  expect(response.url).toContain(hub.cdnUrl);
});

it("an upload is stored only if it is what its hash says", async () => {
  const bytes = new TextEncoder().encode("large");
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  const oid = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const request = { operation: "upload", objects: [{ oid, size: bytes.length }] };
  const batch = await ada("POST", "/ada/files.git/info/lfs/objects/batch", request);
  const [object] = (batch.body as { objects: { actions: { upload: { href: string } } }[] }).objects;
  const { href } = present(object).actions.upload;
  const early = await commit("main", { key: "lfsFile", value: { path: "l.bin", oid, algo: "sha256", size: 5 } });
  expect(early.status).toBe(400);
  expect((await hub.fetch(href, { method: "PUT", body: "other" })).status).toBe(400);
  expect((await hub.fetch(href, { method: "PUT", body: bytes })).status).toBe(200);
  await commit("main", { key: "lfsFile", value: { path: "l.bin", oid, algo: "sha256", size: 5 } });
  const response = await hub.fetch(`${hub.url}/ada/files/resolve/main/l.bin`);
  expect(await response.text()).toBe("large");
});
