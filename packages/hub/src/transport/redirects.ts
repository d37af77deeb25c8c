import { shownUrl, unexpectedResponse, type SentRequest } from "./error-response.js";
import { HubError } from "../errors.js";
import type { Fetch } from "../options.js";
import { officialHub } from "./reachable.js";
import { redactUrl } from "./redact.js";
import { inBrowser, onNode } from "../runtime.js";

const maxHops = 20;

export interface FollowedResponse {
  response: Response;
  /** Where the response came from in the end. */
  url: string;
  /**
   * The headers that the Hub itself sent: those of its last response before another server took over and, where that
   * lacks one, those of the redirects before it.
   */
  hubHeaders: Headers;
}

/**
 * Fetches and follows redirects itself, because runtimes differ in what they send along: the token and other headers of
 * ours stay on the origin they were meant for, a body never leaves it, and no POST turns into a GET. `request.url` is
 * always the address that responds next.
 */
export async function fetchFollowing(fetch: Fetch, request: SentRequest, init: RequestInit): Promise<FollowedResponse> {
  if (isSafe(request.method) && followsUnseen()) return await fetchAsBrowser(fetch, request, init);
  const home = request.url;
  let hopInit: RequestInit = { ...init, redirect: "manual" };
  let hubHeaders: Headers | undefined;
  // Whoever another server redirects to, the Hub included, responses for that server.
  let isOwn = true;
  for (let hop = 0; ; hop += 1) {
    const response = await fetch(request.url, hopInit);
    if (response.type === "opaqueredirect") return await fetchAsBrowser(fetch, request, hopInit);
    if (isOwn) hubHeaders = withNewer(hubHeaders, response.headers);
    if (!isRedirect(response)) return { response, url: request.url, hubHeaders: hubHeaders ?? response.headers };
    // Its body says nothing that the Location does not; left unread, it would keep the connection.
    await response.body?.cancel();
    if (hop === maxHops) throw unexpectedResponse(response, request, `more than ${maxHops} redirects`);
    const target = redirectTarget(response, request);
    hopInit = redirected(hopInit, response, request, target);
    request.url = target.href;
    isOwn &&= isHubs(target.origin, home);
  }
}

/** A mirror may redirect to the Hub, whose files it names. */
const isHubs = (origin: string, endpoint: string): boolean =>
  origin === officialHub || origin === new URL(endpoint).origin;

function withNewer(older: Headers | undefined, newer: Headers): Headers {
  if (older === undefined) return newer;
  const headers = new Headers(older);
  newer.forEach((value, name) => headers.set(name, value));
  return headers;
}

/** Fetches and follows nothing: a redirect is the response, or an error where the runtime is told so. */
export async function fetchOnce(fetch: Fetch, request: SentRequest, init: RequestInit): Promise<FollowedResponse> {
  const { url } = request;
  try {
    const response = await fetch(url, init);
    return { response, url, hubHeaders: response.headers };
  } catch (error) {
    // What Node, Bun and Deno say of `redirect: "error"`; to send the bytes again would change nothing.
    const { message, cause } = error as Error & { cause?: Error };
    if (!/unexpected ?redirect|encountered redirect/i.test(`${cause?.message} ${message}`)) throw error;
    throw new HubError(`${init.method} ${shownUrl(request)} was redirected, which what is uploaded does not follow`, {
      cause: error,
    });
  }
}

export function isRedirect({ status }: Response): boolean {
  return status === 301 || status === 302 || status === 303 || status === 307 || status === 308;
}

/** Where a test's `document` stands on Node, redirects can be read all the same. */
const followsUnseen = (): boolean => inBrowser() && !onNode();

/** Browsers hide where a redirect leads, and let nobody but themselves follow it; they drop the token on the way. */
async function fetchAsBrowser(
  fetch: Fetch,
  { method, url }: SentRequest,
  init: RequestInit,
): Promise<FollowedResponse> {
  if (!isSafe(method)) {
    throw new HubError(`${method} ${redactUrl(url)} was redirected, which a browser hides; it was not repeated`);
  }
  const response = await fetch(url, { ...init, redirect: "follow" });
  const end = response.url === "" ? url : response.url;
  const hubHeaders = isHubs(new URL(end).origin, url) ? response.headers : new Headers();
  return { response, url: end, hubHeaders };
}

/** The address that a redirect names, resolved; only http(s), and without credentials. */
function redirectTarget(response: Response, request: SentRequest): URL {
  const location = response.headers.get("location");
  if (location === null) throw unexpectedResponse(response, request, "a redirect without a Location");
  let target: URL;
  try {
    target = new URL(asUtf8(location), request.url);
  } catch {
    throw unexpectedResponse(response, request, "a redirect to something that is no address");
  }
  if (target.protocol !== "https:" && target.protocol !== "http:") {
    throw unexpectedResponse(response, request, `a redirect to ${target.protocol}, which is not followed`);
  }
  target.hash = "";
  target.username = "";
  target.password = "";
  return target;
}

/** Runtimes hand over the bytes of a header as so many characters; an address that is not encoded is UTF-8. */
function asUtf8(location: string): string {
  if (!/[\x80-\xff]/.test(location) || /[^\x00-\xff]/.test(location)) return location;
  return new TextDecoder().decode(Uint8Array.from(location, (byte) => byte.charCodeAt(0)));
}

function redirected(init: RequestInit, response: Response, request: SentRequest, target: URL): RequestInit {
  const safe = isSafe(request.method);
  if (!safe && response.status !== 307 && response.status !== 308) {
    throw unexpectedResponse(
      response,
      request,
      `a redirect that would turn ${request.method} into GET; it was not followed`,
    );
  }
  const from = new URL(request.url);
  if (target.origin === from.origin) return init;
  if (from.protocol === "https:" && target.protocol === "http:") {
    throw unexpectedResponse(response, request, "a redirect from https to http, which is not followed");
  }
  if (!safe)
    throw unexpectedResponse(response, request, "a redirect to another origin, where the request's body must not go");
  return { ...init, headers: publicHeaders(new Headers(init.headers)) };
}

const isSafe = (method: string): boolean => method === "GET" || method === "HEAD";

/** What a stranger may see: not the token, and no header that the caller meant for the Hub. */
function publicHeaders(headers: Headers): Headers {
  const kept = new Headers();
  for (const name of ["accept", "accept-encoding", "range", "if-range", "user-agent"]) {
    const value = headers.get(name);
    if (value !== null) kept.set(name, value);
  }
  return kept;
}
