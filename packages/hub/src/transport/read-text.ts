import type { Bytes } from "../bytes/bytes.js";
import { joinChunks } from "../bytes/join-chunks.js";

// A new decoder costs as much as a short text; one that gets whole texts only can be used again.
const decoder = new TextDecoder();

/**
 * A body as text, and whether that is all of it: a longer one than `maxBytes` is broken off. Decoded at once, which costs
 * runtimes less than a piece at a time.
 */
export async function readText(response: Response, maxBytes: number): Promise<{ text: string; whole: boolean }> {
  // What a middleware answered may have been read already.
  const reader = response.bodyUsed ? undefined : response.body?.getReader();
  const chunks: Bytes[] = [];
  let size = 0;
  let whole = false;
  while (size <= maxBytes) {
    const chunk = await reader?.read();
    whole = chunk === undefined || chunk.done;
    if (chunk === undefined || chunk.done) break;
    chunks.push(chunk.value);
    size += chunk.value.byteLength;
  }
  if (!whole) await reader?.cancel().catch(() => undefined);
  return { text: decoder.decode(joinChunks(chunks, size)), whole };
}
