import { afterEach, describe, expect, it, vi } from "vitest";
import { json } from "../servers/responses.js";
import { failure, getModel, hubAt, model, modelPath, useFaultServer, withoutBackOff } from "../servers/setup.js";

const server = useFaultServer();
const hour = 3_600_000;

afterEach(() => void vi.restoreAllMocks());

/** Sets the clock, as a user or a time server may. */
const jump = (milliseconds: number): void => {
  const now = Date.now.bind(Date);
  vi.spyOn(Date, "now").mockImplementation(() => now() + milliseconds);
};

describe.each([
  ["forward", hour],
  ["back", -hour],
])("a clock that is set %s by an hour", (_, milliseconds) => {
  it("does not move the deadline of a call", async () => {
    withoutBackOff();
    const response = json({}, { status: 503 });
    server().on(
      modelPath,
      (exchange) => {
        jump(milliseconds);
        return response(exchange);
      },
      json(model),
    );
    const call = getModel(hubAt(server().url, { deadline: 60_000 }));
    expect(await call).toEqual(model);
  });

  it("does not keep a call beyond its deadline", async () => {
    server().on(modelPath, () => jump(milliseconds));
    const error = await failure(getModel(hubAt(server().url, { deadline: 100, timeout: 60_000 })));
    expect(error).toMatchObject({ name: "HubTimeoutError", timeout: 100 });
  });

  it("does not move the deadline of several requests", async () => {
    server().on("/api/whoami-v2", (exchange) => {
      jump(milliseconds);
      return json({ name: "me" })(exchange);
    });
    server().otherwise(json({ slug: "me/mine" }));
    const call = hubAt(server().url, { deadline: 60_000 }).collections.create({ title: "Mine" });
    expect(await call).toEqual({ slug: "me/mine" });
  });

  it("does not move the end of a window of the rate limit", async () => {
    server().on(modelPath, json(model, { headers: { ratelimit: '"api";r=0;t=40' } }));
    const hub = hubAt(server().url);
    await getModel(hub);
    jump(milliseconds);
    expect(await failure(getModel(hub, { deadline: 60 }))).toMatchObject({ name: "HubTimeoutError" });
    expect(server().requests).toHaveLength(1);
    // By the new clock, which is what a caller compares it with.
    const left = (hub.rateLimits.api?.reset.getTime() ?? 0) - Date.now();
    expect(left).toBeGreaterThan(35_000);
    expect(left).toBeLessThanOrEqual(40_000);
  });

  it("does not make a token function be called anew", async () => {
    server().otherwise(json(model));
    let response: (token: string) => void = () => undefined;
    const source = vi.fn(() => new Promise<string>((resolve) => (response = resolve)));
    const hub = hubAt(server().url, { token: source });
    const first = getModel(hub);
    await vi.waitUntil(() => source.mock.calls.length === 1);
    jump(milliseconds);
    const second = getModel(hub);
    response("hf_x");
    await Promise.all([first, second]);
    expect(source).toHaveBeenCalledTimes(1);
  });
});
