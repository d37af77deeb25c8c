import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { HubResponseError } from "../../src/errors.js";
import type { FileContent } from "../../src/files/file-content.js";
import { Hub } from "../../src/hub.js";
import { localFile } from "../../src/node/uploads/local-file.js";
import { serve } from "../servers/event-server.js";
import { failure, withoutBackOff } from "../servers/setup.js";
import { MockRepo, repo } from "../servers/mock-repo.js";
import { arrived } from "../servers/waits.js";

// Small enough to go with the commit, and with bytes that are no text.
const small = Uint8Array.from({ length: 999 }, (_, index) => 1 + ((index * 7) % 255));
// What looks binary goes to the storage.
const large = Uint8Array.from({ length: 100_000 }, (_, index) => (index * 7) % 256);

function inside(bytes: Uint8Array): Uint8Array {
  const buffer = new Uint8Array(bytes.length + 20).fill(65);
  buffer.set(bytes, 10);
  return buffer.subarray(10, 10 + bytes.length);
}

function shared(bytes: Uint8Array): Uint8Array {
  const view = new Uint8Array(new SharedArrayBuffer(bytes.length));
  view.set(bytes);
  return view;
}

function streamed(bytes: Uint8Array): ReadableStream<Uint8Array> {
  const pieces = [bytes.subarray(0, 10), bytes.subarray(10, 11), bytes.subarray(11)];
  return new ReadableStream({
    pull(controller) {
      const piece = pieces.shift();
      if (piece === undefined) controller.close();
      else controller.enqueue(piece);
    },
  });
}

async function onDisk(bytes: Uint8Array): Promise<Blob> {
  const folder = await mkdtemp(join(tmpdir(), "contents-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, "file");
  await writeFile(path, bytes);
  return await localFile(path);
}

it.each<[string, (bytes: Uint8Array) => FileContent | Promise<FileContent>]>([
  ["bytes", (bytes) => bytes],
  ["a view into a larger buffer", inside],
  ["a view into memory that threads share", shared],
  ["an ArrayBuffer", (bytes) => new Uint8Array(bytes).buffer],
  ["a Blob", (bytes) => new Blob([new Uint8Array(bytes)])],
  ["a part of a Blob", (bytes) => new Blob(["before", new Uint8Array(bytes), "after"]).slice(6, 6 + bytes.length)],
  ["a stream", streamed],
  ["a file of the disk", onDisk],
  ["the address of another server", async (bytes) => new URL((await serve(({ response }) => response.end(bytes))).url)],
])("%s becomes a file", async (_, contentOf) => {
  const { hub } = await MockRepo.create();
  for (const bytes of [small, large]) {
    await hub.models.files.upload({ repo, path: "file", content: await contentOf(bytes) });
    const file = await hub.models.files.download({ repo, path: "file" });
    expect(file.sha256 !== undefined).toBe(bytes === large);
    expect(Buffer.compare(await file.bytes(), bytes)).toBe(0);
  }
});

it("text becomes a file in UTF-8", async () => {
  const { hub } = await MockRepo.create();
  const content = `\ufeff"quoted"\n\\ 测试 🤗 \u2028 ${"x".repeat(20_000)}`;
  await hub.models.files.upload({ repo, path: 'a "b"/ü.txt', content });
  const file = await hub.models.files.download({ repo, path: 'a "b"/ü.txt' });
  expect(new TextDecoder("utf-8", { ignoreBOM: true }).decode(await file.bytes())).toBe(content);
});

it("what lies elsewhere is fetched without the token, and followed through redirects", async () => {
  const { hub } = await MockRepo.create({}, { headers: { "x-own": "for the Hub" } });
  const { url, visits } = await serve(
    ({ response }) => response.writeHead(302, { location: "/there" }).end(),
    ({ response }) => response.end("fetched"),
  );
  await hub.models.files.upload({ repo, path: "file", content: new URL(`${url}/here`) });
  expect(await (await hub.models.files.download({ repo, path: "file" })).text()).toBe("fetched");
  expect(visits.map((visit) => [visit.url, visit.headers.authorization, visit.headers["x-own"]])).toEqual([
    ["/here", undefined, undefined],
    ["/there", undefined, undefined],
  ]);
});

it("what cannot be fetched makes no commit", async () => {
  withoutBackOff();
  const own = await MockRepo.create();
  const { url } = await serve(({ response }) => response.writeHead(404).end("nobody has it"));
  const content = new URL(`${url}/file?Signature=secret`);
  const error = await failure(own.hub.models.files.upload({ repo, path: "file", content }));
  expect(error).toBeInstanceOf(HubResponseError);
  expect(error).toMatchObject({ status: 404 });
  expect(String(error)).not.toContain("secret");
  expect(own.requests({ part: "/commit/" })).toEqual([]);
});

describe("what lies elsewhere and is longer than maxResponseBytes", () => {
  it.each([true, false])("is broken off and named, its length told: %s", async (hasLength) => {
    const own = await MockRepo.create({}, { maxResponseBytes: 100_000 });
    let sent = 0;
    const { url, visits } = await serve(({ response }) => {
      if (hasLength) response.writeHead(200, { "content-length": 1e12 });
      const write = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(50_000))) sent += 50_000;
      };
      response.on("drain", write);
      write();
    });
    const content = new URL(`${url}/file?Signature=secret`);
    const error = await failure(own.hub.models.files.upload({ repo, path: "file", content }));
    expect(error).toMatchObject({ name: "HubResponseError", code: "UnexpectedResponse" });
    expect(String(error)).toContain("more than the 100000 bytes of maxResponseBytes");
    expect(String(error)).not.toContain("secret");
    await visits[0]?.closed;
    expect(visits).toHaveLength(1);
    // What the sockets of both sides hold, and no more.
    expect(sent).toBeLessThan(16 * 1024 * 1024);
    expect(own.requests()).toEqual([]);
  });

  it("is taken up to that length", async () => {
    const own = await MockRepo.create({}, { maxResponseBytes: 100_000 });
    const { url } = await serve(({ response }) => response.end("x".repeat(100_000)));
    await own.hub.models.files.upload({ repo, path: "file.txt", content: new URL(url) });
    expect(own.files()["file.txt"]).toHaveLength(100_000);
  });
});

it("what lies elsewhere is fetched as it is, since half of a compressed file passes for all of it", async () => {
  const own = await MockRepo.create();
  const { url, visits } = await serve(({ response }) => response.end("fetched"));
  await own.hub.models.files.upload({ repo, path: "file.txt", content: new URL(url) });
  expect(visits[0]?.headers["accept-encoding"]).toBe("identity");
});

it("a stream that fails makes no commit, and its reason is told", async () => {
  const own = await MockRepo.create();
  const reason = new Error("the source broke");
  const content = new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(reason) });
  expect(await failure(own.hub.models.files.upload({ repo, path: "file", content }))).toBe(reason);
  expect(own.sent).toEqual([]);
});

it("a file of the disk that changes before it is sent makes no commit", async () => {
  const own = await MockRepo.create({}, { retries: 0 });
  const folder = await mkdtemp(join(tmpdir(), "contents-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, "file");
  await writeFile(path, large);
  const content = await localFile(path);
  await writeFile(path, "another");
  const files = [
    { path: "good.txt", content: "good" },
    { path: "changed.bin", content },
    { path: "better.txt", content: "better" },
  ];
  const error = await failure(own.hub.models.files.upload({ repo, path: "dir", files }));
  expect(error).toMatchObject({ name: "HubError", cause: { name: "NotReadableError" } });
  expect(String(error)).toContain("dir/changed.bin cannot be read any more; it was changed or removed meanwhile");
  expect(own.requests({ part: "/commit/" })).toEqual([]);
});

it("what a view shows of a buffer is kept byte for byte, whatever its elements are", async () => {
  const own = await MockRepo.create();
  const content = new Float32Array([1.5, 300, -2]) as unknown as Uint8Array;
  await own.hub.models.files.upload({ repo, path: "floats.bin", content });
  const file = await own.hub.models.files.download({ repo, path: "floats.bin" });
  expect([...new Float32Array((await file.bytes()).buffer)]).toEqual([1.5, 300, -2]);
});

it("what comes slowly from another server may take longer than an attempt, as long as it comes", async () => {
  const own = await MockRepo.create();
  const { url } = await serve(({ response }) => {
    let sent = 0;
    const timer = setInterval(() => {
      response.write("x");
      sent += 1;
      if (sent < 6) return;
      clearInterval(timer);
      response.end();
    }, 100);
  });
  await own.hub.models.files.upload({ repo, path: "slow.txt", content: new URL(url) }, { timeout: 300 });
  expect(await (await own.hub.models.files.download({ repo, path: "slow.txt" })).text()).toBe("xxxxxx");
});

it("a stream that never ends is given up with the signal", async () => {
  const own = await MockRepo.create();
  const controller = new AbortController();
  const reason = new Error("enough");
  const onRead = vi.fn();
  const content = new ReadableStream<Uint8Array>({ pull: onRead }, { highWaterMark: 0 });
  const upload = own.hub.models.files.upload({ repo, path: "endless", content }, { signal: controller.signal });
  const error = failure(upload);
  await arrived(onRead.mock.calls);
  controller.abort(reason);
  expect(await error).toBe(reason);
});

/** One file, then silence, which is told of. */
function stalling(onReturn: () => void, onStall?: () => void): AsyncIterable<{ path: string; content: string }> {
  const first = Promise.resolve({ done: false as const, value: { path: "a.txt", content: "a" } });
  const responses = [first, new Promise<never>(() => undefined)];
  return {
    [Symbol.asyncIterator]: () => ({
      next: async () => {
        if (responses.length === 1) onStall?.();
        return (await responses.shift()) ?? { done: true, value: undefined };
      },
      return: async () => {
        onReturn();
        return { done: true, value: undefined };
      },
    }),
  };
}

describe("files that never come", () => {
  it("are given up with the signal", async () => {
    const own = await MockRepo.create();
    const controller = new AbortController();
    const reason = new Error("enough");
    const onReturn = vi.fn<() => void>();
    const onStall = vi.fn<() => void>();
    const files = stalling(onReturn, onStall);
    const error = failure(own.hub.models.files.upload({ repo, files }, { signal: controller.signal }));
    await arrived(onStall.mock.calls);
    controller.abort(reason);
    expect(await error).toBe(reason);
    expect(onReturn).toHaveBeenCalledOnce();
    expect(own.requests()).toEqual([]);
  });

  it("are given up at the deadline, be it the call's or the client's", async () => {
    const own = await MockRepo.create();
    const hub = new Hub({ endpoint: own.mock.url, fetch: own.mock.fetch, token: own.mock.tokens.write, deadline: 70 });
    const late = { name: "HubTimeoutError" };
    const files = (): AsyncIterable<{ path: string; content: string }> => stalling(() => undefined);
    await expect(own.hub.models.files.upload({ repo, files: files() }, { deadline: 60 })).rejects.toMatchObject({
      ...late,
      timeout: 60,
    });
    await expect(hub.models.files.upload({ repo, files: files() })).rejects.toMatchObject({ ...late, timeout: 70 });
  });
});

it("a deadline covers all requests of a commit", async () => {
  const own = await MockRepo.create();
  own.mock.faults.when({ path: "/preupload/" }, { latency: 60 });
  own.mock.faults.when({ path: "/commit/" }, { latency: 60 });
  const upload = own.hub.models.files.upload({ repo, path: "a.txt", content: "a" }, { deadline: 100 });
  await expect(upload).rejects.toMatchObject({ name: "HubTimeoutError", timeout: 100 });
});
