import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { HubConnectionError, HubResponseError, HubTimeoutError } from "../errors.js";
import { backOff, decideRetry, type FailedAttempt } from "./retry.js";

const refusal = (status: number, retryAfter?: number): HubResponseError =>
  new HubResponseError({ status, code: "X", method: "GET", url: "https://hub.test/", retryAfter });
const decide = (error: unknown, more: Partial<FailedAttempt> = {}): ReturnType<typeof decideRetry> =>
  decideRetry({ error, attempt: 1, idempotent: true, maxWait: 60_000, ...more });

beforeEach(() => void vi.spyOn(Math, "random").mockReturnValue(0.5));
afterEach(() => vi.restoreAllMocks());

describe("a wait that the Hub asked for", () => {
  it.each([
    [0, 2000],
    [0.5, 2100],
    [1, 2200],
  ])("ends up to a tenth later, each time at another moment (%d)", (luck, wait) => {
    vi.mocked(Math.random).mockReturnValue(luck);
    expect(decide(refusal(429, 2))).toEqual({ wait, serverRequested: true });
    expect(decide(refusal(503, 2))).toEqual({ wait, serverRequested: true });
  });

  it("is none when it is over at once: the client backs off by itself, ever longer", () => {
    const waits = [1, 2, 3].map((attempt) => decide(refusal(503, 0), { attempt }));
    expect(waits).toEqual([250, 500, 1000].map((wait) => ({ wait, serverRequested: false })));
    expect(decide(refusal(429, 0))).toEqual({ wait: 250, serverRequested: false });
  });

  it("is no shorter than a first back-off", () => {
    expect(decide(refusal(429, 0.001))).toEqual({ wait: 250, serverRequested: true });
  });

  it("is not longer than the caller accepts", () => {
    expect(decide(refusal(429, 2), { maxWait: 2000 })).toBeDefined();
    expect(decide(refusal(429, 2), { maxWait: 1999 })).toBeUndefined();
  });

  it("allows to repeat a POST after a 429, and after nothing else", () => {
    expect(decide(refusal(429, 2), { idempotent: false })).toBeDefined();
    expect(decide(refusal(429), { idempotent: false })).toBeUndefined();
    expect(decide(refusal(503, 2), { idempotent: false })).toBeUndefined();
  });
});

describe("back-off", () => {
  it("doubles up to 8 seconds, of which it takes any part", () => {
    expect([1, 2, 3, 4, 5, 6, 9].map(backOff)).toEqual([250, 500, 1000, 2000, 4000, 4000, 4000]);
    vi.mocked(Math.random).mockReturnValue(0);
    expect([1, 9].map(backOff)).toEqual([10, 10]);
  });

  it.each([new HubConnectionError("cut"), new HubTimeoutError("late", 1), refusal(500), refusal(429)])(
    "follows %s",
    (error) => {
      expect(decide(error, { attempt: 3 })).toEqual({ wait: 1000, serverRequested: false });
      expect(decide(error, { idempotent: false })).toBeUndefined();
    },
  );
});
