import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { HubInputError } from "../errors.js";
import { Hub } from "../hub.js";

const token = { access_token: "hf_oauth_1", token_type: "bearer" };
const device = { client_id: "app", device_code: "d" };

/** A Hub that responds to the questions for a token by turns, each with a token or with the word for why not. */
function hubThatSays(responses: readonly string[], onQuestion: () => void = () => undefined): Hub {
  const left = [...responses];
  const fetch = async (): Promise<Response> => {
    onQuestion();
    const error = left.shift() ?? "token";
    return error === "token" ? Response.json(token) : Response.json({ error }, { status: 400 });
  };
  return new Hub({ token: null, fetch, retries: 0 });
}

describe("a refused token", () => {
  it("says why in the words of OAuth", async () => {
    const body = { error: "invalid_grant", error_description: "grant request is invalid" };
    const hub = new Hub({ token: null, fetch: async () => Response.json(body, { status: 400 }), retries: 0 });
    const asked = hub.oauth.getToken({ grant_type: "refresh_token", refresh_token: "r", client_id: "app" });
    await expect(asked).rejects.toMatchObject({ code: "BadRequest", serverMessage: "grant request is invalid", body });
  });
});

describe("waiting for the token of a device", () => {
  let questions: number[] = [];
  const note = (): void => void questions.push(Date.now());

  beforeEach(() => {
    questions = [];
    vi.useFakeTimers({ now: 0 });
  });
  afterEach(() => vi.useRealTimers());

  it("asks every five seconds until there is one", async () => {
    const hub = hubThatSays(["authorization_pending", "authorization_pending"], note);
    const waiting = hub.oauth.waitForDeviceToken(device);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await waiting).toEqual(token);
    expect(questions).toEqual([0, 5000, 10_000]);
  });

  it.each([0, 0.2, 1])("waits at least a second with an interval of %d", async (interval) => {
    const hub = hubThatSays(["authorization_pending", "slow_down", "authorization_pending"], note);
    const waiting = hub.oauth.waitForDeviceToken({ ...device, interval });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await waiting).toEqual(token);
    expect(questions).toEqual([0, 1000, 7000, 13_000]);
  });

  it("asks as seldom as the Hub wants", async () => {
    const hub = hubThatSays(["slow_down", "authorization_pending", "slow_down"], note);
    const waiting = hub.oauth.waitForDeviceToken({ ...device, interval: 2 });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await waiting).toEqual(token);
    expect(questions).toEqual([0, 7000, 14_000, 26_000]);
  });

  it.each(["access_denied", "expired_token", "invalid_grant"])("ends with %s", async (error) => {
    const waiting = hubThatSays(["authorization_pending", error], note).oauth.waitForDeviceToken(device);
    const refused = expect(waiting).rejects.toMatchObject({ name: "HubResponseError", body: { error } });
    await vi.advanceTimersByTimeAsync(60_000);
    await refused;
    expect(questions).toHaveLength(2);
  });

  it("ends with the signal", async () => {
    const gone = new Error("gone");
    const controller = new AbortController();
    const hub = hubThatSays(Array<string>(99).fill("authorization_pending"), note);
    const waiting = hub.oauth.waitForDeviceToken(device, { signal: controller.signal });
    const refused = expect(waiting).rejects.toBe(gone);
    await vi.advanceTimersByTimeAsync(6000);
    controller.abort(gone);
    await refused;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(questions).toHaveLength(2);
  });

  it("asks again when a response was lost", async () => {
    const hub = new Hub({
      token: null,
      retries: 1,
      fetch: async () => {
        note();
        if (questions.length === 1) throw new TypeError("fetch failed");
        return Response.json(token);
      },
    });
    const waiting = hub.oauth.waitForDeviceToken(device);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await waiting).toEqual(token);
    expect(questions).toHaveLength(2);
  });

  it.each([-1, NaN, null as never, "5" as never])("refuses an interval of %j before any request", async (interval) => {
    await expect(hubThatSays([], note).oauth.waitForDeviceToken({ ...device, interval })).rejects.toThrow(
      HubInputError,
    );
    expect(questions).toEqual([]);
  });
});
