import type { Parts, paths, Result, Route, Verb } from "@hf-api/raw";
import type { RequestOptions } from "../options.js";

/** What one call takes: the route's own parts, then what this client may do about it. */
export type Call<V extends Verb, P extends keyof paths> = Parts<V, P> & CallOptions;

export interface CallOptions extends RequestOptions {
  /** For a POST that only reads, and may be repeated like a GET. */
  idempotent?: boolean | undefined;
  /** For who has no token yet: the client's own is not sent. */
  anonymous?: boolean | undefined;
  /** One of the many requests of a list or of a transfer of files, which may wait longer for the Hub. */
  bulk?: boolean | undefined;
  /** What to say when nobody knows whether the Hub acted, and how to find out. */
  ifLost?: string | undefined;
  /** Of a body that is not JSON. */
  contentType?: string | undefined;
  /** `return`: the redirect itself is the response. */
  redirect?: "follow" | "return" | undefined;
}

/** The options for requests of which a list or a transfer makes many. */
export const inBulk = <T extends RequestOptions>(options: T): T => ({ ...options, bulk: true });

/** How to read a response: decoded, as text, not at all, or not here. */
export type ResponseType = "json" | "text" | "nothing" | "stream";

/** A call of any route: its parts were checked against the route where it was written. */
export interface AnyCall extends CallOptions {
  path?: Record<string, string | number> | undefined;
  query?: Record<string, unknown> | undefined;
  body?: unknown;
}

const blank: Required<{ [Name in keyof AnyCall]: undefined }> = {
  path: undefined,
  query: undefined,
  body: undefined,
  signal: undefined,
  timeout: undefined,
  deadline: undefined,
  retries: undefined,
  maxWait: undefined,
  headers: undefined,
  onResponse: undefined,
  idempotent: undefined,
  anonymous: undefined,
  bulk: undefined,
  ifLost: undefined,
  contentType: undefined,
  redirect: undefined,
};

/** The call with each of its parts as its own: what others put on Object.prototype is no part of a call. */
export const ownCall = (given: object): AnyCall => ({ ...blank, ...given });

/** What makes a call of any route. */
interface Caller {
  request(verb: Verb, route: string, call: object, reading: ResponseType): Promise<unknown>;
}

// Each verb is written out: a signature that is generic in the verb costs the checker fifteen times as much.

/** Calls whose response is JSON. It was decoded, not checked: the route says what it is. */
export class JsonCalls {
  readonly #caller: Caller;

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  get<P extends Route<"get">>(route: P, call: Call<"get", P>): Promise<Result<"get", P>> {
    return this.#caller.request("get", route, call, "json") as Promise<Result<"get", P>>;
  }

  put<P extends Route<"put">>(route: P, call: Call<"put", P>): Promise<Result<"put", P>> {
    return this.#caller.request("put", route, call, "json") as Promise<Result<"put", P>>;
  }

  post<P extends Route<"post">>(route: P, call: Call<"post", P>): Promise<Result<"post", P>> {
    return this.#caller.request("post", route, call, "json") as Promise<Result<"post", P>>;
  }

  patch<P extends Route<"patch">>(route: P, call: Call<"patch", P>): Promise<Result<"patch", P>> {
    return this.#caller.request("patch", route, call, "json") as Promise<Result<"patch", P>>;
  }

  delete<P extends Route<"delete">>(route: P, call: Call<"delete", P>): Promise<Result<"delete", P>> {
    return this.#caller.request("delete", route, call, "json") as Promise<Result<"delete", P>>;
  }
}

/** Calls whose response is the same for every route: text, or nothing but that it is done. */
export class PlainCalls<Value extends string | void> {
  readonly #caller: Caller;
  readonly #reading: ResponseType;

  constructor(caller: Caller, reading: Value extends string ? "text" : "nothing") {
    this.#caller = caller;
    this.#reading = reading;
  }

  get<P extends Route<"get">>(route: P, call: Call<"get", P>): Promise<Value> {
    return this.#caller.request("get", route, call, this.#reading) as Promise<Value>;
  }

  put<P extends Route<"put">>(route: P, call: Call<"put", P>): Promise<Value> {
    return this.#caller.request("put", route, call, this.#reading) as Promise<Value>;
  }

  post<P extends Route<"post">>(route: P, call: Call<"post", P>): Promise<Value> {
    return this.#caller.request("post", route, call, this.#reading) as Promise<Value>;
  }

  patch<P extends Route<"patch">>(route: P, call: Call<"patch", P>): Promise<Value> {
    return this.#caller.request("patch", route, call, this.#reading) as Promise<Value>;
  }

  delete<P extends Route<"delete">>(route: P, call: Call<"delete", P>): Promise<Value> {
    return this.#caller.request("delete", route, call, this.#reading) as Promise<Value>;
  }
}
