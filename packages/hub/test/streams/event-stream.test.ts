import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { HubResponseError } from "../../src/errors.js";
import { serve } from "../servers/event-server.js";
import { cut, events, failing, follow, numbersOf } from "../servers/numbered-events.js";
import { failure } from "../servers/setup.js";
import { arrived, closes, holdTimers, noneUnderWay, recordEvents, settled, within } from "../servers/waits.js";

beforeEach(() => {
  // No jitter: connections come back at once.
  vi.spyOn(Math, "random").mockReturnValue(0);
});

afterEach(() => {
  vi.restoreAllMocks();
});

describe("following an event stream", () => {
  it("asks for nothing before the first event is wanted, then for events", async () => {
    const { url, visits } = await serve(events([1, 2], "end"));
    const stream = follow(url);
    await noneUnderWay(url);
    expect(visits).toHaveLength(0);
    expect(await numbersOf(stream)).toEqual([1, 2]);
    expect(visits).toHaveLength(1);
    expect(visits[0]?.url).toBe("/api/jobs/ns/1/events");
    expect(visits[0]?.headers).toMatchObject({ accept: "text/event-stream", authorization: "Bearer hf_streams" });
    expect(visits[0]?.headers["last-event-id"]).toBeUndefined();
  });

  it("ends with the stream, and connects anew when it is read again", async () => {
    const { url, visits } = await serve(events([1], "end"));
    const stream = follow(url);
    expect([await numbersOf(stream), await numbersOf(stream)]).toEqual([[1], [1]]);
    expect(visits).toHaveLength(2);
  });

  it("gives whole events, with data that is no JSON as text", async () => {
    const { url } = await serve(({ response }) => {
      response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
      response.end('event: metric\nid: 7\ndata: {"n":1}\n\ndata: ===== started =====\n\n');
    });
    const seen = [];
    for await (const event of follow(url).events()) seen.push(event);
    expect(seen).toEqual([
      { event: "metric", id: "7", data: { n: 1 } },
      { event: "message", id: "7", data: "===== started =====" },
    ]);
  });

  it("closes the connection when the loop is broken off", async () => {
    const { url, visits } = await serve(events([1, 2, 3], "stay"));
    for await (const { n } of follow(url)) if (n === 2) break;
    await closes(visits[0]);
  });

  it("closes the connection when the loop's body throws", async () => {
    const { url, visits } = await serve(events([1], "stay"));
    const failing = async (): Promise<void> => {
      for await (const { n } of follow(url)) throw new RangeError(`event ${n}`);
    };
    await expect(failing()).rejects.toThrow(new RangeError("event 1"));
    await closes(visits[0]);
  });

  it("rejects with the signal's own reason and closes the connection", async () => {
    const { url, visits } = await serve(events([1], "stay"));
    const controller = new AbortController();
    const reason = new Error("enough");
    const walk = follow(url, { signal: controller.signal })[Symbol.asyncIterator]();
    await walk.next();
    const pending = failure(walk.next());
    await settled();
    controller.abort(reason);
    expect(await within(1000, pending)).toBe(reason);
    await closes(visits[0]);
    expect(visits).toHaveLength(1);
  });

  it.each(["data", "whole events"])("rejects %s with the reason at the next step after an abort", async (kind) => {
    const { url, visits } = await serve(events([1, 2, 3, 4, 5], "stay"));
    const controller = new AbortController();
    const reason = new Error("enough");
    const stream = follow(url, { signal: controller.signal });
    const walk: AsyncIterator<unknown> = kind === "data" ? stream[Symbol.asyncIterator]() : stream.events();
    await walk.next();
    controller.abort(reason);
    // The events that came with the first one are dropped.
    await expect(within(1000, walk.next())).rejects.toBe(reason);
    expect(await walk.next()).toEqual({ done: true, value: undefined });
    await closes(visits[0]);
  });

  it("rejects with the reason after an abort at the last event of a stream that has ended", async () => {
    const { url } = await serve(events([1], "end"));
    const controller = new AbortController();
    const reason = new Error("enough");
    const walk = follow(url, { signal: controller.signal })[Symbol.asyncIterator]();
    expect(await walk.next()).toMatchObject({ value: { n: 1 } });
    controller.abort(reason);
    await expect(walk.next()).rejects.toBe(reason);
  });

  it("rejects with the signal's own reason while it waits to connect again", async () => {
    vi.mocked(Math.random).mockReturnValue(0.99);
    const { url, visits } = await serve(events([], "cut"));
    const controller = new AbortController();
    const reason = new Error("enough");
    const retries = recordEvents("retry");
    const { observe } = retries;
    await holdTimers();
    const call = failing(follow(url, { signal: controller.signal }, { observe }));
    await arrived(visits);
    await settled();
    // The server cuts the connection.
    await vi.advanceTimersByTimeAsync(20);
    await arrived(retries.events);
    await settled();
    controller.abort(reason);
    // No time passes meanwhile.
    expect(await call).toEqual({ seen: [], error: reason });
    expect(visits).toHaveLength(1);
  });

  it.each([
    [404, "NotFound"],
    [403, "Forbidden"],
  ])("rejects with the Hub's response when it is a %d", async (status, code) => {
    const { url, visits } = await serve(({ response }) => response.writeHead(status).end('{"error":"no"}'));
    const error: unknown = await numbersOf(follow(url)).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(HubResponseError);
    expect(error).toMatchObject({ status, code });
    expect(visits).toHaveLength(1);
  });

  it("rejects a response that is no event stream", async () => {
    const { url } = await serve(({ response }) =>
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end("<title>Log in</title>"),
    );
    await expect(numbersOf(follow(url))).rejects.toMatchObject({ status: 200, code: "UnexpectedResponse" });
  });
});

describe("a connection that breaks", () => {
  it("is replaced, and the stream goes on with what comes", async () => {
    const { url, visits } = await serve(events([1, 2], "cut"), events([], "cut"), events([2, 9], "end"));
    expect(await numbersOf(follow(url))).toEqual([1, 2, 2, 9]);
    expect(visits).toHaveLength(3);
  });

  it("is replaced by one that goes on after the last id", async () => {
    const { url, visits } = await serve(
      events([1, 2], "cut", true),
      events([], "cut", true),
      events([3], "cut", true),
      events([4], "end", true),
    );
    expect(await numbersOf(follow(url))).toEqual([1, 2, 3, 4]);
    expect(visits.map(({ headers }) => headers["last-event-id"])).toEqual([undefined, "2", "2", "3"]);
  });

  it.each([
    ["an empty id", ""],
    ["characters beyond Latin-1", "ключ"],
    ["an emoji", "🤗"],
    ["a control character", "a\u0007b"],
    ["a tab", "a\tb"],
    ["a delete", "a\u007fb"],
    ["a C1 control character", "a\u0085b"],
  ])("is replaced by one without an id after %s", async (_, id) => {
    const { url, visits } = await serve(
      ({ response }) => {
        response.writeHead(200, { "content-type": "text/event-stream" });
        response.write(`id: 1\ndata: {"n":1}\n\nid: ${id}\ndata: {"n":2}\n\n`);
        cut(response);
      },
      events([3], "end"),
    );
    expect(await numbersOf(follow(url))).toEqual([1, 2, 3]);
    expect(visits[1]?.headers["last-event-id"]).toBeUndefined();
  });

  it("is replaced by one that sends an id of Latin-1 as it is", async () => {
    const { url, visits } = await serve(
      ({ response }) => {
        response.writeHead(200, { "content-type": "text/event-stream" });
        response.write(`id: é ~1\ndata: {"n":1}\n\n`);
        cut(response);
      },
      events([2], "end"),
    );
    expect(await numbersOf(follow(url))).toEqual([1, 2]);
    expect(visits[1]?.headers["last-event-id"]).toBe("é ~1");
  });

  it("does not deliver an event that it broke off in", async () => {
    const { url } = await serve(
      ({ response }) => {
        response.writeHead(200, { "content-type": "text/event-stream" });
        response.write('data: {"n":1}\n\ndata: {"n":2}\n');
        cut(response);
      },
      events([3], "end"),
    );
    expect(await numbersOf(follow(url))).toEqual([1, 3]);
  });
});
