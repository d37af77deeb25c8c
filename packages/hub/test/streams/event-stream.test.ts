import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { HubConnectionError, HubError, HubResponseError } from "../../src/errors.js";
import { eventStream } from "../../src/events/event-stream.js";
import { connect, serve, within } from "../servers/event-server.js";
import { events, follow, numbersOf, type Numbered } from "../servers/numbered-events.js";

const route = "/api/jobs/{namespace}/{jobId}/logs";
const path = { namespace: "ns", jobId: "1" };

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
    const stream = follow(url, "now");
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(visits).toHaveLength(0);
    expect(await numbersOf(stream)).toEqual([1, 2]);
    expect(visits).toHaveLength(1);
    expect(visits[0]?.url).toBe("/api/jobs/ns/1/logs");
    expect(visits[0]?.headers).toMatchObject({ accept: "text/event-stream", authorization: "Bearer hf_streams" });
    expect(visits[0]?.headers["last-event-id"]).toBeUndefined();
  });

  it("ends with the stream, and connects anew when it is read again", async () => {
    const { url, visits } = await serve(events([1], "end"));
    const stream = follow(url, "replay");
    expect([await numbersOf(stream), await numbersOf(stream)]).toEqual([[1], [1]]);
    expect(visits).toHaveLength(2);
  });

  it("gives whole events, with data that is no JSON as text", async () => {
    const { url } = await serve(({ response }) => {
      response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
      response.end('event: metric\nid: 7\ndata: {"n":1}\n\ndata: ===== started =====\n\n');
    });
    const seen = [];
    for await (const event of follow(url, "now").events()) seen.push(event);
    expect(seen).toEqual([
      { event: "metric", id: "7", data: { n: 1 } },
      { event: "message", id: "7", data: "===== started =====" },
    ]);
  });

  it("closes the connection when the loop is broken off", async () => {
    const { url, visits } = await serve(events([1, 2, 3], "stay"));
    for await (const { n } of follow(url, "now")) if (n === 2) break;
    await within(1000, visits[0]?.gone ?? Promise.reject(new Error("nobody came")));
  });

  it("closes the connection when the loop's body throws", async () => {
    const { url, visits } = await serve(events([1], "stay"));
    const failing = async (): Promise<void> => {
      for await (const { n } of follow(url, "now")) throw new RangeError(`event ${n}`);
    };
    await expect(failing()).rejects.toThrow(new RangeError("event 1"));
    await within(1000, visits[0]?.gone ?? Promise.reject(new Error("nobody came")));
  });

  it("rejects with the signal's own reason and closes the connection", async () => {
    const { url, visits } = await serve(events([1], "stay"));
    const controller = new AbortController();
    const reason = new Error("enough");
    setTimeout(() => controller.abort(reason), 50);
    await expect(within(1000, numbersOf(follow(url, "now", controller.signal)))).rejects.toBe(reason);
    await within(1000, visits[0]?.gone ?? Promise.reject(new Error("nobody came")));
    expect(visits).toHaveLength(1);
  });

  it("rejects with the signal's own reason while it waits to connect again", async () => {
    vi.mocked(Math.random).mockReturnValue(0.99);
    const { url, visits } = await serve(events([], "cut"));
    const controller = new AbortController();
    const reason = new Error("enough");
    setTimeout(() => controller.abort(reason), 200);
    await expect(within(1000, numbersOf(follow(url, "now", controller.signal)))).rejects.toBe(reason);
    expect(visits).toHaveLength(1);
  });

  it.each([
    [404, "NotFound"],
    [403, "Forbidden"],
  ])("rejects with the Hub's answer when it is a %d", async (status, code) => {
    const { url, visits } = await serve(({ response }) => response.writeHead(status).end('{"error":"no"}'));
    const error: unknown = await numbersOf(follow(url, "replay")).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(HubResponseError);
    expect(error).toMatchObject({ status, code });
    expect(visits).toHaveLength(1);
  });

  it("rejects an answer that is no event stream", async () => {
    const { url } = await serve(({ response }) =>
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end("<title>Log in</title>"),
    );
    await expect(numbersOf(follow(url, "now"))).rejects.toMatchObject({ status: 200, code: "UnexpectedResponse" });
  });
});

describe("a connection that breaks", () => {
  it("is replaced, and events that a replay repeats are passed over", async () => {
    const { url, visits } = await serve(
      events([1, 2], "cut"),
      events([1], "cut"),
      events([1, 2, 3], "cut"),
      events([1, 2, 3, 4], "end"),
    );
    expect(await numbersOf(follow(url, "replay"))).toEqual([1, 2, 3, 4]);
    expect(visits).toHaveLength(4);
  });

  it("keeps events that look alike", async () => {
    const { url } = await serve(events([1, 1, 1], "cut"), events([1, 1, 1, 1, 2], "end"));
    expect(await numbersOf(follow(url, "replay"))).toEqual([1, 1, 1, 1, 2]);
  });

  it("finds its place in a replay that begins earlier than it did", async () => {
    const { url } = await serve(events([4, 5], "cut"), events([1, 2, 3, 4, 5, 6], "end"));
    expect(await numbersOf(follow(url, "replay-all"))).toEqual([4, 5, 6]);
  });

  it.each(["replay", "replay-all"] as const)("rejects when %s gives other events than before", async (resumption) => {
    const { url } = await serve(events([1, 2], "cut"), events([7, 8, 9], "end"));
    const seen: number[] = [];
    const reading = async (): Promise<void> => {
      for await (const { n } of follow(url, resumption)) seen.push(n);
    };
    await expect(reading()).rejects.toThrow(HubError);
    expect(seen).toEqual([1, 2]);
  });

  it("goes on after the last id", async () => {
    const { url, visits } = await serve(
      events([1, 2], "cut", true),
      events([], "cut", true),
      events([3], "cut", true),
      events([4], "end", true),
    );
    expect(await numbersOf(follow(url, "replay"))).toEqual([1, 2, 3, 4]);
    expect(visits.map(({ headers }) => headers["last-event-id"])).toEqual([undefined, "2", "2", "3"]);
  });

  it("forgets an id that an empty one takes back", async () => {
    const { url, visits } = await serve(
      ({ response }) => {
        response.writeHead(200, { "content-type": "text/event-stream" });
        response.write('id: 1\ndata: {"n":1}\n\nid:\ndata: {"n":2}\n\n', () =>
          setTimeout(() => response.destroy(), 20),
        );
      },
      events([1, 2, 3], "end"),
    );
    expect(await numbersOf(follow(url, "replay"))).toEqual([1, 2, 3]);
    expect(visits[1]?.headers["last-event-id"]).toBeUndefined();
  });

  it("goes on with what comes, where only the present matters", async () => {
    const { url } = await serve(events([1, 2], "cut"), events([2, 9], "end"));
    expect(await numbersOf(follow(url, "now"))).toEqual([1, 2, 2, 9]);
  });

  it("does not deliver an event that it broke off in", async () => {
    const { url } = await serve(
      ({ response }) => {
        response.writeHead(200, { "content-type": "text/event-stream" });
        response.write('data: {"n":1}\n\ndata: {"n":2}\n', () => setTimeout(() => response.destroy(), 20));
      },
      events([1, 2], "end"),
    );
    expect(await numbersOf(follow(url, "replay"))).toEqual([1, 2]);
  });

  it("is given up when it keeps breaking without a new event", async () => {
    const { url, visits } = await serve(events([1], "cut"));
    const seen: number[] = [];
    const reading = async (): Promise<void> => {
      for await (const { n } of follow(url, "replay")) seen.push(n);
    };
    await expect(reading()).rejects.toThrow(HubConnectionError);
    expect(seen).toEqual([1]);
    expect(visits).toHaveLength(6);
  });

  it("may break any number of times as long as events come", async () => {
    const times = Array.from({ length: 12 }, (_, index) => index + 1);
    const { url } = await serve(...times.map((n) => events([n], n === 12 ? "end" : "cut", true)));
    expect(await numbersOf(follow(url, "replay"))).toEqual(times);
  });

  it("asks in another way once there is something to go on from", async () => {
    const { url, visits } = await serve(events([], "cut"), events([5], "cut"), events([3, 4, 5, 6], "end"));
    const stream = eventStream<Numbered, typeof route>(
      connect(url),
      route,
      async (again) => ({ path, query: { tail: again ? undefined : 1 } }),
      "replay-all",
      undefined,
    );
    expect(await numbersOf(stream)).toEqual([5, 6]);
    const logs = "/api/jobs/ns/1/logs";
    expect(visits.map((visit) => visit.url)).toEqual([`${logs}?tail=1`, `${logs}?tail=1`, logs]);
  });
});
