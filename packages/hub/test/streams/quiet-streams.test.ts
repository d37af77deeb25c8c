import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { HubConnectionError, HubInputError, HubTimeoutError } from "../../src/errors.js";
import { Hub } from "../../src/hub.js";
import type { HubOptions } from "../../src/options.js";
import { serve, type Visit } from "../servers/event-server.js";
import { cut, events, failing, follow, numbersOf } from "../servers/numbered-events.js";
import { closes, holdTimers, settled } from "../servers/waits.js";

/** Sends a comment, as servers do to keep a quiet connection open, then breaks it. */
const keepAlive = ({ response }: Visit): void => {
  response.writeHead(200, { "content-type": "text/event-stream" });
  response.write(": keep-alive\n\n");
  cut(response);
};

beforeEach(() => {
  // No jitter: connections come back at once.
  vi.spyOn(Math, "random").mockReturnValue(0);
});

afterEach(() => vi.restoreAllMocks());

describe("a quiet stream", () => {
  it("goes on over any number of connections that send a comment", async () => {
    const { url, visits } = await serve(...Array<typeof keepAlive>(12).fill(keepAlive), events([1], "end"));
    expect(await numbersOf(follow(url, { retries: 1 }))).toEqual([1]);
    expect(visits).toHaveLength(13);
  });

  it("goes on over any number of connections that stay open for long", async () => {
    let clock = 0;
    vi.spyOn(performance, "now").mockImplementation(() => (clock += 10_000));
    const quiet = Array.from({ length: 12 }, () => events([], "cut"));
    const { url, visits } = await serve(...quiet, events([1], "end"));
    expect(await numbersOf(follow(url, { retries: 1 }))).toEqual([1]);
    expect(visits).toHaveLength(13);
  });

  it("is given up if connections break at once without a byte", async () => {
    vi.spyOn(performance, "now").mockReturnValue(0);
    const { url, visits } = await serve(events([], "cut"));
    expect(await failing(follow(url, { retries: 2 }))).toEqual({ seen: [], error: expect.any(HubConnectionError) });
    expect(visits).toHaveLength(3);
  });

  it("waits longer and longer before connections that bring nothing new", async () => {
    vi.mocked(Math.random).mockReturnValue(0.1);
    const { url } = await serve(keepAlive, keepAlive, keepAlive, events([1], "cut"), events([2], "end"));
    const waits: number[] = [];
    const observe: HubOptions["observe"] = (event) => {
      if (event.type === "retry") waits.push(event.wait);
    };
    expect(await numbersOf(follow(url, { retries: 1 }, { observe }))).toEqual([1, 2]);
    expect(waits).toEqual([50, 100, 200, 50]);
  });
});

describe("a silent connection", () => {
  it("is replaced after the idle timeout, and given up if no further one sends a byte", async () => {
    const { url, visits } = await serve(events([1], "stay"), events([2], "stay"), events([], "stay"));
    const { seen, error } = await failing(follow(url, { idleTimeout: 60, retries: 2 }));
    expect(seen).toEqual([1, 2]);
    expect(error).toBeInstanceOf(HubTimeoutError);
    expect(error).toMatchObject({ timeout: 60 });
    expect(visits).toHaveLength(4);
    for (const visit of visits) await closes(visit);
  });

  it("is given up however long the idle timeout", async () => {
    let clock = 0;
    vi.spyOn(performance, "now").mockImplementation(() => (clock += 120_000));
    const { url, visits } = await serve(events([], "stay"));
    const { error } = await failing(follow(url, { idleTimeout: 30, retries: 1 }));
    expect(error).toBeInstanceOf(HubTimeoutError);
    expect(visits).toHaveLength(2);
  });

  it("lives on as long as comments come", async () => {
    await holdTimers();
    const { url, visits } = await serve(async ({ response }) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      for (let count = 0; count < 5; count += 1) {
        response.write(":\n");
        await settled();
        await vi.advanceTimersByTimeAsync(400);
      }
      response.end('data: {"n":1}\n\n');
    });
    expect(await numbersOf(follow(url, { idleTimeout: 500 }))).toEqual([1]);
    expect(visits).toHaveLength(1);
  });

  it("may take two minutes by default, and any time where that is wanted", async () => {
    const delays = vi.spyOn(globalThis, "setTimeout");
    const limits = (): number[] => delays.mock.calls.map(([, delay]) => delay ?? 0).filter((delay) => delay > 60_000);
    const { url } = await serve(events([1], "end"));
    await numbersOf(follow(url));
    expect(new Set(limits())).toEqual(new Set([120_000]));
    delays.mockClear();
    await numbersOf(follow(url, { idleTimeout: Infinity }));
    expect(limits()).toEqual([]);
  });

  it.each([0, -1, NaN, "100" as never, null as never])("cannot have an idle timeout of %j", (idleTimeout) => {
    const hub = new Hub({ token: null, fetch: () => Promise.reject(new Error("nothing is sent")) });
    const job = { namespace: "ns", jobId: "1" };
    const shown = typeof idleTimeout === "string" ? `the string "${String(idleTimeout)}"` : String(idleTimeout);
    const message = `idleTimeout is ${shown}; expected milliseconds above 0`;
    const options = { idleTimeout };
    for (const begin of [
      () => hub.jobs.streamLogs(job, options),
      () => hub.jobs.streamMetrics(job, options),
      () => hub.spaces.streamEvents({ repo: "ns/space" }, options),
      () => hub.billing.streamUsage({}, options),
    ]) {
      expect(begin).toThrow(new HubInputError(message));
    }
  });
});
