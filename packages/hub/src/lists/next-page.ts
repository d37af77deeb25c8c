import { HubError } from "../errors.js";

const hub = "https://huggingface.co";

/**
 * The cursor of the next page: its route below the endpoint. A mirror passes the Hub's own addresses through, so those
 * count as the endpoint's. Of any other address the cursor tells where it would lead, for `routeOf` to refuse: the page
 * at hand is none the worse for it.
 */
export function nextCursor(link: string, pageUrl: string, endpoint: string): string {
  const url = URL.canParse(link, pageUrl) ? new URL(link, pageUrl) : undefined;
  if (url === undefined) return "an unreadable address";
  const base = new URL(endpoint);
  if (url.origin !== base.origin) return url.origin === hub ? `${url.pathname}${url.search}` : url.origin;
  const prefix = base.pathname.replace(/\/$/, "");
  const path = url.pathname.startsWith(`${prefix}/`) ? url.pathname.slice(prefix.length) : url.pathname;
  return `${path}${url.search}`;
}

/**
 * The route that a cursor stands for.
 *
 * @throws {HubError} when it leads away from the endpoint, where the token must not go.
 */
export function routeOf(cursor: string): string {
  // What begins with two slashes could name another host.
  if (typeof cursor === "string" && /^\/(?![/\\])/.test(cursor)) return cursor;
  throw new HubError(`the next page is at ${cursor}, no place of this list; it was not followed there`);
}
