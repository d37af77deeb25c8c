import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** A server on loopback that leaves each request, with its body unread, to the function. Ends with its test. */
export async function listen(
  respond: (request: IncomingMessage, response: ServerResponse) => unknown,
): Promise<string> {
  const server = createServer((request, response) => {
    request.on("error", () => undefined);
    void respond(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

export function json(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
}

/** What a Hub says to a question of `preupload`: how all of its files have to be sent. */
export async function responsePreupload(
  request: IncomingMessage,
  response: ServerResponse,
  uploadMode: "lfs" | "regular",
): Promise<void> {
  const { files } = JSON.parse((await bodyOf(request)).toString()) as { files: { path: string }[] };
  const modes = files.map(({ path }) => ({ path, uploadMode, shouldIgnore: false }));
  json(response, { files: modes, commitOid: "a".repeat(40) });
}
