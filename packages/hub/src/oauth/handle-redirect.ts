import { HubInputError } from "../errors.js";
import { inBrowser } from "../runtime.js";
import { spaceVariable } from "./app-settings.js";
import { clientOf, requestToken, type LoginClientOptions } from "./login-client.js";
import { HubLoginError } from "./login-error.js";
import { tokenFacts, type Login } from "./login.js";
import { find, forget, parsePending, storageOr, type LoginStorage, type PendingLogin } from "./pending-login.js";

export interface HandleRedirectInput extends LoginClientOptions {
  /** The URL that the Hub sent the user to. Default: that of this page, whose query is cleaned afterwards. */
  url?: string | URL | undefined;
  /** What `createLogin` returned, where no storage has it. */
  pending?: string | undefined;
  /** Of an app on a server that has one. Default there: the Space's. */
  clientSecret?: string | undefined;
  /** The same as in `createLogin`. */
  storage?: LoginStorage | null | undefined;
  signal?: AbortSignal | undefined;
}

/** Redirects that are being handled, by their state: a code is good once, and a component may be mounted twice. */
const underWay = new Map<string, Promise<Login>>();

/**
 * Ends a login: returns who the user is, with a token that acts in their name. Call it when the page has loaded. It
 * returns undefined for a URL that is not the end of a login.
 *
 * @throws {HubLoginError} when the user did not agree, when the redirect does not belong to a login that was started here,
 * and when its code is no longer good. Its `code` tells which; a new login begins with `createLogin()`.
 * @throws {HubResponseError} and {HubConnectionError} as any call. While the code is good, a reload tries again.
 * @example
 * const login = await handleRedirect({ url: "https://my-app.example/" });
 * if (login) console.log(login.user?.preferred_username);
 */
export async function handleRedirect(input: HandleRedirectInput = {}): Promise<Login | undefined> {
  const { location: page } = globalThis as { location?: Location };
  const given = input.url ?? page?.href;
  if (given === undefined || !URL.canParse(given)) {
    throw new HubInputError(`url is ${given === undefined ? "missing" : "not a URL"}; pass the URL of the request`);
  }
  const url = new URL(given);
  const state = url.searchParams.get("state");
  if (state === null || !(url.searchParams.has("code") || url.searchParams.has("error"))) return undefined;
  const running = underWay.get(state);
  if (running !== undefined) return await running;
  const finishing = finish(url, state, input);
  underWay.set(state, finishing);
  try {
    const login = await finishing;
    if (input.url === undefined) cleanUrl(url);
    return login;
  } catch (error) {
    // After any other error the code may still be good.
    if (input.url === undefined && error instanceof HubLoginError) cleanUrl(url);
    throw error;
  } finally {
    underWay.delete(state);
  }
}

async function finish(url: URL, state: string, input: HandleRedirectInput): Promise<Login> {
  const { url: _url, pending, clientSecret, storage: given, signal, ...options } = input;
  const storage = storageOr(given);
  const login = pending === undefined ? find(storage, state) : parsePending(pending);
  if (login?.state !== state) {
    throw new HubLoginError(
      "unknown_login",
      "the redirect does not belong to a login that was started here, or that login has ended; start a new one with createLogin(), in the same browser, tab or frame",
    );
  }
  // The user may come back to another page of the app, but not to another app.
  const expected = new URL(login.redirectUrl);
  if (expected.origin !== url.origin || expected.pathname !== url.pathname) {
    throw new HubLoginError(
      "foreign_redirect",
      `the redirect led to ${url.origin}${url.pathname}, but the login named ${expected.origin}${expected.pathname}; handle it there, or start a new one with createLogin({ redirectUrl })`,
    );
  }
  const error = url.searchParams.get("error");
  if (error !== null) {
    forget(storage, state);
    const words = url.searchParams.get("error_description") ?? "the Hub says no more";
    throw new HubLoginError(
      error.slice(0, 60),
      error === "access_denied"
        ? "the user did not agree to the login; offer to start a new one with createLogin()"
        : `the login failed with ${JSON.stringify(error.slice(0, 60))}: ${plain(words)}; start a new one with createLogin()`,
    );
  }
  const secret = clientSecret ?? (inBrowser() ? undefined : spaceVariable("OAUTH_CLIENT_SECRET"));
  const token = await requestToken(
    clientOf(options, login.endpoint, null),
    {
      grant_type: "authorization_code",
      code: url.searchParams.get("code") ?? "",
      redirect_uri: login.redirectUrl,
      client_id: login.clientId,
      code_verifier: login.verifier,
      ...(secret !== undefined && { client_secret: secret }),
    },
    signal,
    "the code of this redirect; start a new login with createLogin()",
  ).catch((reason: unknown) => {
    if (reason instanceof HubLoginError) forget(storage, state);
    throw reason;
  });
  forget(storage, state);
  checkIdentity(token.id_token, login);
  const facts = tokenFacts(token, undefined);
  const isKnown = token.id_token !== undefined || facts.scopes.includes("openid");
  const user = isKnown
    ? await clientOf(options, login.endpoint, facts.accessToken).oauth.getUserInfo({ signal })
    : undefined;
  return { ...facts, user, state: login.appState, clientId: login.clientId, endpoint: login.endpoint };
}

/**
 * The ID token came from the Hub itself, over TLS, so its signature need not be checked (OpenID Connect Core, 3.1.3.7);
 * that it is meant for this login must.
 */
function checkIdentity(idToken: string | undefined, { clientId, nonce }: PendingLogin): void {
  if (idToken === undefined) return;
  const claims = claimsOf(idToken);
  const audience: unknown = claims?.["aud"];
  const isFor = Array.isArray(audience) ? audience.includes(clientId) : audience === clientId;
  const what = !isFor ? "for another app" : claims?.["nonce"] !== nonce ? "of another login" : undefined;
  if (what === undefined) return;
  throw new HubLoginError(
    "invalid_identity",
    `the Hub's ID token is ${what}, so the redirect may be a replay; start a new login with createLogin()`,
  );
}

function claimsOf(idToken: string): Record<string, unknown> | undefined {
  try {
    const text = atob((idToken.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/"));
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

/** A stranger may write the URL that a page is opened with. */
const plain = (words: string): string => words.replace(/[\x00-\x1f\x7f]+/g, " ").slice(0, 200);

/** Takes the code out of the address bar, and out of the history. */
function cleanUrl(url: URL): void {
  const { history } = globalThis as { history?: History };
  if (history === undefined) return;
  for (const name of ["code", "state", "error", "error_description", "iss", "session_state"]) {
    url.searchParams.delete(name);
  }
  history.replaceState(history.state, "", url);
}
