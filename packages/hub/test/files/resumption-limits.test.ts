import { afterEach, describe, expect, it, vi } from "vitest";
import { HubConnectionError, HubError } from "../../src/errors.js";
import type { HubFile } from "../../src/files/download/hub-file.js";
import { Hub } from "../../src/hub.js";
import { serve } from "../servers/event-server.js";
import { failure, withoutBackOff } from "../servers/setup.js";
import { input, isSame, places, serveFile, someBytes, type FileServer, type Twist } from "../servers/file-server.js";
import { arrived, closes, holdTimers, settled } from "../servers/waits.js";

const content = someBytes(200_003);
const substantial = 64 * 1024;

afterEach(() => vi.restoreAllMocks());

async function read({ hub }: FileServer, options = {}): Promise<Uint8Array> {
  return await (await hub.models.files.download(input, options)).bytes();
}

const gone = async ({ read }: FileServer): Promise<void> => await closes(read.at(-1));

describe.each(places)("between two connections to the %s", (place) => {
  /** Only waits are drawn by lot. */
  const waits = async (cuts: readonly number[]): Promise<number> => {
    withoutBackOff();
    const server = await serveFile(place, content, (nth) => ({ cut: cuts[nth - 1] }));
    expect(isSame(await read(server), content)).toBe(true);
    expect(server.read).toHaveLength(cuts.length + 1);
    return vi.mocked(Math.random).mock.calls.length;
  };

  it.each([0, 1, 1000, substantial - 1])("there is a wait after a cut at %i bytes", async (cut) => {
    expect(await waits([cut])).toBe(1);
  });

  it("there is none after one that brought 64 KiB", async () => {
    expect(await waits([substantial])).toBe(0);
    expect(await waits([substantial + 1000, substantial])).toBe(0);
  });

  it("there is one after each byte, where no more comes", async () => {
    expect(await waits(Array.from({ length: 20 }, () => 1))).toBe(20);
  });

  it("the wait grows with failures that bring nothing, and begins anew after a byte", async () => {
    withoutBackOff();
    vi.mocked(Math.random).mockReturnValue(0.01);
    const delays = vi.spyOn(globalThis, "setTimeout");
    const cuts = [0, 0, 0, 1, 0];
    const server = await serveFile(place, content, (nth) => ({ cut: cuts[nth - 1] }));
    await read(server, { retries: 9 });
    const waited = delays.mock.calls.map(([, delay]) => delay).filter((delay) => [10, 20, 40].includes(delay ?? 0));
    expect(waited).toEqual([10, 10, 20, 10, 10]);
  });
});

describe.each(places)("a file of the %s that is ended between two connections", (place) => {
  const ends: [string, (file: HubFile) => Promise<{ end: () => unknown; pending: Promise<unknown> }>][] = [
    [
      "by its loop",
      async (file) => {
        const chunks = file.stream();
        await chunks.next();
        const pending = chunks.next();
        return { end: () => chunks.return(), pending };
      },
    ],
    [
      "by its web stream",
      async (file) => {
        const reader = file.readable().getReader();
        await reader.read();
        const pending = reader.read();
        return { end: () => reader.cancel(), pending };
      },
    ],
    [
      "by close",
      async (file) => {
        const chunks = file.stream();
        await chunks.next();
        return { end: () => file.close(), pending: chunks.next() };
      },
    ],
  ];

  it.each(ends)("%s ends at once, and is not asked for again", async (_, begin) => {
    await holdTimers();
    // The longest wait that there is: half a second.
    const lot = vi.spyOn(Math, "random").mockReturnValue(0.99);
    const server = await serveFile(place, content, (nth) => (nth === 1 ? { cut: 1000 } : {}));
    const { end, pending } = await begin(await server.hub.models.files.download(input));
    const ended = pending.catch(() => undefined);
    // The length of the wait was drawn.
    await arrived(lot.mock.calls);
    await settled();
    // No time passes meanwhile.
    await Promise.all([end(), ended]);
    await vi.advanceTimersByTimeAsync(1000);
    await settled();
    expect(server.read).toHaveLength(1);
  });
});

describe.each(places)("what is left of a file of the %s", (place) => {
  const nameless = { etag: "", commit: "", linked: { etag: "" } };

  it("is not asked for where neither ETag nor commit says which file it was", async () => {
    withoutBackOff();
    const hubAlone = await serveFile("hub", content, () => ({ cut: 1000, ...nameless }));
    const error = await failure(read(hubAlone));
    expect(error).toBeInstanceOf(HubConnectionError);
    expect(String(error)).toContain("broke off");
    expect(hubAlone.read).toHaveLength(1);
  });

  it.each<[string, Twist]>([
    ["the commit", { etag: "" }],
    ["the ETag", { commit: "" }],
  ])("is asked for by %s alone", async (_, names) => {
    withoutBackOff();
    const server = await serveFile(place, content, (nth) => ({ ...names, cut: nth === 1 ? 1000 : undefined }));
    expect(isSame(await read(server), content)).toBe(true);
    expect(server.read).toHaveLength(2);
  });

  it("is refused from another commit, where only that names it", async () => {
    withoutBackOff();
    const server = await serveFile("hub", content, (nth) =>
      nth === 1 ? { etag: "", cut: 1000 } : { etag: "", commit: "d".repeat(40) },
    );
    expect(String(await failure(read(server)))).toContain("the file changed after 1000 bytes");
    await gone(server);
  });

  it.each(["bytes 1001-200002/200003", "bytes 5000-200002/200003"])(
    "is refused when it is %s rather than from 1000 on",
    async (contentRange) => {
      withoutBackOff();
      const server = await serveFile(place, content, (nth) => (nth === 1 ? { cut: 1000 } : { contentRange }));
      const error = await failure(read(server, { verify: false }));
      expect(error).toBeInstanceOf(HubError);
      expect(server.read).toHaveLength(2);
      await gone(server);
    },
  );
});

describe.each(places)("a part of a file of the %s", (place) => {
  const range = { start: 1000, end: 1999 };

  it.each(["bytes 0-999/200003", "bytes 999-1998/200003", "bytes 1001-2000/200003"])(
    "that is %s is refused, and its connection let go",
    async (contentRange) => {
      const server = await serveFile(place, content, () => ({ contentRange, silentAfter: 10 }));
      const error = await failure(server.hub.models.files.download({ ...input, range }));
      expect(error).toBeInstanceOf(HubError);
      expect(String(error)).toContain(`the server sent ${contentRange} of the file, which was not asked for`);
      await gone(server);
    },
  );

  it("that goes on beyond the end is refused", async () => {
    const longer = { "content-range": "bytes 1000-2000/200003", "content-length": 1001 };
    const { url } = await serve(({ response }) => response.writeHead(206, longer).write("longer"));
    const hub = new Hub({ endpoint: url, token: null, retries: 0 });
    const error = await failure(hub.models.files.download({ ...input, range }));
    expect(String(error)).toContain("bytes 1000-2000/200003");
  });

  it("may be shorter than asked for, where the file ends", async () => {
    const server = await serveFile(place, content, () => ({}));
    const file = await server.hub.models.files.download({ ...input, range: { start: 200_000, end: 300_000 } });
    expect(isSame(await file.bytes(), content.subarray(200_000))).toBe(true);
  });

  it("of which the server does not say where it stands is taken as asked, and goes on", async () => {
    withoutBackOff();
    const server = await serveFile(place, content, (nth) => ({ contentRange: "", cut: nth === 1 ? 10 : undefined }));
    const file = await server.hub.models.files.download({ ...input, range });
    expect(isSame(await file.bytes(), content.subarray(1000, 2000))).toBe(true);
    expect(server.read.map(({ headers }) => headers.range)).toEqual(["bytes=1000-1999", "bytes=1010-1999"]);
  });
});
