import { describe, expect, it, vi } from "vitest";
import { after, body, json, rateLimited } from "../servers/responses.js";
import {
  bytes,
  hangUp,
  reset,
  resetInBody,
  shortBody,
  silence,
  stalledBody,
  unfinishedChunks,
} from "../servers/faults.js";
import { FaultServer, type Handler } from "../servers/fault-server.js";
import { HubConnectionError, HubTimeoutError } from "../../src/errors.js";
import { resolveOptions, type RequestEvent } from "../../src/options.js";
import { Transport } from "../../src/transport/transport.js";
import { failure, getModel, hubAt, model, modelPath, token, useFaultServer, withoutBackOff } from "../servers/setup.js";
import { arrived, holdTimers, noneUnderWay, recordEvents, settled } from "../servers/waits.js";

const server = useFaultServer();

const status = (code: number): Handler => json({ error: "no" }, { status: code });

/** With time for whatever a busy machine does: what fails here fails by itself. */
const patient = (retries = 3): ReturnType<typeof hubAt> => hubAt(server().url, { retries, timeout: 60_000 });

const survivable: Record<string, Handler> = {
  "408": status(408),
  "429": status(429),
  "500": status(500),
  "502": status(502),
  "503": status(503),
  "504": status(504),
  "502 as HTML": body("<html><h1>Bad gateway</h1></html>", { status: 502, headers: { "content-type": "text/html" } }),
  "a reset": reset,
  "a hang-up": hangUp,
  "no HTTP": bytes("garbage\r\n\r\n"),
  "a short body": shortBody('{"id":"own'),
  "unfinished chunks": unfinishedChunks('{"id":"own'),
  "a reset in the body": resetInBody('{"id":"own'),
  "cut JSON": body('{"id":"own', { headers: { "content-type": "application/json" } }),
};

describe("a GET", () => {
  it.each(Object.entries(survivable))("survives %s", async (_, fault) => {
    withoutBackOff();
    server().on(modelPath, fault, fault, json(model));
    expect(await getModel(patient())).toEqual(model);
    expect(server().requests).toHaveLength(3);
  });

  it.each([
    ["a timeout", silence],
    ["a stalled body", stalledBody('{"id":"own')],
  ])("survives %s", async (_, fault) => {
    withoutBackOff();
    server().on(modelPath, fault, fault, json(model));
    // A busy machine may need more attempts than these.
    expect(await getModel(hubAt(server().url, { retries: 20, timeout: 200 }))).toEqual(model);
    expect(server().requests.length).toBeGreaterThanOrEqual(3);
  });

  it.each([0, 1, 4])("with %i retries is sent once more than that", async (retries) => {
    withoutBackOff();
    server().on(modelPath, status(500));
    expect(await failure(getModel(patient(retries)))).toMatchObject({ status: 500 });
    expect(await failure(getModel(patient(9), { retries }))).toMatchObject({ status: 500 });
    expect(server().requests).toHaveLength(2 * (1 + retries));
  });

  it.each([400, 401, 403, 404, 405, 409, 410, 413, 422, 451, 501])("is not repeated after %i", async (code) => {
    server().on(modelPath, status(code), json(model));
    expect(await failure(getModel(patient()))).toMatchObject({ status: code });
    expect(server().requests).toHaveLength(1);
  });

  it("tells the last failure when none of its attempts succeeds", async () => {
    withoutBackOff();
    server().on(modelPath, status(500), reset);
    expect(await failure(getModel(patient(1)))).toBeInstanceOf(HubConnectionError);
  });

  it("is sent again exactly as it was", async () => {
    withoutBackOff();
    server().on(modelPath, reset, status(503), json(model));
    await hubAt(server().url).models.get({ repo: "owner/name", expand: ["tags", "siblings"] });
    const [first, ...others] = server().requests.map(({ method, path, headers }) => ({ method, path, headers }));
    for (const again of others) expect(again).toEqual(first);
  });
});

describe("a POST", () => {
  const create = (retries = 3): Promise<unknown> =>
    patient(retries).repos.create({ repo: "owner/name", visibility: "private" });
  const mayHaveActed = {
    reset,
    hangUp,
    silence,
    "500": status(500),
    "502": status(502),
    "503": status(503),
    "504": status(504),
    "408": status(408),
    "429 of another quota": rateLimited({ ratelimit: '"api";r=99794;t=241' }),
    "broken JSON": shortBody("{"),
  };

  it.each(Object.entries(mayHaveActed))("is sent once when the Hub may have acted: %s", async (_, fault) => {
    if (fault === silence) await holdTimers();
    server().on("/api/repos/create", fault, json({ url: "u" }));
    const call = failure(create());
    await arrived(server().requests);
    if (fault === silence) await vi.advanceTimersByTimeAsync(60_000);
    await call;
    expect(server().requests).toHaveLength(1);
  });

  it("is repeated with the same body when the quota was used up", async () => {
    withoutBackOff();
    server().on("/api/repos/create", rateLimited({ ratelimit: '"api";r=0;t=0' }), json({ url: "u" }));
    expect(await patient().repos.create({ repo: "owner/name", visibility: "private" })).toEqual({ url: "u" });
    const [first, second] = server().requests;
    expect(first?.body).toContain('"name":"name"');
    expect(second?.body).toBe(first?.body);
  });

  it("is repeated when no connection came about", async () => {
    withoutBackOff();
    const events: RequestEvent[] = [];
    const gone = await FaultServer.start();
    await gone.close();
    const hub = hubAt(gone.url, { retries: 2, observe: (event) => events.push(event) });
    const error = await failure(hub.repos.create({ repo: "owner/name", visibility: "private" }));
    expect(error).toBeInstanceOf(HubConnectionError);
    expect(events.filter(({ type }) => type === "request")).toHaveLength(3);
  });

  it("with a streamed body is never sent again", async () => {
    server().otherwise(rateLimited({ ratelimit: '"api";r=0;t=0' }));
    const transport = new Transport(resolveOptions({ token, endpoint: server().url }));
    const error = await failure(
      transport.request(
        "post",
        "/api/streamed",
        { body: new Blob(["line\n"]).stream(), contentType: "text/plain" },
        "nothing",
      ),
    );
    expect(error).toMatchObject({ status: 429 });
    expect(server().requests.map(({ body: sent }) => sent)).toEqual(["line\n"]);
  });

  it("that only reads is repeated like a GET", async () => {
    withoutBackOff();
    server().on("/api/read", reset, json([]));
    const transport = new Transport(resolveOptions({ token, endpoint: server().url }));
    await transport.request("post", "/api/read", { body: {}, idempotent: true }, "json");
    expect(server().requests).toHaveLength(2);
  });
});

it.each(["put", "delete"] as const)("a %s is repeated: doing it twice is the same", async (verb) => {
  withoutBackOff();
  server().on("/api/thing", reset, json({}));
  const transport = new Transport(resolveOptions({ token, endpoint: server().url }));
  await transport.request(verb, "/api/thing", { body: {} }, "json");
  expect(server().requests).toHaveLength(2);
});

describe("back-off", () => {
  it("spreads the retries of calls that failed together", async () => {
    const first = new Set<string>();
    server().otherwise((exchange) => {
      const { path } = exchange.request;
      const again = first.has(path);
      first.add(path);
      return (again ? json(model) : reset)(exchange);
    });
    const hub = hubAt(server().url);
    await Promise.all(Array.from({ length: 16 }, (_, index) => hub.models.get({ repo: `owner/name${index}` })));
    const waits = [...first].map((path) => {
      const [failed, repeated] = server().to(path);
      return (repeated?.at ?? 0) - (failed?.at ?? 0);
    });
    const mean = waits.reduce((sum, wait) => sum + wait) / waits.length;
    const deviation = Math.sqrt(waits.reduce((sum, wait) => sum + (wait - mean) ** 2, 0) / waits.length);
    expect(waits).toHaveLength(16);
    expect(deviation / mean).toBeGreaterThan(0.1);
  });

  it("never turns into a hot loop", async () => {
    withoutBackOff();
    server().on(modelPath, status(503));
    await failure(getModel(hubAt(server().url, { retries: 5 })));
    const times = server().requests.map(({ at }) => at);
    times.slice(1).forEach((at, index) => expect(at - (times[index] ?? 0)).toBeGreaterThanOrEqual(9));
  });
});

it.each([
  ["that says nothing more", {}],
  ["that asks to come back at once", { "retry-after": "0" }],
])("a client gives a dead server %s less than three times the usual load", async (_, headers) => {
  withoutBackOff();
  server().otherwise(json({ error: "no" }, { status: 503, headers }));
  const hub = hubAt(server().url, { retries: 5 });
  await Promise.all(Array.from({ length: 60 }, () => failure(getModel(hub))));
  expect(server().requests.length).toBeGreaterThan(60);
  expect(server().requests.length).toBeLessThan(180);
});

describe("the retry budget", () => {
  const used = "; not retried: the client's retry budget is used up";

  it("allows each of 500 calls that failed at once to be sent again", async () => {
    const failed = new Set<string>();
    server().otherwise((exchange) => {
      const { path } = exchange.request;
      if (failed.has(path)) return json(model)(exchange);
      failed.add(path);
      return reset(exchange);
    });
    const hub = patient();
    const calls = Array.from({ length: 500 }, (_, index) => hub.models.get({ repo: `owner/name${index}` }));
    expect(await Promise.all(calls)).toHaveLength(500);
    // By path: a request that an earlier test gave up on may still be on its way.
    expect(calls.flatMap((_, index) => server().to(`${modelPath}${index}`))).toHaveLength(1000);
  });

  it("gives a dead server less than three times the load of 300 calls as well", async () => {
    withoutBackOff();
    server().otherwise(status(503));
    const hub = hubAt(server().url, { retries: 9, timeout: 60_000 });
    await Promise.all(Array.from({ length: 300 }, () => failure(getModel(hub))));
    expect(server().requests.length).toBeGreaterThan(600);
    expect(server().requests.length).toBeLessThan(900);
  });

  it.each([
    ["a refusal", status(503)],
    ["a reset", reset],
  ])("says that it is used up, in the error of the call and in an event, after %s", async (_, response) => {
    withoutBackOff();
    server().otherwise(response);
    const events: RequestEvent[] = [];
    const hub = hubAt(server().url, { retries: 9, timeout: 60_000, observe: (event) => events.push(event) });
    const errors = (await Promise.all(Array.from({ length: 30 }, () => failure(getModel(hub))))) as Error[];
    const refused = errors.filter(({ message }) => message.endsWith(used));
    expect(refused.length).toBeGreaterThan(0);
    for (const { message, stack = "" } of refused) {
      expect(message).toContain(`GET ${server().url}${modelPath}`);
      expect(stack).toContain(message);
    }
    const told = events.filter((event) => event.type === "retry-budget");
    expect(told.map(({ error }) => error)).toEqual(expect.arrayContaining(refused));
    expect(told).toHaveLength(refused.length);
    expect(told[0]).toMatchObject({ method: "GET", url: `${server().url}${modelPath}`, attempt: expect.any(Number) });
    expect(events.filter(({ type }) => type === "retry")).toHaveLength(100);
  });

  it("is no reason where a call has no retries left", async () => {
    withoutBackOff();
    server().otherwise(status(503));
    expect(((await failure(getModel(patient(1)))) as Error).message).not.toContain("budget");
  });
});

it("success earns retries back", async () => {
  withoutBackOff();
  const hub = hubAt(server().url, { retries: 5 });
  server().otherwise(status(503));
  await Promise.all(Array.from({ length: 60 }, () => failure(getModel(hub))));
  server().otherwise(json(model));
  await getModel(hub);
  server().on(modelPath, reset, json(model));
  expect(await getModel(hub)).toEqual(model);
});

it("observers hear of each retry: which, when and why", async () => {
  withoutBackOff();
  server().on(modelPath, status(503), silence, json(model));
  await holdTimers();
  const [requests, retries] = [recordEvents("request"), recordEvents("retry")];
  const observe = (event: RequestEvent): void => {
    requests.observe(event);
    retries.observe(event);
  };
  const call = getModel(hubAt(server().url, { timeout: 100, observe }));
  await arrived(retries.events);
  await settled();
  await vi.advanceTimersByTimeAsync(10);
  await arrived(server().requests, 2);
  await vi.advanceTimersByTimeAsync(100);
  await arrived(retries.events, 2);
  await settled();
  await vi.advanceTimersByTimeAsync(10);
  await call;
  expect(retries.events).toMatchObject([
    { attempt: 1, wait: 10, method: "GET", url: `${server().url}${modelPath}`, error: { status: 503 } },
    { attempt: 2, wait: 10, error: { name: "HubTimeoutError" } },
  ]);
  expect(requests.events).toMatchObject([{ attempt: 1 }, { attempt: 2 }, { attempt: 3 }]);
});

it("an observer that throws takes no place in the quota with it", async () => {
  server().otherwise(json(model, { headers: { ratelimit: '"api";r=1;t=60' } }));
  let throws = false;
  const hub = hubAt(server().url, {
    observe: ({ type }) => {
      if (throws && type === "request") throw new Error("observer");
    },
  });
  await getModel(hub);
  throws = true;
  await failure(getModel(hub));
  throws = false;
  expect(await getModel(hub)).toEqual(model);
});

it("each attempt has its own time limit", async () => {
  withoutBackOff();
  server().on(modelPath, silence);
  expect(await failure(getModel(hubAt(server().url, { timeout: 50, retries: 1 })))).toBeInstanceOf(HubTimeoutError);
  await noneUnderWay(server().url);
  server().reset();
  await holdTimers();
  server().on(modelPath, silence, after(700, json(model)));
  const call = getModel(hubAt(server().url, { timeout: 800 }));
  await arrived(server().requests);
  await vi.advanceTimersByTimeAsync(800);
  await settled();
  await vi.advanceTimersByTimeAsync(10);
  await arrived(server().requests, 2);
  await settled();
  await vi.advanceTimersByTimeAsync(700);
  expect(await call).toEqual(model);
  await settled();
});
