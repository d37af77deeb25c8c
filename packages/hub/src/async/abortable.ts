import { HubInputError } from "../errors.js";

/** A timer counts in 31 bits; what is longer would fire at once. */
export const longestTimer = 0x7fffffff;

const waiting = new WeakMap<EventTarget, Set<() => void>>();

/**
 * Calls back when the signal aborts; returns how to stop that. However many wait for one signal, it has one listener:
 * more of them look like a leak to the runtime.
 */
export function onAbort(signal: AbortSignal | undefined, act: () => void): () => void {
  if (signal === undefined) return () => undefined;
  // What the caller passed, nobody has checked.
  if (typeof signal?.addEventListener !== "function") {
    throw new HubInputError("signal is not an AbortSignal; pass the signal of a controller, or undefined for none");
  }
  const acts = waiting.get(signal) ?? new Set();
  if (acts.size === 0) signal.addEventListener("abort", actAll);
  waiting.set(signal, acts.add(act));
  return () => {
    acts.delete(act);
    if (acts.size === 0) signal.removeEventListener("abort", actAll);
  };
}

function actAll({ currentTarget }: Event): void {
  if (currentTarget !== null) waiting.get(currentTarget)?.forEach((act) => act());
}

/** Aborts the controller when the signal aborts, for its reason; returns how to stop that. */
export function abortWith(signal: AbortSignal | undefined, controller: AbortController): () => void {
  if (signal?.aborted) controller.abort(signal.reason);
  return onAbort(signal, () => controller.abort(signal?.reason));
}

/** Waits, unless the signal ends the wait first; rejects with the signal's own reason. */
export function sleep(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason as Error);
    const forget = onAbort(signal, () => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    });
    const timer = setTimeout(
      () => {
        forget();
        resolve();
      },
      Math.min(milliseconds, longestTimer),
    );
  });
}

/**
 * What the promise gives, unless the signal ends the wait first; rejects with the signal's own reason. The promise may
 * still fail then, and nobody is bothered by it.
 */
export async function unlessAborted<T>(promise: Promise<T> | T, signal: AbortSignal | undefined): Promise<T> {
  let forget: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    if (signal?.aborted) return reject(signal.reason as Error);
    forget = onAbort(signal, () => reject(signal?.reason as Error));
  });
  try {
    return await Promise.race([aborted, promise]);
  } finally {
    forget?.();
  }
}

/** The items, unless the signal ends the wait for one first; then the iterator is told, and not waited for. */
export async function* untilAborted<T>(
  items: Iterable<T> | AsyncIterable<T>,
  signal: AbortSignal | undefined,
): AsyncGenerator<T, void, undefined> {
  if (!(Symbol.asyncIterator in items)) {
    for (const item of items) {
      signal?.throwIfAborted();
      yield item;
    }
    return;
  }
  const iterator = items[Symbol.asyncIterator]();
  let done: boolean | undefined = false;
  try {
    for (;;) {
      const next = await unlessAborted(iterator.next(), signal);
      done = next.done;
      if (next.done) return;
      yield next.value;
    }
  } finally {
    if (done === false) void Promise.resolve(iterator.return?.()).catch(() => undefined);
  }
}

/** The generator; whoever ends it also stops what it waits for, which might never come. */
export function stopping<T>(
  items: AsyncGenerator<T, void, undefined>,
  stop: () => void,
): AsyncGenerator<T, void, undefined> {
  const end = items.return.bind(items);
  items.return = (value) => {
    stop();
    return end(value);
  };
  return items;
}
