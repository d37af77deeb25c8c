import type { OperationId } from "@hf-api/raw/operations";
import type { Hub } from "../../src/hub.js";

/** One call of a method, and the request that it must put on the wire. */
export interface Row {
  /** The method's name below `hub`, such as `models.list`. */
  method: string;
  operation: OperationId;
  call: (hub: Hub) => Promise<unknown>;
  /** Verb, then path and query as sent. */
  request: string;
  /** The body as sent: a value for JSON, lines as text for NDJSON. */
  body?: unknown;
  /** What the Hub responds; a small response of the right kind when left out. */
  response?: RowResponse;
}

export interface RowResponse {
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
}
