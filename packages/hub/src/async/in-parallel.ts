import { abortWith } from "./abortable.js";

/**
 * Does the work for each item, so many at a time. The first failure, or the signal, ends what is still being done; it is
 * told once all of that has ended.
 */
export async function inParallel<T>(
  items: Iterable<T>,
  limit: number,
  signal: AbortSignal | undefined,
  work: (item: T, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  signal?.throwIfAborted();
  const controller = new AbortController();
  const forget = abortWith(signal, controller);
  // All workers take from the same place.
  const queue = items[Symbol.iterator]();
  const worker = async (): Promise<void> => {
    for (let next = queue.next(); next.done !== true; next = queue.next()) {
      controller.signal.throwIfAborted();
      await work(next.value, controller.signal);
    }
  };
  try {
    // Only the first reason stays with the signal.
    await Promise.all(Array.from({ length: limit }, () => worker().catch((error: unknown) => controller.abort(error))));
    controller.signal.throwIfAborted();
  } finally {
    forget();
  }
}
