import type { Result } from "@hf-api/raw";
import type { RequestOptions } from "../options.js";
import { Namespace } from "./namespace.js";

/**
 * Who a token belongs to, and what it may do. The Hub's document knows users only; the Hub may answer the `type`s `org`
 * and `app` as well, for tokens of their own.
 */
export interface WhoAmI extends Result<"get", "/api/whoami-v2"> {}

/** The token and its owner. */
export class Auth extends Namespace {
  /**
   * Returns the token's owner, their organisations and the token's rights. The Hub limits this call more than others.
   *
   * @throws {HubResponseError} with code `InvalidToken`, or `NotFoundOrPrivate` without a token.
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/auth/GET/api/whoami-v2
   * @example
   * const { name, orgs } = await hub.auth.whoami();
   */
  async whoami(options?: RequestOptions): Promise<WhoAmI> {
    return this.transport.json.get("/api/whoami-v2", { ...options });
  }
}
