import { HubError } from "../errors.js";
import type { OAuthToken, UserInfo } from "../namespaces/oauth.js";

/** Somebody who logged in. It survives JSON, except that `expiresAt` is text then, which all functions here take. */
export interface Login {
  /** What a `Hub` takes as its `token`. */
  accessToken: string;
  /** When the token ends: after 8 hours, unless the app's settings say otherwise. */
  expiresAt?: Date | undefined;
  /** What the user agreed to. */
  scopes: readonly string[];
  /** What `refreshLogin` needs. Not every app gets one. */
  refreshToken?: string | undefined;
  /** Who it is, as far as the scopes allow. Only with the scope `openid`. */
  user?: UserInfo | undefined;
  /** The app's own `state`, as `createLogin` was called with. */
  state?: string | undefined;
  clientId: string;
  endpoint: string;
}

/** A login that may have been kept as JSON. */
export interface KeptLogin extends Omit<Login, "expiresAt"> {
  expiresAt?: Date | string | undefined;
}

/** What a response of the Hub says of a token. */
export function tokenFacts(
  { access_token, expires_in, refresh_token, scope }: OAuthToken,
  scopes: string | undefined,
): Pick<Login, "accessToken" | "expiresAt" | "scopes" | "refreshToken"> {
  if (typeof access_token !== "string" || access_token === "") {
    throw new HubError("the Hub's response to /oauth/token has no access_token");
  }
  return {
    accessToken: access_token,
    expiresAt: expires_in === undefined ? undefined : new Date(Date.now() + expires_in * 1000),
    scopes: (scope ?? scopes ?? "").split(" ").filter((one) => one !== ""),
    refreshToken: refresh_token,
  };
}
