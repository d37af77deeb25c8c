import { mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { HubError, HubResponseError } from "../../src/errors.js";
import type { UploadProgress } from "../../src/files/commit/commit.js";
import { Hub } from "../../src/hub.js";
import { DiskBlob } from "../../src/node/uploads/disk-blob.js";
import { failure, withoutBackOff } from "../servers/setup.js";
import { isSame, sha256, someBytes } from "../servers/file-server.js";
import { kinds, MockRepo, repo } from "../servers/mock-repo.js";

const content = someBytes(10_500);
const upload = { repo, path: "weights.bin", content };
const puts = { method: "PUT", origin: "cdn" } as const;

let own: MockRepo;
beforeEach(async () => {
  own = await MockRepo.create({ lfs: { multipartThreshold: 5_000, chunkSize: 1_000 } });
});
afterEach(() => vi.restoreAllMocks());

const stored = async (kind: (typeof kinds)[number] = "models"): Promise<Uint8Array> =>
  await (await own.hub[kind].files.download({ repo, path: "weights.bin" })).bytes();

function expectNoCommit(): void {
  expect(own.requests({ part: "/commit/" })).toEqual([]);
  expect(own.files()).not.toHaveProperty("weights.bin");
}

describe("a large file", () => {
  it.each(kinds)("goes to the storage of %s in parts, each once, in the order of the file", async (kind) => {
    await own.hub[kind].files.upload(upload);
    expect(isSame(await stored(kind), content)).toBe(true);
    const parts = own.requests(puts).map(({ path }) => Number(/partNumber=(\d+)/.exec(path)?.[1]));
    expect(parts.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    const last = own.sent.map(({ method, url }) => `${method} ${new URL(url).pathname}`).slice(-6, -1);
    expect(last).toEqual(expect.arrayContaining(["POST /api/complete_multipart"]));
  });

  it("goes there in one piece when it is not that large, and is verified", async () => {
    await own.hub.models.files.upload({ ...upload, content: content.subarray(0, 5_000) });
    expect(isSame(await stored(), content.subarray(0, 5_000))).toBe(true);
    const paths = own.sent.map(({ method, url }) => `${method} ${new URL(url).pathname}`);
    expect(paths.slice(0, 5)).toEqual([
      `POST /api/models/${repo}/preupload/main`,
      `POST /${repo}.git/info/lfs/objects/batch`,
      `PUT /upload/${sha256(content.subarray(0, 5_000))}`,
      `POST /${repo}.git/info/lfs/verify`,
      `POST /api/models/${repo}/commit/main`,
    ]);
  });

  it("shows the token to the Hub alone", async () => {
    const files = [upload, { path: "small.bin", content: content.subarray(0, 100) }];
    await own.hub.models.files.upload({ repo, files });
    const strangers = own.sent.filter(({ url }) => !url.startsWith(`${own.mock.url}/`));
    expect(strangers).toHaveLength(12);
    expect(new Set(strangers.map(({ authorization }) => authorization))).toEqual(new Set([null]));
    const ours = own.sent.filter(({ url }) => url.startsWith(`${own.mock.url}/`));
    expect(ours.some(({ url }) => url.endsWith("/verify"))).toBe(true);
    expect(new Set(ours.map(({ authorization }) => authorization))).toEqual(
      new Set([`Bearer ${own.mock.tokens.write}`]),
    );
  });

  it("tells how far it is, each byte once", async () => {
    withoutBackOff();
    const steps: UploadProgress[] = [];
    own.mock.faults.when({ ...puts, nth: 3 }, { status: { 503: 1 } });
    const files = [upload, { path: "note.txt", content: "four" }, { path: "small.bin", content: "\0abc" }];
    await own.hub.models.files.upload({ repo, files }, { onProgress: (step) => steps.push(step) });
    const states = [...new Set(steps.map(({ state }) => state))];
    expect(states).toEqual(["hashing", "uploading", "committing"]);
    for (const state of states) {
      const loaded = steps.filter((step) => step.state === state).map((step) => step.loaded);
      const total = state === "committing" ? 4 : content.length + 4;
      expect(loaded).toEqual(loaded.toSorted((a, b) => a - b));
      expect(loaded.at(-1)).toBe(total);
      expect(new Set(steps.filter((step) => step.state === state).map((step) => step.total))).toEqual(new Set([total]));
    }
    expect(new Set(steps.map(({ path }) => path))).toEqual(new Set(["weights.bin", "note.txt", "small.bin"]));
  });
});

it("a runtime that reads no stream of what it sends is told how far it is after each part", async () => {
  const hub = new Hub({
    endpoint: own.mock.url,
    token: own.mock.tokens.write,
    fetch: async (url, init) =>
      await own.mock.fetch(url, init?.body instanceof Blob ? { ...init, body: await init.body.arrayBuffer() } : init),
  });
  const loaded: number[] = [];
  await hub.models.files.upload(upload, {
    onProgress: (step) => step.state === "uploading" && loaded.push(step.loaded),
  });
  expect(loaded.toSorted((a, b) => a - b)).toEqual(loaded);
  expect(loaded).toHaveLength(11);
  expect(loaded.at(-1)).toBe(content.length);
});

describe("a part that fails", () => {
  it("is sent again, alone", async () => {
    withoutBackOff();
    const fault = { ...puts, path: "partNumber=4&" };
    own.mock.faults.when({ ...fault, times: 2 }, { status: { 500: 1 } });
    await own.hub.models.files.upload(upload);
    expect(isSame(await stored(), content)).toBe(true);
    const parts = own.requests(puts).map(({ path }) => /partNumber=(\d+)/.exec(path)?.[1]);
    expect(parts).toHaveLength(13);
    expect(parts.filter((number) => number === "4")).toHaveLength(3);
  });

  it("is sent again when its response was lost", async () => {
    withoutBackOff();
    own.mock.faults.when({ ...puts, path: "partNumber=11&", times: 2 }, { reset: 1 });
    await own.hub.models.files.upload(upload);
    expect(isSame(await stored(), content)).toBe(true);
  });

  it("for good ends the upload without a commit, and the other parts with it", async () => {
    withoutBackOff();
    own.mock.faults.when({ ...puts, path: "partNumber=2&", times: 9 }, { status: { 500: 1 } });
    const error = await failure(own.hub.models.files.upload(upload, { retries: 2 }));
    expect(error).toBeInstanceOf(HubResponseError);
    expect(error).toMatchObject({ status: 500, method: "PUT" });
    expect(String(error)).not.toMatch(/Signature=[^*]/);
    expect(own.requests({ part: "partNumber=2&" })).toHaveLength(3);
    expect(own.requests({ part: "complete_multipart" })).toEqual([]);
    expectNoCommit();
  });

  it("is refused without its ETag", async () => {
    const hub = new Hub({
      endpoint: own.mock.url,
      token: own.mock.tokens.write,
      fetch: async (url, init) => {
        const response = await own.mock.fetch(url, init);
        return init?.method === "PUT" ? new Response(null, { status: 200 }) : response;
      },
    });
    expect(String(await failure(hub.models.files.upload(upload)))).toContain("does not show the ETag of part");
    expectNoCommit();
  });
});

describe("an upload that cannot be", () => {
  /** A Hub whose response to the batch call is another one. */
  const answering = (change: (object: { oid: string; size: number }) => object): Hub =>
    new Hub({
      endpoint: own.mock.url,
      token: own.mock.tokens.write,
      fetch: async (url, init) => {
        const response = await own.mock.fetch(url, init);
        if (!String(url).endsWith("/objects/batch")) return response;
        const { objects } = (await response.json()) as { objects: { oid: string; size: number }[] };
        return Response.json({ transfer: "basic", objects: objects.map(change) });
      },
    });
  const to = (href: string, header = {}) => ({ actions: { upload: { href, header } } });

  it.each<[string, (object: { oid: string; size: number }) => object, string]>([
    [
      "an error",
      (object) => ({ ...object, error: { code: 422, message: "no space" } }),
      "refuses weights.bin: no space",
    ],
    ["another object", (object) => ({ ...object, oid: "0".repeat(64) }), "does not say where to upload weights.bin"],
    ["no URL", (object) => ({ ...object, ...to("http://[") }), "the Hub names no URL to upload weights.bin to"],
    ["an empty URL", (object) => ({ ...object, ...to("") }), "the Hub names no URL to upload weights.bin to"],
    ["a path", (object) => ({ ...object, ...to("/put") }), "the Hub names no URL to upload weights.bin to"],
    [
      "an empty URL to verify at",
      (object) => ({ ...object, actions: { upload: { href: "https://a.example/put" }, verify: { href: "" } } }),
      "the Hub names no URL to upload weights.bin to",
    ],
    ["an address in the clear", (object) => ({ ...object, ...to("http://a.example/b") }), "http://a.example to send"],
    ["another protocol", (object) => ({ ...object, ...to("ftp://a.example/b") }), "ftp://a.example to send"],
    [
      "parts too few",
      (object) => ({ ...object, ...to("https://a.example/c", { chunk_size: "9000", 1: "/1" }) }),
      "names 1 parts of 9000",
    ],
    [
      "parts of nothing",
      (object) => ({ ...object, ...to("https://a.example/c", { chunk_size: "0", 1: "/1" }) }),
      "1 parts of 0 bytes",
    ],
    [
      "parts of no size",
      (object) => ({ ...object, ...to("https://a.example/c", { chunk_size: "x", 1: "/1" }) }),
      "1 parts of NaN bytes",
    ],
  ])("is told after %s, without a commit", async (_, change, words) => {
    const error = await failure(answering(change).models.files.upload(upload));
    expect(error).toBeInstanceOf(HubError);
    expect(String(error)).toContain(words);
    expect(own.requests(puts)).toEqual([]);
    expectNoCommit();
  });

  it.each([null, "", "/put/2", "put/2", 7])(
    "is told after the URL %j for a part, which gets neither bytes nor token",
    async (url) => {
      const urls = { chunk_size: "5250", 1: `${own.mock.cdnUrl}/put/1`, 2: url };
      const hub = answering((object) => ({ ...object, ...to(`${own.mock.url}/complete`, urls) }));
      const error = await failure(hub.models.files.upload(upload));
      expect(error).toMatchObject({ name: "HubError", message: "the Hub names no URL to upload weights.bin to" });
      expect(own.requests().map(({ path }) => path)).toEqual([
        expect.stringContaining("/preupload/"),
        expect.stringContaining("/objects/batch"),
      ]);
    },
  );

  it("is told when the storage has other bytes than were sent", async () => {
    own.mock.faults.when({ method: "POST", path: "/info/lfs/verify" }, { status: { 404: 1 } });
    const error = await failure(own.hub.models.files.upload({ ...upload, content: content.subarray(0, 100) }));
    expect(error).toMatchObject({ status: 404, method: "POST" });
    expectNoCommit();
  });

  it("is told when the parts cannot be put together", async () => {
    own.mock.faults.when({ path: "complete_multipart" }, { status: { 400: 1 } });
    const error = await failure(own.hub.models.files.upload(upload));
    expect(error).toMatchObject({ status: 400, method: "POST" });
    expectNoCommit();
  });
});

describe("a signed URL that has expired", () => {
  const batches = (): number => own.requests({ part: "/objects/batch" }).length;

  it.each([
    ["of a part", { ...puts, path: "partNumber=4&" }],
    ["of the last part", { ...puts, path: "partNumber=11&" }],
    ["of what joins the parts", { path: "complete_multipart" }],
  ])("%s is asked for once more, and all parts go to the new ones", async (_, match) => {
    own.mock.faults.when(match, { status: { 403: 1 } });
    const loaded: number[] = [];
    const onProgress = (step: UploadProgress): void => void (step.state === "uploading" && loaded.push(step.loaded));
    await own.hub.models.files.upload(upload, { onProgress });
    expect(isSame(await stored(), content)).toBe(true);
    expect(batches()).toBe(2);
    expect(own.requests({ part: "/commit/" })).toHaveLength(1);
    expect(loaded).toEqual(loaded.toSorted((a, b) => a - b));
    expect([new Set(loaded).size, loaded.at(-1)]).toEqual([loaded.length, content.length]);
  });

  it.each([
    ["of a file in one piece", puts],
    ["that verifies it", { method: "POST", path: "/info/lfs/verify" }],
  ])("%s is asked for once more", async (_, match) => {
    own.mock.faults.when(match, { status: { 403: 1 } });
    await own.hub.models.files.upload({ ...upload, content: content.subarray(0, 100) });
    expect(isSame(await stored(), content.subarray(0, 100))).toBe(true);
    expect(batches()).toBe(2);
  });

  it("keeps the other files as they are", async () => {
    own.mock.faults.when({ ...puts, nth: 2 }, { status: { 403: 1 } });
    const files = [1, 2, 3].map((number) => ({ path: `${number}.bin`, content: content.subarray(number, 100) }));
    await own.hub.models.files.upload({ repo, files });
    expect(own.requests(puts)).toHaveLength(4);
    expect(Object.keys(own.files())).toEqual(expect.arrayContaining(["1.bin", "2.bin", "3.bin"]));
  });

  it("is told when the next one is refused as well", async () => {
    own.mock.faults.when({ ...puts, path: "partNumber=4&", times: 2 }, { status: { 403: 1 } });
    const error = await failure(own.hub.models.files.upload(upload));
    expect(error).toMatchObject({ status: 403, method: "PUT" });
    expect(batches()).toBe(2);
    expectNoCommit();
  });
});

it("a check of what the storage has is repeated, since it changes nothing", async () => {
  withoutBackOff();
  own.mock.faults.when({ method: "POST", path: "/info/lfs/verify", times: 2 }, { status: { 503: 1 } });
  await own.hub.models.files.upload({ ...upload, content: content.subarray(0, 100) });
  expect(own.requests(puts)).toHaveLength(1);
  expect(own.requests({ part: "/info/lfs/verify" })).toHaveLength(3);
});

describe("parts that have to be joined", () => {
  const join = { path: "complete_multipart" };

  it.each([{ status: { 503: 1 } }, { status: { 500: 1 } }, { reset: 1 }])(
    "are joined again after %j",
    async (fault) => {
      withoutBackOff();
      own.mock.faults.when({ ...join, times: 2 }, fault);
      await own.hub.models.files.upload(upload);
      expect(isSame(await stored(), content)).toBe(true);
      expect(own.requests(puts)).toHaveLength(11);
    },
  );

  it("are there already when only the response was lost, which the Hub says", async () => {
    withoutBackOff();
    let joined = 0;
    const hub = new Hub({
      endpoint: own.mock.url,
      token: own.mock.tokens.write,
      fetch: async (url, init) => {
        const response = await own.mock.fetch(url, init);
        if (!String(url).includes(join.path)) return response;
        joined += 1;
        if (joined === 1) throw new TypeError("fetch failed");
        expect(response.status).toBe(404);
        return response;
      },
    });
    await hub.models.files.upload(upload);
    expect(isSame(await stored(), content)).toBe(true);
    expect(joined).toBe(2);
    expect(own.requests(puts)).toHaveLength(11);
    expect(own.requests({ part: "/objects/batch" })).toHaveLength(2);
  });

  it("are told of when the Hub does not have the file after a refusal, and not sent again", async () => {
    own.mock.faults.when(join, { status: { 404: 1 } });
    expect(await failure(own.hub.models.files.upload(upload))).toMatchObject({ status: 404, method: "POST" });
    expect(own.requests(puts)).toHaveLength(11);
    expectNoCommit();
  });
});

describe("an upload that is ended", () => {
  it.each(["hashing", "uploading"] as const)("while %s makes no commit", async (state) => {
    const controller = new AbortController();
    const reason = new Error("enough");
    const onProgress = (step: UploadProgress): void => {
      if (step.state === state) controller.abort(reason);
    };
    const error = await failure(own.hub.models.files.upload(upload, { signal: controller.signal, onProgress }));
    expect(error).toBe(reason);
    // Another upload takes as many steps as what is left of this one.
    await own.hub.models.files.upload({ ...upload, path: "other.bin", content: someBytes(10_500, 7) });
    expect(own.requests({ part: "/commit/" })).toHaveLength(1);
    expect(Object.keys(own.files())).toEqual(["other.bin"]);
  });

  it("by what the caller does with progress shows that, sends no part twice, and makes no commit", async () => {
    const reason = new Error("the bar broke");
    const onProgress = ({ state }: UploadProgress): void => {
      if (state === "uploading") throw reason;
    };
    expect(await failure(own.hub.models.files.upload(upload, { onProgress }))).toBe(reason);
    const sent = own.sent.filter(({ method }) => method === "PUT").map(({ url }) => url);
    expect(new Set(sent).size).toBe(sent.length);
    expectNoCommit();
  });

  it("by a file of the disk that changed since it was hashed makes no commit", async () => {
    const path = join(mkdtempSync(join(tmpdir(), "changing-")), "weights.bin");
    onTestFinished(() => rmSync(dirname(path), { recursive: true }));
    writeFileSync(path, content);
    const file = new DiskBlob(path, 0, content.length, statSync(path).mtimeMs);
    const onProgress = ({ state, loaded, total }: UploadProgress): void => {
      if (state === "hashing" && loaded === total) utimesSync(path, 1, 1);
    };
    const error = await failure(own.hub.models.files.upload({ ...upload, content: file }, { onProgress }));
    expect(error).toMatchObject({ name: "HubError", message: `${path} changed while it was read` });
    expectNoCommit();
  });

  it("before it began sends nothing", async () => {
    const reason = new Error("never");
    expect(await failure(own.hub.models.files.upload(upload, { signal: AbortSignal.abort(reason) }))).toBe(reason);
    expect(own.requests()).toEqual([]);
  });
});

it("the headers that the Hub names go along, and stand above the token", async () => {
  const named = { Authorization: "Basic of-the-storage", "X-Kept": "yes", Host: "a.example", "Content-Length": "1" };
  const seen: Record<string, string>[] = [];
  const hub = new Hub({
    endpoint: own.mock.url,
    token: own.mock.tokens.write,
    headers: { "x-gateway": "ours" },
    fetch: async (url, init) => {
      if (String(url).endsWith("/objects/batch")) {
        const oid = sha256(content);
        const upload = { href: `${own.mock.url}/put`, header: named };
        return Response.json({ transfer: "basic", objects: [{ oid, size: content.length, actions: { upload } }] });
      }
      if (init?.method !== "PUT") return await own.mock.fetch(url, init);
      seen.push(Object.fromEntries(new Headers(init.headers)));
      return new Response(null, { status: 200 });
    },
  });
  await failure(hub.models.files.upload(upload));
  expect(seen).toEqual([
    { authorization: "Basic of-the-storage", "user-agent": "@hf-api/hub", "x-gateway": "ours", "x-kept": "yes" },
  ]);
});

it("a mirror that passes on the Hub's addresses is used for them as well", async () => {
  const mirror = "https://mirror.example/hf";
  const asked: { url: string; authorization: string | null }[] = [];
  const hub = new Hub({
    endpoint: mirror,
    token: own.mock.tokens.write,
    fetch: async (address, init) => {
      const url = String(address);
      asked.push({ url, authorization: new Headers(init?.headers).get("authorization") });
      const response = await own.mock.fetch(url.replace(mirror, own.mock.url), init);
      if (!url.endsWith("/objects/batch")) return response;
      return new Response((await response.text()).replaceAll(own.mock.url, "https://huggingface.co"), response);
    },
  });
  await hub.models.files.upload({ repo, files: [upload, { path: "small.bin", content: "\0" }] });
  expect(isSame(await stored(), content)).toBe(true);
  const origins = new Set(asked.map(({ url }) => new URL(url).origin));
  expect(origins).toEqual(new Set(["https://mirror.example", own.mock.cdnUrl]));
  const named = asked.filter(({ url }) => url.startsWith(`${mirror}/`));
  expect(named.map(({ url }) => url)).toEqual(
    expect.arrayContaining([
      `${mirror}/${repo}.git/info/lfs/verify`,
      expect.stringContaining(`${mirror}/api/complete`),
    ]),
  );
  expect(asked.every(({ url, authorization }) => (authorization !== null) === url.startsWith(`${mirror}/`))).toBe(true);
});
