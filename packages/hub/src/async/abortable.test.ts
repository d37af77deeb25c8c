import { describe, expect, it, vi } from "vitest";
import { stopping, unlessAborted, untilAborted } from "./abortable.js";
import { settled } from "../../test/servers/waits.js";

const reason = new Error("enough");

/** A promise that rejects when it is told to. */
function rejectingLater(): { promise: Promise<never>; reject: () => void } {
  let reject = (): void => undefined;
  const promise = new Promise<never>((_, fail) => (reject = () => fail(new Error("too late"))));
  return { promise, reject: () => reject() };
}

describe("a wait that the signal ended", () => {
  it("before it began is told so, whatever the promise does later", async () => {
    const { promise, reject } = rejectingLater();
    await expect(unlessAborted(promise, AbortSignal.abort(reason))).rejects.toBe(reason);
    await expect(unlessAborted(Promise.reject(reason), AbortSignal.abort(reason))).rejects.toBe(reason);
    reject();
    await settled();
  });

  it("in the middle is told so, whatever the promise does later", async () => {
    const controller = new AbortController();
    const { promise, reject } = rejectingLater();
    const waiting = unlessAborted(promise, controller.signal);
    controller.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    reject();
    await settled();
  });

  it("leaves no listener behind, nor does one that nothing ended", async () => {
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, "addEventListener");
    const removed = vi.spyOn(signal, "removeEventListener");
    expect(await unlessAborted(Promise.resolve("value"), signal)).toBe("value");
    await expect(unlessAborted(Promise.reject(reason), signal)).rejects.toBe(reason);
    expect(added).toHaveBeenCalledTimes(2);
    expect(removed).toHaveBeenCalledTimes(2);
  });
});

describe("items that the signal ended", () => {
  const failing = (promise: Promise<never>): AsyncIterable<string> & { returned: number } => ({
    returned: 0,
    [Symbol.asyncIterator]() {
      return {
        next: () => promise,
        return: () => {
          this.returned += 1;
          return Promise.reject(new Error("nor can it be ended"));
        },
      };
    },
  });

  it.each([
    ["before they began", () => AbortSignal.abort(reason)],
    [
      "in the middle",
      () => {
        const controller = new AbortController();
        queueMicrotask(() => controller.abort(reason));
        return controller.signal;
      },
    ],
  ])("%s tell the iterator, and pass over how it fails", async (_, signal) => {
    const { promise, reject } = rejectingLater();
    const items = failing(promise);
    await expect(untilAborted(items, signal()).next()).rejects.toBe(reason);
    expect(items.returned).toBe(1);
    reject();
    await settled();
  });

  it("come one by one until then", async () => {
    const seen: number[] = [];
    for await (const item of untilAborted([1, 2, 3], undefined)) seen.push(item);
    expect(seen).toEqual([1, 2, 3]);
  });
});

it("a generator that is ended stops what it waits for", async () => {
  const controller = new AbortController();
  const items = (async function* () {
    yield await unlessAborted(new Promise<string>(() => undefined), controller.signal);
  })();
  const stoppable = stopping(items, () => controller.abort(reason));
  const pending = stoppable.next();
  const ended = stoppable.return();
  await expect(pending).rejects.toBe(reason);
  expect(await ended).toEqual({ done: true, value: undefined });
});
