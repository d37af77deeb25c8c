import { HubInputError } from "../errors.js";
import { inBrowser } from "../runtime.js";
import { spaceVariable } from "./app-settings.js";
import { clientOf, requestToken, type LoginClientOptions } from "./login-client.js";
import { tokenFacts, type KeptLogin, type Login } from "./login.js";
import { renewingToken } from "./renewing-token.js";

export interface RefreshLoginOptions extends LoginClientOptions {
  /** Of an app on a server that has one. Default there: the Space's. */
  clientSecret?: string | undefined;
  signal?: AbortSignal | undefined;
}

export interface LoginTokenOptions extends Omit<RefreshLoginOptions, "signal"> {
  /** Called with each new login, to keep it: the former refresh token is used up. */
  onRefresh?: ((login: Login) => void) | undefined;
}

/**
 * Returns the same login with a new token. A refresh token is good once: keep the new login instead of the old one.
 *
 * @throws {HubInputError} for a login without a refresh token.
 * @throws {HubLoginError} with code `invalid_grant` when the refresh token has expired or was used: log in again.
 * @example
 * const renewed = await refreshLogin(login);
 * console.log(renewed.expiresAt);
 */
export async function refreshLogin(login: KeptLogin, options: RefreshLoginOptions = {}): Promise<Login> {
  const { clientSecret, signal, ...client } = options;
  const { refreshToken, clientId, endpoint } = login;
  if (typeof refreshToken !== "string" || refreshToken === "") {
    throw new HubInputError("the login has no refreshToken; log in again with createLogin()");
  }
  const secret = clientSecret ?? (inBrowser() ? undefined : spaceVariable("OAUTH_CLIENT_SECRET"));
  const token = await requestToken(
    clientOf(client, endpoint, null),
    {
      grant_type: "refresh_token",
      refresh_token: refreshToken,
      client_id: clientId,
      ...(secret !== undefined && { client_secret: secret }),
    },
    signal,
    "the refresh token; log in again with createLogin()",
  );
  const facts = tokenFacts(token, login.scopes.join(" "));
  const { expiresAt: _, ...kept } = login;
  return { ...kept, ...facts, refreshToken: facts.refreshToken ?? refreshToken };
}

/**
 * A token for a `Hub` that is renewed five minutes before it ends, as long as the login has a refresh token.
 *
 * @example
 * const hub = new Hub({ token: loginToken(login) });
 * const { name } = await hub.auth.whoami();
 */
export function loginToken(login: KeptLogin, options: LoginTokenOptions = {}): () => Promise<string> {
  const { onRefresh, ...rest } = options;
  let current: KeptLogin = login;
  const dated = ({ accessToken, expiresAt, refreshToken }: KeptLogin) => ({
    token: accessToken,
    // Without a refresh token nothing can be done about it; the Hub then says that the token has expired.
    expiresAt: expiresAt === undefined || refreshToken === undefined ? Infinity : new Date(expiresAt).getTime(),
  });
  return renewingToken(dated(login), async () => {
    const renewed = await refreshLogin(current, rest);
    current = renewed;
    onRefresh?.(renewed);
    return dated(renewed);
  });
}
