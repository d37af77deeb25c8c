import { beforeAll, describe, expect, it } from "vitest";
import { createMockHub, type MockHub } from "../src/index.js";
import { Content } from "../src/state/content.js";
import { apiOf, ndjson, present, sha256, someBytes } from "./api.js";

const bytes = someBytes(1_000);
let hub: MockHub;
let oid: string;

const repos = [
  ["ada/store", "models"],
  ["datasets/ada/store", "datasets"],
  ["spaces/ada/store", "spaces"],
] as const;

async function fill(target: MockHub): Promise<void> {
  const ada = apiOf(target, target.tokens.write);
  for (const [type, kind] of [
    ["model", "models"],
    ["dataset", "datasets"],
    ["space", "spaces"],
  ] as const) {
    await ada("POST", "/api/repos/create", { type, name: "store", sdk: "docker" });
    const repo = present(target.state.repos[kind].find("ada/store"));
    target.state.storage.upload(repo.record._id, oid, Content.of(bytes));
    const lines = ndjson(
      { key: "header", value: { summary: "s" } },
      { key: "file", value: { path: "a b/small.txt", content: "0123456789" } },
      { key: "lfsFile", value: { path: "large.bin", algo: "sha256", oid, size: bytes.length } },
    );
    expect((await ada("POST", `/api/${kind}/ada/store/commit/main`, lines)).status).toBe(200);
  }
}

beforeAll(async () => {
  hub = createMockHub({ seed: 1 });
  oid = await sha256(bytes);
  await fill(hub);
});

const get = (path: string, headers: Record<string, string> = {}, method = "GET") =>
  hub.fetch(new URL(path, hub.url), { method, headers });
const first = (path: string, method = "GET", target = hub) =>
  target.fetch(new URL(path, target.url), { method, redirect: "manual" });

describe.each(repos)("the files of %s", (repo, kind) => {
  it.each(["GET", "HEAD"])("are described on the first hop, by %s", async (method) => {
    const { status, headers } = await first(`/${repo}/resolve/main/large.bin`, method);
    expect(status).toBe(302);
    expect(headers.get("x-repo-commit")).toMatch(/^[0-9a-f]{40}$/);
    expect([headers.get("x-linked-size"), headers.get("x-linked-etag")]).toEqual(["1000", `"${oid}"`]);
    expect([headers.get("accept-ranges"), headers.get("x-xet-hash")]).toEqual(["bytes", null]);
    const small = await first(`/${repo}/resolve/main/a%20b/small.txt`, method);
    const smallEtag = present((await get(`/${repo}/resolve/main/a%20b/small.txt`)).headers.get("etag"));
    expect([small.status, small.headers.get("x-linked-etag")]).toEqual([307, smallEtag]);
    const location = new URL(present(small.headers.get("location")), hub.url);
    expect(location.pathname).toMatch(
      new RegExp(`^/api/resolve-cache/${kind}/ada/store/[0-9a-f]{40}/a%20b/small.txt$`),
    );
    expect(location.searchParams.get("etag")).toBe(smallEtag);
  });

  it("arrive whole, in part, and described alone", async () => {
    for (const [path, size] of [
      ["large.bin", 1_000],
      ["a%20b/small.txt", 10],
    ] as const) {
      const address = `/${repo}/resolve/main/${path}`;
      const whole = await get(address);
      expect([whole.status, whole.headers.get("content-length")]).toEqual([200, String(size)]);
      expect(whole.headers.get("accept-ranges")).toBe("bytes");
      expect((await whole.arrayBuffer()).byteLength).toBe(size);
      const head = await get(address, {}, "HEAD");
      expect([head.status, head.headers.get("content-length"), await head.text()]).toEqual([200, String(size), ""]);
      expect(head.headers.get("etag")).toBe(whole.headers.get("etag"));
      const part = await get(address, { range: "bytes=2-4" });
      expect([part.status, part.headers.get("content-range")]).toEqual([206, `bytes 2-4/${size}`]);
      expect((await part.arrayBuffer()).byteLength).toBe(3);
      const beyond = await get(address, { range: `bytes=${size}-` });
      expect([beyond.status, beyond.headers.get("content-range")]).toEqual([416, `bytes */${size}`]);
    }
  });

  it("are whole when the range is only wanted of another version", async () => {
    for (const path of ["large.bin", "a%20b/small.txt"]) {
      const address = `/${repo}/resolve/main/${path}`;
      const etag = present((await get(address)).headers.get("etag"));
      const status = async (ifRange: string) => (await get(address, { range: "bytes=5-", "if-range": ifRange })).status;
      expect(await status(etag)).toBe(206);
      expect(await status('"other"')).toBe(200);
      expect(await status(`W/${etag}`)).toBe(200);
      expect(await status("Wed, 21 Oct 2015 07:28:00 GMT")).toBe(200);
      const outdated = await get(address, { range: "bytes=99999-", "if-range": '"other"' });
      expect(outdated.status).toBe(200);
    }
  });

  it("are not sent again to those who have them", async () => {
    for (const path of ["large.bin", "a%20b/small.txt"]) {
      const address = `/${repo}/resolve/main/${path}`;
      const etag = present((await get(address)).headers.get("etag"));
      for (const known of [etag, `"x", W/${etag}`, "*"])
        expect((await get(address, { "if-none-match": known, range: "bytes=0-1" })).status).toBe(304);
      expect((await get(address, { "if-none-match": '"x"' })).status).toBe(200);
    }
  });

  it("show in raw what git holds: of a large one the pointer", async () => {
    const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${oid}\nsize 1000\n`;
    const raw = await get(`/${repo}/raw/main/large.bin`);
    expect([raw.status, raw.url, await raw.text()]).toEqual([200, `${hub.url}/${repo}/raw/main/large.bin`, pointer]);
    expect(await (await get(`/${repo}/raw/main/a%20b/small.txt`)).text()).toBe("0123456789");
    const tree = await apiOf(hub)("GET", `/api/${kind}/ada/store/tree/main`);
    const entry = (tree.body as { path: string; oid: string; lfs?: object }[]).find(({ path }) => path === "large.bin");
    expect(entry).toMatchObject({
      oid: raw.headers.get("etag")?.replaceAll('"', ""),
      size: 1_000,
      lfs: { oid, size: 1_000, pointerSize: pointer.length },
    });
  });
});

it("a large file by its cached address leads to the second origin as well", async () => {
  const answer = await first("/api/resolve-cache/models/ada/store/main/large.bin");
  expect([answer.status, answer.headers.get("x-linked-etag")]).toEqual([302, `"${oid}"`]);
});

it("the second origin tells versions apart in its own way, or by the SHA-256 when told to", async () => {
  const address = "/ada/store/resolve/main/large.bin";
  const usual = (await get(address)).headers.get("etag");
  expect(usual).toMatch(/^"[0-9a-f]{64}"$/);
  expect(usual).not.toBe(`"${oid}"`);
  const other = createMockHub({ lfs: { cdnEtag: "sha256", xetHash: true } });
  await fill(other);
  expect((await other.fetch(other.url + address)).headers.get("etag")).toBe(`"${oid}"`);
  expect((await first(address, "GET", other)).headers.get("x-xet-hash")).toBe(usual?.replaceAll('"', ""));
});

it("the information that Xet clients ask for has the SHA-256 as its ETag, with and without Xet", async () => {
  const accept = "application/vnd.xet-fileinfo+json, */*";
  const address = "/datasets/ada/store/resolve/main/large.bin";
  for (const method of ["GET", "HEAD"]) {
    const { status, headers, redirected } = await get(address, { accept }, method);
    expect([status, redirected, headers.get("etag")]).toEqual([200, true, `"${oid}"`]);
  }
  const other = createMockHub({ lfs: { xetHash: true } });
  await fill(other);
  const response = await other.fetch(other.url + address, { headers: { accept }, redirect: "manual" });
  expect([response.status, response.headers.get("etag")]).toEqual([200, `"${oid}"`]);
  expect(response.headers.get("content-type")).toBe("application/vnd.xet-fileinfo+json");
  expect(response.headers.get("x-linked-size")).toBe("1000");
  const hash = present(response.headers.get("x-xet-hash"));
  const commit = present(response.headers.get("x-repo-commit"));
  const refreshUrl = `${other.url}/api/datasets/ada/store/xet-read-token/${commit}`;
  expect(await response.json()).toMatchObject({ hash, refreshUrl, etag: `"${oid}"`, size: 1_000 });
  expect(response.headers.get("link")).toContain(`<${refreshUrl}>; rel="xet-auth"`);
});

it("a file that is not there is told in plain text, with the commit in which it is not", async () => {
  for (const path of [
    "/ada/store/resolve/main/no",
    "/ada/store/raw/main/no",
    "/api/resolve-cache/models/ada/store/main/no",
  ]) {
    const missing = await first(path);
    expect([missing.status, missing.headers.get("x-error-code"), await missing.text()]).toEqual([
      404,
      "EntryNotFound",
      "Entry not found",
    ]);
    expect(missing.headers.get("x-repo-commit")).toMatch(/^[0-9a-f]{40}$/);
  }
});

it("the log of requests tells which bytes were asked for", async () => {
  hub.requests.clear();
  await get("/ada/store/resolve/main/large.bin", { range: "bytes=10-" });
  expect([...hub.requests].map(({ origin, range }) => [origin, range])).toEqual([
    ["hub", "bytes=10-"],
    ["cdn", "bytes=10-"],
  ]);
});
