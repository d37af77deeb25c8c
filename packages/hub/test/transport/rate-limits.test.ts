import { describe, expect, it, vi } from "vitest";
import { body, json, rateLimited, redirect } from "../servers/responses.js";
import { Quota } from "../servers/quota.js";
import type { RequestEvent } from "../../src/options.js";
import { bucketOf, parsePolicy, parseRateLimit, waitOf } from "../../src/transport/rate-limit.js";
import { failure, getModel, hubAt, model, modelPath, useFaultServer, withoutBackOff } from "../servers/setup.js";
import { arrived, holdTimers, quietFor, recordEvents, settled, within } from "../servers/waits.js";

const server = useFaultServer();
const other = useFaultServer();

const inSeconds = (seconds: number): string => new Date(Date.now() + seconds * 1000).toUTCString();
/** The waits between attempts, in milliseconds; without jitter, back-off waits 10. */
const recordWaits = (): { waits: number[]; observe: (event: RequestEvent) => void } => {
  const waits: number[] = [];
  return { waits, observe: (event) => void (event.type === "retry" && waits.push(event.wait)) };
};
const gap = (): number => {
  const [first, second] = server().requests;
  return (second?.at ?? 0) - (first?.at ?? 0);
};

describe("a 429", () => {
  it.each([
    ["the end of the window", { ratelimit: '"api";r=0;t=1' }],
    ["Retry-After in seconds", { "retry-after": "1" }],
    ["the later of both", { ratelimit: '"api";r=0;t=0', "retry-after": "1" }],
  ])("is repeated after %s", async (_, headers) => {
    server().on(modelPath, rateLimited(headers), json(model));
    expect(await getModel(hubAt(server().url, { retries: 1 }))).toEqual(model);
    expect(gap()).toBeGreaterThanOrEqual(995);
    expect(gap()).toBeLessThan(2500);
  });

  it("is repeated at the date that Retry-After names", async () => {
    server().on(modelPath, (exchange) => rateLimited({ "retry-after": inSeconds(2) })(exchange), json(model));
    expect(await getModel(hubAt(server().url, { retries: 1 }))).toEqual(model);
    expect(gap()).toBeGreaterThanOrEqual(900);
  });

  it("of another quota than the window's is not given the window's end", async () => {
    withoutBackOff();
    const text = "You have exceeded the rate limit for repository creation (300 per day)";
    server().on(modelPath, json({ error: text }, { status: 429, headers: { ratelimit: '"api";r=99794;t=241' } }));
    const { waits, observe } = recordWaits();
    const error = await failure(getModel(hubAt(server().url, { retries: 1, observe })));
    expect(error).toMatchObject({ status: 429, code: "RateLimited", retryAfter: undefined, serverMessage: text });
    expect(waits).toEqual([10]);
  });

  it("that asks for more patience than allowed rejects at once and says how long", async () => {
    server().on(modelPath, rateLimited({ ratelimit: '"api";r=0;t=299' }));
    const call = failure(getModel(hubAt(server().url)));
    expect(await within(1000, call)).toMatchObject({
      status: 429,
      retryAfter: 299,
      message: expect.stringContaining("299 s"),
    });
    expect(server().requests).toHaveLength(1);
  });

  it.each([{ "retry-after": "2" }, { ratelimit: '"api";r=0;t=2' }])(
    "keeps the caller's own limit: %j",
    async (headers) => {
      server().on(modelPath, rateLimited(headers));
      expect(await failure(getModel(hubAt(server().url, { maxWait: 1000 })))).toMatchObject({ retryAfter: 2 });
      expect(server().requests).toHaveLength(1);
    },
  );

  const malformed = [
    "",
    "soon",
    "-5",
    "1e9999",
    "NaN",
    "9".repeat(400),
    "2.5",
    "0x10",
    "1, 2",
    "Mon, 99 Foo 2026",
    ";;;",
    '"api"',
  ];
  it.each(malformed)("with a malformed wait (%j) is repeated without haste", async (value) => {
    withoutBackOff();
    server().on(
      modelPath,
      rateLimited({ ratelimit: `"api";r=0;t=${value}`, "retry-after": value, "ratelimit-policy": value }),
      json(model),
    );
    const { waits, observe } = recordWaits();
    expect(await getModel(hubAt(server().url, { observe }))).toEqual(model);
    expect(waits).toEqual([10]);
  });

  it("whose headers cannot be read, as in browsers, is backed off from", async () => {
    withoutBackOff();
    server().on(modelPath, rateLimited({}), rateLimited({}), json(model));
    expect(await getModel(hubAt(server().url))).toEqual(model);
    expect(server().requests).toHaveLength(3);
  });

  it("makes the other calls of the same quota wait, and only those", async () => {
    server().on(modelPath, rateLimited({ ratelimit: '"api";r=0;t=1' }), json(model));
    server().otherwise(json({ id: "other" }));
    server().on("/datasets/o/n/resolve/main/x", body("content"));
    const { waits, observe } = recordWaits();
    const hub = hubAt(server().url, { observe });
    const first = getModel(hub);
    await arrived(waits);
    const began = performance.now();
    await Promise.all(Array.from({ length: 5 }, (_, index) => hub.models.get({ repo: `owner/other${index}` })));
    expect(performance.now() - began).toBeGreaterThan(700);
    expect(server().requests.filter(({ path, at }) => path !== modelPath && at < began + 700)).toEqual([]);
    await first;
    expect(server().requests).toHaveLength(7);
  });
});

describe("the state of the quotas", () => {
  it("can be read after any response, by name", async () => {
    const headers = { ratelimit: '"api";r=499;t=289', "ratelimit-policy": '"fixed window";"api";q=500;w=300' };
    server().on(modelPath, json({ error: "no" }, { status: 404, headers }));
    const hub = hubAt(server().url);
    expect(hub.rateLimits).toEqual({});
    await failure(getModel(hub));
    expect(hub.rateLimits).toEqual({ api: { remaining: 499, reset: expect.any(Date), quota: 500, window: 300 } });
    const seconds = ((hub.rateLimits["api"]?.reset.getTime() ?? 0) - Date.now()) / 1000;
    expect(seconds).toBeGreaterThan(285);
    expect(seconds).toBeLessThanOrEqual(289);
  });

  it("comes from the Hub's redirect when another server responds in the end", async () => {
    server().on(modelPath, redirect(302, `${other().url}/file`, { ratelimit: '"resolvers";r=7;t=60' }));
    other().on("/file", json(model, { headers: { ratelimit: '"api";r=0;t=60' } }));
    const hub = hubAt(server().url);
    await getModel(hub);
    expect(hub.rateLimits).toEqual({ resolvers: { remaining: 7, reset: expect.any(Date) } });
  });
});

describe("many calls at once", () => {
  it.each([
    ["up", Math.ceil],
    ["down", Math.floor],
  ])("stay inside a quota whose seconds are rounded %s, and use it up", async (_, round) => {
    const quota = new Quota(60, 1, round);
    server().otherwise(quota.respondWith(model));
    await holdTimers();
    const hub = hubAt(server().url, { timeout: 800 });
    const began = performance.now();
    let isOver = false;
    const calls = Promise.all(Array.from({ length: 180 }, () => getModel(hub))).finally(() => (isOver = true));
    while (!isOver) {
      await settled();
      await vi.advanceTimersByTimeAsync(10);
    }
    expect(await calls).toHaveLength(180);
    expect(quota.refused).toBeLessThanOrEqual(5);
    // Two windows must pass; a header of whole seconds may cost another second each.
    expect(performance.now() - began).toBeLessThan(4500);
  });

  it("do not wait for a window's end that is further than the caller's patience", async () => {
    const quota = new Quota(20, 300);
    server().otherwise(quota.respondWith(model));
    const hub = hubAt(server().url, { maxWait: 1000 });
    const calls = Promise.allSettled(Array.from({ length: 30 }, () => getModel(hub)));
    const refused = (await within(2000, calls))
      .filter((result) => result.status === "rejected")
      .map(({ reason }) => reason as unknown);
    expect(refused).toHaveLength(10);
    for (const reason of refused) expect(reason).toMatchObject({ status: 429, retryAfter: expect.any(Number) });
  });

  it("go on when the first of them fails", async () => {
    withoutBackOff();
    server().otherwise(({ attempt, ...exchange }) =>
      (attempt === 1 ? json({}, { status: 404 }) : json(model))({ attempt, ...exchange }),
    );
    const results = await Promise.allSettled(Array.from({ length: 40 }, () => getModel(hubAt(server().url))));
    expect(results.filter(({ status }) => status === "rejected")).toHaveLength(1);
  });

  it("go on soon when the first ten of a fresh client get no response", async () => {
    server().otherwise((exchange) => (server().requests.length <= 10 ? undefined : json(model)(exchange)));
    const hub = hubAt(server().url, { timeout: 5000 });
    const controller = new AbortController();
    const hanging = Promise.allSettled(
      Array.from({ length: 10 }, () => getModel(hub, { signal: controller.signal, retries: 0 })),
    );
    await within(1000, getModel(hub));
    expect(server().requests).toHaveLength(11);
    controller.abort();
    await hanging;
  });

  it("leave the queue when they are aborted", async () => {
    server().on(modelPath, json(model, { headers: { ratelimit: '"api";r=0;t=30' } }));
    const { events, observe } = recordEvents("wait");
    const hub = hubAt(server().url, { observe });
    await getModel(hub);
    const controller = new AbortController();
    const waiting = Promise.allSettled(Array.from({ length: 5 }, () => getModel(hub, { signal: controller.signal })));
    await arrived(events, 5);
    controller.abort();
    for (const result of await waiting) expect(result).toMatchObject({ reason: { name: "AbortError" } });
    expect(server().requests).toHaveLength(1);
  });

  it("end at their deadline in the queue as well", async () => {
    server().on(modelPath, json(model, { headers: { ratelimit: '"api";r=0;t=30' } }));
    const hub = hubAt(server().url);
    await getModel(hub);
    expect(await failure(getModel(hub, { deadline: 80 }))).toMatchObject({ name: "HubTimeoutError", timeout: 80 });
  });

  it("survive a window that ends later than a timer can count", async () => {
    const warnings = vi.spyOn(process, "emitWarning");
    server().on(modelPath, json(model, { headers: { ratelimit: '"api";r=0;t=999999999' } }));
    const hub = hubAt(server().url, { maxWait: Infinity });
    await getModel(hub);
    expect(await failure(getModel(hub, { deadline: 200 }))).toMatchObject({ name: "HubTimeoutError" });
    server().on(modelPath, rateLimited({ "retry-after": "999999999" }));
    const { waits, observe } = recordWaits();
    const patient = hubAt(server().url, { maxWait: Infinity, observe });
    const controller = new AbortController();
    const call = failure(getModel(patient, { signal: controller.signal }));
    await arrived(waits);
    // A timer that overflows fires after a millisecond, again and again.
    await quietFor(20);
    controller.abort();
    await call;
    expect(server().requests).toHaveLength(2);
    expect(warnings).not.toHaveBeenCalled();
  });
});

describe("reading the headers", () => {
  it("knows which quota an address counts against", () => {
    expect(bucketOf("https://huggingface.co/api/models")).toBe("api");
    expect(bucketOf("https://huggingface.co/o/n/resolve/main/x")).toBe("resolvers");
    expect(bucketOf("https://huggingface.co/api/resolve-cache/models/o/n/abc/x")).toBe("resolvers");
    expect(bucketOf("https://huggingface.co/o/n/ask-access")).toBe("pages");
  });

  it("takes what the Hub sends, and nothing else", () => {
    expect(parseRateLimit('"api";r=0;t=52')).toEqual({ bucket: "api", remaining: 0, seconds: 52 });
    expect(parsePolicy('"fixed window";"api";q=500;w=300')).toEqual({ quota: 500, window: 300 });
    for (const odd of [null, "", '"api"', '"api";r=-1;t=2', '"api";r=1.5;t=2', "api;r=1;t=2", '"api";t=2;r=1']) {
      expect(parseRateLimit(odd)).toBeUndefined();
    }
  });

  it("never waits for a date in the past", () => {
    expect(waitOf(new Headers({ "retry-after": "Wed, 21 Oct 2015 07:28:00 GMT" }), Date.now())).toBe(0);
  });
});
