import type { Result, Schema } from "@hf-api/raw";
import type { RequestOptions } from "../options.js";
import { Namespace } from "../namespace.js";

/** What a token is: an `accessToken` with its role and scopes, or one of OAuth, of a machine and the like. */
export interface TokenInfo extends Schema<"TokenInfo"> {}
/** An organisation of the token's owner, and their role there. */
export interface OrganizationOfToken extends Schema<"OrganizationOfToken"> {}
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
