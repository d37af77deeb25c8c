import { onAbort } from "../async/abortable.js";
import type { Bytes } from "../bytes/bytes.js";
import { joinChunks } from "../bytes/join-chunks.js";

// A new decoder costs as much as a short text; one that gets whole texts only can be used again.
const decoder = new TextDecoder();

/**
 * A body as text, and whether that is all of it: a longer one than `maxBytes` is broken off. Decoded at once, which costs
 * runtimes less than a piece at a time. The signal is for a body that does not end with it by itself.
 */
export async function readText(
  response: Response,
  maxBytes: number,
  signal?: AbortSignal,
): Promise<{ text: string; whole: boolean }> {
  // The response of a middleware may have been read already.
  const reader = response.bodyUsed ? undefined : response.body?.getReader();
  const cancel = (): unknown => reader?.cancel().catch(() => undefined);
  const unsubscribe = signal && onAbort(signal, cancel);
  const chunks: Bytes[] = [];
  let size = 0;
  let whole = false;
  try {
    while (size <= maxBytes) {
      const chunk = await reader?.read();
      whole = chunk === undefined || chunk.done;
      if (chunk === undefined || chunk.done) break;
      chunks.push(chunk.value);
      size += chunk.value.byteLength;
    }
  } finally {
    unsubscribe?.();
  }
  signal?.throwIfAborted();
  if (!whole) cancel();
  return { text: decoder.decode(joinChunks(chunks, size)), whole };
}
