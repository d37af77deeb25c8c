import type { Answer } from "./answer.js";
import type { HubRequest } from "./request.js";
import type { Content } from "../state/content.js";

/** A file, or the one range of it that was requested. Without a strong `etag`, `If-Range` never holds. */
export function serveBytes(content: Content, request: HubRequest, headers: Record<string, string>): Answer {
  const base = { "accept-ranges": "bytes", ...headers };
  if (isKnown(headers["etag"], request)) return { status: 304, headers: base };
  const range = parseRange(isSameFile(headers["etag"], request) ? request.header("range") : undefined, content.size);
  if (range === undefined) {
    return { status: 200, headers: { ...base, "content-length": String(content.size) }, body: content.bytes() };
  }
  if (range === "unsatisfiable") {
    return { status: 416, headers: { ...base, "content-range": `bytes */${content.size}`, "content-length": "0" } };
  }
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

/** Whether the caller has this already. Here a weak tag is as good as a strong one. */
export function isKnown(etag: string | undefined, request: HubRequest): boolean {
  if (request.method !== "GET" && request.method !== "HEAD") return false;
  const strong = (tag: string): string => tag.trim().replace(/^W\//, "");
  const known = request.header("if-none-match")?.split(",") ?? [];
  return known.some((tag) => tag.trim() === "*" || (etag !== undefined && strong(tag) === strong(etag)));
}

/** Whether a range may be answered: `If-Range` must name this very file, and a weak tag or a date names none for sure. */
function isSameFile(etag: string | undefined, request: HubRequest): boolean {
  const expected = request.header("if-range");
  return expected === undefined || (expected === etag && !expected.startsWith("W/"));
}

/** Several ranges at once are responded with the whole file, as RFC 9110 allows. */
function parseRange(
  header: string | undefined,
  size: number,
): { start: number; end: number } | "unsatisfiable" | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? "");
  const [, first = "", last = ""] = match ?? [];
  if (first === "" && last === "") return undefined;
  if (first !== "" && last !== "" && Number(last) < Number(first)) return undefined;
  const start = first === "" ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === "" || last === "" ? size - 1 : Math.min(Number(last), size - 1);
  return start >= size ? "unsatisfiable" : { start, end };
}
