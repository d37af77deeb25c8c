/** How a response breaks on the wire. */
export interface Breakage {
  kind: "reset" | "truncate" | "stall";
  after?: number;
}

/**
 * What a route responds. A plain object and not a `Response`, because `node:http` can write it as it is: building a
 * `Response` for every request would cost a third of the throughput.
 */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body?: string | Uint8Array | AsyncIterable<string>;
  /** How the response breaks on its way, when a fault was requested. */
  breakage?: Breakage;
}

export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Answer {
  return {
    status,
    headers: { "content-type": "application/json; charset=utf-8", ...headers },
    body: JSON.stringify(body),
  };
}

export function text(body: string, status = 200, headers: Record<string, string> = {}): Answer {
  return { status, headers: { "content-type": "text/plain; charset=utf-8", ...headers }, body };
}

const redirections = { 302: "Found", 303: "See Other", 307: "Temporary Redirect" } as const;

export function redirect(
  status: keyof typeof redirections,
  location: string,
  headers: Record<string, string> = {},
): Answer {
  return text(`${redirections[status]}. Redirecting to ${location}`, status, { location, ...headers });
}

/** Server-sent events: one `data:` line for each value, as the Hub streams logs and metrics. */
export function eventStream(values: AsyncIterable<unknown> | Iterable<unknown>): Answer {
  return {
    status: 200,
    headers: { "content-type": "text/event-stream", "cache-control": "no-cache" },
    body: eventLines(values),
  };
}

async function* eventLines(values: AsyncIterable<unknown> | Iterable<unknown>): AsyncGenerator<string> {
  for await (const value of values) yield `data: ${JSON.stringify(value)}\n\n`;
}
