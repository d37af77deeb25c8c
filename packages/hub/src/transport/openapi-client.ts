import { createRawClient, LightRequest, type Middleware, type RawClient } from "@hf-api/raw";
import type { Detour } from "./detour.js";
import type { Exchange, Outgoing } from "./exchange.js";

// Loaded with the first call of `hub.raw`, or the first one under a middleware: nothing else imports openapi-fetch.

/** The client's methods without their types, which are those of `RawClient`. */
export type LooseClient = Pick<RawClient, "use" | "eject"> &
  Record<(typeof verbs)[number], (path: unknown, init?: object) => Promise<unknown>> & {
    request: (verb: unknown, path: unknown, init?: object) => Promise<unknown>;
  };

export interface OpenApiClient {
  client: LooseClient;
  detour: Detour;
}

/** An openapi-fetch client whose requests go by the transport, and whose middlewares see each attempt of its calls. */
export function createOpenApiClient(exchange: Exchange, middlewares: readonly Middleware[]): OpenApiClient {
  const { endpoint, headers } = exchange;
  const client = createRawClient({ endpoint, headers, fetch: (input, init) => sendOnce(exchange, input, init) });
  client.use(...middlewares);
  return { client: isolated(client as unknown as LooseClient), detour: detourOf(client, endpoint) };
}

const verbs = ["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"] as const;

/** The client with calls whose parts are their own: what others put on Object.prototype is no part of them. */
function isolated(client: LooseClient): LooseClient {
  const own: LooseClient = { ...client, request: (verb, path, init) => client.request(verb, path, ownInit(init)) };
  for (const verb of verbs) own[verb] = (path, init) => client[verb](path, ownInit(init));
  return own;
}

const ownInit = (init: { params?: object } = {}): object =>
  withoutPrototype({ ...init, params: withoutPrototype({ ...init.params }) });
// Written here, since a module that the core shares would make another chunk of it.
const withoutPrototype = (fields: object): object => Object.assign(Object.create(null), fields) as object;

/** Middlewares may change the request, the response, or respond themselves. */
function detourOf(client: RawClient, endpoint: string): Detour {
  const send = client.request as unknown as LooseRequest;
  return async (request, { verb, route, path, query, outgoing }, exchange) => {
    const { response } = await send(verb, route, {
      // Said each time, so that it is not looked for on Object.prototype.
      baseUrl: endpoint,
      params: { path, query, header: undefined },
      body: outgoing.body ?? undefined,
      headers: outgoing.headers,
      signal: outgoing.signal,
      parseAs: "stream",
      // It was written before a middleware could see it.
      bodySerializer: (body) => body,
      ...("duplex" in outgoing ? { duplex: outgoing.duplex } : {}),
      fetch: async (changed) => {
        request.url = changed.url;
        return await exchange({ ...outgoing, ...(await unpack(changed, outgoing.signal)) });
      },
    });
    return response;
  };
}

/** A call of the client itself: one attempt, whose only limit is the caller's own signal. */
async function sendOnce(exchange: Exchange, input: Request | string, init: RequestInit = {}): Promise<Response> {
  const outgoing = input instanceof Request ? input : new LightRequest(input, init);
  const signal = (input instanceof Request ? input : init).signal ?? new AbortController().signal;
  return await exchange.runOnce(outgoing.url, await unpack(outgoing, signal));
}

type LooseRequest = (
  verb: string,
  route: string,
  init: {
    baseUrl: string;
    params: { path: unknown; query: unknown; header: undefined };
    body: unknown;
    headers: Record<string, string>;
    signal: AbortSignal;
    parseAs: "stream";
    bodySerializer: (body: unknown) => unknown;
    duplex?: unknown;
    fetch: (request: LightRequest | Request) => Promise<Response>;
  },
) => Promise<{ response: Response }>;

/** Takes a request apart again, so that it can follow redirects. A middleware made a real Request of it. */
async function unpack(request: LightRequest | Request, signal: AbortSignal): Promise<Outgoing> {
  const headers = Object.fromEntries(request.headers);
  if (!(request instanceof Request)) {
    const { redirect: _redirect, ...init } = request.init;
    return { ...init, method: request.method, headers, signal };
  }
  const body = request.body === null ? undefined : await request.arrayBuffer();
  return { method: request.method, headers, signal, ...(body === undefined ? {} : { body }) };
}
