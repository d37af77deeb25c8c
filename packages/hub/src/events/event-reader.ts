import { sleep } from "../async/abortable.js";
import { HubConnectionError, HubResponseError, HubTimeoutError } from "../errors.js";
import type { RequestEvent } from "../options.js";
import { observed } from "../transport/error-response.js";
import { bytesOf, type OpenResponse } from "../transport/open-response.js";
import { backOff } from "../transport/retry.js";
import { LogPosition } from "./log-position.js";
import { readServerEvents, type StreamEvent } from "./server-events.js";

interface Connection {
  /** How many of the latest lines of a log to begin with. */
  tail: number | undefined;
  /** The event to go on after. */
  lastEventId: string | undefined;
  /** Whether it replaces a connection that broke. */
  reconnects: boolean;
  signal: AbortSignal;
}

export type Connect = (connection: Connection) => Promise<OpenResponse>;

export interface EventSource {
  connect: Connect;
  log: { tail: number | undefined; follow?: boolean | undefined } | undefined;
  /** Milliseconds without a byte until a connection counts as broken. */
  silence: number;
  signal: AbortSignal;
  observe: (event: RequestEvent) => void;
}

/** In milliseconds: a server may request less. */
const longestPause = 60_000;
/** A connection that was open for so many milliseconds is no failed attempt. */
const stable = 10_000;

/** Reads a stream once, over as many connections as it takes. */
export class EventReader<T> {
  readonly #source: EventSource;
  readonly #log: LogPosition<StreamEvent<T>> | undefined;
  #opened: OpenResponse | undefined;
  #retries: number | undefined;
  #lastEventId: string | undefined;
  /** How many connections failed in a row. */
  #failures = 0;
  /** How many connections brought nothing new in a row: the waits between them grow. */
  #fruitless = 0;
  #pause = 0;
  /** Lines of a later time, in milliseconds since 1970, are not wanted. */
  #end = Infinity;
  // Of the current connection:
  #openedAt = Infinity;
  #gotBytes = false;
  #gotEvents = false;

  constructor(source: EventSource) {
    this.#source = source;
    if (source.log !== undefined) this.#log = new LogPosition(source.log.tail, this.#tellGap);
  }

  async *events(): AsyncGenerator<StreamEvent<T>, void, undefined> {
    const { signal } = this.#source;
    for (;;) {
      let wait: number;
      try {
        for await (const event of readServerEvents(this.#bytes(), this.#onRetry)) {
          const decoded = { ...event, data: decode(event.data) as T };
          for (const next of this.#log?.take(decoded) ?? [decoded]) {
            if (isAfter(next.data, this.#end)) return;
            this.#gotEvents = true;
            // An empty id takes back the one before it.
            this.#lastEventId = (next.id ?? this.#lastEventId) || undefined;
            yield next;
            signal.throwIfAborted();
          }
        }
        for (const next of this.#log?.end() ?? []) {
          yield next;
          signal.throwIfAborted();
        }
        return;
      } catch (error) {
        signal.throwIfAborted();
        // A log that is not followed ends where it falls silent.
        if (this.#end !== Infinity && this.#openedAt !== Infinity && error instanceof HubTimeoutError) {
          yield* this.#log?.end() ?? [];
          return;
        }
        wait = this.#waitAfter(error);
      }
      await sleep(wait, signal);
    }
  }

  async *#bytes(): AsyncGenerator<Uint8Array, void, undefined> {
    const { connect, signal, silence } = this.#source;
    this.#openedAt = Infinity;
    this.#gotBytes = this.#gotEvents = false;
    const lastEventId = mayBeSent(this.#lastEventId) ? this.#lastEventId : undefined;
    const reconnects = this.#opened !== undefined;
    const opened = await connect({ tail: this.#log?.tail, lastEventId, reconnects, signal });
    this.#opened = opened;
    this.#retries ??= opened.retries;
    this.#openedAt = performance.now();
    if (this.#source.log?.follow === false && this.#end === Infinity) {
      // Of the server's clock, to the second; browsers hide it.
      const now = Date.parse(opened.hubHeaders.get("date") ?? "");
      this.#end = Number.isNaN(now) ? Number.MAX_VALUE : now + 1000;
    }
    this.#log?.begin(lastEventId !== undefined);
    for await (const chunk of bytesOf(opened, silence)) {
      this.#gotBytes = true;
      yield chunk;
    }
  }

  /** Returns how long to wait before the next connection, or throws the error if there must be none. */
  #waitAfter(error: unknown): number {
    const opened = this.#opened;
    const retries = this.#retries;
    if (opened === undefined || retries === undefined || !mayPass(error)) throw error;
    const wasOpen = performance.now() - this.#openedAt >= stable;
    if (wasOpen) this.#log?.settle();
    // A connection that was silent until its timeout was of no use, however long it was open.
    const worked = this.#gotBytes || (wasOpen && !(error instanceof HubTimeoutError));
    this.#failures = worked ? 1 : this.#failures + 1;
    this.#fruitless = this.#gotEvents || wasOpen ? 1 : this.#fruitless + 1;
    if (this.#failures > retries) throw error;
    const wait = Math.max(backOff(this.#fruitless), this.#pause, requestedPause(error));
    this.#source.observe({ type: "retry", ...observed(opened.request), attempt: this.#failures, wait, error });
    return wait;
  }

  readonly #onRetry = (milliseconds: number): void => {
    this.#pause = Math.min(milliseconds, longestPause);
  };

  readonly #tellGap = (after: string | undefined, before: string | undefined): void => {
    if (this.#opened !== undefined)
      this.#source.observe({ type: "gap", ...observed(this.#opened.request), after, before });
  };
}

/** Whether a header can carry the id as it is. */
const mayBeSent = (id: string | undefined): boolean => id !== undefined && /^[\x20-\x7e\xa0-\xff]+$/.test(id);

/** Whether another connection may be better. */
const mayPass = (error: unknown): boolean =>
  error instanceof HubConnectionError ||
  error instanceof HubTimeoutError ||
  (error instanceof HubResponseError &&
    (error.status >= 500 || error.status === 429 || error.status === 408) &&
    requestedPause(error) <= longestPause);

const requestedPause = (error: unknown): number =>
  error instanceof HubResponseError ? (error.retryAfter ?? 0) * 1000 : 0;

/** Whether a line of a log was written after a moment. */
function isAfter(data: unknown, moment: number): boolean {
  if (moment === Infinity || typeof data !== "object" || data === null || !("timestamp" in data)) return false;
  return Date.parse(String(data.timestamp)) > moment;
}

/** The Hub's events are JSON; what is not stays text. */
function decode(data: string): unknown {
  try {
    return JSON.parse(data) as unknown;
  } catch {
    return data;
  }
}
