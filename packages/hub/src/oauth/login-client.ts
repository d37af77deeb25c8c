import { createHub, type HubWith } from "../create-hub.js";
import { HubResponseError } from "../errors.js";
import { OAuth, type GetOAuthTokenInput, type OAuthToken } from "../namespaces/oauth.js";
import type { HubOptions } from "../options.js";
import { HubLoginError } from "./login-error.js";

/** How to reach the Hub; as in `new Hub(options)`. */
export type LoginClientOptions = Omit<HubOptions, "token" | "endpoint" | "allowHttp">;

/** A Hub that can do nothing but log in. */
export const clientOf = (
  options: LoginClientOptions,
  endpoint: string | URL | undefined,
  token: string | null,
): HubWith<{ oauth: typeof OAuth }> => createHub({ oauth: OAuth }, { ...options, endpoint, token });

/**
 * Asks for a token.
 *
 * @throws {HubLoginError} with `advice` when what it is requested with is no longer good.
 */
export async function requestToken(
  { oauth }: { oauth: OAuth },
  input: GetOAuthTokenInput,
  signal: AbortSignal | undefined,
  advice: string,
): Promise<OAuthToken> {
  try {
    return await oauth.getToken(input, { signal });
  } catch (error) {
    if (!isRefusedGrant(error)) throw error;
    const words = error.serverMessage ?? "it has expired, or was used before";
    throw new HubLoginError("invalid_grant", `the Hub refused ${advice} (${words})`, { cause: error });
  }
}

function isRefusedGrant(error: unknown): error is HubResponseError {
  if (!(error instanceof HubResponseError)) return false;
  const { body } = error;
  return typeof body === "object" && body !== null && "error" in body && body.error === "invalid_grant";
}
