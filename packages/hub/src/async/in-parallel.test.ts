import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { inParallel } from "./in-parallel.js";

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

describe("work in parallel", () => {
  it("is done once for each item, so many at a time", async () => {
    const done: number[] = [];
    let busy = 0;
    let most = 0;
    await inParallel(numbers(20), 3, undefined, async (item) => {
      busy += 1;
      most = Math.max(most, busy);
      await sleep(item % 4);
      busy -= 1;
      done.push(item);
    });
    expect(done.toSorted((a, b) => a - b)).toEqual(numbers(20));
    expect(most).toBe(3);
  });

  it("takes an item only when somebody is free for it", async () => {
    let taken = 0;
    function* items() {
      for (const item of numbers(10)) {
        taken += 1;
        yield item;
      }
    }
    let first = true;
    await inParallel(items(), 2, undefined, async () => {
      if (first) expect(taken).toBeLessThanOrEqual(2);
      first = false;
      await sleep(1);
    });
    expect(taken).toBe(10);
  });

  it("is nothing for no items", async () => {
    await inParallel([], 4, undefined, () => Promise.reject(new Error("nobody asked")));
  });

  it("fails with the first failure, once all that was being done has ended", async () => {
    const reason = new Error("the second");
    const ended: number[] = [];
    const work = async (item: number, signal: AbortSignal): Promise<void> => {
      if (item === 1) throw reason;
      await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
      // Such as the removal of a file that was begun.
      await sleep(20);
      ended.push(item);
      throw new Error("a consequence");
    };
    await expect(inParallel(numbers(10), 3, undefined, work)).rejects.toBe(reason);
    expect(ended.toSorted()).toEqual([0, 2]);
  });

  it("begins nothing more after a failure", async () => {
    const begun: number[] = [];
    const work = async (item: number): Promise<void> => {
      begun.push(item);
      await sleep(1);
      if (item === 0) throw new Error("the first");
    };
    await expect(inParallel(numbers(10), 2, undefined, work)).rejects.toThrow("the first");
    expect(begun.length).toBeLessThan(4);
  });

  it("ends with the signal's reason, and lets go of the signal", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    const work = (_: number, signal: AbortSignal): Promise<void> =>
      new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error)));
    const working = inParallel(numbers(5), 2, controller.signal, work);
    controller.abort(reason);
    await expect(working).rejects.toBe(reason);
    await expect(inParallel(numbers(5), 2, controller.signal, work)).rejects.toBe(reason);
  });
});
