/** What every failure of this client is an instance of. No error ever holds the token. */
export class HubError extends Error {
  override readonly name: string = "HubError";
  readonly isHubError = true;
}

/**
 * Like `instanceof HubError`, and also true for an error that another copy of this package threw. A structured clone of
 * an error keeps its words and loses all else; for a worker's message, copy it: `{ ...error, message: error.message }`.
 */
export function isHubError(error: unknown): error is HubError {
  return typeof error === "object" && error !== null && (error as { isHubError?: unknown }).isHubError === true;
}

/** What the caller passed cannot become a request; nothing was sent. */
export class HubInputError extends HubError {
  override readonly name = "HubInputError";
}

/** No response came, or it broke off. `cause` is the runtime's own error. */
export class HubConnectionError extends HubError {
  override readonly name = "HubConnectionError";
  /** The code of the system or the runtime, such as `ECONNREFUSED` or `ENOTFOUND`, if there is one. */
  readonly code: string | undefined;

  constructor(message: string, options?: ErrorOptions) {
    const code = systemCode(options?.cause);
    super(code === undefined ? message : `${message} (${code})`, options);
    this.code = code;
  }
}

/** Runtimes wrap the system's error, which has the code, in errors of their own. */
function systemCode(error: unknown): string | undefined {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 8; cause = cause.cause, depth += 1) {
    const { code } = cause as { code?: unknown };
    if (typeof code === "string" && /^\w{2,40}$/.test(code)) return code;
  }
  return undefined;
}

/** The bytes of a file are not those that the Hub names or the caller expects, or are not all of them. */
export class HubIntegrityError extends HubError {
  override readonly name = "HubIntegrityError";
}

/**
 * The time for an attempt, or for the whole call, was over before the response was complete. The message names the
 * request.
 */
export class HubTimeoutError extends HubError {
  override readonly name = "HubTimeoutError";
  /** The limit that was reached, in milliseconds. */
  readonly timeout: number;

  constructor(message: string, timeout: number) {
    super(message);
    this.timeout = timeout;
  }
}

/** A request to a webhook's receiver that is to be refused: forged, broken, or not from the Hub at all. */
export class HubWebhookError extends HubError {
  override readonly name = "HubWebhookError";
  /** What to answer: 401 for another secret, 405 for another method, 413 for too long a body, else 400. */
  readonly status: 400 | 401 | 405 | 413;

  constructor(status: HubWebhookError["status"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}

/**
 * Why the Hub refused: its own `X-Error-Code` where it sends one, else what the status says. The Hub may add codes.
 *
 * - `RepoNotFound`, `RevisionNotFound`, `EntryNotFound`, `GatedRepo`: the Hub's own.
 * - `NotFoundOrPrivate`: an anonymous call; with a token the Hub would say which.
 * - `InvalidToken`: the Hub does not know this token. `DisabledRepo`: the Hub has disabled the repository.
 * - `RefusedElsewhere`: another server than the Hub refused, such as the storage of large files. `url` names it.
 */
export type HubErrorCode =
  | "RepoNotFound"
  | "RevisionNotFound"
  | "EntryNotFound"
  | "GatedRepo"
  | "DisabledRepo"
  | "NotFoundOrPrivate"
  | "InvalidToken"
  | "BadRequest"
  | "PaymentRequired"
  | "Forbidden"
  | "NotFound"
  | "Conflict"
  | "PreconditionFailed"
  | "PayloadTooLarge"
  | "RateLimited"
  | "ServerError"
  | "UnexpectedResponse"
  | "RefusedElsewhere"
  | (string & {});

export interface HubResponseErrorFacts {
  status: number;
  code: HubErrorCode;
  method: string;
  url: string;
  serverMessage?: string | undefined;
  requestId?: string | undefined;
  retryAfter?: number | undefined;
  body?: unknown;
  cause?: unknown;
  /** What the caller can do, or should know. */
  hint?: string | undefined;
}

/** The Hub responded, but not with what was requested. Branch on `code`. */
export class HubResponseError extends HubError {
  override readonly name = "HubResponseError";
  readonly status: number;
  readonly code: HubErrorCode;
  readonly method: string;
  /** Where the response came from, without signatures. */
  readonly url: string;
  /** The Hub's own words, at most 300 characters of plain text. */
  readonly serverMessage: string | undefined;
  /** Names this response to the Hub's support. */
  readonly requestId: string | undefined;
  /** Seconds until the Hub accepts requests again. */
  readonly retryAfter: number | undefined;
  /** The decoded body: JSON where it is JSON, else text; at most 64 KiB of it were read. */
  readonly body: unknown;

  constructor(facts: HubResponseErrorFacts) {
    const { status, code, method, url, serverMessage, requestId, retryAfter, body, cause, hint } = facts;
    const words = serverMessage === undefined ? "" : `: ${serverMessage}`;
    const wait = retryAfter === undefined ? "" : `; try again in ${Math.ceil(retryAfter)} s`;
    const advice = hint === undefined ? "" : `; ${hint}`;
    super(
      `${method} ${shorten(url, 160)} responded with ${status} ${code}${words}${wait}${advice}`,
      cause === undefined ? {} : { cause },
    );
    this.status = status;
    this.code = code;
    this.method = method;
    this.url = url;
    this.serverMessage = serverMessage;
    this.requestId = requestId;
    this.retryAfter = retryAfter;
    this.body = body;
  }
}

function shorten(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}
