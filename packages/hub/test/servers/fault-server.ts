import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";

/** One request as it came over the wire. */
export interface RecordedRequest {
  method: string;
  /** Path and query, undecoded. */
  path: string;
  headers: IncomingMessage["headers"];
  body: string;
  /** Milliseconds, as `performance.now()` tells them. */
  at: number;
  /** Settles when the connection is gone. */
  closed: Promise<void>;
}

interface Exchange {
  request: RecordedRequest;
  response: ServerResponse;
  socket: Socket;
  /** How many requests this path has had, this one included. */
  attempt: number;
}

/** What the server does with a request: respond to it, or fail to in some way. */
export type Handler = (exchange: Exchange) => void | Promise<void>;

/** A server on loopback that responds to each path as a test says, well or badly, and records the requests. */
export class FaultServer {
  readonly requests: RecordedRequest[] = [];
  readonly #server: Server;
  readonly #handlers = new Map<string, Handler[]>();
  readonly #attempts = new Map<string, number>();
  readonly #open = new Map<Socket, Promise<void>>();
  #otherwise: Handler | undefined;
  #accepted = 0;
  #port = 0;

  private constructor() {
    this.#server = createServer(
      { keepAliveTimeout: 60_000 },
      (request, response) => void this.#serve(request, response),
    );
    this.#server.on("connection", (socket) => {
      this.#accepted += 1;
      this.#open.set(socket, new Promise((resolve) => socket.once("close", () => resolve())));
      socket.on("close", () => this.#open.delete(socket)).on("error", () => undefined);
    });
  }

  static async start(): Promise<FaultServer> {
    const server = new FaultServer();
    await new Promise<void>((resolve) => server.#server.listen(0, "127.0.0.1", resolve));
    server.#port = (server.#server.address() as AddressInfo).port;
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Connections accepted so far, and those still open. */
  get sockets(): { accepted: number; open: number } {
    return { accepted: this.#accepted, open: this.#open.size };
  }

  /** Responds to a path, whatever its query, with one handler after the other; the last one stays. */
  on(path: string, ...handlers: Handler[]): this {
    this.#handlers.set(path, handlers);
    return this;
  }

  /** Responds to all other paths. */
  otherwise(handler: Handler): this {
    this.#otherwise = handler;
    return this;
  }

  /** The requests that a path has had, its query included or not. */
  to(path: string): RecordedRequest[] {
    return this.requests.filter((request) => request.path === path || request.path.startsWith(`${path}?`));
  }

  /** Forgets handlers and requests; connections stay. */
  reset(): void {
    this.requests.length = 0;
    this.#handlers.clear();
    this.#attempts.clear();
    this.#otherwise = undefined;
    this.#accepted = 0;
  }

  async close(): Promise<void> {
    for (const socket of this.#open.keys()) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const { socket, url: path = "", method = "" } = incoming;
    const request: RecordedRequest = {
      method,
      path,
      headers: incoming.headers,
      body: "",
      at: performance.now(),
      closed: this.#open.get(socket) ?? Promise.resolve(),
    };
    this.requests.push(request);
    try {
      for await (const chunk of incoming) request.body += String(chunk);
    } catch {
      return;
    }
    const place = path.split("?")[0] ?? "";
    const attempt = (this.#attempts.get(place) ?? 0) + 1;
    this.#attempts.set(place, attempt);
    const handlers = this.#handlers.get(place);
    const handle = handlers?.[Math.min(attempt, handlers.length) - 1] ?? this.#otherwise ?? notProgrammed;
    await handle({ request, response, socket, attempt });
  }
}

const notProgrammed: Handler = ({ response }) => {
  response.writeHead(599).end("no response was programmed for this path");
};
