import { HubInputError } from "../errors.js";
import { clientIdOr, spaceVariable } from "./app-settings.js";
import { clientOf } from "./login-client.js";
import { keep, storageOr, type LoginStorage, type PendingLogin } from "./pending-login.js";
import { challengeOf, randomText } from "./random-text.js";

export interface CreateLoginInput {
  /** What the app was registered with. Default: the app of the Space that the page is in. */
  clientId?: string | undefined;
  /**
   * Where the Hub sends the user back to; one of the URLs that the app was registered with. Default: this page, without
   * query and fragment.
   */
  redirectUrl?: string | URL | undefined;
  /** What the app may do, as a list or with spaces between. Default: the Space's, else `openid profile`. */
  scopes?: string | readonly string[] | undefined;
  /** Ids of organizations whose resources the app asks for too, as `user.orgs[].sub` has them. */
  organizations?: readonly string[] | undefined;
  /** Comes back as `login.state`, for example the page to go on with. The Hub does not see it. */
  state?: string | undefined;
  /** Defaults to the Space's, then the environment's `HF_ENDPOINT`, then https://huggingface.co. */
  endpoint?: string | URL | undefined;
  /** Where a page keeps what it needs when the user comes back. Default `localStorage`; `null` for nowhere. */
  storage?: LoginStorage | null | undefined;
}

export interface StartedLogin {
  /** Where to send the user. */
  url: string;
  /**
   * What `handleRedirect` needs. A page has it in its storage; a server keeps it where only this user can reach it, such
   * as in an HttpOnly cookie.
   */
  pending: string;
}

/**
 * Begins to log somebody in with the Hub, by OAuth with PKCE: send them to `url`, in the tab or frame that the page is in.
 * Makes no request. An app registers at https://huggingface.co/settings/applications; a Space has one with
 * `hf_oauth: true`.
 *
 * @throws {HubInputError} without a client id, for a redirect URL that is none, and where a server would keep nothing.
 * @see https://huggingface.co/docs/hub/oauth
 * @example
 * const { url } = await createLogin({
 *   clientId: "90e1f0d2-6a3a-4d2f-9a3e-1f1f5b0d1b6a",
 *   redirectUrl: "https://my-app.example/callback",
 *   scopes: ["openid", "profile", "write-repos"],
 * });
 * console.log(url);
 */
export async function createLogin(input: CreateLoginInput = {}): Promise<StartedLogin> {
  const endpoint = input.endpoint ?? (spaceVariable("OPENID_PROVIDER_URL") || undefined);
  const login: PendingLogin = {
    state: randomText(),
    nonce: randomText(),
    verifier: randomText(),
    clientId: clientIdOr(input.clientId),
    redirectUrl: redirectUrlOr(input.redirectUrl),
    endpoint: clientOf({}, endpoint, null).endpoint,
    appState: input.state,
    startedAt: Date.now(),
  };
  const { scopes = spaceVariable("OAUTH_SCOPES") || "openid profile", organizations = [] } = input;
  const query = new URLSearchParams({
    client_id: login.clientId,
    redirect_uri: login.redirectUrl,
    response_type: "code",
    scope: typeof scopes === "string" ? scopes : scopes.join(" "),
    state: login.state,
    nonce: login.nonce,
    code_challenge: await challengeOf(login.verifier),
    code_challenge_method: "S256",
    ...(organizations.length > 0 && { orgIds: organizations.join(",") }),
  });
  const storage = storageOr(input.storage);
  if (storage !== undefined) keep(storage, login);
  return { url: `${login.endpoint}/oauth/authorize?${query}`, pending: JSON.stringify(login) };
}

function redirectUrlOr(given: string | URL | undefined): string {
  const page = (globalThis as { location?: Location }).location;
  const text = given ?? (page && page.origin + page.pathname);
  if (text === undefined) throw new HubInputError("redirectUrl is missing; outside of a page there is no default");
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || text.toString().includes("#")) {
    throw new HubInputError(`redirectUrl is ${String(text).slice(0, 200)}; expected a URL of http or https without #`);
  }
  // Servers compare it as text, so it stays as it was given.
  return String(text);
}
