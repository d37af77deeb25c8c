import { execFile } from "node:child_process";
import { createServer, request as open, type Server } from "node:http";
import { connect, type AddressInfo, type Socket } from "node:net";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createMockHub } from "@hf-api/mock-hub";
import { listen, type MockHubServer } from "@hf-api/mock-hub/node";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

const mock = createMockHub({ seed: 1 });
let hub: MockHubServer;
let proxy: Server;
let address: string;
/** What the proxy was asked for: `CONNECT host:port` for a tunnel, else a method and a whole URL. */
let asked: string[];
/** The headers that it was sent for itself. */
let told: string[];

/** A forward proxy, as companies have them: tunnels by CONNECT, and requests for whole URLs. */
function startProxy(): Promise<Server> {
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const { method, headers } = request;
    const onward = open(request.url ?? "", { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on("error", () => response.writeHead(502).end());
    request.pipe(onward);
  });
  server.on("connect", (request, socket: Socket, head: Buffer) => {
    asked.push(`CONNECT ${request.url}`);
    told.push(request.rawHeaders.join(" "));
    const { hostname, port } = new URL(`http://${request.url}`);
    // Nobody knows this host but the proxy.
    const target = connect(Number(port), hostname === "hub.internal" ? "127.0.0.1" : hostname, () => {
      socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      target.write(head);
      target.pipe(socket).pipe(target);
    });
    target.on("error", () => socket.destroy());
    socket.on("error", () => target.destroy());
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

beforeAll(async () => {
  hub = await listen(mock);
  proxy = await startProxy();
  address = `127.0.0.1:${(proxy.address() as AddressInfo).port}`;
});
afterAll(async () => {
  proxy.closeAllConnections();
  await Promise.all([hub.close(), new Promise((resolve) => proxy.close(resolve))]);
});
beforeEach(() => {
  asked = [];
  told = [];
});

const file = fileURLToPath(new URL("behind-a-proxy.ts", import.meta.url));
const port = (): string => new URL(hub.url).port;
const inside = (): string => `hub.internal:${port()}`;

/** Runs the example with these variables and no other ones of proxies. */
async function run(variables: Record<string, string>): Promise<string> {
  const others = Object.entries(process.env).filter(([name]) => !/_proxy$/i.test(name));
  const env = { ...Object.fromEntries(others), HF_ENDPOINT: hub.url, HF_TOKEN: mock.tokens.read, ...variables };
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", file], { env, timeout: 30_000 });
  return stdout.trim();
}

const printed = expect.stringMatching(/^openai-community\/gpt2: \d+ likes, config\.json has \d+ characters$/);

describe("behind a proxy", { timeout: 60_000 }, () => {
  it.each(["HTTP_PROXY", "http_proxy"])("requests and downloads go by %s", async (name) => {
    const variables = { HF_ENDPOINT: `http://${inside()}`, [name]: `http://me:pass@${address}` };
    expect(await run(variables)).toEqual(printed);
    expect(new Set(asked)).toEqual(new Set([`CONNECT ${inside()}`]));
    expect(told[0]).toContain(`Basic ${Buffer.from("me:pass").toString("base64")}`);
  });

  it("hosts that the proxy alone knows are out of reach without it", async () => {
    await expect(run({ HF_ENDPOINT: `http://${inside()}` })).rejects.toThrow(/HubConnectionError/);
  });

  it("hosts of NO_PROXY are reached directly, and no other ones", async () => {
    const variables = { HTTP_PROXY: `http://${address}` };
    expect(await run({ ...variables, NO_PROXY: "localhost,127.0.0.1" })).toEqual(printed);
    expect(asked).toEqual([]);
    expect(await run({ ...variables, NO_PROXY: "localhost" })).toEqual(printed);
    expect(asked[0]).toBe(`CONNECT 127.0.0.1:${port()}`);
  });

  it("HTTPS_PROXY is for https alone, and is not shown the token", async () => {
    expect(await run({ HTTPS_PROXY: `http://${address}` })).toEqual(printed);
    expect(asked).toEqual([]);
    const https = { HF_ENDPOINT: `https://${inside()}`, HTTPS_PROXY: `http://${address}` };
    // What is behind the tunnel speaks no TLS; that the tunnel was asked for is what counts.
    await expect(run(https)).rejects.toThrow(/HubConnectionError/);
    expect(asked).toContain(`CONNECT ${inside()}`);
    expect(told.join()).not.toContain(mock.tokens.read);
  });
});
