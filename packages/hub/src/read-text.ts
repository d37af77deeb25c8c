// A decoder costs as much as a short text; one that gets whole texts only can be used again.
const whole = new TextDecoder();

/**
 * A body as text, and whether that is all of it: a longer one than `maxBytes` is broken off. Costs less than
 * `response.text()`, which first gathers the bytes.
 */
export async function readText(response: Response, maxBytes: number): Promise<{ text: string; whole: boolean }> {
  // What a middleware answered may have been read already.
  const reader = response.bodyUsed ? undefined : response.body?.getReader();
  let decoder: TextDecoder | undefined;
  let held: Uint8Array | undefined;
  let text = "";
  let size = 0;
  for (;;) {
    const chunk = await reader?.read();
    if (chunk === undefined || chunk.done) {
      if (decoder === undefined) return { text: held === undefined ? "" : whole.decode(held), whole: true };
      return { text: text + decoder.decode(held), whole: true };
    }
    if (held !== undefined) text += (decoder ??= new TextDecoder()).decode(held, { stream: true });
    held = chunk.value;
    size += chunk.value.byteLength;
    if (size <= maxBytes) continue;
    await reader?.cancel().catch(() => undefined);
    return { text: text + (decoder ?? whole).decode(held), whole: false };
  }
}
