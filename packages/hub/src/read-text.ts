/**
 * A body as text, and whether that is all of it: a longer one than `maxBytes` is broken off. Costs less than
 * `response.text()`, which first gathers the bytes.
 */
export async function readText(response: Response, maxBytes: number): Promise<{ text: string; whole: boolean }> {
  // What a middleware answered may have been read already.
  const reader = response.bodyUsed ? undefined : response.body?.getReader();
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  for (;;) {
    const chunk = await reader?.read();
    if (chunk === undefined || chunk.done) return { text: text + decoder.decode(), whole: true };
    size += chunk.value.byteLength;
    text += decoder.decode(chunk.value, { stream: true });
    if (size <= maxBytes) continue;
    await reader?.cancel().catch(() => undefined);
    return { text, whole: false };
  }
}
