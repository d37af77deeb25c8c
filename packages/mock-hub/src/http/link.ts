import { invalid } from "./fields.js";

/** `Link: <…>; rel="next"` with the request's own query, changed by what the next page needs. */
export function nextLink(url: URL, changes: Record<string, string>): Record<string, string> {
  const next = new URL(url);
  for (const [name, value] of Object.entries(changes)) next.searchParams.set(name, value);
  return { link: `<${next.href}>; rel="next"` };
}

/** Cursors are opaque to clients; here they are the sort key of the last item, in base64. */
export function encodeCursor(position: readonly (string | number)[]): string {
  return btoa(encodeURIComponent(JSON.stringify(position)));
}

/** The position in the cursor of a request; undefined where it has none. */
export function positionIn(url: URL): (string | number)[] | undefined {
  const cursor = url.searchParams.get("cursor");
  if (cursor === null) return undefined;
  try {
    const position: unknown = JSON.parse(decodeURIComponent(atob(cursor)));
    const isPosition = Array.isArray(position) && position.every((part) => ["string", "number"].includes(typeof part));
    if (isPosition && position.length > 0) return position;
  } catch {
    // Nobody here made it.
  }
  throw invalid("Invalid cursor", "cursor");
}

/** One page of `items` from the place that the cursor numbers, and the headers that lead to the next one. */
export function pageByIndex<T>(
  items: readonly T[],
  url: URL,
  limit: number,
): { page: T[]; headers: Record<string, string> } {
  const cursor = url.searchParams.get("cursor") ?? "0";
  if (!/^\d+$/.test(cursor)) throw invalid("Invalid cursor", "cursor");
  const start = Number(cursor);
  const end = start + limit;
  return { page: items.slice(start, end), headers: end < items.length ? nextLink(url, { cursor: String(end) }) : {} };
}

/** One page of `items` after the item whose id is the cursor, and the headers that lead to the next one. */
export function pageById<T>(
  items: readonly T[],
  idOf: (item: T) => string,
  url: URL,
  limit: number,
): { page: T[]; headers: Record<string, string> } {
  const cursor = url.searchParams.get("cursor");
  if (cursor !== null && !/^[\da-f]{24}$/.test(cursor)) throw invalid("Invalid cursor", "cursor");
  const start = cursor ? items.findIndex((item) => idOf(item) === cursor) + 1 : 0;
  const page = items.slice(start, start + limit);
  const last = page.at(-1);
  const more = start + limit < items.length && last !== undefined;
  return { page, headers: more ? nextLink(url, { cursor: idOf(last) }) : {} };
}
