import type { Handler } from "./fault-server.js";

export type ResponseHeaders = Record<string, string | string[]>;

/** A complete JSON response. */
export function json(value: unknown, { status = 200, headers = {} }: Options = {}): Handler {
  return body(JSON.stringify(value), { status, headers: { "content-type": "application/json", ...headers } });
}

/** Any complete response. */
export function body(content: string | Uint8Array, { status = 200, headers = {} }: Options = {}): Handler {
  return ({ response }) => {
    response.writeHead(status, { "content-length": String(Buffer.byteLength(content)), ...headers }).end(content);
  };
}

/** A response without a body. */
export function empty(status: number, headers: ResponseHeaders = {}): Handler {
  return ({ response }) => void response.writeHead(status, headers).end();
}

export function redirect(status: number, location: string | undefined, headers: ResponseHeaders = {}): Handler {
  return body("see elsewhere", { status, headers: { ...headers, ...(location === undefined ? {} : { location }) } });
}

/** The Hub's refusal when a quota is used up. */
export function rateLimited(headers: ResponseHeaders): Handler {
  return json({ error: "We had to rate limit you" }, { status: 429, headers });
}

/** A page of a list, with the address of the next one. */
export function page(items: unknown[], next?: string, headers: ResponseHeaders = {}): Handler {
  return json(items, { headers: { ...(next === undefined ? {} : { link: `<${next}>; rel="next"` }), ...headers } });
}

/** Waits before it responds. */
export function after(milliseconds: number, response: Handler): Handler {
  return async (exchange) => {
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    await response(exchange);
  };
}

interface Options {
  status?: number;
  headers?: ResponseHeaders;
}
