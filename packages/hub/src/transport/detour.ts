import type { Verb } from "@hf-api/raw";
import type { AnyCall } from "./calls.js";
import type { SentRequest } from "./error-response.js";
import type { Exchange, Outgoing } from "./exchange.js";

/** What a middleware may see and change of a call. */
interface DetouredCall {
  verb: Verb;
  route: string;
  path: AnyCall["path"];
  query: AnyCall["query"];
  outgoing: Outgoing;
}

/** The way of a request through the middlewares that are registered on `hub.raw`. */
export type Detour = (
  request: SentRequest,
  call: DetouredCall,
  exchange: (outgoing: Outgoing) => Promise<Response>,
) => Promise<Response>;

/** What the raw client needs of the transport. */
export interface Detourable {
  readonly exchange: Exchange;
  /** Set as long as a middleware is registered. */
  detour: Detour | undefined;
}
