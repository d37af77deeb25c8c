import { serializePath, type PathValues } from "@hf-api/raw/wire";
import { HubError, HubInputError } from "../errors.js";
import { redactUrl } from "../transport/redact.js";

/** Where a list is. */
export interface ListPlace {
  readonly endpoint: string;
  /** The template of its path below the endpoint. */
  readonly route: string;
  /** Its path below the endpoint, encoded. Without it, a cursor may name any owner that fits the route. */
  readonly own: string | undefined;
  /** Where a redirect led, such as that of a renamed repository. */
  readonly moved?: string | undefined;
}

/** Path and query of a page, below the endpoint. */
export interface PagePlace {
  path: string;
  search: string;
}

/** Begins a cursor that leads away from the list. The page that has it is none the worse for it. */
const elsewhere = "not a page of this list: ";

/** Reads a link of a page: the cursors of that page and of the next one, and where a redirect led. */
export function readLink(
  link: string,
  pageUrl: string,
  place: ListPlace,
): { self: string | undefined; next: string; moved: string | undefined } {
  const page = new URL(pageUrl);
  const next = URL.canParse(link, pageUrl) ? new URL(link, pageUrl) : undefined;
  let { moved } = place;
  if (findPath(page, place) === undefined) moved = findPath(page, { ...place, own: undefined }) ?? moved;
  // Cursors name the list's own path: another process does not know of the redirect.
  const cursorOf = (url: URL): string | undefined => {
    const path = findPath(url, { ...place, moved });
    return path && (path === moved ? place.own : path) + url.search;
  };
  return {
    self: cursorOf(page),
    next: (next && cursorOf(next)) ?? (elsewhere + (next ? next.host + next.pathname : "no URL")).slice(0, 200),
    moved,
  };
}

/**
 * The page that a cursor stands for.
 *
 * @throws {HubInputError} for a cursor of another list, and {HubError} for one that a server led astray.
 */
export function pageAt(cursor: string, place: ListPlace): PagePlace {
  const text = typeof cursor === "string" ? cursor : "";
  if (text.startsWith(elsewhere)) throw new HubError(`the next page was not requested; it is ${text}`);
  const { endpoint, route } = place;
  const { href, pathname, search } = new URL(text.startsWith("/") ? endpoint + text : endpoint);
  const below = href.startsWith(`${endpoint}/`) ? [pathname.slice(prefixOf(endpoint).length)] : [];
  const path = knownPath(below, place);
  if (path !== undefined) return { path, search };
  const shown = JSON.stringify(redactUrl(text.split("?")[0] ?? "").slice(0, 100));
  throw new HubInputError(`the cursor ${shown} is not of this list, ${route}; pass next of one of its pages`);
}

/** The path of a list, encoded. */
export function pathOf(route: string, values: PathValues | undefined): string {
  try {
    return serializePath(route, values);
  } catch (error) {
    throw new HubInputError((error as Error).message);
  }
}

/** The names of the Hub. An endpoint of another name is a mirror, which passes on links of the Hub or of inner hosts. */
const hubHosts = /^(hf|huggingface)\.co$/;

/** The path of the list that a URL names. It is requested at the endpoint, whatever the host of the URL. */
function findPath({ protocol, hostname, pathname }: URL, place: ListPlace): string | undefined {
  const { endpoint } = place;
  const foreign = hubHosts.test(new URL(endpoint).hostname) && !hubHosts.test(hostname);
  if (foreign || !/^https?:$/.test(protocol)) return undefined;
  // Links that a mirror passes on do not have its prefix.
  const prefix = prefixOf(endpoint);
  return knownPath([pathname.startsWith(`${prefix}/`) ? pathname.slice(prefix.length) : pathname, pathname], place);
}

const prefixOf = (endpoint: string): string => endpoint.slice(new URL(endpoint).origin.length);

/**
 * The path of the list that is among the paths, whose dots URL has resolved. It is not copied from them, but one that
 * the list is known to have, unless they say whose list it is.
 */
function knownPath(paths: string[], { route, own, moved }: ListPlace): string | undefined {
  if (own === undefined) return paths.find((path) => patternOf(route).test(path));
  // Repositories from before there were owners, such as gpt2, have a second path without an owner.
  const short = own.replace(/^(\/api\/(?:models|datasets))\/[^/]+\//, "$1/");
  const decoded = paths.map(decode);
  return [own, moved ?? own, short].find((path) => decoded.includes(decode(path)));
}

/** What the paths of a route look like. Names of owners and repositories need no encoding. */
function patternOf(route: string): RegExp {
  // The path /api/jobs/hardware is another route.
  const shapes: Record<string, string> = { path: ".+", rev: "[^/]+", namespace: "(?!hardware$)[\\w.-]+" };
  return new RegExp(`^${route.replace(/\{(\w+)\}/g, (_, name: string) => shapes[name] ?? "[\\w.-]+")}$`);
}

/** Servers differ in what they encode, and in the slash at the end. */
function decode(path: string): string {
  const trimmed = path.replace(/\/$/, "");
  try {
    return decodeURIComponent(trimmed);
  } catch {
    return trimmed;
  }
}
