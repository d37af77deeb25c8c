import type { Parts, Route } from "@hf-api/raw";
import { abortWith, stopping, unlessAborted } from "../async/abortable.js";
import { loadPart } from "../async/load-part.js";
import { duration } from "../inputs/numbers.js";
import type { RequestOptions } from "../options.js";
import type { Call } from "../transport/calls.js";
import { unexpectedResponse } from "../transport/error-response.js";
import type { Transport } from "../transport/transport.js";
import type { Connect, EventReader } from "./event-reader.js";
import type { StreamEvent } from "./server-events.js";

/** What one stream may change. */
export interface StreamOptions extends RequestOptions {
  /**
   * How often in a row to connect again after a failure; 0 makes one connection. A connection that delivers any byte, or
   * stays open for 10 seconds, ends the row. Default: the client's `retries`.
   */
  retries?: number | undefined;
  /**
   * Milliseconds without a byte until a connection counts as broken. Default 120,000: the Hub sends a comment every 30
   * seconds when there is no event. `Infinity` never gives up on a connection. With `follow: false`, the log ends
   * instead, by default after 5,000.
   */
  idleTimeout?: number | undefined;
}

/**
 * Events of something that runs. No request is sent before the first event is requested; leaving the loop ends the
 * connection. A connection that breaks is replaced. Log lines are then delivered exactly once and in order; if the
 * server no longer has some of them, `observe` receives an event of type `gap`. Other streams go on after the last id,
 * or with the present if events have no ids. If connections keep breaking, the loop throws a HubError, such as a
 * HubConnectionError or a HubTimeoutError.
 *
 * @example
 * for await (const line of hub.jobs.streamLogs({ jobId: "687fb701029421ae5549d998" })) console.log(line.data);
 */
export class EventStream<T> implements AsyncIterable<T> {
  readonly #read: (signal: AbortSignal) => Promise<EventReader<T>>;
  readonly #signal: AbortSignal | undefined;

  constructor(read: (signal: AbortSignal) => Promise<EventReader<T>>, signal: AbortSignal | undefined) {
    this.#read = read;
    this.#signal = signal;
  }

  /** The decoded data of each event. */
  [Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    const events = this.events();
    return stopping(dataOf(events), () => void events.return());
  }

  /** Whole events, with their names and ids. */
  events(): AsyncGenerator<StreamEvent<T>, void, undefined> {
    const listening = new AbortController();
    return stopping(this.#listen(listening), () => listening.abort());
  }

  async *#listen(listening: AbortController): AsyncGenerator<StreamEvent<T>, void, undefined> {
    const forget = abortWith(this.#signal, listening);
    try {
      yield* (await this.#read(listening.signal)).events();
    } finally {
      forget();
    }
  }
}

async function* dataOf<T>(events: AsyncIterable<StreamEvent<T>>): AsyncGenerator<T, void, undefined> {
  for await (const { data } of events) yield data;
}

interface StreamSource<P extends Route<"get">> extends StreamOptions {
  /** Returns the parts of the request; called before each connection. `tail` counts the latest lines of a log. */
  find: (tail: number | undefined) => Promise<Parts<"get", P>>;
  /** Set for a log: how many of its latest lines to begin with, or all, and whether to wait for further ones. */
  log?: { tail: number | undefined; follow?: boolean | undefined };
}

/** The events of a route. */
export function eventStream<T, P extends Route<"get">>(
  transport: Transport,
  route: P,
  { find, log, idleTimeout, ...options }: StreamSource<P>,
): EventStream<T> {
  const silence = duration("idleTimeout", idleTimeout, log?.follow === false ? 5000 : 120_000);
  const connect: Connect = async ({ tail, lastEventId, reconnects, signal }) => {
    const parts = await unlessAborted(find(tail), signal);
    const headers: Record<string, string> = { ...options.headers, accept: "text/event-stream" };
    if (lastEventId !== undefined) headers["last-event-id"] = lastEventId;
    const call: Call<"get", P> = { ...parts, ...options, headers, signal };
    // The reader counts its reconnects itself.
    const opened = await transport.open(route, reconnects ? { ...call, retries: 0 } : call);
    const type = opened.response.headers.get("content-type");
    if (type === null || /^text\/event-stream\b/i.test(type)) return opened;
    opened.close();
    throw unexpectedResponse(opened.response, opened.request, `${type.split(";")[0]} where events were due`);
  };
  // Loaded with the first event that is requested: few programs follow what runs.
  const read = async (signal: AbortSignal): Promise<EventReader<T>> => {
    const { EventReader: Reader } = await loadPart(() => import("./event-reader.js"));
    return new Reader<T>({ connect, log, silence, signal, observe: (event) => transport.observe(event) });
  };
  return new EventStream(read, options.signal);
}
