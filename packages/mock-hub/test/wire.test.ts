import { describe, expect, it } from "vitest";
import { createMockHub } from "../src/index.js";
import { apiOf, present } from "./api.js";

const models = "/api/models?limit=1";

describe("headers of every answer", () => {
  const hub = createMockHub();

  it.each(["/api/models?limit=1", "/api/models/gpt2", "/api/models/ada/nope", "/api/models?sort=x", "/no/such/page"])(
    "%s",
    async (path) => {
      const { headers } = await apiOf(hub)("GET", path);
      expect(headers.get("ratelimit")).toMatch(/^"(api|pages)";r=\d+;t=\d+$/);
      expect(headers.get("ratelimit-policy")).toMatch(/^"fixed window";"(api|pages)";q=\d+;w=300$/);
      expect(headers.get("x-request-id")).toMatch(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24};[0-9a-f-]{36}$/);
      expect(headers.get("x-hf-warning")).toMatch(/^unauthenticated; /);
    },
  );

  it("the request id repeats the trace id of the caller", async () => {
    const { headers } = await apiOf(hub)("GET", models, undefined, { "x-amzn-trace-id": "Root=1-mine" });
    expect(headers.get("x-request-id")).toMatch(/^Root=1-mine;/);
  });

  it("the request id is the caller's own where there is one", async () => {
    const own = { "x-request-id": "mine", "x-amzn-trace-id": "Root=1-other" };
    expect((await apiOf(hub)("GET", models, undefined, own)).headers.get("x-request-id")).toBe("mine");
    expect((await apiOf(hub)("GET", "/no/such/page", undefined, own)).headers.get("x-request-id")).toBe("mine");
  });

  it("an unchanged answer is not sent again", async () => {
    const first = await apiOf(hub)("GET", models);
    const again = await apiOf(hub)("GET", models, undefined, { "if-none-match": present(first.headers.get("etag")) });
    expect([again.status, again.body]).toEqual([304, ""]);
    const etag = present(first.headers.get("etag"));
    for (const [known, status] of [
      [`"x", ${etag}`, 304],
      [etag.replace("W/", ""), 304],
      ["*", 304],
      ['"x"', 200],
    ] as const) {
      expect((await apiOf(hub)("HEAD", models, undefined, { "if-none-match": known })).status).toBe(status);
    }
  });

  it("a redirect has no tag that could be taken for that of a file", async () => {
    const moved = await apiOf(hub)("GET", "/api/models/gpt2");
    expect([moved.status, moved.headers.get("etag")]).toEqual([307, null]);
  });

  it("browsers may read some headers, and not the rate limit", async () => {
    const origin = "https://app.example.com";
    const { headers } = await apiOf(hub)("GET", models, undefined, { origin });
    expect(headers.get("access-control-allow-origin")).toBe(origin);
    expect(headers.get("access-control-expose-headers")).toMatch(/Link/);
    expect(headers.get("access-control-expose-headers")).not.toMatch(/ratelimit/i);
    const preflight = await apiOf(hub)("OPTIONS", models, undefined, {
      origin,
      "access-control-request-headers": "authorization",
    });
    expect([preflight.status, preflight.headers.get("access-control-allow-headers")]).toEqual([204, "authorization"]);
  });
});

describe("rate limits", () => {
  it("a caller who used up a bucket waits for the next window", async () => {
    let now = 1_000_000_000_000;
    const hub = createMockHub({ rateLimit: { api: 2, window: 60 }, now: () => now });
    const api = apiOf(hub);
    await api("GET", models);
    await api("GET", models);
    const refused = await api("GET", models);
    expect(refused).toMatchObject({
      status: 429,
      body: { error: expect.stringMatching(/^We had to rate limit your IP/) },
    });
    expect(refused.headers.get("ratelimit")).toMatch(/^"api";r=0;t=\d+$/);
    expect(refused.headers.get("retry-after")).toBeNull();
    expect((await api("GET", "/openai-community/gpt2/resolve/main/README.md")).status).toBe(307);
    expect((await apiOf(hub, hub.tokens.read)("GET", models)).status).toBe(200);
    now += 60_000;
    expect((await api("GET", models)).status).toBe(200);
  });

  it("the Hub's own quotas depend on who asks", async () => {
    const hub = createMockHub({ rateLimit: "hub" });
    const quota = async (token?: string) => (await apiOf(hub, token)("GET", models)).headers.get("ratelimit-policy");
    expect(await quota()).toContain("q=500;");
    expect(await quota(hub.tokens.other)).toContain("q=1000;");
    expect(await quota(hub.tokens.write)).toContain("q=2500;");
  });
});

describe("faults", () => {
  const get = (hub = createMockHub(), headers: Record<string, string> = {}) => hub.fetch(hub.url + models, { headers });

  it("one request asks for its own fault by a header", async () => {
    const hub = createMockHub();
    expect((await get(hub, { "x-mock-fault": "503" })).status).toBe(503);
    expect((await get(hub)).status).toBe(200);
    expect(await (await get(hub, { "x-mock-fault": "nonsense" })).json()).toEqual({
      error: expect.stringMatching(/Unknown fault/),
    });
  });

  it("a reset rejects like a broken connection", async () => {
    await expect(get(createMockHub(), { "x-mock-fault": "reset" })).rejects.toMatchObject({
      name: "TypeError",
      cause: { code: "ECONNRESET" },
    });
  });

  it("a truncated body rejects while it is read", async () => {
    const response = await get(createMockHub(), { "x-mock-fault": "truncate" });
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow("terminated");
  });

  it("a stalled body ends with the signal of the caller", async () => {
    const hub = createMockHub();
    const controller = new AbortController();
    const response = await hub.fetch(hub.url + models, {
      headers: { "x-mock-fault": "stall" },
      signal: controller.signal,
    });
    const reading = response.text();
    controller.abort(new Error("enough"));
    await expect(reading).rejects.toThrow("enough");
  });

  it("a slow answer can be aborted", async () => {
    const hub = createMockHub({ faults: { latency: 60_000 } });
    const controller = new AbortController();
    const pending = hub.fetch(hub.url + models, { signal: controller.signal });
    setTimeout(() => controller.abort(new Error("too slow")), 5);
    await expect(pending).rejects.toThrow("too slow");
  });

  it("rates are the same for the same seed, and near what was asked for", async () => {
    const statuses = async (seed: number) => {
      const hub = createMockHub({ seed, faults: { status: { 429: 0.2, 503: 0.1 } } });
      const answers = await Promise.all(Array.from({ length: 200 }, () => get(hub)));
      return answers.map(({ status }) => status);
    };
    const first = await statuses(3);
    expect(await statuses(3)).toEqual(first);
    expect(await statuses(4)).not.toEqual(first);
    const count = (wanted: number) => first.filter((status) => status === wanted).length;
    expect(count(429)).toBeGreaterThan(20);
    expect(count(503)).toBeGreaterThan(5);
    expect(count(200)).toBeGreaterThan(100);
  });

  it("the second origin fails too", async () => {
    const hub = createMockHub();
    const init = { headers: { "x-mock-fault": "truncate" } };
    const { headers } = await hub.fetch(`${hub.url}/openai-community/gpt2/resolve/main/model.safetensors`, {
      redirect: "manual",
    });
    const response = await hub.fetch(present(headers.get("location")), init);
    await expect(response.arrayBuffer()).rejects.toThrow("terminated");
    expect([...hub.requests].map(({ origin, status }) => [origin, status])).toEqual([
      ["hub", 302],
      ["cdn", 200],
    ]);
  });

  it("the next requests fail when told to", async () => {
    const hub = createMockHub();
    hub.faults.once({ status: { 502: 1 } }, 2);
    expect((await Promise.all([get(hub), get(hub), get(hub)])).map(({ status }) => status)).toEqual([502, 502, 200]);
  });
});

describe("fetch", () => {
  it("follows redirects unless told otherwise", async () => {
    const hub = createMockHub();
    const url = `${hub.url}/api/models/gpt2`;
    const followed = await hub.fetch(url);
    expect([followed.status, followed.redirected, followed.url]).toEqual([
      200,
      true,
      `${hub.url}/api/models/openai-community/gpt2`,
    ]);
    expect((await hub.fetch(url, { redirect: "manual" })).status).toBe(307);
    await expect(hub.fetch(url, { redirect: "error" })).rejects.toThrow("fetch failed");
  });

  it("keeps method and body over a 307", async () => {
    const hub = createMockHub();
    const api = {
      method: "POST",
      headers: { authorization: `Bearer ${hub.tokens.write}`, "content-type": "application/json" },
    };
    const response = await hub.fetch(`${hub.url}/api/models/gpt2/discussions`, {
      ...api,
      body: '{"title":"t","description":"d"}',
    });
    expect(await response.json()).toMatchObject({ num: 121 });
  });

  it("answers HEAD without a body", async () => {
    const hub = createMockHub();
    const response = await hub.fetch(hub.url + models, { method: "HEAD" });
    expect([response.status, await response.text()]).toEqual([200, ""]);
  });

  it("remembers the last thousand requests", async () => {
    const hub = createMockHub();
    await apiOf(hub, hub.tokens.read)("GET", models);
    expect([...hub.requests]).toEqual([{ origin: "hub", method: "GET", path: models, status: 200, user: "ada" }]);
    for (let count = 0; count < 2_100; count++)
      hub.requests.add({ origin: "hub", method: "GET", path: String(count), status: 200, user: undefined });
    expect([...hub.requests].map(({ path }) => path)).toEqual(
      Array.from({ length: 1000 }, (_, index) => String(1100 + index)),
    );
  });
});
