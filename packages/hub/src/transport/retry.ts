import { HubConnectionError, HubResponseError, HubTimeoutError } from "../errors.js";

const baseDelay = 500;
const maxDelay = 8_000;
const minDelay = 10;

/** What to do about a failed attempt. */
export interface RetryDecision {
  /** Milliseconds to wait before the next attempt. */
  wait: number;
  /** Whether the Hub asked for that wait itself; such a retry adds no load that it does not expect. */
  serverRequested: boolean;
}

export interface FailedAttempt {
  error: unknown;
  /** 1 for the first attempt. */
  attempt: number;
  /** Whether doing it twice is the same as doing it once. */
  idempotent: boolean;
  /** The longest wait that the caller accepts, in milliseconds. */
  maxWait: number;
}

const transient = new Set([408, 500, 502, 503, 504]);

/** Decides whether an attempt may be repeated, and when; undefined where it must not be. */
export function decideRetry({ error, attempt, idempotent, maxWait }: FailedAttempt): RetryDecision | undefined {
  if (error instanceof HubResponseError) {
    const repeatable =
      error.status === 429
        ? idempotent || error.retryAfter !== undefined
        : idempotent && (transient.has(error.status) || error.cause instanceof SyntaxError);
    if (!repeatable) return undefined;
    // At once is no wait that the Hub asked for.
    if (!error.retryAfter) return { wait: backOff(attempt), serverRequested: false };
    const wait = error.retryAfter * 1000;
    // Everyone was told the same moment; a little late, each at another time, is better than all at once.
    return wait > maxWait
      ? undefined
      : { wait: Math.max(wait * (1 + Math.random() / 10), backOff(1)), serverRequested: true };
  }
  const mayRepeat =
    (error instanceof HubTimeoutError && idempotent) ||
    (error instanceof HubConnectionError && (idempotent || wasNeverSent(error)));
  return mayRepeat ? { wait: backOff(attempt), serverRequested: false } : undefined;
}

/** Exponential with full jitter. */
export function backOff(attempt: number): number {
  return Math.max(minDelay, Math.random() * Math.min(maxDelay, baseDelay * 2 ** (attempt - 1)));
}

const neverSent =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|UND_ERR_CONNECT_TIMEOUT|ConnectionRefused)$/;

/** Whether no connection came about, so that the Hub cannot have acted. */
const wasNeverSent = ({ code = "" }: HubConnectionError): boolean => neverSent.test(code);

/** Whether an error is the response of a server that works. */
export const isFromWorkingServer = (error: unknown): boolean =>
  error instanceof HubResponseError && error.status !== 429 && !transient.has(error.status);

/** Whether the Hub may have acted although the request failed. */
export const mayHaveActed = (error: unknown): boolean =>
  error instanceof HubTimeoutError ||
  (error instanceof HubConnectionError && !wasNeverSent(error)) ||
  (error instanceof HubResponseError && (error.status < 400 || error.status === 408 || error.status >= 500));
