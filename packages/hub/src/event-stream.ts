import type { Route } from "@hf-api/raw";
import { sleep } from "./abortable.js";
import type { AnyCall, Call } from "./calls.js";
import { HubConnectionError, HubError } from "./errors.js";
import { bytesOf, type OpenAnswer } from "./open-answer.js";
import { backOff } from "./retry.js";
import { readServerEvents, type ServerEvent } from "./server-events.js";
import type { Transport } from "./transport.js";

/**
 * What a new connection gets to see, where events carry no ids to go on from.
 * - `now`: what happens from then on; what was missed does not matter.
 * - `replay`: everything from the start; what was seen already is passed over.
 */
export type Resumption = "now" | "replay";

/** An event with its decoded data. */
export interface HubEventOf<T> extends Omit<ServerEvent, "data"> {
  data: T;
}

const maxReconnects = 5;

/**
 * Events of something that runs. Nothing is requested before the first event is asked for; breaking off the loop ends
 * the connection. A connection that breaks is replaced so that no event is lost or doubled; where that fails, the loop
 * throws a HubConnectionError.
 *
 * @example
 * for await (const line of hub.jobs.streamLogs({ jobId: "687fb701029421ae5549d998" })) console.log(line.data);
 */
export class EventStream<T> implements AsyncIterable<T> {
  readonly #connect: (lastEventId: string | undefined) => Promise<OpenAnswer>;
  readonly #resumption: Resumption;
  readonly #signal: AbortSignal | undefined;

  constructor(
    connect: (lastEventId: string | undefined) => Promise<OpenAnswer>,
    resumption: Resumption,
    signal: AbortSignal | undefined,
  ) {
    this.#connect = connect;
    this.#resumption = resumption;
    this.#signal = signal;
  }

  /** The decoded data of each event. */
  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    for await (const { data } of this.events()) yield data;
  }

  /** Whole events, with their names and ids. */
  async *events(): AsyncGenerator<HubEventOf<T>, void, undefined> {
    let lastEventId: string | undefined;
    let first: string | undefined;
    let delivered = 0;
    let failures = 0;
    for (;;) {
      const answer = await this.#connect(lastEventId);
      const known = this.#resumption === "replay" && lastEventId === undefined ? delivered : 0;
      let position = 0;
      try {
        for await (const event of readServerEvents(bytesOf(answer))) {
          position += 1;
          if (position === 1 && known > 0 && event.data !== first)
            throw new HubError("the stream began anew elsewhere");
          first ??= event.data;
          lastEventId = event.id ?? lastEventId;
          if (position <= known) continue;
          delivered += 1;
          failures = 0;
          yield { ...event, data: decode(event.data) as T };
        }
        return;
      } catch (error) {
        failures += 1;
        if (this.#signal?.aborted) throw this.#signal.reason;
        if (!(error instanceof HubConnectionError) || failures > maxReconnects) throw error;
        await sleep(backOff(failures), this.#signal);
      }
    }
  }
}

/** The events of a route; `find` is asked for the call when the first event is. */
export function eventStream<T, P extends Route<"get">>(
  transport: Transport,
  route: P,
  find: () => Promise<Call<"get", P>>,
  resumption: Resumption,
  signal: AbortSignal | undefined,
): EventStream<T> {
  const connect = async (lastEventId: string | undefined): Promise<OpenAnswer> => {
    const call = (await find()) as unknown as AnyCall;
    const resume = lastEventId === undefined ? {} : { "last-event-id": lastEventId };
    const headers = { ...call.headers, accept: "text/event-stream", ...resume };
    return (await transport.carry("get", route, { ...call, headers }, "stream")) as OpenAnswer;
  };
  return new EventStream(connect, resumption, signal);
}

/** The Hub's events are JSON; what is not stays text. */
function decode(data: string): unknown {
  try {
    return JSON.parse(data) as unknown;
  } catch {
    return data;
  }
}
