/** Where JSON errors put their reason: those of the Hub, of its OAuth part, and of common frameworks. */
const reasonFields = ["error_description", "message", "error", "errors", "detail", "details", "title", "msg", "reason"];

/** The server's own reason in the decoded body of an error, however deep it stands. */
export function wordsOf(body: unknown, depth: number = 0): string | undefined {
  if (typeof body === "string") return body;
  if (typeof body !== "object" || body === null || depth > 5) return undefined;
  const joined = (parts: unknown[]): string => parts.flatMap((part) => wordsOf(part, depth + 1) || []).join("; ");
  if (Array.isArray(body)) return joined(body);
  for (const name of reasonFields) {
    const words = Object.hasOwn(body, name) && joined([(body as Record<string, unknown>)[name]]);
    if (words) return words;
  }
  // Below a reason, names are those of the fields that it is about. Elsewhere, an array is no reason.
  return joined(
    Object.values(body).filter((value) => typeof value === "object" && (depth > 0 || !Array.isArray(value))),
  );
}
