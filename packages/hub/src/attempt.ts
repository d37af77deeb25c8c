import { HubTimeoutError } from "./errors.js";

/**
 * Runs one attempt under a time limit and the caller's signal. One controller, one timer and one listener, each removed
 * at the end: AbortSignal.any and AbortSignal.timeout lose their abort to the garbage collector on Node 20.
 */
export async function withinTime<T>(
  timeout: number,
  caller: AbortSignal | undefined,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const onAbort = (): void => controller.abort(caller?.reason);
  if (caller?.aborted) onAbort();
  caller?.addEventListener("abort", onAbort, { once: true });
  const timer = Number.isFinite(timeout)
    ? setTimeout(() => controller.abort(new HubTimeoutError(`no complete answer within ${timeout} ms`, timeout)), timeout)
    : undefined;
  try {
    controller.signal.throwIfAborted();
    return await run(controller.signal);
  } catch (error) {
    // Runtimes wrap what ended a request in errors of their own; the reason itself says more.
    throw controller.signal.aborted ? controller.signal.reason : error;
  } finally {
    clearTimeout(timer);
    caller?.removeEventListener("abort", onAbort);
  }
}
