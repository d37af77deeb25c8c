import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { RateLimiter } from "./rate-limiter.js";

const headersOf = (remaining: number, seconds: number): Headers =>
  new Headers({ ratelimit: `"api";r=${remaining};t=${seconds}` });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Calls of one client: which of them may go, in their order. */
class Calls {
  readonly limiter = new RateLimiter();
  readonly gone: number[] = [];
  readonly refused: unknown[] = [];
  #count = 0;

  start(count: number, signal?: AbortSignal): void {
    for (let number = 0; number < count; number += 1) {
      const own = this.#count++;
      const admission = this.limiter.admit("api", 60_000, signal);
      if (admission === undefined) this.gone.push(own);
      else
        void admission.then(
          () => this.gone.push(own),
          (error: unknown) => this.refused.push(error),
        );
    }
  }

  settle(headers?: Headers): void {
    this.limiter.settle("api", headers);
  }
}

const pass = (milliseconds: number): Promise<unknown> => vi.advanceTimersByTimeAsync(milliseconds);

describe("on a fresh client", () => {
  it("ten calls that hang hold the others for 300 ms", async () => {
    const calls = new Calls();
    calls.start(12);
    expect(calls.gone).toHaveLength(10);
    await pass(299);
    expect(calls.gone).toHaveLength(10);
    await pass(1);
    expect(calls.gone).toHaveLength(12);
  });

  it("as many more may follow each 300 ms, and no more", async () => {
    const calls = new Calls();
    calls.start(100);
    await pass(300);
    expect(calls.gone).toHaveLength(20);
    await pass(300);
    expect(calls.gone).toHaveLength(30);
  });

  it("calls that keep coming do not postpone that", async () => {
    const calls = new Calls();
    calls.start(10);
    for (let time = 0; time < 300; time += 50) {
      calls.start(1);
      await pass(50);
    }
    expect(calls.gone).toHaveLength(16);
  });

  it("a response without a word of quotas lets all of them go", async () => {
    const calls = new Calls();
    calls.start(50);
    calls.settle(new Headers());
    await pass(0);
    expect(calls.gone).toHaveLength(50);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("a call that failed lets one go in its place", async () => {
    const calls = new Calls();
    calls.start(12);
    calls.settle();
    await pass(0);
    expect(calls.gone).toHaveLength(11);
  });
});

describe("after a window's end", () => {
  const exhausted = (): Calls => {
    const calls = new Calls();
    calls.start(1);
    calls.settle(headersOf(0, 2));
    return calls;
  };

  it("one call goes ahead, and one that is slow does not hold the others beyond 300 ms", async () => {
    const calls = exhausted();
    calls.start(20);
    await pass(1999);
    expect(calls.gone).toEqual([0]);
    await pass(21);
    expect(calls.gone).toEqual([0, 1]);
    await pass(299);
    expect(calls.gone).toEqual([0, 1]);
    await pass(1);
    expect(calls.gone).toHaveLength(12);
  });

  it("what the first call finds out holds for the others", async () => {
    const calls = exhausted();
    calls.start(20);
    await pass(2020);
    calls.settle(headersOf(5, 2));
    await pass(0);
    expect(calls.gone).toHaveLength(7);
    await pass(1000);
    expect(calls.gone).toHaveLength(7);
  });
});

describe("a timer", () => {
  it("runs only while somebody waits", async () => {
    const calls = new Calls();
    calls.start(10);
    expect(vi.getTimerCount()).toBe(0);
    calls.start(1);
    expect(vi.getTimerCount()).toBe(1);
    await pass(300);
    expect(calls.gone).toHaveLength(11);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("ends with the last one who gave up, for a window's end as well as for the first responses", async () => {
    const fresh = new Calls();
    fresh.start(10);
    const known = new Calls();
    known.start(1);
    known.settle(headersOf(0, 30));
    const controllers = [new AbortController(), new AbortController()];
    for (const { signal } of controllers) {
      fresh.start(1, signal);
      known.start(1, signal);
    }
    controllers[0]?.abort();
    expect(vi.getTimerCount()).toBe(2);
    controllers[1]?.abort();
    expect(vi.getTimerCount()).toBe(0);
    await pass(0);
    expect([fresh.refused.length, known.refused.length]).toEqual([2, 2]);
  });

  it("ends when the response that others waited for comes", async () => {
    const calls = new Calls();
    calls.start(11);
    calls.settle(headersOf(100, 30));
    await pass(0);
    expect(calls.gone).toHaveLength(11);
    expect(vi.getTimerCount()).toBe(0);
  });
});

it("a call that gave up takes nobody's place", async () => {
  const calls = new Calls();
  calls.start(10);
  const controller = new AbortController();
  calls.start(1, controller.signal);
  calls.start(1);
  controller.abort(new Error("enough"));
  calls.settle();
  await pass(0);
  expect(calls.gone).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11]);
});

describe("whoever waits for the end of a window", () => {
  /** Calls that note when they are told how long they wait, in seconds. */
  class ToldCalls {
    readonly limiter = new RateLimiter();
    readonly told: string[] = [];
    readonly gone: string[] = [];

    start(name: string, signal?: AbortSignal): void {
      const onWait = (wait: number): void => void this.told.push(`${name}: ${Math.round(wait / 1000)}`);
      const admission = this.limiter.admit("api", 60_000, signal, onWait);
      if (admission === undefined) this.gone.push(name);
      else
        void admission.then(
          () => this.gone.push(name),
          () => undefined,
        );
    }
  }

  it("is told so when it begins to wait, before it waits", () => {
    const calls = new ToldCalls();
    calls.start("first");
    calls.limiter.settle("api", headersOf(0, 30));
    calls.start("second");
    expect(calls.told).toEqual(["second: 30"]);
  });

  it("is told as soon as another's response says how long, and once", async () => {
    const calls = new ToldCalls();
    for (let call = 0; call < 12; call += 1) calls.start(String(call));
    expect(calls.told).toEqual([]);
    calls.limiter.settle("api", headersOf(0, 30));
    calls.limiter.settle("api", headersOf(0, 29));
    calls.limiter.settle("api", headersOf(0, 30));
    expect(calls.told).toEqual(["10: 30", "11: 30"]);
    await pass(20_000);
    calls.start("late");
    expect(calls.told.slice(2)).toEqual(["late: 9"]);
  });

  it("is told again when the next window has no place for it either", async () => {
    const calls = new ToldCalls();
    calls.start("first");
    calls.limiter.settle("api", headersOf(0, 10));
    for (const name of ["second", "third"]) calls.start(name);
    await pass(10_100);
    expect(calls.gone).toEqual(["first", "second"]);
    calls.limiter.settle("api", headersOf(0, 20));
    // A second longer, since the window before ended later than was told.
    expect(calls.told).toEqual(["second: 10", "third: 10", "third: 21"]);
  });

  it("ends with what its own function throws, and the others go on", async () => {
    const calls = new ToldCalls();
    calls.start("first");
    const reason = new Error("mine");
    const refused: unknown[] = [];
    calls.limiter.settle("api", headersOf(0, 10));
    const admission = calls.limiter.admit("api", 60_000, undefined, () => {
      throw reason;
    });
    admission?.catch((error: unknown) => refused.push(error));
    calls.start("second");
    await pass(10_100);
    expect(refused).toEqual([reason]);
    expect(calls.gone).toEqual(["first", "second"]);
  });
});

it("quotas have few names, however many a server makes up", () => {
  const limiter = new RateLimiter();
  for (let number = 0; number < 1000; number += 1) {
    limiter.admit("api", 60_000, undefined);
    limiter.settle("api", new Headers({ ratelimit: `"bucket-${number}";r=1;t=60` }));
  }
  expect(Object.keys(limiter.states).length).toBeLessThanOrEqual(16);
  // Those that are known still learn.
  limiter.admit("api", 60_000, undefined);
  limiter.settle("api", new Headers({ ratelimit: `"bucket-0";r=0;t=60` }));
  expect(limiter.states["bucket-0"]?.remaining).toBe(0);
  limiter.admit("api", 60_000, undefined);
  limiter.settle("api", new Headers({ ratelimit: `"${"x".repeat(41)}";r=1;t=60` }));
  expect(Object.keys(limiter.states).every((name) => name.length <= 40)).toBe(true);
});
