import createClient, { type Client, type Middleware } from "openapi-fetch";
import { serializeBody } from "./body.js";
import { parseEndpoint } from "./endpoint.js";
import type { paths } from "./generated/schema.js";
import { InvalidInputError } from "./invalid-input-error.js";
import { LightRequest } from "./light-request.js";
import { normaliseToken } from "./token.js";
import { serializePath, serializeQuery, type PathValues, type QueryValues } from "./url.js";

export interface RawClientOptions {
  /** A user access token; none makes anonymous calls. */
  token?: string | null | undefined;
  /** Defaults to https://huggingface.co. */
  endpoint?: string | URL | undefined;
  /** Called as `fetch(url, init)`, or `fetch(request)` once a middleware is registered. Defaults to the global one. */
  fetch?: ((input: string | Request, init?: RequestInit) => Promise<Response>) | undefined;
  headers?: Record<string, string> | undefined;
}

/** An openapi-fetch client that knows every path of the Hub. */
export type RawClient = Client<paths, `${string}/${string}`>;

/**
 * Creates a typed client without opinions: it encodes paths and queries as the Hub reads them and sends the token.
 * Retries, pages and errors are left to the caller, or to `@hf-api/hub`.
 *
 * @example
 * const raw = createRawClient({ token: process.env.HF_TOKEN });
 * const { data, error } = await raw.GET("/api/models/{namespace}/{repo}", {
 *   params: { path: { namespace: "openai-community", repo: "gpt2" } },
 * });
 */
export function createRawClient(options: RawClientOptions = {}): RawClient {
  const token = normaliseToken(options.token);
  const fetch = options.fetch ?? globalThis.fetch;
  const endpoint = parseEndpoint(options.endpoint ?? "https://huggingface.co");
  const middlewares: Middleware[] = [];
  // A middleware expects a real Request; a client without one is spared its cost.
  const RequestOfClient = function (url: string, init: RequestInit) {
    // What begins otherwise, such as "@host" or "//host" behind another base, could take the token elsewhere.
    // Dots are resolved first, as fetch resolves them.
    if (!url.startsWith(`${endpoint}/`) || !new URL(url).href.startsWith(`${endpoint}/`))
      throw new InvalidInputError(`the path must begin with "/", below ${endpoint}`);
    return middlewares.length > 0 ? new Request(url, init) : new LightRequest(url, init);
  };
  Object.defineProperty(RequestOfClient, Symbol.hasInstance, { value: LightRequest[Symbol.hasInstance] });

  const client = createClient<paths, `${string}/${string}`>({
    baseUrl: endpoint,
    headers: { ...options.headers, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
    Request: RequestOfClient as unknown as typeof Request,
    fetch: (request: Request | LightRequest) =>
      // Unbound: some runtimes refuse a fetch that is called as a method.
      request instanceof Request ? fetch(request) : fetch(request.url, request.init),
    pathSerializer: (template, values) => serializePath(template, values as PathValues),
    bodySerializer: serializeBody,
    querySerializer: (values) => serializeQuery(values as QueryValues),
  });
  return {
    ...client,
    use(...added) {
      client.use(...added);
      middlewares.push(...added);
    },
    eject(...removed) {
      client.eject(...removed);
      for (const middleware of removed) {
        const index = middlewares.indexOf(middleware);
        if (index >= 0) middlewares.splice(index, 1);
      }
    },
  };
}
