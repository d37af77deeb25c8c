import { describe, expect, it } from "vitest";
import type { RequestEvent } from "../../src/options.js";
import { after, empty, json } from "../servers/responses.js";
import { getModel, hubAt, model, modelPath, useFaultServer, withoutBackOff } from "../servers/setup.js";

const server = useFaultServer();

const eventsOf = (events: readonly RequestEvent[], call: number): string =>
  events.flatMap((event) => (event.call === call ? [event.type] : [])).join(" ");

describe("what an observer is told of a request", () => {
  it("tells concurrent calls of one URL apart, each with its retries", async () => {
    withoutBackOff();
    server().on(modelPath, empty(503), empty(503), json(model));
    const events: RequestEvent[] = [];
    const hub = hubAt(server().url, { observe: (event) => events.push(event) });
    await Promise.all([getModel(hub), getModel(hub)]);
    const calls = [...new Set(events.map(({ call }) => call))];
    expect(calls.map((call) => eventsOf(events, call))).toEqual([
      "request response retry request response",
      "request response retry request response",
    ]);
  });

  it("dates a response like its request, and everything else by when it happened", async () => {
    withoutBackOff();
    server().on(modelPath, after(30, empty(503)), json(model));
    const events: RequestEvent[] = [];
    const begun = performance.now();
    await getModel(hubAt(server().url, { observe: (event) => events.push(event) }));
    const [request, response, retry, second] = events;
    expect(response).toMatchObject({ type: "response", startTime: request?.startTime });
    const times = [begun, request, retry, second, performance.now()].map((it) =>
      typeof it === "number" ? it : (it?.startTime ?? NaN),
    );
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect((retry?.startTime ?? 0) - (request?.startTime ?? 0)).toBeGreaterThan(25);
  });

  it("numbers the pages of a list one by one", async () => {
    server().on(
      "/api/models",
      json([model], { headers: { link: `<${server().url}/api/models?cursor=a>; rel="next"` } }),
      json([model]),
    );
    const events: RequestEvent[] = [];
    await hubAt(server().url, { observe: (event) => events.push(event) })
      .models.list()
      .toArray();
    const calls = events.flatMap(({ type, call }) => (type === "response" ? [call] : []));
    expect(new Set(calls).size).toBe(2);
  });
});
