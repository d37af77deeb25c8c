import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { HubConnectionError, HubError } from "../../src/errors.js";
import { failure, withoutBackOff } from "../servers/setup.js";
import {
  commit,
  input,
  isSame,
  places,
  serveFile,
  someBytes,
  token,
  type FileServer,
  type Place,
} from "../servers/file-server.js";
import { arrived, closes, settled, within } from "../servers/waits.js";

const content = someBytes(100_003);
const etag = '"of-the-bytes"';

beforeEach(withoutBackOff);
afterEach(() => vi.restoreAllMocks());

function rangesOf({ read }: FileServer): unknown[] {
  return read.map(({ headers }) => headers.range);
}

/** Each request, whatever it is for, keeps the token with the Hub and later ones keep to the first one's commit. */
function expectDiscretion({ asked, read }: FileServer, place: Place): void {
  expect(asked.map(({ url }) => url)).toEqual(
    asked.map((_, index) => `/ns/repo/resolve/${index === 0 ? "main" : commit}/dir/weights.bin`),
  );
  expect(new Set(asked.map(({ headers }) => headers.authorization))).toEqual(new Set([`Bearer ${token}`]));
  if (place === "storage") expect(read.filter(({ headers }) => JSON.stringify(headers).includes(token))).toEqual([]);
}

describe.each(places)("a download from the %s", (place) => {
  it("goes on wherever it was cut", async () => {
    const cuts = Array.from({ length: 50 }, (_, index) => Math.floor((index * content.length) / 49));
    for (const cut of cuts.map((at) => Math.min(at, content.length - 1))) {
      const server = await serveFile(place, content, (nth) => (nth === 1 ? { cut } : {}));
      const loaded: number[] = [];
      const onProgress = (progress: { loaded: number; total: number | undefined }): void => {
        expect(progress.total).toBe(content.length);
        loaded.push(progress.loaded);
      };
      const file = await server.hub.models.files.download(input, { onProgress });
      expect(isSame(await file.bytes(), content)).toBe(true);
      expect(server.read.map(({ headers }) => [headers.range, headers["if-range"]])).toEqual([
        [undefined, undefined],
        [`bytes=${cut}-`, etag],
      ]);
      expectDiscretion(server, place);
      expect(loaded).toEqual([...new Set(loaded)].sort((a, b) => a - b));
      expect(loaded.at(-1)).toBe(content.length);
    }
  });

  it("goes on however often it is cut", async () => {
    const server = await serveFile(place, content, (nth) => (nth <= 50 ? { cut: 2000 } : {}));
    const file = await server.hub.models.files.download(input);
    expect(isSame(await file.bytes(), content)).toBe(true);
    const resumptions = Array.from({ length: 50 }, (_, index) => `bytes=${2000 * (index + 1)}-`);
    expect(rangesOf(server)).toEqual([undefined, ...resumptions]);
    expectDiscretion(server, place);
  });

  it("ends after as many failures in a row as there are retries", async () => {
    const server = await serveFile(place, content, (nth) => ({ cut: nth === 1 ? 1000 : 0 }));
    const file = await server.hub.models.files.download(input, { retries: 3 });
    expect(await failure(file.bytes())).toBeInstanceOf(HubConnectionError);
    expect(rangesOf(server)).toEqual([undefined, "bytes=1000-", "bytes=1000-", "bytes=1000-"]);
  });

  it("counts failures anew after each byte", async () => {
    const cuts = [1000, 0, 0, 1, 0, 0, 1, 0, 0];
    const server = await serveFile(place, content, (nth) => ({ cut: cuts[nth - 1] }));
    const file = await server.hub.models.files.download(input, { retries: 3 });
    expect(isSame(await file.bytes(), content)).toBe(true);
    expect(server.read).toHaveLength(cuts.length + 1);
  });

  it("does not go on where no retries are wished", async () => {
    const server = await serveFile(place, content, () => ({ cut: 1000 }));
    const file = await server.hub.models.files.download(input, { retries: 0 });
    expect(await failure(file.bytes())).toBeInstanceOf(HubConnectionError);
    expect(server.read).toHaveLength(1);
  });

  it("names no weak ETag in If-Range", async () => {
    const weak = { etag: 'W/"weak"' };
    const server = await serveFile(place, content, (nth) => (nth === 1 ? { cut: 500, ...weak } : weak));
    expect(isSame(await (await server.hub.models.files.download(input)).bytes(), content)).toBe(true);
    expect(rangesOf(server)).toEqual([undefined, "bytes=500-"]);
    expect(server.read[1]?.headers["if-range"]).toBeUndefined();
  });

  it("skips what it has where the server ignores ranges, and does so again when that is cut", async () => {
    const twists = [
      { cut: 50_000 },
      { ignoresRange: true, cut: 10 },
      { ignoresRange: true, cut: 60_000 },
      { ignoresRange: true },
    ];
    const server = await serveFile(place, content, (nth) => twists[nth - 1] ?? {});
    expect(isSame(await (await server.hub.models.files.download(input)).bytes(), content)).toBe(true);
    expect(rangesOf(server)).toEqual([undefined, "bytes=50000-", "bytes=50000-", "bytes=60000-"]);
  });

  it("keeps a range within its end", async () => {
    const range = { start: 1000, end: 50_000 };
    for (const cut of [0, 1, 777, 48_999, 49_000]) {
      const server = await serveFile(place, content, (nth) => (nth === 1 ? { cut } : {}));
      const file = await server.hub.models.files.download({ ...input, range });
      expect(file).toMatchObject({ status: 206, size: 49_001 });
      expect(isSame(await file.bytes(), content.subarray(1000, 50_001))).toBe(true);
      expect(rangesOf(server)).toEqual(["bytes=1000-50000", `bytes=${1000 + cut}-50000`]);
    }
  });

  it("keeps a range without an end", async () => {
    const server = await serveFile(place, content, (nth) => (nth === 1 ? { cut: 3 } : {}));
    const file = await server.hub.models.files.download({ ...input, range: { start: 1000 } });
    expect(isSame(await file.bytes(), content.subarray(1000))).toBe(true);
    expect(rangesOf(server)).toEqual(["bytes=1000-", `bytes=1003-${content.length - 1}`]);
  });

  it("goes on when the server falls silent", async () => {
    const server = await serveFile(place, content, (nth) => (nth === 1 ? { silentAfter: 1000 } : {}));
    const file = await server.hub.models.files.download(input, { timeout: 150 });
    expect(isSame(await file.bytes(), content)).toBe(true);
    expect(rangesOf(server)).toEqual([undefined, "bytes=1000-"]);
    await closes(server.read[0]);
  });

  it("is complete where a file of unknown length has nothing more", async () => {
    const server = await serveFile("hub", content, () => ({ chunked: true, cut: content.length }));
    const file = await server.hub.models.files.download(input);
    expect(file.size).toBeUndefined();
    expect(isSame(await file.bytes(), content)).toBe(true);
    expect(rangesOf(server)).toEqual([undefined, `bytes=${content.length}-`]);
  });

  it("ends with the signal's reason, also after it went on", async () => {
    const server = await serveFile(place, content, (nth) => (nth === 1 ? { cut: 1000 } : { silentAfter: 1000 }));
    const controller = new AbortController();
    const reason = new Error("enough");
    const file = await server.hub.models.files.download(input, { signal: controller.signal });
    const reading = failure(file.bytes());
    await arrived(server.read, 2);
    await settled();
    controller.abort(reason);
    expect(await within(1000, reading)).toBe(reason);
    await closes(server.read[1]);
  });

  it("ends with close, also after it went on", async () => {
    const server = await serveFile(place, content, (nth) => (nth === 1 ? { cut: 1000 } : { silentAfter: 1000 }));
    const file = await server.hub.models.files.download(input);
    const chunks = file.stream();
    let size = 0;
    while (size < 2000) size += (await chunks.next()).value?.byteLength ?? 0;
    const next = failure(chunks.next());
    file.close();
    await closes(server.read[1]);
    expect(await within(1000, next)).toBeInstanceOf(Error);
    expect(server.read).toHaveLength(2);
  });
});

describe("a file that changed between", () => {
  const other = someBytes(content.length, 7);
  const range = { start: 1000 };

  it.each([
    ["another ETag from the Hub", "hub", { content: other, etag: '"another"' }],
    ["another ETag from the Hub that ignores If-Range", "hub", { content: other, etag: 'W/"another"' }],
    ["another X-Linked-Etag", "storage", { content: other, etag: '"another"', linked: { etag: "f".repeat(64) } }],
    ["another X-Linked-Etag beside the same bytes", "storage", { linked: { etag: "f".repeat(64) } }],
    ["another ETag from the storage", "storage", { content: other, etag: '"another"' }],
  ] as const)("is refused by %s", async (_, place, change) => {
    for (const options of [{}, { verify: false }]) {
      for (const asked of [input, { ...input, range }]) {
        const server = await serveFile(place, content, (nth) => (nth === 1 ? { cut: 2000 } : change));
        const file = await server.hub.models.files.download(asked, options);
        const error = await failure(file.bytes());
        expect(error).toBeInstanceOf(HubError);
        expect(String(error)).toContain("the file changed after");
        expect(server.read).toHaveLength(2);
        await closes(server.read[1]);
      }
    }
  });
});
