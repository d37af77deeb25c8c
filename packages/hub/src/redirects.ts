import { HubConnectionError, HubResponseError } from "./errors.js";
import { unexpectedAnswer } from "./error-answer.js";
import { redactUrl } from "./redact.js";

const maxHops = 20;

export interface FollowedAnswer {
  response: Response;
  /** Where the answer came from in the end. */
  url: string;
}

type Fetch = typeof globalThis.fetch;

/**
 * Fetches and follows redirects itself, because runtimes differ in what they send along: the token and other headers of
 * ours stay on the origin they were meant for, a body never leaves it, and no POST turns into a GET.
 */
export async function fetchFollowing(fetch: Fetch, url: string, init: RequestInit): Promise<FollowedAnswer> {
  let current = url;
  let request: RequestInit = { ...init, redirect: "manual" };
  for (let hop = 0; ; hop += 1) {
    const response = await fetch(current, request);
    if (response.type === "opaqueredirect") return await fetchAsBrowser(fetch, current, request);
    if (response.status < 300 || response.status > 308 || response.status === 304) return { response, url: current };
    // Its body says nothing that the Location does not; without this the connection could not be used again.
    await response.body?.cancel();
    const asked = { method: request.method ?? "GET", url: current, authorized: false };
    const target = targetOf(response, asked);
    if (hop === maxHops) throw unexpectedAnswer(response, asked, `more than ${maxHops} redirects`);
    request = redirected(request, response, current, target, asked);
    current = target.href;
  }
}

/** Browsers hide where a redirect leads, and let nobody but themselves follow it. */
async function fetchAsBrowser(fetch: Fetch, url: string, request: RequestInit): Promise<FollowedAnswer> {
  const method = request.method ?? "GET";
  if (method !== "GET" && method !== "HEAD") {
    throw new HubConnectionError(`${method} ${redactUrl(url)} was redirected, which a browser hides; it was not repeated`);
  }
  const response = await fetch(url, { ...request, redirect: "follow" });
  return { response, url: response.url === "" ? url : response.url };
}

function targetOf(response: Response, asked: { method: string; url: string; authorized: boolean }): URL {
  const location = response.headers.get("location");
  if (location === null) throw unexpectedAnswer(response, asked, "a redirect without a Location");
  let target: URL;
  try {
    target = new URL(location, asked.url);
  } catch {
    throw unexpectedAnswer(response, asked, "a redirect to something that is no address");
  }
  if (target.protocol !== "https:" && target.protocol !== "http:") {
    throw unexpectedAnswer(response, asked, `a redirect to ${target.protocol}, which is not followed`);
  }
  target.hash = "";
  target.username = "";
  target.password = "";
  return target;
}

function redirected(
  request: RequestInit,
  response: Response,
  from: string,
  target: URL,
  asked: { method: string; url: string; authorized: boolean },
): RequestInit {
  const safe = asked.method === "GET" || asked.method === "HEAD";
  const keepsMethod = response.status === 307 || response.status === 308;
  if (!safe && !keepsMethod) {
    throw new HubResponseError({
      status: response.status,
      code: "UnexpectedAnswer",
      method: asked.method,
      url: redactUrl(from),
      serverMessage: `a redirect that would turn ${asked.method} into GET; it was not followed`,
    });
  }
  if (target.origin === new URL(from).origin) return request;
  if (new URL(from).protocol === "https:" && target.protocol === "http:") {
    throw unexpectedAnswer(response, asked, "a redirect from https to http, which is not followed");
  }
  if (!safe) throw unexpectedAnswer(response, asked, "a redirect to another origin, where the request's body must not go");
  return { ...request, headers: publicHeaders(new Headers(request.headers)) };
}

/** What a stranger may see: not the token, and no header that the caller meant for the Hub. */
function publicHeaders(headers: Headers): Headers {
  const kept = new Headers();
  for (const name of ["accept", "range", "if-range", "user-agent"]) {
    const value = headers.get(name);
    if (value !== null) kept.set(name, value);
  }
  return kept;
}
