import type { Body, Result, Schema } from "@hf-api/raw";
import { sleep } from "../async/abortable.js";
import { HubInputError, HubResponseError } from "../errors.js";
import type { RequestOptions } from "../options.js";
import { Namespace } from "../namespace.js";

/** What an OAuth token's scopes let its holder know of the user. `sub` is the user's id, which never changes. */
export interface UserInfo extends Schema<"UserInfo"> {}
/** An OAuth app as it was registered. A `client_secret` is told here and never again. */
export interface OAuthApp extends Result<"post", "/oauth/register"> {}
/**
 * `user_code` is for the user to enter at `verification_uri`, unless they open `verification_uri_complete`, which holds
 * it; `device_code` is for the app. `expires_in` is in seconds, as is the `interval` to ask for the token in.
 */
export interface DeviceAuthorization extends Result<"post", "/oauth/device"> {}

/** Where OpenID Connect finds what it needs, as full URLs. */
export interface OpenIdConfiguration extends Schema<"OpenIdConfiguration"> {}

/** An app without a secret, such as one in a browser, has `token_endpoint_auth_method: "none"`. */
export interface RegisterOAuthAppInput extends Body<"post", "/oauth/register"> {}
/** `scope` lists scopes, with spaces between them. */
export interface StartDeviceAuthorizationInput extends Body<"post", "/oauth/device"> {}

/** Of a user who came back to `redirect_uri` with a `code`. An app with a secret sends it, others a `code_verifier`. */
export type AuthorizationCodeGrant = Grant<"authorization_code">;
/** Of a user who entered the code of a device. */
export type DeviceCodeGrant = Grant<"urn:ietf:params:oauth:grant-type:device_code">;
/** Of a token that is about to expire. */
export type RefreshTokenGrant = Grant<"refresh_token">;
/** Of a token that somebody else issued, such as a CI service; `resource` is what the new one shall be good for. */
export type TokenExchangeGrant = Grant<"urn:ietf:params:oauth:grant-type:token-exchange">;
type Grant<Type> = Extract<Body<"post", "/oauth/token">, { grant_type: Type }>;

/** What a token is requested with; `grant_type` tells which. */
export type GetOAuthTokenInput = AuthorizationCodeGrant | DeviceCodeGrant | RefreshTokenGrant | TokenExchangeGrant;
/** `access_token` is what a `Hub` takes as its `token`, for `expires_in` seconds. */
export interface OAuthToken extends Schema<"OAuthToken"> {}

/** What `startDeviceAuthorization` was called with and what it returned, or as much of it as is needed. */
export interface WaitForDeviceTokenInput extends Pick<DeviceCodeGrant, "client_id" | "device_code"> {
  /** Seconds between two requests, at least 1. Default 5. */
  interval?: number | undefined;
}

/** Logging in with the Hub: OAuth apps and the users behind their tokens. */
export class OAuth extends Namespace {
  /**
   * Returns where users log in and tokens come from. Most clients of OpenID Connect read it by themselves.
   *
   * @remarks Not in the Hub's OpenAPI document.
   * @example
   * const { authorization_endpoint } = await hub.oauth.getConfiguration();
   */
  async getConfiguration(options?: RequestOptions): Promise<OpenIdConfiguration> {
    return this.transport.json.get("/.well-known/openid-configuration", { anonymous: true, ...options });
  }

  /**
   * Returns the user behind an OAuth token, as far as its scopes allow.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/oauth/GET/oauth/userinfo
   * @example
   * const { sub, preferred_username } = await hub.oauth.getUserInfo();
   */
  async getUserInfo(options?: RequestOptions): Promise<UserInfo> {
    return this.transport.json.get("/oauth/userinfo", { ...options });
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

  /**
   * Returns a token for what its owner has agreed to: for the code that they came back with, for a device, for a refresh
   * token, or for a token of another service.
   *
   * @throws {HubResponseError} with code `BadRequest`; `body.error` says why, for example `invalid_grant`.
   * @remarks Not in the Hub's OpenAPI document.
   * @example
   * const { access_token, expires_in } = await hub.oauth.getToken({
   *   grant_type: "authorization_code",
   *   code: "7c1d…",
   *   redirect_uri: "https://my-app.example/callback",
   *   client_id: "90e1…",
   *   code_verifier: "dBjf…",
   * });
   */
  async getToken(input: GetOAuthTokenInput, options?: RequestOptions): Promise<OAuthToken> {
    return this.transport.json.post("/oauth/token", { ...formOf(input), ...options });
  }

  /**
   * Waits until the user has entered the code of a device, and returns the token.
   *
   * @throws {HubResponseError} whose `body.error` is `access_denied` when the user refused, or `expired_token` when they
   * took too long.
   * @remarks Not in the Hub's OpenAPI document.
   * @example
   * const app = { client_id: "90e1…", scope: "openid profile" };
   * const authorization = await hub.oauth.startDeviceAuthorization(app);
   * const { access_token } = await hub.oauth.waitForDeviceToken({ ...app, ...authorization });
   */
  async waitForDeviceToken(
    { client_id, device_code, interval = 5 }: WaitForDeviceTokenInput,
    options?: RequestOptions,
  ): Promise<OAuthToken> {
    if (!(typeof interval === "number" && interval >= 0))
      throw new HubInputError(`interval is ${String(interval)}; expected seconds`);
    const form = formOf({ grant_type: "urn:ietf:params:oauth:grant-type:device_code", client_id, device_code });
    return await this.transport.withDeadline(options, async (all) => {
      for (let seconds = Math.max(1, interval); ;) {
        try {
          // The code is good for one token, so a question whose response was lost may be asked again.
          return await this.transport.json.post("/oauth/token", { ...form, idempotent: true, ...all });
        } catch (error) {
          const state = stateOf(error);
          if (state === "slow_down") seconds += 5;
          else if (state !== "authorization_pending") throw error;
        }
        await sleep(seconds * 1000, all.signal);
      }
    });
  }
}

/** The fields as a form, which the operation takes alone: text, of which the route's type says what it holds. */
function formOf<T extends GetOAuthTokenInput>(input: T): { body: T; contentType: string; anonymous: true } {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(input)) if (value !== undefined) form.set(name, value);
  return { body: form.toString() as unknown as T, contentType: "application/x-www-form-urlencoded", anonymous: true };
}

/** What OAuth calls the refusal. */
function stateOf(error: unknown): unknown {
  const body = error instanceof HubResponseError ? error.body : undefined;
  return typeof body === "object" && body !== null && "error" in body ? body.error : undefined;
}
