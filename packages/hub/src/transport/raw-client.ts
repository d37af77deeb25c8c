import type { Middleware, RawClient } from "@hf-api/raw";
import { loadPart } from "../async/load-part.js";
import { HubInputError } from "../errors.js";
import type { Detourable } from "./detour.js";
import type { LooseClient, OpenApiClient } from "./openapi-client.js";

/** The openapi-fetch client of `hub.raw`: loaded with the first call that needs it, since few programs do. */
export function createRawClient(transport: Detourable): RawClient {
  const middlewares: Middleware[] = [];
  let loaded: OpenApiClient | undefined;
  const load = async (): Promise<OpenApiClient> => {
    const { createOpenApiClient } = await loadPart(() => import("./openapi-client.js"));
    // Calls that began side by side share the client of the first one.
    return (loaded ??= createOpenApiClient(transport.exchange, middlewares));
  };
  const update = (): void => {
    transport.detour = middlewares.length === 0 ? undefined : async (...input) => (await load()).detour(...input);
  };
  const client: LooseClient = {
    request: async (...input) => (await load()).client.request(...input),
    GET: async (...input) => (await load()).client.GET(...input),
    PUT: async (...input) => (await load()).client.PUT(...input),
    POST: async (...input) => (await load()).client.POST(...input),
    DELETE: async (...input) => (await load()).client.DELETE(...input),
    OPTIONS: async (...input) => (await load()).client.OPTIONS(...input),
    HEAD: async (...input) => (await load()).client.HEAD(...input),
    PATCH: async (...input) => (await load()).client.PATCH(...input),
    TRACE: async (...input) => (await load()).client.TRACE(...input),
    use(...added: Middleware[]) {
      added.forEach(checkMiddleware);
      middlewares.push(...added);
      loaded?.client.use(...added);
      update();
    },
    eject(...removed: Middleware[]) {
      for (const middleware of removed) {
        const index = middlewares.indexOf(middleware);
        if (index >= 0) middlewares.splice(index, 1);
      }
      loaded?.client.eject(...removed);
      update();
    },
  };
  // The types of its methods are those of the client that they hand over to.
  return client as unknown as RawClient;
}

function checkMiddleware(given: unknown): void {
  const isOne =
    typeof given === "object" && given !== null && ["onRequest", "onResponse", "onError"].some((name) => name in given);
  if (!isOne) throw new HubInputError("a middleware is an object with onRequest, onResponse or onError");
}
