import { beforeEach, describe, expect, it } from "vitest";
import { createMockHub, type MockHub } from "../src/index.js";
import { type Api, apiOf, ndjson, nextOf, pluck, present } from "./api.js";

const seeded = "/api/buckets/acme-research/checkpoints";
let hub: MockHub;
let ada: Api;

beforeEach(() => {
  hub = createMockHub({ seed: 1 });
  ada = apiOf(hub, hub.tokens.write);
});

/** A bucket of ada's own, with three files. */
async function fill(): Promise<void> {
  await ada("POST", "/api/buckets/ada/runs", {});
  const bucket = present(hub.state.buckets.get("ada/runs"));
  bucket.put("a/1.json", "{}", 3_000, "application/json");
  bucket.put("a/b/2.bin", new Uint8Array([1, 2, 3]), 1_000);
  bucket.put("c.txt", "hello", 2_000);
}

describe("a bucket", () => {
  it("is there once it is created, and only once, until it is deleted", async () => {
    const created = await ada("POST", "/api/buckets/ada/runs", { private: true });
    const url = `${hub.url}/buckets/ada/runs`;
    expect(created).toMatchObject({ status: 200, body: { name: "ada/runs", url } });
    expect(await ada("POST", "/api/buckets/ada/runs", {})).toMatchObject({ status: 409, body: { url } });
    expect(await ada("GET", "/api/buckets/ada/runs")).toMatchObject({
      body: { private: true, totalFiles: 0, size: 0 },
    });
    expect(pluck((await ada("GET", "/api/buckets/ada?search=RUN")).body, "id")).toEqual(["ada/runs"]);
    expect((await ada("GET", "/api/buckets/ada?search=x")).body).toEqual([]);
    await ada("DELETE", "/api/buckets/ada/runs");
    const gone = await ada("GET", "/api/buckets/ada/runs");
    expect([gone.status, gone.headers.get("x-error-code")]).toEqual([404, "RepoNotFound"]);
    expect((await ada("POST", "/api/buckets/ada/a--b", {})).status).toBe(400);
    expect((await ada("POST", "/api/buckets/ADA/other", {})).body).toMatchObject({ name: "ada/other" });
    expect((await ada("GET", "/api/buckets/nobody")).status).toBe(404);
  });

  it("may be named as one of whoever asks", async () => {
    const created = await ada("POST", "/api/buckets/me/own", {});
    expect(created).toMatchObject({ status: 200, body: { name: "ada/own", url: `${hub.url}/buckets/ada/own` } });
    expect((await ada("GET", "/api/buckets/me/own")).body).toMatchObject({ id: "ada/own" });
    expect(pluck((await ada("GET", "/api/buckets/me?search=own")).body, "id")).toEqual(["ada/own"]);
    expect((await apiOf(hub)("GET", "/api/buckets/me")).status).toBe(401);
  });

  it("is hidden from others while it is private", async () => {
    await ada("POST", "/api/buckets/ada/runs", { private: true });
    const grace = apiOf(hub, hub.tokens.other);
    expect((await grace("GET", "/api/buckets/ada/runs/tree")).status).toBe(404);
    expect((await apiOf(hub)("GET", "/buckets/ada/runs/resolve/x")).status).toBe(401);
    expect((await grace("GET", "/api/buckets/ada")).body).toEqual([]);
    await ada("PUT", "/api/buckets/ada/runs/settings", { private: false, cdnRegions: [] });
    expect((await grace("GET", "/api/buckets/ada/runs/tree")).status).toBe(200);
    const line = ndjson({ type: "deleteFile", path: "x" });
    expect((await grace("POST", "/api/buckets/ada/runs/batch", line)).status).toBe(403);
    expect((await grace("DELETE", "/api/buckets/ada/runs")).status).toBe(403);
    expect((await grace("POST", "/api/buckets/ada/other", {})).status).toBe(403);
  });
});

describe("a bucket that changes", () => {
  const settings = "/api/buckets/ada/runs/settings";
  const move = (fromRepo: string, toRepo: string) =>
    ada("POST", "/api/repos/move", { fromRepo, toRepo, type: "bucket" });

  it("keeps the settings that a change leaves out", async () => {
    await fill();
    const cdnRegions = [{ provider: "aws", region: "eu" }];
    expect((await ada("PUT", settings, { private: true })).body).toEqual({ private: true, cdnRegions: [] });
    expect((await ada("PUT", settings, { cdnRegions })).body).toEqual({ private: true, cdnRegions });
    expect((await ada("GET", "/api/buckets/ada/runs")).body).toMatchObject({ private: true, cdnRegions });
  });

  it("is moved with its files, to where its owner may create and nothing is yet", async () => {
    await fill();
    expect((await move("ADA/runs", "acme-research/Runs")).status).toBe(200);
    expect((await ada("GET", "/api/buckets/ada/runs")).status).toBe(404);
    expect((await ada("GET", "/api/buckets/acme-research/runs")).body).toMatchObject({
      id: "acme-research/Runs",
      totalFiles: 3,
    });
    expect((await move("acme-research/runs", "acme-research/checkpoints")).status).toBe(409);
    expect((await move("acme-research/runs", "google-bert/runs")).status).toBe(403);
    expect((await move("ada/none", "ada/some")).status).toBe(404);
    expect((await apiOf(hub, hub.tokens.read)("GET", "/api/buckets/acme-research/runs")).status).toBe(200);
  });
});

describe("the files of a bucket", () => {
  const tree = async (query = "", folder = "") =>
    pluck((await ada("GET", `/api/buckets/ada/runs/tree${folder}${query}`)).body, "path");

  it("are listed whole, by folder, by date and over pages", async () => {
    await fill();
    expect(await tree()).toEqual(["a/1.json", "a/b/2.bin", "c.txt"]);
    expect(await tree("?recursive=false")).toEqual(["a", "c.txt"]);
    expect(await tree("?recursive=false", "/a")).toEqual(["a/1.json", "a/b"]);
    expect(await tree("", "/a")).toEqual(["a/1.json", "a/b/2.bin"]);
    expect(await tree("?sort=uploadedAt")).toEqual(["a/1.json", "c.txt", "a/b/2.bin"]);
    expect(await tree("?sort=uploadedAt&direction=asc")).toEqual(["a/b/2.bin", "c.txt", "a/1.json"]);
    const paths: unknown[] = [];
    for (let next: string | undefined = "/api/buckets/ada/runs/tree?limit=1"; next;) {
      const page = await ada("GET", next);
      paths.push(...pluck(page.body, "path"));
      next = nextOf(page);
    }
    expect(paths).toEqual(["a/1.json", "a/b/2.bin", "c.txt"]);
    expect((await ada("GET", "/api/buckets/ada/runs/tree/nope")).status).toBe(404);
    expect((await ada("GET", "/api/buckets/ada/runs/tree/a?sort=uploadedAt")).status).toBe(400);
    expect((await ada("GET", "/api/buckets/ada/runs/tree?limit=5001")).status).toBe(400);
  });

  it("are told by their paths", async () => {
    await fill();
    const { body } = await ada("POST", "/api/buckets/ada/runs/paths-info", { paths: ["a/b/", "nope", "a/1.json"] });
    expect(body).toEqual([
      { type: "directory", path: "a/b", uploadedAt: "1970-01-01T00:00:01.000Z" },
      {
        type: "file",
        path: "a/1.json",
        size: 2,
        uploadedAt: "1970-01-01T00:00:03.000Z",
        contentType: "application/json",
        xetHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    ]);
  });

  it("arrive from the second origin, in part as well", async () => {
    await fill();
    const address = `${hub.url}/buckets/ada/runs/resolve/c.txt`;
    const first = await hub.fetch(address, { redirect: "manual" });
    expect([first.status, first.headers.get("x-linked-size")]).toEqual([302, "5"]);
    const whole = await hub.fetch(address);
    expect([new URL(whole.url).origin, await whole.text()]).toEqual([hub.cdnUrl, "hello"]);
    const part = await hub.fetch(address, { headers: { range: "bytes=1-2" } });
    expect([part.status, await part.text()]).toEqual([206, "el"]);
    expect((await hub.fetch(address, { method: "HEAD" })).headers.get("content-length")).toBe("5");
    const missing = await ada("GET", "/buckets/ada/runs/resolve/nope");
    expect([missing.status, missing.headers.get("x-error-code")]).toEqual([404, "EntryNotFound"]);
  });

  it("are copied and deleted by a batch, each line on its own", async () => {
    await fill();
    const [file] = (await ada("GET", `${seeded}/tree`)).body as { path: string; xetHash: string; size: number }[];
    const { xetHash } = present(file);
    const source = { sourceRepoType: "bucket", sourceRepoId: "acme-research/checkpoints" };
    const send = (...lines: object[]) => ada("POST", "/api/buckets/ada/runs/batch", ndjson(...lines));
    const answer = await send(
      { type: "copyFile", path: "copy.md", xetHash, ...source },
      { type: "addFile", path: "new", xetHash: "0".repeat(64) },
      { type: "deleteFile", path: "c.txt" },
    );
    expect(answer).toMatchObject({
      status: 200,
      body: { success: false, processed: 3, succeeded: 2, failed: [{ path: "new", error: "Xet hash not found" }] },
    });
    expect(await tree()).toEqual(["a/1.json", "a/b/2.bin", "copy.md"]);
    expect(await (await hub.fetch(`${hub.url}/buckets/ada/runs/resolve/copy.md`)).text()).toBe("# Checkpoints\n");
    // It lies in the storage now, so its hash is enough.
    expect((await send({ type: "addFile", path: "again.md", xetHash })).body).toMatchObject({ success: true });
    expect((await send({ type: "deleteFile", path: "nope" })).status).toBe(422);
    expect((await send({ type: "deleteFile", path: "copy.md" }, { type: "addFile", path: "x", xetHash })).status).toBe(
      400,
    );
    expect((await send({ type: "renameFile", path: "x" })).status).toBe(400);
    expect((await send()).status).toBe(400);
  });

  it("are copied from a bucket that is private, by those who may see it", async () => {
    await fill();
    await ada("PUT", "/api/buckets/ada/runs/settings", { private: true, cdnRegions: [] });
    const file = ((await ada("GET", "/api/buckets/ada/runs/tree?recursive=true")).body as { xetHash: string }[])[0];
    const source = { sourceRepoType: "bucket", sourceRepoId: "ada/runs" };
    const line = ndjson({ type: "copyFile", path: "copy", xetHash: present(file).xetHash, ...source });
    const grace = apiOf(hub, hub.tokens.other);
    for (const api of [ada, grace]) await api("POST", `/api/buckets/${api === ada ? "ada" : "grace"}/copies`, {});
    expect((await ada("POST", "/api/buckets/ada/copies/batch", line)).status).toBe(200);
    expect((await grace("POST", "/api/buckets/grace/copies/batch", line)).status).toBe(422);
  });

  it("are copied from repositories too, where whoever asks may read them", async () => {
    await fill();
    const other = createMockHub({ lfs: { xetHash: true } });
    const path = "/openai-community/gpt2/resolve/main/model.safetensors";
    const xetHash = (await other.fetch(other.url + path, { redirect: "manual" })).headers.get("x-xet-hash");
    const line = { type: "copyFile", path: "model.safetensors", xetHash, sourceRepoType: "model" };
    const copy = async (sourceRepoId: string) =>
      (await ada("POST", "/api/buckets/ada/runs/batch", ndjson({ ...line, sourceRepoId }))).status;
    expect(await copy("openai-community/gpt2")).toBe(200);
    present(hub.state.repos.models.find("openai-community/gpt2")).record.visibility = "private";
    expect(await copy("openai-community/gpt2")).toBe(422);
    expect(await copy("no/such")).toBe(422);
  });
});
