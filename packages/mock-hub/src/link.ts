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

/** The position of a cursor, or undefined if nobody here made it. */
export function decodeCursor(cursor: string): (string | number)[] | undefined {
  try {
    const position: unknown = JSON.parse(decodeURIComponent(atob(cursor)));
    const isPosition = Array.isArray(position) && position.every((part) => ["string", "number"].includes(typeof part));
    return isPosition ? position : undefined;
  } catch {
    return undefined;
  }
}

/** One page of `items` after the item whose id is the cursor, and the headers that lead to the next one. */
export function pageById<T>(
  items: readonly T[],
  idOf: (item: T) => string,
  url: URL,
  limit: number,
): { page: T[]; headers: Record<string, string> } {
  const cursor = url.searchParams.get("cursor");
  const start = cursor ? items.findIndex((item) => idOf(item) === cursor) + 1 : 0;
  const page = items.slice(start, start + limit);
  const last = page.at(-1);
  const more = start + limit < items.length && last !== undefined;
  return { page, headers: more ? nextLink(url, { cursor: idOf(last) }) : {} };
}
