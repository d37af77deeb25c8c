import { connect } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createMockHub } from "../src/index.js";
import { listen, type MockHubServer } from "../src/node.js";
import { present } from "./api.js";

const hub = createMockHub({ seed: 1 });
let server: MockHubServer;

beforeAll(async () => {
  server = await listen(hub);
});

afterAll(() => server.close());

function send(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = { authorization: `Bearer ${hub.tokens.write}`, "content-type": "application/json" };
  return fetch(server.url + path, { ...init, headers: { ...headers, ...init.headers } });
}

/** What a server answers to bytes that no client would send. */
function sendRaw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(server.url).port), "127.0.0.1", () => socket.write(text));
    let answer = "";
    socket
      .on("data", (chunk) => (answer += String(chunk)))
      .on("close", () => resolve(answer))
      .on("error", reject);
  });
}

it.each([
  ["malformed JSON", "/api/repos/create", "{", 400],
  ["JSON of the wrong kind", "/api/repos/create", "[]", 400],
  ["a member of the wrong type", "/api/repos/create", '{"name":1}', 400],
  ["an unknown path", "/api/no-such-thing", "{}", 404],
  ["a method that does not fit", "/api/whoami-v2", "{}", 405],
  ["a path that is not valid encoding", "/api/models/%E0%A4%A/x/like", "", 400],
])("answers to %s", async (_, path, body, status) => {
  const response = await send(path, { method: "POST", body });
  expect(response.status).toBe(status);
  expect(await response.json()).toEqual({ error: expect.any(String) });
});

it("refuses a body over the cap, and goes on", async () => {
  const response = await send("/api/repos/create", { method: "POST", body: new Uint8Array(65 * 1024 * 1024) });
  expect(response.status).toBe(413);
  expect((await send("/api/whoami-v2")).status).toBe(200);
});

it("survives bytes that are not HTTP, and odd request lines", async () => {
  expect(await sendRaw("hello\r\n\r\n")).toMatch(/^HTTP\/1.1 400/);
  expect(await sendRaw("GET //\\@evil HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")).toMatch(/^HTTP\/1.1 4\d\d/);
  expect((await send("/api/whoami-v2")).status).toBe(200);
});

it("says so when the port is taken", async () => {
  const port = Number(new URL(server.url).port);
  await expect(listen(createMockHub(), { port })).rejects.toThrow(`Port ${port} of 127.0.0.1 is taken`);
});

it("names its own origin in links, and a second one for large files", async () => {
  const { headers } = await send("/api/models?limit=1");
  expect(headers.get("link")).toContain(`<${server.url}/api/models?`);
  const large = await send("/openai-community/gpt2/resolve/main/model.safetensors");
  expect([large.status, new URL(large.url).origin]).toEqual([200, server.cdnUrl]);
});

it("answers under the name that the client uses, with large files under another one", async () => {
  const { port } = new URL(server.url);
  const headers = { authorization: `Bearer ${hub.tokens.write}`, "content-type": "application/json" };
  const create = (origin: string, name: string) =>
    fetch(`${origin}/api/repos/create`, { method: "POST", headers, body: JSON.stringify({ name }) });
  for (const [host, other] of [
    ["localhost", "127.0.0.1"],
    ["127.0.0.1", "localhost"],
  ] as const) {
    const origin = `http://${host}:${port}`;
    const created = await create(origin, `from-${host}`);
    expect(await created.json()).toMatchObject({ url: `${origin}/ada/from-${host}` });
    const large = await fetch(`${origin}/openai-community/gpt2/resolve/main/model.safetensors`);
    expect([large.status, new URL(large.url).hostname]).toEqual([200, other]);
  }
});

it.each(["reset", "truncate"])("breaks the connection on %s", async (fault) => {
  const reading = send("/api/models", { headers: { "x-mock-fault": fault } }).then((response) => response.text());
  await expect(reading).rejects.toThrow(/fetch failed|terminated/);
});

it("closes although a stalled answer is still open", async () => {
  const own = await listen(hub);
  const response = await fetch(`${own.url}/api/models`, { headers: { "x-mock-fault": "stall" } });
  const reading = response.text();
  reading.catch(() => {});
  await own.close();
  await expect(reading).rejects.toThrow();
});

it("streams the log of a running job", async () => {
  const job = await send("/api/jobs/ada", { method: "POST", body: '{"dockerImage":"x","flavor":"cpu-basic"}' });
  const { id } = (await job.json()) as { id: string };
  const response = await send(`/api/jobs/ada/${id}/logs`);
  const reader = present(response.body).getReader();
  const { value } = await reader.read();
  expect(new TextDecoder().decode(value)).toContain("Job started");
  await reader.cancel();
});
