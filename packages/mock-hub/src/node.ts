import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import type { Answer } from "./http/answer.js";
import type { HubRequest } from "./http/request.js";
import { beforeBreak, bodyTooLarge, maxBodyBytes } from "./http/fetch.js";
import type { MockHub } from "./hub.js";
import type { OpenApiDocument } from "./openapi/document.js";

/** The Hub's document as `@hf-api/raw` ships it, or nothing where that package is not installed. */
export async function loadDocument(): Promise<OpenApiDocument | undefined> {
  try {
    // Read, not imported: Node 20 warns about every import of JSON.
    const path = createRequire(import.meta.url).resolve("@hf-api/raw/openapi.json");
    return JSON.parse(await readFile(path, "utf8")) as OpenApiDocument;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "MODULE_NOT_FOUND") return undefined;
    throw error;
  }
}

export interface ListenOptions {
  /** Default: any free port. */
  port?: number;
  /** Default `127.0.0.1`. */
  host?: string;
}

export interface MockHubServer {
  /** The address of the Hub, without a slash at the end. */
  readonly url: string;
  /** The address of the second origin, on a port of its own. */
  readonly cdnUrl: string;
  close(): Promise<void>;
}

/**
 * Serves a mock Hub over HTTP on loopback.
 * @throws {Error} if the port is taken.
 */
export async function listen(
  hub: MockHub,
  { port = 0, host = "127.0.0.1" }: ListenOptions = {},
): Promise<MockHubServer> {
  let cdnUrl = "";
  const start = async (wanted: number, name: string): Promise<{ server: Server; origin: string }> => {
    const server = createServer((message, response) => void answer(message, response, origin, cdnUrl, hub));
    // A busy test pauses longer than Node's 5 seconds, and its next request would meet the closing connection.
    server.keepAliveTimeout = 60_000;
    await new Promise<void>((resolve, reject) => server.once("error", reject).listen(wanted, host, resolve));
    const origin = `http://${name.includes(":") ? `[${name}]` : name}:${(server.address() as AddressInfo).port}`;
    return { server, origin };
  };
  const main = await start(port, host).catch((error: unknown) => {
    const isTaken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
    throw isTaken ? new Error(`Port ${port} of ${host} is taken`, { cause: error }) : error;
  });
  // Another name too where there is one: some clients tell origins apart by the name of the host alone.
  const cdn = await start(0, host === "127.0.0.1" ? "localhost" : host);
  cdnUrl = cdn.origin;
  return {
    url: main.origin,
    cdnUrl,
    close: async () => {
      await Promise.all([closeServer(main.server), closeServer(cdn.server)]);
    },
  };
}

async function answer(
  message: IncomingMessage,
  response: ServerResponse,
  origin: string,
  cdnOrigin: string,
  hub: MockHub,
): Promise<void> {
  try {
    const isCdn = origin === cdnOrigin;
    const named = isCdn ? origin : (originIn(message) ?? origin);
    write(
      await hub.handle(toHubRequest(message, named, isCdn ? origin : otherThan(named, cdnOrigin))),
      message,
      response,
    );
  } catch (error) {
    // For instance a request line that no URL can be made of.
    response.writeHead(400, { "content-type": "application/json" }).end(JSON.stringify({ error: String(error) }));
  }
}

/** The origin as the client knows it, which answers name and some clients compare: `localhost`, or a proxy in between. */
function originIn({ headers: { host } }: IncomingMessage): string | undefined {
  const url = `http://${host}`;
  return host !== undefined && URL.canParse(url) ? new URL(url).origin : undefined;
}

/** The second origin under its other name where the client gave the first one the same. */
function otherThan(origin: string, cdnOrigin: string): string {
  return new URL(origin).hostname === "localhost" ? cdnOrigin.replace("//localhost:", "//127.0.0.1:") : cdnOrigin;
}

function toHubRequest(message: IncomingMessage, origin: string, cdnOrigin: string): HubRequest {
  return {
    method: message.method ?? "GET",
    url: new URL(origin + (message.url ?? "/")),
    header: (name) => {
      const value = message.headers[name];
      return Array.isArray(value) ? value.join(", ") : value;
    },
    bytes: (cap = maxBodyBytes) => readBody(message, cap),
    cdnOrigin,
  };
}

async function readBody(message: IncomingMessage, cap: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop must not close the connection, or the response could not be sent.
  for await (const chunk of message.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > cap) break;
    chunks.push(chunk);
  }
  if (size > cap) {
    // What is still to come has to go somewhere before the connection can be used again.
    message.resume();
    throw bodyTooLarge(cap);
  }
  return Buffer.concat(chunks);
}

function write({ status, headers, body, breakage }: Answer, message: IncomingMessage, response: ServerResponse): void {
  if (breakage?.kind === "reset") {
    response.destroy();
  } else if (body === undefined || message.method === "HEAD" || status === 304) {
    response.writeHead(status, headers).end();
  } else if (typeof body !== "string" && !(body instanceof Uint8Array)) {
    Readable.from(body)
      .on("error", () => response.destroy())
      .pipe(response.writeHead(status, headers));
  } else {
    response.writeHead(status, { ...headers, "content-length": Buffer.byteLength(body) });
    if (breakage === undefined) response.end(body);
    else response.write(beforeBreak(body, breakage), () => breakage.kind === "truncate" && response.destroy());
  }
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
