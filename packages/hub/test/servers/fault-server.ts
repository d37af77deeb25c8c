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

/** What the server does with a request: answer it, or fail to in some way. */
export type Answer = (exchange: Exchange) => void | Promise<void>;

/** A server on loopback that answers each path as it was told to, well or badly, and remembers what it was asked. */
export class FaultServer {
  readonly requests: RecordedRequest[] = [];
  readonly #server: Server;
  readonly #answers = new Map<string, Answer[]>();
  readonly #attempts = new Map<string, number>();
  readonly #open = new Map<Socket, Promise<void>>();
  #otherwise: Answer | undefined;
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

  /** Answers a path, whatever its query, with one response after the other; the last one stays. */
  on(path: string, ...answers: Answer[]): this {
    this.#answers.set(path, answers);
    return this;
  }

  /** Answers all other paths. */
  otherwise(answer: Answer): this {
    this.#otherwise = answer;
    return this;
  }

  /** The requests that a path has had, its query included or not. */
  to(path: string): RecordedRequest[] {
    return this.requests.filter((request) => request.path === path || request.path.startsWith(`${path}?`));
  }

  /** Forgets answers and requests; connections stay. */
  reset(): void {
    this.requests.length = 0;
    this.#answers.clear();
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
    const answers = this.#answers.get(place);
    const answer = answers?.[Math.min(attempt, answers.length) - 1] ?? this.#otherwise ?? notProgrammed;
    await answer({ request, response, socket, attempt });
  }
}

const notProgrammed: Answer = ({ response }) => {
  response.writeHead(599).end("no response was programmed for this path");
};
