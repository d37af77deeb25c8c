import type { Answer } from "../http/answer.js";

/** The same response with one byte of its body changed: only a checksum can tell. */
export function corrupted(answer: Answer): Answer {
  const { body } = answer;
  if (!(body instanceof Uint8Array) && typeof body !== "string") return answer;
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body.slice();
  const middle = bytes.length >> 1;
  const byte = bytes[middle];
  // The lowest bit alone, so that text stays text.
  if (byte !== undefined) bytes[middle] = byte ^ 1;
  return { ...answer, body: bytes };
}
