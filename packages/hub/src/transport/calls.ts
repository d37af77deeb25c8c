import type { Parts, paths, Result, Route, Verb } from "@hf-api/raw";
import type { RequestOptions } from "../options.js";

/** What one call takes: the route's own parts, then what this client may do about it. */
export type Call<V extends Verb, P extends keyof paths> = Parts<V, P> & CallOptions;

export interface CallOptions extends RequestOptions {
  /** For a POST that only reads, and may be repeated like a GET. */
  idempotent?: boolean;
  /** For who has no token yet: the client's own is not sent. */
  anonymous?: boolean;
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

/** Calls whose answer is the same for every route: text, or nothing but that it is done. */
export interface PlainCalls<Answer> {
  get<P extends Route<"get">>(route: P, call: Call<"get", P>): Promise<Answer>;
  put<P extends Route<"put">>(route: P, call: Call<"put", P>): Promise<Answer>;
  post<P extends Route<"post">>(route: P, call: Call<"post", P>): Promise<Answer>;
  patch<P extends Route<"patch">>(route: P, call: Call<"patch", P>): Promise<Answer>;
  delete<P extends Route<"delete">>(route: P, call: Call<"delete", P>): Promise<Answer>;
}

/** How to read an answer: decoded, as text, not at all, or not here. */
export type Reading = "json" | "text" | "nothing" | "stream";

/** A call of any route: its parts were checked against the route where it was written. */
export interface AnyCall extends CallOptions {
  path?: Record<string, string | number>;
  query?: Record<string, unknown>;
  body?: unknown;
}
