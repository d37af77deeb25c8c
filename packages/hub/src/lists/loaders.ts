import type { Parts, Result, Route } from "@hf-api/raw";
import { inBulk, type AnyCall, type Call } from "../transport/calls.js";
import { HubError, HubInputError } from "../errors.js";
import { nextLink } from "./link.js";
import { nextCursor, routeOf } from "./next-page.js";
import { wholeNumber } from "../inputs/numbers.js";
import { ownFields } from "../inputs/own-fields.js";
import type { RequestOptions } from "../options.js";
import { Pages, type LoadPage } from "./pages.js";
import type { Transport } from "../transport/transport.js";

/**
 * The call of a list, with its limit; or its options, and a function that still has to find out whose list it is.
 * Where a cursor is the address of a page, nobody is asked for that.
 */
type ListCall<P extends Route<"get">> =
  KnownCall<P> | (RequestOptions & Bounds & { find: (options: RequestOptions) => Promise<Parts<"get", P>> });
type KnownCall<P extends Route<"get">> = Call<"get", P> & Bounds;

interface Bounds {
  limit?: number | undefined;
}

type Answer<P extends Route<"get">> = Result<"get", P>;
type ItemOf<T> = T extends readonly (infer I)[] ? I : never;

/** A list that continues where the answer's Link header says. */
export function linkedPages<P extends Route<"get">>(
  transport: Transport,
  route: P,
  call: ListCall<P>,
): Pages<ItemOf<Answer<P>>> {
  return pagesOf(call, async (parts, cursor, onNext) => {
    let next: string | undefined;
    let total: number | undefined;
    const onResponse: AnyCall["onResponse"] = (response) => {
      const link = nextLink(response.headers.get("link"));
      next = link === undefined ? undefined : nextCursor(link, response.url, transport.endpoint);
      total = wholeNumber(response.headers.get("x-total-count"));
      parts.onResponse?.(response);
      onNext(next);
    };
    // The address of a later page holds everything that the first one was asked with.
    const { path: _path, query: _query, ...options } = parts;
    const items =
      cursor === undefined
        ? await transport.request("get", route, { ...parts, onResponse }, "json")
        : await transport.request("get", routeOf(cursor), { ...options, onResponse }, "json");
    return { items: checkList(transport, items, route), next, total };
  });
}

/** A list whose pages are counted from 0 by the parameter `p`, and which ends with an empty page or at its total. */
export function numberedPages<P extends Route<"get">, K extends keyof Answer<P> | undefined>(
  transport: Transport,
  route: P,
  call: KnownCall<P>,
  property: K,
  totalOf: (answer: Answer<P>) => number | undefined,
): Pages<ItemOf<K extends keyof Answer<P> ? Answer<P>[K] : Answer<P>>> {
  return pagesOf(call, async (parts, cursor) => {
    const { number, seen } = parsePageCursor(cursor ?? "0:0");
    const answer = await transport.request("get", route, { ...parts, query: { ...parts.query, p: number } }, "json");
    const items = checkList(transport, property === undefined ? answer : propertyOf(answer, property), route);
    const total = totalOf(answer as Answer<P>);
    const reached = seen + items.length;
    const ended = items.length === 0 || (total !== undefined && reached >= total);
    return { items, next: ended ? undefined : `${number + 1}:${reached}`, total };
  });
}

/** A SCIM list: `startIndex` counts its items from 1. */
export function indexedPages<P extends Route<"get">>(
  transport: Transport,
  route: P,
  call: KnownCall<P>,
): Pages<Answer<P> extends { Resources: readonly (infer I)[] } ? I : never> {
  return pagesOf(call, async (parts, cursor) => {
    const startIndex = checkCount(cursor ?? "1");
    const answer = await transport.request("get", route, { ...parts, query: { ...parts.query, startIndex } }, "json");
    const items = checkList(transport, propertyOf(answer, "Resources"), route);
    const total = propertyOf(answer, "totalResults");
    const following = startIndex + items.length;
    const more = items.length > 0 && typeof total === "number" && following <= total;
    return { items, next: more ? String(following) : undefined, total: typeof total === "number" ? total : undefined };
  });
}

interface LoadedPage {
  items: unknown[];
  next: string | undefined;
  total: number | undefined;
}

type Load = (
  parts: AnyCall,
  cursor: string | undefined,
  onNext: (cursor: string | undefined) => void,
) => Promise<LoadedPage>;

type Find = (options: RequestOptions) => Promise<AnyCall>;

/** The items are what the route says; the answer was decoded, not checked. */
function pagesOf<T>(call: unknown, load: Load): Pages<T> {
  const { limit, find, ...known } = ownFields(call as AnyCall & Bounds & { find?: Find });
  const loadPage: LoadPage<T> = async (cursor, signal, onNext) => {
    const parts =
      find === undefined || cursor !== undefined ? known : { ...known, ...(await find(inBulk({ ...known, signal }))) };
    const { items, next, total } = await load(ownFields(inBulk({ ...parts, signal })), cursor, onNext);
    return { items: items as T[], ...(next === undefined ? {} : { next }), ...(total === undefined ? {} : { total }) };
  };
  return new Pages(loadPage, { limit, signal: known.signal });
}

function checkList(transport: Transport, items: unknown, route: string): unknown[] {
  if (Array.isArray(items)) return items;
  const words = propertyOf(items, "error");
  const said = typeof words === "string" ? `"${transport.conceal(words).slice(0, 200)}"` : "no list";
  throw new HubError(`GET ${route} answered with ${said}`);
}

function propertyOf(answer: unknown, name: PropertyKey): unknown {
  return typeof answer === "object" && answer !== null ? (answer as Record<PropertyKey, unknown>)[name] : undefined;
}

/** The number of a page, and of the items before it: only both tell whether the list ends here. */
function parsePageCursor(cursor: string): { number: number; seen: number } {
  const [number = "", seen = ""] = cursor.split(":");
  return { number: checkCount(number), seen: checkCount(seen) };
}

function checkCount(cursor: string): number {
  const number = wholeNumber(cursor);
  if (number === undefined) throw new HubInputError("the cursor is none that a page of this list gave as next");
  return number;
}
