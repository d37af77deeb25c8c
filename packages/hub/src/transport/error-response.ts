import { HubConnectionError, HubResponseError, type HubErrorCode } from "../errors.js";
import { waitOf } from "./rate-limit.js";
import { readText } from "./read-text.js";
import { hide, hideInError, redactUrl } from "./redact.js";

const maxBytes = 64 * 1024;

export interface Asked {
  method: string;
  url: string;
  /** The token that the request carried. A server may repeat it; an error must not. */
  token: string | undefined;
}

/** Turns an answer that is no success into an error; reads at most 64 KiB of it. */
export async function readErrorAnswer(response: Response, asked: Asked): Promise<HubResponseError> {
  const { headers, status } = response;
  const body = decode(hide(asked.token, await readStart(response)), headers.get("content-type") ?? "");
  const serverMessage = plain(hide(asked.token, headers.get("x-error-message") ?? wordsOf(body) ?? ""));
  return new HubResponseError({
    ...factsOf(response, asked),
    code: hide(asked.token, headers.get("x-error-code") ?? "") || codeOf(status, asked, serverMessage),
    serverMessage,
    retryAfter: waitOf(headers, Date.now()),
    body,
  });
}

/** An answer with a good status that is not what was asked for, such as a page of HTML from a proxy. */
export function unexpectedAnswer(response: Response, asked: Asked, what: string, cause?: unknown): HubResponseError {
  const facts = { ...factsOf(response, asked), cause: hideInError(asked.token, cause) };
  return new HubResponseError({ ...facts, code: "UnexpectedResponse", serverMessage: what });
}

/** No answer, or one that broke off. */
export function connectionError(what: string, asked: Asked, cause: unknown): HubConnectionError {
  const shown = `${asked.method} ${shownUrl(asked)}`;
  return new HubConnectionError(`${what}: ${shown}`, { cause: hideInError(asked.token, cause) });
}

/** The address as an error or an observer may see it. */
export const shownUrl = ({ token, url }: Asked): string => hide(token, redactUrl(url));

function factsOf({ headers, status }: Response, asked: Asked) {
  const requestId = headers.get("x-request-id") ?? headers.get("x-amzn-trace-id") ?? headers.get("x-amz-cf-id");
  return {
    status,
    method: asked.method,
    url: shownUrl(asked),
    requestId: requestId === null ? undefined : hide(asked.token, requestId),
  };
}

const codes: Readonly<Record<number, HubErrorCode>> = {
  402: "PaymentRequired",
  403: "Forbidden",
  404: "NotFound",
  409: "Conflict",
  412: "PreconditionFailed",
  429: "RateLimited",
};

function codeOf(status: number, { token }: Asked, words: string | undefined): HubErrorCode {
  if (words?.includes("Access to this resource is disabled")) return "DisabledRepo";
  // The Hub hides what exists from those who say no name.
  if (status === 401) return token !== undefined ? "InvalidToken" : "NotFoundOrPrivate";
  return codes[status] ?? (status >= 500 ? "ServerError" : status < 400 ? "UnexpectedResponse" : "BadRequest");
}

/** The Hub, its OAuth part and its validation each word their errors in another field. */
function wordsOf(body: unknown): string | undefined {
  if (typeof body === "string") return body;
  if (typeof body !== "object" || body === null) return undefined;
  const { error, error_description: description, errors, message } = body as Record<string, unknown>;
  if (typeof description === "string") return description;
  for (const value of [error, message, errors]) {
    if (typeof value === "string") return value;
    if (!Array.isArray(value)) continue;
    const parts = value.map((part) =>
      typeof part === "string" ? part : (part as { message?: unknown } | null)?.message,
    );
    return parts.filter((part) => typeof part === "string").join("; ");
  }
  return undefined;
}

/** One line of text: no markup, no control characters, at most 300 characters. */
function plain(words: string): string | undefined {
  const title = /<title>([^<]{1,200})/i.exec(words)?.[1];
  const text = (
    title ??
    words
      .slice(0, 2000)
      .replace(/<(style|script)[\s\S]*?(<\/\1>|$)/gi, " ")
      .replace(/<[^>]*(>|$)/g, " ")
  )
    .replace(/[\u0000-\u001f\u007f\s]+/g, " ")
    .trim();
  if (text === "") return undefined;
  return text.length > 300 ? `${text.slice(0, 299)}…` : text;
}

async function readStart(response: Response): Promise<string> {
  try {
    return (await readText(response, maxBytes)).text;
  } catch {
    // The status has arrived, and it says more than a body that broke off.
    return "";
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
