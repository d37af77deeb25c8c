import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { HubConnectionError, HubInputError, HubIntegrityError } from "../../src/errors.js";
import { Hub } from "../../src/hub.js";
import { serve } from "../servers/event-server.js";
import { failure, withoutBackOff } from "../servers/setup.js";
import { input, isSame, places, serveFile, someBytes } from "../servers/file-server.js";
import { gitOid } from "../servers/file-roads.js";
import { kinds, MockRepo, repo } from "../servers/mock-repo.js";
import { closes } from "../servers/waits.js";

const content = someBytes(100_003);

beforeEach(withoutBackOff);
afterEach(() => vi.restoreAllMocks());

describe("a large file with wrong bytes of the right length", () => {
  const wrong = content.with(50_000, (content[50_000] ?? 0) ^ 1);

  it("is refused at its end, by its SHA-256", async () => {
    const { hub } = await serveFile("storage", content, () => ({ content: wrong }));
    const file = await hub.models.files.download(input);
    expect(file.sha256).toMatch(/^[0-9a-f]{64}$/);
    const error = await failure(file.bytes());
    expect(error).toBeInstanceOf(HubIntegrityError);
    expect(String(error)).toContain(file.sha256);
  });

  it("is refused when only the second half is wrong, after a cut", async () => {
    const { hub } = await serveFile("storage", content, (nth) => (nth === 1 ? { cut: 10_000 } : { content: wrong }));
    expect(await failure((await hub.models.files.download(input)).bytes())).toBeInstanceOf(HubIntegrityError);
  });

  it("passes where nobody wants to know", async () => {
    const { hub } = await serveFile("storage", content, () => ({ content: wrong }));
    expect(isSame(await (await hub.models.files.download(input, { verify: false })).bytes(), wrong)).toBe(true);
  });

  it("passes as a part, which nobody can tell", async () => {
    const { hub } = await serveFile("storage", content, () => ({ content: wrong }));
    const file = await hub.models.files.download({ ...input, range: { start: 49_999, end: 50_001 } });
    expect(isSame(await file.bytes(), wrong.subarray(49_999, 50_002))).toBe(true);
  });
});

describe("a file of another length than the Hub told", () => {
  it("is refused when it is longer", async () => {
    const { hub } = await serveFile("storage", content, () => ({ linked: { size: content.length - 1 } }));
    const error = await failure((await hub.models.files.download(input, { verify: false })).bytes());
    expect(error).toBeInstanceOf(HubIntegrityError);
    expect(String(error)).toContain("longer than 100002 bytes");
  });

  it("is refused when it is shorter", async () => {
    const { hub, read } = await serveFile("storage", content, () => ({ linked: { size: content.length + 1 } }));
    const error = await failure((await hub.models.files.download(input, { verify: false })).bytes());
    expect(error).toBeInstanceOf(HubIntegrityError);
    expect(String(error)).toContain("after 100003 of 100004 bytes");
    // Asked once more, in case that only the connection was at fault.
    expect(read).toHaveLength(2);
  });

  it("is refused when it is shorter, and nothing more may be asked", async () => {
    const { hub } = await serveFile("storage", content, () => ({ linked: { size: content.length + 1 } }));
    const error = await failure((await hub.models.files.download(input, { retries: 0, verify: false })).bytes());
    expect(error).toBeInstanceOf(HubConnectionError);
    expect(String(error)).toContain("after 100003 of 100004 bytes");
  });
});

it.each(places)("an empty file from the %s has no bytes, and is right", async (place) => {
  const { hub, read } = await serveFile(place, new Uint8Array());
  const progress: unknown[] = [];
  const file = await hub.models.files.download(input, { onProgress: (step) => progress.push(step) });
  expect(file.size).toBe(0);
  expect(await file.bytes()).toHaveLength(0);
  expect(progress).toEqual([]);
  expect(read).toHaveLength(1);
});

it("a compressed file that was cut comes again from its start, and goes on where it ended", async () => {
  const text = Array.from({ length: 20_000 }, (_, line) => `${line} ${(line * 7919) % 1013}`).join("\n");
  const zipped = gzipSync(text);
  const headers = { "content-encoding": "gzip", "content-length": zipped.length, etag: 'W/"zipped"' };
  const { url, visits } = await serve(
    ({ response }) => {
      response.writeHead(200, headers).write(zipped.subarray(0, zipped.length / 2));
      response.socket?.end();
    },
    ({ response }) => response.writeHead(200, headers).end(zipped),
  );
  let loaded = 0;
  const file = await new Hub({ endpoint: url, token: null }).models.files.download(input, {
    onProgress: (progress) => (loaded = progress.loaded),
  });
  expect(await file.text()).toBe(text);
  expect(loaded).toBe(text.length);
  expect(visits.map(({ headers: { range } }) => range)).toEqual([undefined, undefined]);
});

describe("a compressed file that ends too early, and cleanly", () => {
  const text = "line of text\n".repeat(5_000);
  const half = gzipSync(text).subarray(0, 100);

  /** A Hub that compresses for whoever takes it, as nearly all of them do. */
  const compressingHub = async (headers: Record<string, string> = {}, always = false) =>
    await serve(({ headers: { "accept-encoding": accepted = "gzip" }, response }) => {
      if (!always && !accepted.includes("gzip"))
        response.writeHead(200, { ...headers, "content-length": text.length }).end(text);
      else response.writeHead(200, { ...headers, "content-encoding": "gzip", "content-length": half.length }).end(half);
    });

  it("cannot happen, since none is asked for", async () => {
    const { url, visits } = await compressingHub();
    const file = await new Hub({ endpoint: url, token: null }).models.files.download(input);
    expect(file.size).toBe(text.length);
    expect(await file.text()).toBe(text);
    expect(visits[0]?.headers["accept-encoding"]).toBe("identity");
  });

  it("cannot happen on the way from the storage either", async () => {
    const { hub, read } = await serveFile("storage", content);
    await (await hub.models.files.download(input)).bytes();
    expect(read[0]?.headers["accept-encoding"]).toBe("identity");
  });

  it("is refused where the Hub compresses all the same", async () => {
    const { url } = await compressingHub({ etag: `W/"${gitOid(Buffer.from(text))}"` }, true);
    const file = await new Hub({ endpoint: url, token: null }).models.files.download(input);
    expect(await failure(file.text())).toBeInstanceOf(HubIntegrityError);
  });

  it("is the caller's own affair where they ask for compression", async () => {
    const { url, visits } = await compressingHub();
    const options = { headers: { "Accept-Encoding": "gzip" } };
    await (await new Hub({ endpoint: url, token: null }).models.files.download(input, options)).text();
    expect(visits[0]?.headers["accept-encoding"]).toBe("gzip");
  });
});

it("a web stream that is cancelled before anybody reads lets its connection go", async () => {
  const { hub, read } = await serveFile("hub", content, () => ({ silentAfter: 10 }));
  await (await hub.models.files.download(input)).readable().cancel();
  await closes(read[0]);
});

it("what the caller does with progress ends the download when it throws", async () => {
  const { hub, read } = await serveFile("hub", content, () => ({ silentAfter: 10 }));
  const reason = new Error("the bar broke");
  const onProgress = (): never => {
    throw reason;
  };
  const file = await hub.models.files.download(input, { onProgress });
  expect(await failure(file.bytes())).toBe(reason);
  await closes(read[0]);
});

it.each([{ start: -1 }, { start: 5, end: 4 }])("the range %o is refused before anything is sent", async (range) => {
  const { hub, asked } = await serveFile("hub", content);
  expect(await failure(hub.models.files.download({ ...input, range }))).toBeInstanceOf(HubInputError);
  expect(asked).toEqual([]);
});

describe("each kind of repository", () => {
  it.each(kinds)("%s have files that go on after a cut", async (kind) => {
    const { mock, hub } = await MockRepo.create();
    const large = someBytes(5000);
    const files = [
      { path: "dir/large.bin", content: large },
      { path: "dir/ü small.txt", content: "small".repeat(100) },
    ];
    await hub[kind].files.upload({ repo, files });
    for (const method of ["download", "downloadCached"] as const) {
      for (const { path, content: sent } of files) {
        mock.faults.when({ path: path.includes("large") ? "/download/" : "resolve-cache" }, { truncate: 1 });
        const file = await hub[kind].files[method]({ repo, path });
        expect(isSame(await file.bytes(), typeof sent === "string" ? Buffer.from(sent) : sent)).toBe(true);
        const ranges = [...mock.requests].map(({ range }) => range).filter((range) => range !== undefined);
        expect(ranges).toContain(`bytes=${sent.length / 2}-`);
        mock.requests.clear();
      }
    }
    expect(await hub[kind].files.exists({ repo, path: "dir" })).toBe(true);
    expect(await hub[kind].files.exists({ repo, path: "dir/large.bin" })).toBe(true);
    expect(await hub[kind].files.exists({ repo, path: "large.bin" })).toBe(false);
    const lost = await failure(hub[kind].files.exists({ repo: "ada/nothing", path: "a" }));
    expect(lost).toMatchObject({ code: "RepoNotFound" });
  });

  it("buckets have them too", async () => {
    const { mock, hub } = await MockRepo.create();
    const bucket = "acme-research/checkpoints";
    const [model, state] = ["model.safetensors", "state.json"].map((name) => `run-1/step-100/${name}`);
    const input = { repo: bucket, path: model ?? "" };
    const whole = await (await hub.buckets.files.download(input)).bytes();
    mock.requests.clear();
    mock.faults.when({ origin: "cdn" }, { truncate: 1, after: 100 });
    expect(isSame(await (await hub.buckets.files.download(input)).bytes(), whole)).toBe(true);
    expect([...mock.requests].at(-1)).toMatchObject({ origin: "cdn", range: "bytes=100-" });
    const part = await hub.buckets.files.download({ ...input, range: { start: 5, end: 9 } });
    expect(isSame(await part.bytes(), whole.subarray(5, 10))).toBe(true);
    const small = await hub.buckets.files.download({ repo: bucket, path: state ?? "" });
    expect(await small.json()).toEqual({ step: 100 });
    expect(await hub.buckets.files.exists(input)).toBe(true);
    expect(await hub.buckets.files.exists({ repo: bucket, path: "run-1/no" })).toBe(false);
  });
});

describe("a part of a file, from a server that sends files whole", () => {
  it("is refused, and the connection let go", async () => {
    const { url, visits } = await serve(({ response }) =>
      response.writeHead(200, { "content-length": 9 }).write("whole"),
    );
    const hub = new Hub({ endpoint: url, token: null, retries: 0 });
    const error = await failure(hub.models.files.download({ ...input, range: { start: 2 } }));
    expect(String(error)).toContain("sends files whole");
    await closes(visits[0]);
  });
});

it("a part that nobody asked for is not taken for the file", async () => {
  const hub = new Hub({
    endpoint: "https://hub.example",
    token: null,
    fetch: async () => new Response("01234", { status: 206, headers: { "content-range": "bytes 0-4/10" } }),
  });
  const asking = { headers: { Range: "bytes=0-4" } };
  expect(await failure(hub.models.files.download(input))).toBeInstanceOf(HubIntegrityError);
  expect(await (await hub.models.files.download(input, asking)).text()).toBe("01234");
});
