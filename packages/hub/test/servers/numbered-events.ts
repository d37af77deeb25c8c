import { eventStream, type EventStream, type Resumption } from "../../src/events/event-stream.js";
import type { HubOptions } from "../../src/options.js";
import { connect, type Visit } from "./event-server.js";

export interface Numbered {
  n: number;
}

const route = "/api/jobs/{namespace}/{jobId}/logs";

/** The events of one job's logs. */
export function follow(
  url: string,
  resumption: Resumption,
  signal?: AbortSignal,
  options?: HubOptions,
): EventStream<Numbered> {
  const path = { namespace: "ns", jobId: "1" };
  return eventStream(connect(url, options), route, async () => ({ path, signal }), resumption, signal);
}

/** Answers with events of these numbers, then ends, breaks the connection, or keeps it. */
export function events(numbers: number[], then: "end" | "cut" | "stay", id = false) {
  return async ({ response }: Visit): Promise<void> => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.flushHeaders();
    for (const n of numbers) response.write(`${id ? `id: ${n}\n` : ""}data: {"n":${n}}\n\n`);
    if (then === "end") response.end();
    // What was written must leave before the connection breaks.
    if (then === "cut") response.write(": cut\n", () => setTimeout(() => response.destroy(), 20));
  };
}

export async function numbersOf(stream: AsyncIterable<Numbered>): Promise<number[]> {
  const numbers: number[] = [];
  for await (const { n } of stream) numbers.push(n);
  return numbers;
}
