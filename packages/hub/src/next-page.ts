import { HubError } from "./errors.js";

const hub = "https://huggingface.co";

/**
 * The route of the next page below the endpoint. A mirror passes the Hub's own addresses through, so those count as the
 * endpoint's; any other origin is refused, for the token would go there.
 */
export function nextPageRoute(link: string, pageUrl: string, endpoint: string): string {
  let url: URL;
  try {
    url = new URL(link, pageUrl);
  } catch {
    throw new HubError("the Link header names a next page that is no address");
  }
  const route = `${url.pathname}${url.search}`;
  const base = new URL(endpoint);
  if (url.origin === base.origin) {
    const prefix = base.pathname.replace(/\/$/, "");
    return prefix !== "" && route.startsWith(`${prefix}/`) ? route.slice(prefix.length) : route;
  }
  if (url.origin === hub) return route;
  throw new HubError(
    `the Link header leads to ${url.origin}, away from ${base.origin}; the list was not followed there`,
  );
}
