import type { Route } from "@hf-api/raw";
import { follow, sleep, stopping, unlessAborted } from "../async/abortable.js";
import type { Call } from "../transport/calls.js";
import { unexpectedAnswer } from "../transport/error-response.js";
import { HubConnectionError, HubError, HubResponseError, HubTimeoutError } from "../errors.js";
import { bytesOf, type OpenAnswer } from "../transport/open-response.js";
import { backOff } from "../transport/retry.js";
import { readServerEvents, type ServerEvent } from "./server-events.js";
import type { Transport } from "../transport/transport.js";

/**
 * What a new connection gets to see, where events carry no ids to go on from.
 * - `now`: what happens from then on; what was missed does not matter.
 * - `replay`: everything from the start; what was seen already is passed over.
 * - `replay-all`: the same, also of what came before the first event that was seen.
 */
export type Resumption = "now" | "replay" | "replay-all";

/** An event with its decoded data. */
export interface HubEventOf<T> extends Omit<ServerEvent, "data"> {
  data: T;
}

const maxReconnects = 5;
/** In milliseconds: a server may ask for less. */
const longestPause = 60_000;

/**
 * Events of something that runs. Nothing is requested before the first event is asked for; breaking off the loop ends
 * the connection. A connection that breaks is replaced so that no event is lost or doubled; where that fails, the loop
 * throws a HubError, which is a HubConnectionError when the connection keeps breaking.
 *
 * @example
 * for await (const line of hub.jobs.streamLogs({ jobId: "687fb701029421ae5549d998" })) console.log(line.data);
 */
export class EventStream<T> implements AsyncIterable<T> {
  readonly #connect: Connect;
  readonly #resumption: Resumption;
  readonly #signal: AbortSignal | undefined;

  constructor(connect: Connect, resumption: Resumption, signal: AbortSignal | undefined) {
    this.#connect = connect;
    this.#resumption = resumption;
    this.#signal = signal;
  }

  /** The decoded data of each event. */
  [Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    const events = this.events();
    return stopping(dataOf(events), () => void events.return());
  }

  /** Whole events, with their names and ids. */
  events(): AsyncGenerator<HubEventOf<T>, void, undefined> {
    const listening = new AbortController();
    return stopping(this.#listen(listening), () => listening.abort());
  }

  async *#listen(listening: AbortController): AsyncGenerator<HubEventOf<T>, void, undefined> {
    const forget = follow(this.#signal, listening);
    try {
      yield* this.#eventsUntil(listening.signal);
    } finally {
      forget();
    }
  }

  async *#eventsUntil(signal: AbortSignal): AsyncGenerator<HubEventOf<T>, void, undefined> {
    let lastEventId: string | undefined;
    let first: string | undefined;
    let delivered = 0;
    let failures = 0;
    let pause = 0;
    const onRetry = (milliseconds: number): void => {
      pause = Math.min(milliseconds, longestPause);
    };
    for (let opened = false; ;) {
      try {
        const answer = await this.#connect({ lastEventId, again: delivered > 0, reopening: opened, signal });
        opened = true;
        // How many of the events that were delivered this connection still has to repeat.
        let known = this.#resumption === "now" || lastEventId !== undefined ? 0 : delivered;
        for await (const event of readServerEvents(bytesOf(answer), onRetry)) {
          first ??= event.data;
          if (known > 0) {
            if (known === delivered && event.data !== first) {
              if (this.#resumption === "replay-all") continue;
              throw beganAnew();
            }
            known -= 1;
            continue;
          }
          // An empty id takes back the one before it.
          lastEventId = (event.id ?? lastEventId) || undefined;
          delivered += 1;
          failures = 0;
          yield { ...event, data: decode(event.data) as T };
        }
        if (known > 0) throw beganAnew();
        return;
      } catch (error) {
        if (signal.aborted) throw signal.reason;
        failures += 1;
        if (!opened || !mayPass(error) || failures > maxReconnects) throw error;
        await sleep(Math.max(backOff(failures), pause, askedPause(error)), signal);
      }
    }
  }
}

async function* dataOf<T>(events: AsyncIterable<HubEventOf<T>>): AsyncGenerator<T, void, undefined> {
  for await (const { data } of events) yield data;
}

interface Connection {
  /** The event to go on after. */
  lastEventId: string | undefined;
  /** Whether there is something to go on from. */
  again: boolean;
  /** Whether it replaces one that broke. */
  reopening: boolean;
  signal: AbortSignal;
}

type Connect = (connection: Connection) => Promise<OpenAnswer>;

/** What another connection may not meet with again. */
const mayPass = (error: unknown): boolean =>
  error instanceof HubConnectionError ||
  error instanceof HubTimeoutError ||
  (error instanceof HubResponseError &&
    (error.status >= 500 || error.status === 429 || error.status === 408) &&
    askedPause(error) <= longestPause);

const askedPause = (error: unknown): number => (error instanceof HubResponseError ? (error.retryAfter ?? 0) * 1000 : 0);

/** The events of a route; `find` is asked for the call of each connection when an event of it is. */
export function eventStream<T, P extends Route<"get">>(
  transport: Transport,
  route: P,
  find: (again: boolean) => Promise<Call<"get", P>>,
  resumption: Resumption,
  signal: AbortSignal | undefined,
): EventStream<T> {
  const connect: Connect = async ({ lastEventId, again, reopening, signal: listening }) => {
    const call = await unlessAborted(find(again), listening);
    const headers: Record<string, string> = { ...call.headers, accept: "text/event-stream" };
    if (lastEventId !== undefined) headers["last-event-id"] = lastEventId;
    // Reconnecting is itself the repetition.
    const once = reopening ? { retries: 0 } : {};
    const answer = await transport.open(route, { ...call, ...once, headers, signal: listening });
    const type = answer.response.headers.get("content-type");
    if (type === null || /^text\/event-stream\b/i.test(type)) return answer;
    answer.close();
    throw unexpectedAnswer(answer.response, answer.asked, `${type.split(";")[0]} where events were due`);
  };
  return new EventStream(connect, resumption, signal);
}

const beganAnew = (): HubError => new HubError("the stream began anew, without the events that it had before");

/** The Hub's events are JSON; what is not stays text. */
function decode(data: string): unknown {
  try {
    return JSON.parse(data) as unknown;
  } catch {
    return data;
  }
}
