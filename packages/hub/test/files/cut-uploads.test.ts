import { afterEach, expect, it, vi } from "vitest";
import { HubConnectionError } from "../../src/errors.js";
import { Hub } from "../../src/hub.js";
import { failure, withoutBackOff } from "../servers/setup.js";
import { isSame, sha256, someBytes, token } from "../servers/file-server.js";
import { responsePreupload, bodyOf, json, listen } from "../servers/listen.js";

const content = someBytes(200_007);
const oid = sha256(content);

afterEach(() => vi.restoreAllMocks());

interface Storage {
  hub: Hub;
  stored: () => Buffer | undefined;
  puts: { authorization: string | undefined; length: string | undefined }[];
  commits: () => number;
}

/** A Hub with a storage that breaks the n-th upload, counted from 1, once so many bytes of it came. */
async function serveStorage(cutAfter: (nth: number) => number | undefined): Promise<Storage> {
  let stored: Buffer | undefined;
  let commits = 0;
  const puts: Storage["puts"] = [];
  const storage = await listen(async (request, response) => {
    puts.push({ authorization: request.headers.authorization, length: request.headers["content-length"] });
    const cut = cutAfter(puts.length);
    if (cut === undefined) {
      stored = await bodyOf(request);
      response.end();
      return;
    }
    let size = 0;
    if (cut === 0) request.socket.destroy();
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size >= cut) request.socket.destroy();
    });
  });
  const endpoint = await listen(async (request, response) => {
    const { url = "" } = request;
    if (url.includes("/preupload/")) return await responsePreupload(request, response, "lfs");
    await bodyOf(request);
    if (url.endsWith("/objects/batch")) {
      const upload = { href: `${storage}/put?Signature=secret` };
      return json(response, { transfer: "basic", objects: [{ oid, size: content.length, actions: { upload } }] });
    }
    commits += 1;
    json(response, { commitOid: "b".repeat(40), commitUrl: "https://hub.example/commit" });
  });
  const hub = new Hub({ endpoint, token });
  return { hub, stored: () => stored, puts, commits: () => commits };
}

const input = { repo: "ns/repo", path: "weights.bin", content };

it("an upload is sent again wherever it was cut", async () => {
  withoutBackOff();
  const cuts = Array.from({ length: 50 }, (_, index) => Math.floor((index * content.length) / 49));
  for (const cut of cuts) {
    const { hub, stored, puts, commits } = await serveStorage((nth) => (nth === 1 ? cut : undefined));
    const loaded: number[] = [];
    await hub.models.files.upload(input, {
      onProgress: (step) => step.state === "uploading" && loaded.push(step.loaded),
    });
    expect(isSame(stored() ?? Buffer.of(), content)).toBe(true);
    expect(puts).toEqual(Array(2).fill({ authorization: undefined, length: String(content.length) }));
    expect(commits()).toBe(1);
    expect(loaded).toEqual(loaded.toSorted((a, b) => a - b));
    expect(loaded.at(-1)).toBe(content.length);
  }
});

it("an upload that is cut again and again makes no commit", async () => {
  withoutBackOff();
  const { hub, puts, commits } = await serveStorage(() => 100_000);
  const error = await failure(hub.models.files.upload(input, { retries: 3 }));
  expect(error).toBeInstanceOf(HubConnectionError);
  expect(String(error)).not.toContain("secret");
  expect(puts).toHaveLength(4);
  expect(commits()).toBe(0);
});

it("an upload that is ended in the middle lets its connection go, and makes no commit", async () => {
  let gone: Promise<void> | undefined;
  const controller = new AbortController();
  const reason = new Error("enough");
  const storage = await listen((request) => {
    gone = new Promise((resolve) => request.socket.once("close", () => resolve()));
    // No response ever comes, so that the upload cannot end by itself.
    request.on("data", () => controller.abort(reason));
  });
  let commits = 0;
  const endpoint = await listen(async (request, response) => {
    if (request.url?.includes("/preupload/")) return await responsePreupload(request, response, "lfs");
    if (request.url?.includes("/commit/")) commits += 1;
    await bodyOf(request);
    const upload = { href: `${storage}/put` };
    json(response, { transfer: "basic", objects: [{ oid, size: content.length, actions: { upload } }] });
  });
  const hub = new Hub({ endpoint, token });
  expect(await failure(hub.models.files.upload(input, { signal: controller.signal }))).toBe(reason);
  await gone;
  expect(commits).toBe(0);
});
