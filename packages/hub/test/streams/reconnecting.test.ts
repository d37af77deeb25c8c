import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { HubConnectionError, HubError, HubResponseError } from "../../src/errors.js";
import type { HubOptions, RequestEvent } from "../../src/options.js";
import { serve, type Visit } from "../servers/event-server.js";
import { cut, events, failing, follow, numbersOf } from "../servers/numbered-events.js";
import { arrived, closes, holdTimers, noneUnderWay, recordEvents, settled, within } from "../servers/waits.js";

const status =
  (code: number, headers: Record<string, string> = {}) =>
  ({ response }: Visit): void =>
    void response.writeHead(code, { "content-type": "application/json", ...headers }).end('{"error":"no"}');

beforeEach(() => {
  // No jitter: connections come back at once. Only waits are drawn by lot.
  vi.spyOn(Math, "random").mockReturnValue(0);
});

afterEach(() => vi.restoreAllMocks());

describe("while a stream reconnects", () => {
  it.each([408, 429, 503])("a %d that passes is waited out", async (code) => {
    const { url } = await serve(events([1], "cut"), status(code), events([2], "end"));
    expect(await numbersOf(follow(url))).toEqual([1, 2]);
  });

  it("server errors count as failures, with a wait before each connection, which is one request", async () => {
    const { url, visits } = await serve(events([1], "cut"), status(500));
    const { seen, error } = await failing(follow(url, { retries: 3 }));
    expect(seen).toEqual([1]);
    expect(error).toBeInstanceOf(HubResponseError);
    expect(error).toMatchObject({ status: 500 });
    expect(visits).toHaveLength(4);
    expect(Math.random).toHaveBeenCalledTimes(3);
  });

  it("so do connections that break before they response", async () => {
    const { url, visits } = await serve(events([1], "cut"), ({ response }) => response.destroy());
    const { error } = await failing(follow(url, { retries: 3 }));
    expect(error).toBeInstanceOf(HubConnectionError);
    expect(visits).toHaveLength(4);
    expect(Math.random).toHaveBeenCalledTimes(3);
  });

  it.each([0, 1, 2, 7])("with %i retries it makes as many further connections", async (retries) => {
    const { url, visits } = await serve(events([1], "cut"), events([], "cut"));
    const { seen, error } = await failing(follow(url, { retries }));
    expect(seen).toEqual([1]);
    expect(error).toBeInstanceOf(HubConnectionError);
    expect(visits).toHaveLength(1 + retries);
  });

  it("it makes as many further connections as the client's retries by default", async () => {
    const { url, visits } = await serve(events([1], "cut"), events([], "cut"));
    await failing(follow(url, undefined, { retries: 2 }));
    expect(visits).toHaveLength(3);
  });

  it("each wait is observed as a retry, with the error before it", async () => {
    const observed: RequestEvent[] = [];
    const { url } = await serve(events([1], "cut"), status(503), events([2], "end"));
    const observe = (event: RequestEvent): unknown => observed.push(event);
    expect(await numbersOf(follow(url, undefined, { observe }))).toEqual([1, 2]);
    expect(observed.map(({ type }) => type).join(" ")).toBe(
      "request response retry request response retry request response",
    );
    const shown = { method: "GET", url: `${url}/api/jobs/ns/1/events` };
    expect(observed[2]).toEqual({
      type: "retry",
      ...shown,
      call: 1,
      startTime: expect.any(Number),
      attempt: 1,
      wait: 10,
      error: expect.any(HubConnectionError),
    });
    expect(observed[5]).toMatchObject({ type: "retry", ...shown, attempt: 2, error: { status: 503 } });
  });

  it("what an observer throws ends it as it is", async () => {
    const fault = new RangeError("the observer's own");
    const { url, visits } = await serve(events([1], "cut"));
    const observe = ({ type }: RequestEvent): void => {
      if (type === "retry") throw fault;
    };
    expect(await failing(follow(url, undefined, { observe }))).toEqual({ seen: [1], error: fault });
    expect(visits).toHaveLength(1);
  });

  it("the waits grow", async () => {
    vi.mocked(Math.random).mockReturnValue(0.02);
    const delays = vi.spyOn(globalThis, "setTimeout");
    const { url } = await serve(events([1], "cut"), status(503), status(502), events([2], "end"));
    expect(await numbersOf(follow(url))).toEqual([1, 2]);
    const waited = delays.mock.calls.map(([, delay]) => delay ?? 0).filter((delay) => [10, 20, 40].includes(delay));
    // 20 ms is also what the server takes to break its connection.
    expect(waited).toEqual([20, 10, 20, 40]);
  });

  it("a server error passes when the next connection is good", async () => {
    const { url, visits } = await serve(events([1], "cut"), status(500), status(503), events([2], "end"));
    expect(await numbersOf(follow(url))).toEqual([1, 2]);
    expect(visits).toHaveLength(4);
  });

  it.each([401, 403, 404, 410])("a %i ends it at once", async (code) => {
    const { url, visits } = await serve(events([1], "cut"), status(code), events([2], "end"));
    const { seen, error } = await failing(follow(url, { retries: 3 }));
    expect(seen).toEqual([1]);
    expect(error).toMatchObject({ status: code });
    expect(visits).toHaveLength(2);
  });

  it("a 429 passes", async () => {
    const { url } = await serve(events([1], "cut"), status(429), events([2], "end"));
    expect(await numbersOf(follow(url))).toEqual([1, 2]);
  });

  it.each([429, 503])("a %i that asks for more than a minute ends it at once", async (code) => {
    const { url, visits } = await serve(events([1], "cut"), status(code, { "retry-after": "61" }), events([2], "end"));
    const { seen, error } = await within(1000, failing(follow(url)));
    expect(seen).toEqual([1]);
    expect(error).toMatchObject({ status: code, retryAfter: 61 });
    expect(visits).toHaveLength(2);
  });

  it.each([429, 503])("a %i gets the time that it asks for", async (code) => {
    const delays = vi.spyOn(globalThis, "setTimeout");
    const { url, visits } = await serve(events([1], "cut"), status(code, { "retry-after": "7" }));
    const walk = follow(url)[Symbol.asyncIterator]();
    await walk.next();
    const pending = walk.next().catch(() => undefined);
    await vi.waitUntil(() => delays.mock.calls.some(([, delay]) => delay === 7000));
    await within(1000, walk.return());
    await within(1000, pending);
    expect(visits).toHaveLength(2);
  });

  it("an event that is too long is not fetched again", async () => {
    const line = Buffer.alloc(1024 * 1024, "x");
    const { url, visits } = await serve(async ({ response, closed }) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write('data: {"n":1}\n\ndata: ');
      for (let count = 0; count < 20 && !response.destroyed; count += 1) {
        if (!response.write(line))
          await Promise.race([new Promise((resolve) => response.once("drain", resolve)), closed]);
      }
    });
    const { seen, error } = await failing(follow(url, { retries: 3 }));
    expect(seen).toEqual([1]);
    expect(error).toBeInstanceOf(HubError);
    expect(String(error)).toContain("16 MiB");
    await closes(visits[0]);
    expect(visits).toHaveLength(1);
  });
});

describe("a first connection", () => {
  it("is tried as often as any call", async () => {
    const { url, visits } = await serve(status(500), events([1], "end"));
    expect(await numbersOf(follow(url, { retries: 3 }))).toEqual([1]);
    expect(visits).toHaveLength(2);
  });

  it("that fails for good is not replaced", async () => {
    const { url, visits } = await serve(status(500));
    const { error } = await failing(follow(url, { retries: 1 }));
    expect(error).toMatchObject({ status: 500 });
    expect(visits).toHaveLength(2);
  });
});

describe("a server that asks for time", () => {
  const asking =
    (milliseconds: string) =>
    ({ response }: Visit): void => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(`retry: ${milliseconds}\ndata: {"n":1}\n\n`);
      cut(response);
    };

  it("gets it before the next connection", async () => {
    const times: number[] = [];
    const { url } = await serve(
      (visit) => asking("80")(visit),
      (visit) => {
        times.push(performance.now());
        return events([2], "end")(visit);
      },
    );
    const walk = follow(url)[Symbol.asyncIterator]();
    await walk.next();
    const first = performance.now();
    expect(await walk.next()).toMatchObject({ value: { n: 2 } });
    expect((times[0] ?? 0) - first).toBeGreaterThan(78);
    await walk.return();
  });

  it("gets a minute at most", async () => {
    const delays = vi.spyOn(globalThis, "setTimeout");
    const { url } = await serve(asking("999999999"));
    const walk = follow(url, { timeout: 5000 })[Symbol.asyncIterator]();
    await walk.next();
    const pending = walk.next().catch(() => undefined);
    await vi.waitUntil(() => delays.mock.calls.some(([, delay]) => delay === 60_000));
    await within(1000, walk.return());
    await within(1000, pending);
  });
});

describe.each(["data", "events"] as const)("a loop over %s that is ended while it waits", (kind) => {
  const begin = (url: string, observe?: HubOptions["observe"]): AsyncGenerator<unknown, void, undefined> => {
    const stream = follow(url, { timeout: 60_000 }, { observe });
    return kind === "data" ? stream[Symbol.asyncIterator]() : stream.events();
  };

  it.each<[string, (visit: Visit) => unknown, number, RequestEvent["type"]]>([
    ["for headers", () => undefined, 0, "request"],
    ["for a first event", events([], "stay"), 0, "response"],
    ["for another event", events([1], "stay"), 1, "response"],
  ])("%s lets its connection go at once", async (_, response, before, type) => {
    const { url, visits } = await serve(response);
    const observed = recordEvents(type);
    const walk = begin(url, observed.observe);
    for (let count = 0; count < before; count += 1) await walk.next();
    const pending = walk.next().catch(() => undefined);
    await Promise.all([arrived(visits), arrived(observed.events)]);
    await settled();
    await within(1000, walk.return());
    await within(1000, pending);
    await closes(visits[0]);
    expect(await walk.next()).toEqual({ done: true, value: undefined });
    expect(visits).toHaveLength(1);
  });

  it("to reconnect makes no other connection", async () => {
    vi.mocked(Math.random).mockReturnValue(0.99);
    const { url, visits } = await serve(events([1], "cut"));
    const { events: retries, observe } = recordEvents("retry");
    await holdTimers();
    const walk = begin(url, observe);
    await walk.next();
    const pending = walk.next().catch(() => undefined);
    await settled();
    // The server cuts the connection.
    await vi.advanceTimersByTimeAsync(20);
    await arrived(retries);
    await settled();
    // No time passes meanwhile.
    await walk.return();
    await pending;
    await vi.advanceTimersByTimeAsync(1000);
    await noneUnderWay(url);
    expect(visits).toHaveLength(1);
  });
});
