import type { Body, Result, Schema } from "@hf-api/raw";
import type { RequestOptions } from "../options.js";
import { Namespace } from "./namespace.js";

/** What an OAuth token's scopes let its holder know of the user. `sub` is the user's id, which never changes. */
export interface UserInfo extends Schema<"UserInfo"> {}
/** An OAuth app as it was registered. A `client_secret` is told here and never again. */
export interface OAuthApp extends Result<"post", "/oauth/register"> {}
/** `user_code` is for the user to enter at `verification_uri`, `device_code` for the app; `expires_in` is in seconds. */
export interface DeviceAuthorization extends Result<"post", "/oauth/device"> {}

export interface GetUserInfoInput {
  /** The verb to ask with; OpenID Connect allows both, and both answer the same. Default `get`. */
  method?: "get" | "post" | undefined;
}

/** An app without a secret, such as one in a browser, has `token_endpoint_auth_method: "none"`. */
export interface RegisterOAuthAppInput extends Body<"post", "/oauth/register"> {}
/** `scope` lists scopes, with spaces between them. */
export interface StartDeviceAuthorizationInput extends Body<"post", "/oauth/device"> {}

/** Logging in with the Hub: OAuth apps and the users behind their tokens. */
export class OAuth extends Namespace {
  /**
   * Returns the user behind an OAuth token, as far as its scopes allow.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/oauth/GET/oauth/userinfo
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/oauth/POST/oauth/userinfo
   * @example
   * const { sub, preferred_username } = await hub.oauth.getUserInfo();
   */
  async getUserInfo({ method = "get" }: GetUserInfoInput = {}, options?: RequestOptions): Promise<UserInfo> {
    return method === "post"
      ? this.transport.json.post("/oauth/userinfo", { idempotent: true, ...options })
      : this.transport.json.get("/oauth/userinfo", { ...options });
  }

  /**
   * Registers an OAuth app, as a program may do for itself.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/oauth/POST/oauth/register
   * @example
   * const { client_id } = await hub.oauth.registerApp({
   *   client_name: "My app",
   *   redirect_uris: ["https://my-app.example/callback"],
   *   scope: "openid profile",
   *   token_endpoint_auth_method: "none",
   * });
   */
  async registerApp(input: RegisterOAuthAppInput = {}, options?: RequestOptions): Promise<OAuthApp> {
    return this.transport.json.post("/oauth/register", { body: input, ...options });
  }

  /**
   * Begins to log in on a device without a browser: show the user the code and the address to enter it at.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/oauth/POST/oauth/device
   * @example
   * const { user_code, verification_uri } = await hub.oauth.startDeviceAuthorization({
   *   client_id: "90e1…",
   *   scope: "openid profile",
   * });
   */
  async startDeviceAuthorization(
    input: StartDeviceAuthorizationInput,
    options?: RequestOptions,
  ): Promise<DeviceAuthorization> {
    return this.transport.json.post("/oauth/device", { body: input, ...options });
  }
}
