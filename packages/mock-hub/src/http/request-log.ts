export interface LoggedRequest {
  origin: "hub" | "cdn";
  method: string;
  /** With the query. */
  path: string;
  /** The `Range` header: which bytes were requested. */
  range?: string | undefined;
  status: number;
  /** The owner of the token. */
  user: string | undefined;
}

const capacity = 1000;

/** The last thousand requests, oldest first, so that tests can tell what a client sent. */
export class RequestLog {
  readonly #entries: LoggedRequest[] = [];

  add(entry: LoggedRequest): void {
    this.#entries.push(entry);
    // Trimmed in blocks: removing one from the front for every request would cost more than the request.
    if (this.#entries.length >= 2 * capacity) this.#entries.splice(0, capacity);
  }

  clear(): void {
    this.#entries.length = 0;
  }

  [Symbol.iterator](): IterableIterator<LoggedRequest> {
    return this.#entries.slice(-capacity)[Symbol.iterator]();
  }
}
