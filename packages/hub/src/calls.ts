import type { Parts, paths, Result, Route, Verb } from "@hf-api/raw";
import type { RequestOptions } from "./options.js";

/** What one call takes: the route's own parts, then what this client may do about it. */
export type Call<V extends Verb, P extends keyof paths> = Parts<V, P> & CallOptions;

export interface CallOptions extends RequestOptions {
  /** For a POST that only reads, and may be repeated like a GET. */
  idempotent?: boolean;
  /** Of a body that is not JSON. */
  contentType?: string;
  /** `answer`: the redirect itself is what was asked for. */
  redirect?: "follow" | "answer";
}

// Each verb is written out: a signature that is generic in the verb costs the checker fifteen times as much.

/** Calls whose answer is JSON. */
export interface JsonCalls {
  get<P extends Route<"get">>(route: P, call: Call<"get", P>): Promise<Result<"get", P>>;
  put<P extends Route<"put">>(route: P, call: Call<"put", P>): Promise<Result<"put", P>>;
  post<P extends Route<"post">>(route: P, call: Call<"post", P>): Promise<Result<"post", P>>;
  patch<P extends Route<"patch">>(route: P, call: Call<"patch", P>): Promise<Result<"patch", P>>;
  delete<P extends Route<"delete">>(route: P, call: Call<"delete", P>): Promise<Result<"delete", P>>;
}

/** Calls whose answer says nothing but that it is done. */
export interface SendCalls {
  get<P extends Route<"get">>(route: P, call: Call<"get", P>): Promise<void>;
  put<P extends Route<"put">>(route: P, call: Call<"put", P>): Promise<void>;
  post<P extends Route<"post">>(route: P, call: Call<"post", P>): Promise<void>;
  patch<P extends Route<"patch">>(route: P, call: Call<"patch", P>): Promise<void>;
  delete<P extends Route<"delete">>(route: P, call: Call<"delete", P>): Promise<void>;
}

/** Calls whose answer is text. */
export interface TextCalls {
  get<P extends Route<"get">>(route: P, call: Call<"get", P>): Promise<string>;
  put<P extends Route<"put">>(route: P, call: Call<"put", P>): Promise<string>;
  post<P extends Route<"post">>(route: P, call: Call<"post", P>): Promise<string>;
  patch<P extends Route<"patch">>(route: P, call: Call<"patch", P>): Promise<string>;
  delete<P extends Route<"delete">>(route: P, call: Call<"delete", P>): Promise<string>;
}

/** How to read an answer: decoded, as text, not at all, or not here. */
export type Reading = "json" | "text" | "nothing" | "stream";

/** A call of any route: its parts were checked against the route where it was written. */
export interface AnyCall extends CallOptions {
  path?: Record<string, string | number>;
  query?: Record<string, unknown>;
  body?: unknown;
}

type Carry = (verb: Verb, route: string, call: AnyCall, reading: Reading) => Promise<unknown>;

/** One function a verb; the types above say what each of them takes and gives. */
export class Calls {
  readonly #carry: Carry;
  readonly #reading: Reading;

  constructor(carry: Carry, reading: Reading) {
    this.#carry = carry;
    this.#reading = reading;
  }

  get(route: string, call: AnyCall): Promise<unknown> {
    return this.#carry("get", route, call, this.#reading);
  }

  put(route: string, call: AnyCall): Promise<unknown> {
    return this.#carry("put", route, call, this.#reading);
  }

  post(route: string, call: AnyCall): Promise<unknown> {
    return this.#carry("post", route, call, this.#reading);
  }

  patch(route: string, call: AnyCall): Promise<unknown> {
    return this.#carry("patch", route, call, this.#reading);
  }

  delete(route: string, call: AnyCall): Promise<unknown> {
    return this.#carry("delete", route, call, this.#reading);
  }
}
