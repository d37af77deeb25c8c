import type { SentRequest } from "./recording-hub.js";
import type { Paging } from "../lists/paging-of.js";

export const pageSize = 2;
export const allItems: { id: string }[] = ["a", "b", "c", "d", "e", "f"].map((id) => ({ id }));

export const endpoint = "https://hub.test";

/** A Hub that has one list, of three pages with two items each, and refuses what the list's scheme does not allow. */
export class FakeList {
  /** What was asked of the list. */
  readonly requests: SentRequest[] = [];
  /** What else was asked: to whom the token belongs. */
  readonly identityRequests: SentRequest[] = [];
  readonly #path: string;
  readonly #paging: Paging;

  /** `path` is the list's own, as sent. */
  constructor(path: string, paging: Paging) {
    this.#path = path;
    this.#paging = paging;
  }

  readonly fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    const target = `${url.pathname}${url.search}`;
    const sent: SentRequest = { method: request.method, target, headers: request.headers, body: undefined };
    if (target === "/api/whoami-v2") {
      this.identityRequests.push(sent);
      return Response.json({ name: "me" });
    }
    this.requests.push(sent);
    if (request.method !== "GET" || url.origin !== endpoint || url.pathname !== this.#path) {
      return refusal(404, `no list at ${request.method} ${request.url}`);
    }
    const { scheme } = this.#paging;
    if (scheme === "link") return this.#linkedPage(url);
    if (scheme === "skip") return this.#skippingPage(url);
    return scheme === "page" ? this.#numberedPage(url) : this.#indexedPage(url);
  };

  /** Pages have cursors that only the Link header of the page before tells. */
  #linkedPage(url: URL): Response {
    const number = [null, "c2", "c3"].indexOf(url.searchParams.get("cursor"));
    if (number < 0) return refusal(400, "no such cursor");
    const next = new URL(url);
    next.searchParams.set("cursor", `c${number + 2}`);
    const start = number * pageSize;
    const isLast = start + pageSize >= allItems.length;
    return this.#response(start, pageSize, isLast ? {} : { link: `<${next.href}>; rel="next"` });
  }

  /** Pages are counted from 0; behind the last one there are empty ones. */
  #numberedPage(url: URL): Response {
    const number = url.searchParams.get("p") ?? "0";
    return /^\d+$/.test(number) ? this.#response(Number(number) * pageSize, pageSize) : refusal(400, "p is no number");
  }

  /** Items are counted from 1. */
  #indexedPage(url: URL): Response {
    const startIndex = url.searchParams.get("startIndex") ?? "1";
    const count = Number(url.searchParams.get("count") ?? pageSize);
    if (!/^[1-9]\d*$/.test(startIndex) || !(count >= 1)) return refusal(400, "startIndex and count begin at 1");
    const itemsPerPage = Math.min(count, pageSize);
    return this.#response(Number(startIndex) - 1, itemsPerPage, {}, { startIndex: Number(startIndex), itemsPerPage });
  }

  /** The items before are left out. */
  #skippingPage(url: URL): Response {
    const skip = url.searchParams.get("skip") ?? "0";
    return /^\d+$/.test(skip) ? this.#response(Number(skip), pageSize) : refusal(400, "skip is no number");
  }

  #response(start: number, size: number, headers: Record<string, string> = {}, more: object = {}): Response {
    const { items: property, total } = this.#paging;
    const items = allItems.slice(start, start + size);
    const totalHeader = total?.startsWith("header:") ? { [total.slice("header:".length)]: `${allItems.length}` } : {};
    const told = total === undefined || total.startsWith("header:") ? {} : nested(total.split("."), allItems.length);
    const body = property === undefined ? items : { ...more, ...told, [property]: items };
    return Response.json(body, { headers: { ...headers, ...totalHeader } });
  }
}

function nested([name, ...rest]: string[], value: number): object {
  return name === undefined ? {} : { [name]: rest.length === 0 ? value : nested(rest, value) };
}

const refusal = (status: number, error: string): Response => Response.json({ error }, { status });
