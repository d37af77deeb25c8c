import { afterEach, describe, expect, it, vi } from "vitest";
import { sleep } from "../../src/async/abortable.js";
import { HubTimeoutError } from "../../src/errors.js";
import { Hub } from "../../src/hub.js";
import { downloadTo } from "../../src/node/downloads/download-to.js";
import type { Fetch } from "../../src/options.js";
import { serve } from "../servers/event-server.js";
import { failure } from "../servers/setup.js";
import { input, isSame, places, serveFile, someBytes, type FileServer, type Twist } from "../servers/file-server.js";
import { arrived, closes, holdTimers, settled, within } from "../servers/waits.js";
import { filesBelow, temporaryFolder } from "./temporary-folder.js";

afterEach(() => vi.restoreAllMocks());

const content = someBytes(500);
const deadline = 150;

const slow: [string, (nth: number) => Twist][] = [
  ["bytes that trickle", () => ({ every: 20 })],
  ["bytes that stall", () => ({ silentAfter: 10 })],
  ["bytes that stall after a cut", (nth) => (nth === 1 ? { cut: 10 } : { silentAfter: 10 })],
  ["connections that break again and again", () => ({ cut: 0 })],
];

async function expectLate({ read }: FileServer, downloading: Promise<unknown>): Promise<void> {
  const error = await within(10_000, failure(downloading));
  expect(error).toBeInstanceOf(HubTimeoutError);
  expect(error).toMatchObject({ timeout: deadline, message: expect.stringContaining(`${deadline} ms`) });
  // On a machine that is very busy, nobody may have come so far.
  await within(10_000, read.at(-1)?.closed ?? Promise.resolve());
}

describe.each(places)("a deadline of a download from the %s", (place) => {
  it.each(slow)("bounds %s", async (_, twist) => {
    const server = await serveFile(place, content, twist);
    const download = async (): Promise<unknown> =>
      (await server.hub.models.files.download(input, { deadline, retries: 50 })).bytes();
    await expectLate(server, download());
  });

  it.each(slow)("bounds %s on their way to the disk, of which nothing stays", async (_, twist) => {
    const server = await serveFile(place, content, twist);
    const folder = await temporaryFolder();
    const target = `${folder}/weights.bin`;
    await expectLate(server, downloadTo(server.hub.models, input, target, { deadline, retries: 50 }));
    expect(await filesBelow(folder)).toEqual({});
  });
});

it("a deadline and a signal end the wait between two connections", async () => {
  // The longest that there is: half a second.
  const lot = vi.spyOn(Math, "random").mockReturnValue(0.99);
  const reason = new Error("enough");
  await holdTimers();
  const start = async (options: object, end: () => unknown): Promise<unknown> => {
    lot.mockClear();
    const { hub, read } = await serveFile("hub", content, () => ({ cut: 0 }));
    const failing = failure((await hub.models.files.download(input, options)).bytes());
    // The length of the wait was drawn.
    await arrived(lot.mock.calls);
    await settled();
    await end();
    const error = await failing;
    expect(read).toHaveLength(1);
    return error;
  };
  const late = { name: "HubTimeoutError", timeout: 200 };
  expect(await start({ deadline: 200 }, () => vi.advanceTimersByTimeAsync(200))).toMatchObject(late);
  const controller = new AbortController();
  expect(await start({ signal: controller.signal }, () => controller.abort(reason))).toBe(reason);
});

it.each(["read", "closed"])("a deadline leaves no timer behind when the file is %s", async (end) => {
  const started = vi.spyOn(globalThis, "setTimeout");
  const stopped = vi.spyOn(globalThis, "clearTimeout");
  const { hub } = await serveFile("storage", content, (nth) => (nth === 1 ? { cut: 10 } : {}));
  const file = await hub.models.files.download(input, { deadline: 40_000 });
  if (end === "read") await file.bytes();
  else file.close();
  const timers = started.mock.calls.flatMap(([, delay], index) =>
    delay !== undefined && delay > 30_000 && delay <= 40_000 ? [started.mock.results[index]?.value] : [],
  );
  expect(timers).not.toEqual([]);
  const cleared = stopped.mock.calls.map(([timer]) => timer);
  for (const timer of timers) expect(cleared).toContain(timer);
});

it("a deadline ends a download that nobody reads, and its connection", async () => {
  await holdTimers();
  const { hub, read } = await serveFile("hub", content, () => ({ silentAfter: 10 }));
  const file = await hub.models.files.download(input, { deadline });
  await vi.advanceTimersByTimeAsync(deadline);
  await closes(read[0]);
  expect(await failure(file.bytes())).toMatchObject({ name: "HubTimeoutError", timeout: deadline });
});

it("without a deadline, a file may take longer than an attempt, as long as it keeps coming", async () => {
  const few = content.subarray(0, 10);
  const { hub } = await serveFile("hub", few, () => ({ every: 20 }));
  const file = await hub.models.files.download(input, { timeout: 100 });
  expect(isSame(await file.bytes(), few)).toBe(true);
});

it("the call's own deadline stands above the client's while the file is opened", async () => {
  await holdTimers();
  const { url } = await serve(async ({ response }) => {
    await vi.advanceTimersByTimeAsync(60);
    response.end("here");
  });
  const hub = new Hub({ endpoint: url, token: null, deadline: 30 });
  expect(await (await hub.models.files.download(input, { deadline: 5000 })).text()).toBe("here");
});

it("many questions for files have one deadline", async () => {
  const fetch: Fetch = async (_, { signal }) => {
    await sleep(40, signal ?? undefined);
    return Response.json([]);
  };
  const hub = new Hub({ endpoint: "https://hub.example", token: null, fetch });
  const paths = Array.from({ length: 6001 }, (_, index) => `${index}`);
  const late = { name: "HubTimeoutError", timeout: 100 };
  await expect(hub.models.files.info({ repo: "ns/repo", paths }, { deadline: 100 })).rejects.toMatchObject(late);
});
