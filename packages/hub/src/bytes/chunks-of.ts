import { onAbort } from "../async/abortable.js";

/**
 * The chunks of a web stream, which not every browser can iterate. Who breaks off the loop cancels the stream, and so
 * does the signal.
 */
export async function* chunksOf<T>(
  stream: ReadableStream<T>,
  signal?: AbortSignal,
): AsyncGenerator<T, void, undefined> {
  const reader = stream.getReader();
  const cancel = (): void => void reader.cancel().catch(() => undefined);
  const unsubscribe = onAbort(signal, cancel);
  try {
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) yield chunk.value;
    signal?.throwIfAborted();
  } finally {
    unsubscribe();
    cancel();
  }
}
