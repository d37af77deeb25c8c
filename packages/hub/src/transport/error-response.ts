import { HubConnectionError, HubResponseError, type HubErrorCode } from "../errors.js";
import type { ObservedRequest } from "../options.js";
import { waitOf } from "./rate-limit.js";
import { officialHub } from "./reachable.js";
import { readText } from "./read-text.js";
import type { SafeText } from "./safe-text.js";
import type { Secrets } from "./secrets.js";

const maxBytes = 64 * 1024;
// In characters. A secret that is cut at the end of what was read would not be recognized.
const longestSecret = 8 * 1024;

/** What an error has to know of the client that made the request. */
interface Sender {
  readonly endpoint: string;
  readonly secrets: Secrets;
}

/** What errors and events say of a request. It changes while the request is under way. */
export interface SentRequest {
  /** The number that events name it by. */
  readonly call: number;
  method: string;
  url: string;
  /** The token that the request carried. A server may repeat it; an error must not. */
  token: string | undefined;
  readonly sender: Sender;
  /** Whether the call is made without the token, if there is one. */
  readonly anonymous: boolean;
  /** Whether the current attempt has begun to send the request. */
  sent: boolean;
}

/** Turns a response that is no success into an error; reads at most 64 KiB of it. */
export async function errorFromResponse(
  response: Response,
  request: SentRequest,
  signal?: AbortSignal,
): Promise<HubResponseError> {
  const { headers } = response;
  const safe = safeTextOf(request);
  const { text, whole } = await readStart(response, signal);
  const start = whole ? safe.text(text) : safe.text(text).slice(0, -longestSecret);
  const body = safe.value(decode(start, headers.get("content-type") ?? ""));
  const serverMessage = plain(safe, headers.get("x-error-message") ?? wordsOf(body) ?? "");
  return new HubResponseError({
    ...factsOf(response, request, safe),
    ...verdictOf(response, request, safe, serverMessage),
    serverMessage,
    retryAfter: waitOf(headers, Date.now()),
    body,
  });
}

/** A response with a good status that is not what was requested, such as a page of HTML from a proxy. */
export function unexpectedResponse(
  response: Response,
  request: SentRequest,
  what: string,
  cause?: unknown,
): HubResponseError {
  const safe = safeTextOf(request);
  const facts = { ...factsOf(response, request, safe), cause: safe.error(cause) };
  return new HubResponseError({ ...facts, code: "UnexpectedResponse", serverMessage: safe.line(what) });
}

/** No response, or one that broke off. */
export function connectionError(what: string, request: SentRequest, cause: unknown): HubConnectionError {
  return new HubConnectionError(`${what}: ${shownRequest(request)}`, { cause: safeTextOf(request).error(cause) });
}

/** The address as an error or an observer may see it. */
export const shownUrl = (request: SentRequest): string => safeTextOf(request).text(request.url);

/** What every event tells of its request. */
export const observed = (request: SentRequest, startTime: number = performance.now()): ObservedRequest => ({
  call: request.call,
  startTime,
  method: request.method,
  url: shownUrl(request),
});

export const shownRequest = (request: SentRequest): string => `${request.method} ${shownUrl(request)}`;

export const safeTextOf = ({ url, sender }: SentRequest): SafeText => sender.secrets.safeText(url);

function factsOf({ headers, status }: Response, { method, url }: SentRequest, safe: SafeText) {
  const requestId = headers.get("x-request-id") ?? headers.get("x-amzn-trace-id") ?? headers.get("x-amz-cf-id");
  return { status, method, url: safe.text(url), requestId: safe.line(requestId ?? "", 200) || undefined };
}

interface Verdict {
  code: HubErrorCode;
  hint?: string;
}

/** What the response means. Only the Hub says something of tokens and repositories. */
function verdictOf(
  { headers, status }: Response,
  { url, token, anonymous, sender: { endpoint } }: SentRequest,
  safe: SafeText,
  words: string | undefined,
): Verdict {
  // A route is not a URL yet where a middleware responds.
  const isOwn = url.startsWith(`${endpoint}/`) || url.startsWith("/");
  if (!isOwn && !url.startsWith(`${officialHub}/`)) {
    const hint = `${new URL(url).host} is not the Hub, and gets no token`;
    const code = commonCode(status);
    return code === undefined ? { code: "RefusedElsewhere", hint } : { code };
  }
  // The Hub hides what exists from anonymous callers.
  const unknown = isOwn && token !== undefined ? "InvalidToken" : "NotFoundOrPrivate";
  const code =
    safe.line(headers.get("x-error-code") ?? "", 64) ||
    (words?.includes("Access to this resource is disabled") && "DisabledRepo") ||
    (status === 401 && !anonymous && unknown) ||
    (commonCode(status) ?? codes[status] ?? "BadRequest");
  const missing = status === 401 && token === undefined && !anonymous;
  return missing ? { code, hint: "no token was sent: pass `token`, such as tokenFromDisk, or set HF_TOKEN" } : { code };
}

const codes: Readonly<Record<number, HubErrorCode>> = {
  402: "PaymentRequired",
  403: "Forbidden",
  404: "NotFound",
  409: "Conflict",
  412: "PreconditionFailed",
};

/** What a status says whoever responds. */
function commonCode(status: number): HubErrorCode | undefined {
  if (status === 413) return "PayloadTooLarge";
  if (status === 429) return "RateLimited";
  return status >= 500 ? "ServerError" : status < 400 ? "UnexpectedResponse" : undefined;
}

/** One line of text without markup. */
function plain(safe: SafeText, words: string): string | undefined {
  const markup = safe.text(words);
  const title = /<title>([^<]{1,200})/i.exec(markup)?.[1];
  const text = markup
    .slice(0, 2000)
    .replace(/<(style|script)[\s\S]*?(<\/\1>|$)/gi, " ")
    .replace(/<[^>]*(>|$)/g, " ");
  return safe.line(title ?? text) || undefined;
}

async function readStart(
  response: Response,
  signal: AbortSignal | undefined,
): Promise<{ text: string; whole: boolean }> {
  try {
    return await readText(response, maxBytes, signal);
  } catch {
    // The status has arrived, and it says more than a body that broke off.
    return { text: "", whole: true };
  }
}

function decode(text: string, contentType: string): unknown {
  if (text === "") return undefined;
  if (!/json/i.test(contentType) && !/^\s*[{[]/.test(text)) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** Where JSON errors put their reason: those of the Hub, of its OAuth part, and of common frameworks. */
const reasonFields = ["error_description", "message", "error", "errors", "detail", "details", "title", "msg", "reason"];

/** The server's own reason in the decoded body of an error, however deep it stands. */
function wordsOf(body: unknown, depth: number = 0): string | undefined {
  if (typeof body === "string") return body;
  if (typeof body !== "object" || body === null || depth > 5) return undefined;
  const joined = (parts: unknown[]): string => parts.flatMap((part) => wordsOf(part, depth + 1) || []).join("; ");
  if (Array.isArray(body)) return joined(body);
  for (const name of reasonFields) {
    const words = Object.hasOwn(body, name) && joined([(body as Record<string, unknown>)[name]]);
    if (words) return words;
  }
  // Below a reason, names are those of the fields that it is about. Elsewhere, an array is no reason.
  return joined(
    Object.values(body).filter((value) => typeof value === "object" && (depth > 0 || !Array.isArray(value))),
  );
}
