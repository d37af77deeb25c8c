import type { Query, Result } from "@hf-api/raw";
import type { RequestOptions } from "../options.js";
import { Namespace } from "../namespace.js";

/** `expires_in` is in seconds. */
export interface RegistryToken extends Result<"get", "/api/registry/token"> {}
/** `service` and `scope` are what the registry asks for in the `WWW-Authenticate` header of a 401. */
export interface GetRegistryTokenInput extends Query<"get", "/api/registry/token"> {}

/** The container registry, which holds the images of Spaces. */
export class Registry extends Namespace {
  /**
   * Exchanges the Hub's token for a short-lived one that the registry takes.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/container/GET/api/registry/token
   * @example
   * const { token } = await hub.registry.getToken({
   *   service: "registry.hf.space",
   *   scope: "repository:my-org/my-space:pull",
   * });
   */
  async getToken(input: GetRegistryTokenInput, options?: RequestOptions): Promise<RegistryToken> {
    return this.transport.json.get("/api/registry/token", { query: input, ...options });
  }
}
