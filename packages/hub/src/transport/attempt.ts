import { abortWith, longestTimer } from "../async/abortable.js";
import { runCallback } from "../async/run-callback.js";
import { addWords } from "./add-words.js";
import { shownRequest, type SentRequest } from "./error-response.js";
import { HubResponseError, HubTimeoutError } from "../errors.js";
import { duration } from "../inputs/numbers.js";
import { ownFields } from "../inputs/own-fields.js";
import type { RequestOptions } from "../options.js";

/** In milliseconds. */
export interface Limits {
  /** For each attempt. */
  timeout: number;
  /** For the call with all its attempts and waits. */
  deadline: number;
  /** When the deadline is over, by `performance.now()`: a clock that is set does not move it. */
  ends: number;
  /** The longest wait for the Hub. */
  maxWait: number;
  /** What a timeout names; undefined where there are several requests. */
  request: SentRequest | undefined;
}

export const unlimited: Limits = {
  timeout: Infinity,
  deadline: Infinity,
  ends: Infinity,
  maxWait: Infinity,
  request: undefined,
};

/**
 * The time limits and the signal of one attempt. One controller, one timer and one listener, each let go at the end:
 * AbortSignal.any and AbortSignal.timeout lose their abort to the garbage collector on Node 20.
 */
export class Attempt {
  /** 1 for the first. */
  readonly number: number;
  /** What the caller's own function threw. */
  fault: { error: unknown } | undefined;
  readonly #controller = new AbortController();
  readonly #limits: Limits;
  readonly #unsubscribe: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #open = false;

  constructor(number: number, limits: Limits, caller: AbortSignal | undefined) {
    this.number = number;
    this.#limits = limits;
    this.#unsubscribe = abortWith(caller, this.#controller);
    this.pauseTimeout();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get maxWait(): number {
    return this.#limits.maxWait;
  }

  /** Starts the attempt's own time limit; what it waited for the Hub's quota does not count. */
  startTimeout(): void {
    const { timeout, deadline, ends } = this.#limits;
    const left = ends - performance.now();
    clearTimeout(this.#timer);
    if (left < timeout) this.#abortAfter(left, deadline);
    else if (timeout !== Infinity) this.#abortAfter(timeout, timeout);
  }

  /** Ends the time limit that `start` began. */
  pauseTimeout(): void {
    clearTimeout(this.#timer);
    const { deadline, ends } = this.#limits;
    if (ends !== Infinity) this.#abortAfter(ends - performance.now(), deadline);
  }

  /** Runs what the caller gave. What goes wrong there is no failure of the request, and ends the call. */
  runCallback(act: () => unknown): void {
    try {
      runCallback(act);
    } catch (error) {
      this.fault = { error };
      throw error;
    }
  }

  /** Must be called once the attempt is over, unless it failed. */
  succeed(): void {
    clearTimeout(this.#timer);
    if (!this.#open) this.#unsubscribe();
  }

  /** Ends what is still on its way, which would keep the connection, and tells why the attempt really failed. */
  fail(error: unknown): unknown {
    clearTimeout(this.#timer);
    this.#unsubscribe();
    // Runtimes wrap what ended a request in errors of their own; the reason itself says more. A response says the most.
    const reason: unknown = this.signal.aborted && !(error instanceof HubResponseError) ? this.signal.reason : error;
    this.#controller.abort();
    return reason;
  }

  /** Lets the response outlive this attempt and its time limit, until `close`. */
  keepOpen(): void {
    this.#open = true;
  }

  /** Ends what is still on its way; who reads it gets the reason. */
  close(reason?: unknown): void {
    clearTimeout(this.#timer);
    this.#unsubscribe();
    this.#controller.abort(reason);
  }

  #abortAfter(milliseconds: number, limit: number): void {
    // A longer one would fire at once; nobody waits that long.
    if (milliseconds > longestTimer) return;
    const late = (): void => this.#controller.abort(timeoutError(limit, this.#limits.request));
    this.#timer = setTimeout(late, Math.max(0, milliseconds));
  }
}

/** Timeouts of several requests, of which the one that was under way is not known yet. */
const unnamed = new WeakSet<object>();

function timeoutError(limit: number, request: SentRequest | undefined): HubTimeoutError {
  const which = request === undefined ? "" : `: ${shownRequest(request)}`;
  const error = new HubTimeoutError(`no complete response within ${limit} ms${which}`, limit);
  if (request === undefined) unnamed.add(error);
  return error;
}

/** Names the request in a timeout of several. Whether the reason of an abort is such a timeout. */
export function nameRequest(reason: unknown, request: SentRequest): reason is HubTimeoutError {
  const isOurs = reason instanceof HubTimeoutError && unnamed.delete(reason);
  if (isOurs) addWords(reason, `: ${shownRequest(request)}`);
  return isOurs;
}

/**
 * Starts the deadline of some work, which its caller may end as well. `request` is what the work waits for, if that is
 * one request.
 */
export function startDeadline(options: RequestOptions, request?: SentRequest): Attempt {
  const { deadline, signal } = ownFields(options);
  const limit = duration("deadline", deadline, Infinity);
  const ends = performance.now() + limit;
  return new Attempt(1, { ...unlimited, deadline: limit, ends, request }, signal);
}

/** Does several things as one call: the deadline covers all of them, and whatever is done in between. */
export async function withDeadline<T extends RequestOptions, R>(
  options: T,
  work: (options: T & { signal: AbortSignal }) => Promise<R>,
  request?: SentRequest,
): Promise<R> {
  const whole = startDeadline(options, request);
  try {
    const result = await work({ ...options, signal: whole.signal });
    whole.succeed();
    return result;
  } catch (error) {
    throw whole.fail(error);
  }
}
