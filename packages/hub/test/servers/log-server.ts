import { Hub } from "../../src/hub.js";
import type { LogLine } from "../../src/namespaces/jobs.js";
import type { RequestEvent, HubOptions } from "../../src/options.js";
import { serve, type Visit } from "./event-server.js";
import { cut } from "./numbered-events.js";

/** What the server sends to one connection, and how that ends. */
export interface LogConnection {
  /** How many lines the log has when the connection begins. */
  written: number;
  /** How many more are written while it lasts. */
  more?: number;
  /** The lines before this one are gone. */
  from?: number;
  /** Lines that it leaves out, by their index. */
  omits?: (index: number) => boolean;
  /** How often it sends a line. */
  copies?: (index: number) => number;
  /** Having sent the lines that were written, it goes back to this one. */
  again?: number;
  /** Breaks after so many lines were sent; without it, the stream ends. */
  cutAfter?: number;
}

/** A line that was written so many milliseconds after noon. */
export const lineAt = (milliseconds: number, data: string): LogLine => ({
  timestamp: new Date(Date.UTC(2026, 4, 12, 12) + milliseconds).toISOString(),
  data,
});

/** A log of so many lines, one every 100 ms: `line 1`, `line 2` and so on. */
export const logOf = (length: number): LogLine[] =>
  Array.from({ length }, (_, index) => lineAt(index * 100, `line ${index + 1}`));

/** The lines that a server sends. As the Hub does, it sends the first line before a tail. */
export function sentLines(log: readonly LogLine[], tail: number | undefined, connection: LogConnection): LogLine[] {
  const { written, more = 0, from = 0, omits = () => false, copies = () => 1, again = written } = connection;
  const all = [...log.keys()];
  const start = tail === undefined ? from : Math.max(from, written - tail, 1);
  const sent = [
    ...(tail === undefined || written === 0 ? [] : [0]),
    ...all.slice(start, written),
    ...all.slice(Math.min(again, written), written + more),
  ];
  return sent
    .filter((index) => !omits(index))
    .flatMap((index) => Array.from({ length: copies(index) }, () => log[index] ?? lineAt(0, "no such line")))
    .slice(0, connection.cutAfter);
}

export const eventOf = (line: LogLine): string => `data: ${JSON.stringify(line)}\n\n`;

const tailOf = (url: string): number | undefined => {
  const tail = new URL(url, "http://localhost").searchParams.get("tail");
  return tail === null ? undefined : Number(tail);
};

export interface FollowedLog {
  /** The texts of the lines that were delivered. */
  lines: string[];
  /** The gaps that were observed, with the texts of the lines around them. */
  gaps: { after: string | undefined; before: string | undefined }[];
}

/** Follows a log to its end. */
export async function followLog(
  log: readonly LogLine[],
  tail: number | undefined,
  options: HubOptions,
): Promise<FollowedLog> {
  const events: RequestEvent[] = [];
  const hub = new Hub({ token: null, ...options, observe: (event) => events.push(event) });
  const lines: string[] = [];
  for await (const { data } of hub.jobs.streamLogs({ namespace: "ns", jobId: "1", tail })) lines.push(data);
  const textAt = (timestamp: string | undefined): string | undefined =>
    log.find((line) => line.timestamp === timestamp)?.data;
  const gaps = events.flatMap((event) =>
    event.type === "gap" ? [{ after: textAt(event.after), before: textAt(event.before) }] : [],
  );
  return { lines, gaps };
}

/** Serves a log over these connections, one after the other, and follows it. */
export async function followServed(
  log: readonly LogLine[],
  tail: number | undefined,
  ...connections: LogConnection[]
): Promise<FollowedLog & { requested: string[] }> {
  const responses = connections.map((connection) => ({ url, response }: Visit): void => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.flushHeaders();
    for (const line of sentLines(log, tailOf(url), connection)) response.write(eventOf(line));
    if (connection.cutAfter === undefined) response.end();
    else cut(response);
  });
  const { url, visits } = await serve(...responses);
  const followed = await followLog(log, tail, { endpoint: url });
  return { ...followed, requested: visits.map((visit) => visit.url.replace("/api/jobs/ns/1/", "")) };
}

/**
 * A `fetch` for the same, without a network: its streams come in chunks of so many bytes, and break only when all before
 * was read.
 */
export function logFetch(log: readonly LogLine[], connections: readonly LogConnection[], size: number): typeof fetch {
  let count = 0;
  return async (url) => {
    const connection = connections[Math.min(count++, connections.length - 1)] ?? { written: log.length };
    const lines = sentLines(log, tailOf(String(url)), connection);
    const bytes = new TextEncoder().encode(`: hello\n\n${lines.map(eventOf).join("")}`);
    let at = 0;
    const body = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          if (at < bytes.length) controller.enqueue(bytes.slice(at, (at += size)));
          else if (connection.cutAfter === undefined) controller.close();
          else controller.error(new TypeError("terminated"));
        },
      },
      { highWaterMark: 0 },
    );
    return new Response(body, { headers: { "content-type": "text/event-stream" } });
  };
}
