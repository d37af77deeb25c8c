import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { onTestFinished } from "vitest";
import { resolveOptions, type HubOptions } from "../../src/options.js";
import { Transport } from "../../src/transport/transport.js";

export interface Visit {
  url: string;
  headers: IncomingMessage["headers"];
  response: ServerResponse;
  /** Settles when the client's connection is gone. */
  closed: Promise<void>;
}

/** A server on loopback whose n-th request gets the n-th response, the last one also from then on. Ends with its test. */
export async function serve(...responses: ((visit: Visit) => unknown)[]): Promise<{ url: string; visits: Visit[] }> {
  const visits: Visit[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    const closed = new Promise<void>((resolve) => request.socket.once("close", resolve));
    const visit = { url: request.url ?? "", headers: request.headers, response, closed };
    visits.push(visit);
    void responses[Math.min(visits.length, responses.length) - 1]?.(visit);
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket)).on("error", () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, visits };
}

export function connect(endpoint: string, options: HubOptions = {}): Transport {
  return new Transport(resolveOptions({ endpoint, token: "hf_streams", retries: 0, ...options }));
}
