import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { Hub } from "../../src/hub.js";

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

type Line = [secondsFromNow: number, data: string];

/** Sends the lines at once, then one more every 20 ms for as long as somebody listens. */
async function serveLog(lines: Line[], then: "quiet" | "busy", date: Date | undefined = new Date()): Promise<Hub> {
  server = createServer((_, response) => {
    response.sendDate = false;
    if (date !== undefined) response.setHeader("date", date.toUTCString());
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.flushHeaders();
    const now = (date ?? new Date()).getTime();
    const send = ([seconds, data]: Line): unknown =>
      response.write(`data: ${JSON.stringify({ data, timestamp: new Date(now + seconds * 1000).toISOString() })}\n\n`);
    lines.forEach(send);
    let second = 2;
    const timer = then === "busy" ? setInterval(() => send([(second += 1), "new"]), 20) : undefined;
    response.on("close", () => clearInterval(timer));
  });
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return new Hub({ endpoint: `http://127.0.0.1:${port}`, token: "hf_x" });
}

async function read(hub: Hub, options: { idleTimeout?: number; tail?: number } = {}): Promise<string[]> {
  const { tail, ...rest } = options;
  const seen: string[] = [];
  const stream = hub.spaces.streamLogs({ repo: "ns/sp", follow: false, tail }, { deadline: 5000, ...rest });
  for await (const { data } of stream) seen.push(data);
  return seen;
}

describe("a log with follow: false", () => {
  const lines: Line[] = [
    [-60, "one"],
    [-30, "two"],
    [-1, "three"],
  ];

  it("ends where it falls silent", async () => {
    expect(await read(await serveLog(lines, "quiet"), { idleTimeout: 100 })).toEqual(["one", "two", "three"]);
  });

  it("ends before lines that are written from now on, by the server's clock", async () => {
    const yesterday = new Date(Date.now() - 86_400_000);
    expect(await read(await serveLog(lines, "busy"))).toEqual(["one", "two", "three"]);
    server?.close();
    expect(await read(await serveLog(lines, "busy", yesterday))).toEqual(["one", "two", "three"]);
  });

  it("is empty where there are no lines", async () => {
    expect(await read(await serveLog([], "quiet"), { idleTimeout: 100 })).toEqual([]);
  });

  it("ends by silence alone where the server's clock is hidden", async () => {
    expect(await read(await serveLog(lines, "quiet", undefined), { idleTimeout: 100 })).toHaveLength(3);
  });
});
