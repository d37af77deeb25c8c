import type { Answer } from "./answer.js";
import type { HubRequest } from "./call.js";
import type { Content } from "./state/content.js";

/** A file, or the one range of it that was asked for. */
export function serveBytes(content: Content, request: HubRequest, headers: Record<string, string>): Answer {
  const base = { "accept-ranges": "bytes", ...headers };
  const range = parseRange(request.header("range"), content.size);
  if (range === undefined) {
    return { status: 200, headers: { ...base, "content-length": String(content.size) }, body: content.bytes() };
  }
  if (range === "unsatisfiable")
    return { status: 416, headers: { ...base, "content-range": `bytes */${content.size}` } };
  const { start, end } = range;
  return {
    status: 206,
    headers: {
      ...base,
      "content-range": `bytes ${start}-${end}/${content.size}`,
      "content-length": String(end - start + 1),
    },
    body: content.bytes().subarray(start, end + 1),
  };
}

/** Several ranges at once are answered with the whole file, as RFC 9110 allows. */
function parseRange(
  header: string | undefined,
  size: number,
): { start: number; end: number } | "unsatisfiable" | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? "");
  const [, first = "", last = ""] = match ?? [];
  if (first === "" && last === "") return undefined;
  const start = first === "" ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === "" || last === "" ? size - 1 : Math.min(Number(last), size - 1);
  return start > end || start >= size ? "unsatisfiable" : { start, end };
}
