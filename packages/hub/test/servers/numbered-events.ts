import { eventStream, type EventStream, type StreamOptions } from "../../src/events/event-stream.js";
import type { HubOptions } from "../../src/options.js";
import { connect, type Visit } from "./event-server.js";

export interface Numbered {
  n: number;
}

/** The events of one job, which are no log lines. */
export function follow(url: string, options?: StreamOptions, hubOptions?: HubOptions): EventStream<Numbered> {
  const path = { namespace: "ns", jobId: "1" };
  return eventStream(connect(url, { retries: 3, ...hubOptions }), "/api/jobs/{namespace}/{jobId}/events", {
    find: async () => ({ path }),
    ...options,
  });
}

/** Responses with events of these numbers, then ends, breaks the connection, or keeps it. */
export function events(numbers: number[], then: "end" | "cut" | "stay", id = false) {
  return async ({ response }: Visit): Promise<void> => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.flushHeaders();
    for (const n of numbers) response.write(`${id ? `id: ${n}\n` : ""}data: {"n":${n}}\n\n`);
    if (then === "end") response.end();
    if (then === "cut") cut(response);
  };
}

/** Sends what was written, then breaks the connection. */
export function cut(response: Visit["response"]): void {
  // Only what arrived before the connection breaks is read.
  response.write("", () => setTimeout(() => response.destroy(), 20));
}

export async function numbersOf(stream: AsyncIterable<Numbered>): Promise<number[]> {
  const numbers: number[] = [];
  for await (const { n } of stream) numbers.push(n);
  return numbers;
}

/** What a stream delivered before it failed, and how it did. */
export async function failing(stream: AsyncIterable<Numbered>): Promise<{ seen: number[]; error: unknown }> {
  const seen: number[] = [];
  try {
    for await (const { n } of stream) seen.push(n);
  } catch (error) {
    return { seen, error };
  }
  throw new Error("it did not fail");
}
