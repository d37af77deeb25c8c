import type { Query, Result, Route } from "@hf-api/raw";
import { inBulk, type AnyCall, type Call } from "../transport/calls.js";
import { HubError, HubInputError } from "../errors.js";
import { nextLink } from "./link.js";
import { pageAt, pathOf, readLink, type ListPlace, type PagePlace } from "./next-page.js";
import { wholeNumber } from "../inputs/numbers.js";
import { ownFields } from "../inputs/own-fields.js";
import type { RequestOptions } from "../options.js";
import { Pages, type LoadPage } from "./pages.js";
import type { Transport } from "../transport/transport.js";

/** The call of a list with its limit. A list whose owner may be left out has a function that finds the owner. */
type ListCall<P extends Route<"get">> = KnownCall<P> | OwnedCall<P>;
type KnownCall<P extends Route<"get">> = Call<"get", P> & Bounds;
type OwnedCall<P extends Route<"get">> = RequestOptions &
  Bounds & {
    path: { namespace: string | undefined };
    query?: Query<"get", P>;
    findOwner: (options: RequestOptions) => Promise<string>;
  };

interface Bounds {
  limit?: number | undefined;
}

type ResponseBody<P extends Route<"get">> = Result<"get", P>;
type ItemOf<T> = T extends readonly (infer I)[] ? I : never;

/** A list that continues where the response's Link header says. */
export function linkedPages<P extends Route<"get">>(
  transport: Transport,
  route: P,
  call: ListCall<P>,
): Pages<ItemOf<ResponseBody<P>>> {
  /** Where redirects led. Only a list whose owner is left out may have several paths. */
  const moves = new Map<string, string>();
  return pagesOf(transport, route, call, async ({ parts, place, at }, onNext) => {
    let next: string | undefined;
    let total: number | undefined;
    const onResponse: AnyCall["onResponse"] = (response) => {
      const link = nextLink(response.headers.get("link"));
      let self: string | undefined;
      if (link !== undefined) {
        const read = readLink(link, response.url, { ...place, moved: moves.get(place.own) });
        ({ self, next } = read);
        if (read.moved !== undefined) moves.set(place.own, read.moved);
      }
      total = wholeNumber(response.headers.get("x-total-count"));
      parts.onResponse?.(response);
      onNext(next, self);
    };
    // The query of a later page holds everything that the first one was asked with.
    const { path: _path, query: _query, ...options } = parts;
    const body =
      at === undefined
        ? await transport.request("get", route, { ...parts, onResponse }, "json")
        : await transport.request(
            "get",
            `${moves.get(at.path) ?? at.path}${at.search}`,
            { ...options, onResponse },
            "json",
          );
    return { items: listIn(transport, route, body), next, total };
  });
}

/**
 * A list whose pages are counted by the parameter `p`, from 0 unless the call begins with another one, and which ends
 * with an empty page or at its total.
 */
export function numberedPages<P extends Route<"get">, K extends keyof ResponseBody<P> | undefined>(
  transport: Transport,
  route: P,
  call: KnownCall<P>,
  property: K,
  totalOf: (body: ResponseBody<P>) => number | undefined,
): Pages<ItemOf<K extends keyof ResponseBody<P> ? ResponseBody<P>[K] : ResponseBody<P>>> {
  let last = { p: NaN, start: "" };
  return pagesOf(transport, route, call, async ({ parts, place, at }) => {
    const p = numberIn(at, "p", Number(parts.query?.["p"] ?? 0));
    const seen = numberIn(at, "seen", 0);
    const body = await transport.request("get", route, { ...parts, query: { ...parts.query, p } }, "json");
    const items = listIn(transport, route, body, property);
    const total = totalOf(body as ResponseBody<P>);
    const start = JSON.stringify(items[0]);
    // Such a list without a total would never end.
    if (items.length > 0 && last.p === p - 1 && last.start === start) {
      throw new HubError(`pages ${p - 1} and ${p} of ${route} are the same; a cache may ignore the parameter p`);
    }
    last = { p, start };
    const reached = seen + items.length;
    const ended = items.length === 0 || (total !== undefined && reached >= total);
    return { items, next: ended ? undefined : `${place.own}?p=${p + 1}&seen=${reached}`, total };
  });
}

/** A list that goes on behind the items seen, and which parts of the call and of the response say so. */
interface IndexScheme<K extends string> {
  parameter: string;
  /** What the parameter is on the first page. */
  first: 0 | 1;
  items: K;
  total: string;
}

/** A list whose pages begin at the index of an item. */
export function indexedPages<P extends Route<"get">, const K extends string>(
  transport: Transport,
  route: P,
  call: KnownCall<P>,
  { parameter, first, items: property, total: count }: IndexScheme<K>,
): Pages<ResponseBody<P> extends { [_ in K]: readonly (infer I)[] } ? I : never> {
  return pagesOf(transport, route, call, async ({ parts, place, at }) => {
    const index = numberIn(at, parameter, first);
    const query = { ...parts.query, [parameter]: index };
    const body = await transport.request("get", route, { ...parts, query }, "json");
    const items = listIn(transport, route, body, property);
    const total = propertyOf(body, count);
    const following = index + items.length;
    const more = items.length > 0 && typeof total === "number" && following - first < total;
    const next = more ? `${place.own}?${parameter}=${following}` : undefined;
    return { items, next, total: typeof total === "number" ? total : undefined };
  });
}

interface PageCall {
  /** The call of the first page. */
  parts: AnyCall;
  place: ListPlace & { own: string };
  /** Where the page is; the first one is where the call says. */
  at: PagePlace | undefined;
}

interface LoadedPage {
  items: unknown[];
  next: string | undefined;
  total: number | undefined;
}

type Load = (page: PageCall, onNext: Parameters<LoadPage<unknown>>[2]) => Promise<LoadedPage>;

/** The items are what the route says; the response was decoded, not checked. */
function pagesOf<T>(transport: Transport, route: string, call: unknown, load: Load): Pages<T> {
  const { limit, findOwner, path, ...known } = ownFields(
    call as AnyCall & Bounds & Partial<Pick<OwnedCall<never>, "findOwner">>,
  );
  const loadPage: LoadPage<T> = async (cursor, signal, onNext) => {
    const ownerless = findOwner !== undefined && path?.["namespace"] === undefined;
    // A cursor says whose list it is.
    const found =
      ownerless && cursor === undefined ? { namespace: await findOwner(inBulk({ ...known, signal })) } : path;
    const named = ownerless && cursor !== undefined ? undefined : pathOf(route, found);
    const { endpoint } = transport;
    const at = cursor === undefined ? undefined : pageAt(cursor, { endpoint, route, own: named });
    const place = { endpoint, route, own: named ?? at?.path ?? "" };
    const parts = inBulk({ ...known, ...(found === undefined ? {} : { path: found }), signal });
    const { items, next, total } = await load({ parts, place, at }, onNext);
    return { items: items as T[], ...(next === undefined ? {} : { next }), ...(total === undefined ? {} : { total }) };
  };
  return new Pages(loadPage, { limit, signal: known.signal, route });
}

/** The list in a decoded response, or in a property of it. */
function listIn(transport: Transport, route: string, body: unknown, property?: PropertyKey): unknown[] {
  const items = property === undefined ? body : propertyOf(body, property);
  if (Array.isArray(items)) return items;
  const words = propertyOf(body, "error");
  const kind = body === null ? "null" : `a JSON ${typeof body}`;
  const shown = typeof words === "string" ? JSON.stringify(transport.redact(words).slice(0, 200)) : kind;
  throw new HubError(`GET ${route} responded with ${shown} instead of a list`);
}

function propertyOf(body: unknown, name: PropertyKey): unknown {
  return typeof body === "object" && body !== null ? (body as Record<PropertyKey, unknown>)[name] : undefined;
}

function numberIn(at: PagePlace | undefined, name: string, first: number): number {
  if (at === undefined) return first;
  const number = wholeNumber(new URLSearchParams(at.search).get(name));
  if (number === undefined) throw new HubInputError(`the cursor has no ${name}`);
  return number;
}
