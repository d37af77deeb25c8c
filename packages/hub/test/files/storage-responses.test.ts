import type { IncomingMessage, ServerResponse } from "node:http";
import { inspect } from "node:util";
import { afterEach, describe, expect, it, vi } from "vitest";
import { HubError } from "../../src/errors.js";
import { Hub } from "../../src/hub.js";
import { failure, withoutBackOff } from "../servers/setup.js";
import { isSame, sha256, someBytes, token } from "../servers/file-server.js";
import { MockRepo, repo } from "../servers/mock-repo.js";
import { responsePreupload, bodyOf, json, listen } from "../servers/listen.js";
import { closes } from "../servers/waits.js";

const content = someBytes(10_000);
const oid = sha256(content);
const input = { repo: "ns/repo", path: "weights.bin", content };
const commitOid = "b".repeat(40);

afterEach(() => vi.restoreAllMocks());

interface Storage {
  hub: Hub;
  puts: Buffer[];
  commits: () => number;
}

/** A Hub whose storage takes the bytes, and responds as it likes. */
async function serveStorage(
  respond: (request: IncomingMessage, response: ServerResponse) => unknown,
  place: "hub" | "storage" = "storage",
): Promise<Storage> {
  const puts: Buffer[] = [];
  let commits = 0;
  const store = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    puts.push(await bodyOf(request));
    respond(request, response);
  };
  const storage = await listen(store);
  const endpoint = await listen(async (request, response) => {
    const { url = "" } = request;
    if (url.includes("/preupload/")) return await responsePreupload(request, response, "lfs");
    if (url.startsWith("/put")) return await store(request, response);
    await bodyOf(request);
    if (url.endsWith("/objects/batch")) {
      const href = `${place === "hub" ? endpoint : storage}/put?Signature=secret`;
      return json(response, { objects: [{ oid, size: content.length, actions: { upload: { href } } }] });
    }
    commits += 1;
    json(response, { commitOid, commitUrl: "https://hub.example/commit" });
  });
  return { hub: new Hub({ endpoint, token, timeout: 2000 }), puts, commits: () => commits };
}

describe.each(["hub", "storage"] as const)("an upload to the %s succeeds when its response", (place) => {
  it("never ends, which is broken off soon", async () => {
    let written = 0;
    let request: { closed: Promise<void> } | undefined;
    const { hub, puts } = await serveStorage(({ socket }, response) => {
      request = { closed: new Promise((resolve) => socket.once("close", () => resolve())) };
      const chunk = Buffer.alloc(64 * 1024);
      response.writeHead(200);
      const write = (): void => {
        while (!socket.destroyed) {
          written += chunk.length;
          if (!response.write(chunk)) return void response.once("drain", write);
        }
      };
      write();
    }, place);
    expect(await hub.models.files.upload(input)).toMatchObject({ commitOid });
    await closes(request);
    expect(puts).toHaveLength(1);
    // What the sockets of both sides hold, and no more.
    expect(written).toBeLessThan(16 * 1024 * 1024);
  });

  it.each([
    // What was written still arrives.
    [
      "breaks off",
      (response: ServerResponse) => {
        response.writeHead(200, { "content-length": 10 }).write("half");
        response.socket?.end();
      },
    ],
    ["is no text", (response: ServerResponse) => response.writeHead(201).end(Buffer.of(0xff, 0xfe))],
    ["is empty", (response: ServerResponse) => response.writeHead(204).end()],
  ])("%s", async (_, respond) => {
    const { hub, puts, commits } = await serveStorage((_request, response) => respond(response), place);
    expect(await hub.models.files.upload(input)).toMatchObject({ commitOid });
    expect(puts.map((put) => isSame(put, content))).toEqual([true]);
    expect(commits()).toBe(1);
  });
});

describe.each(["hub", "storage"] as const)("an upload to the %s", (place) => {
  it.each([301, 302, 303, 307, 308])("that is redirected with status %i is sent once, and told", async (status) => {
    withoutBackOff();
    const { hub, puts, commits } = await serveStorage(
      (_, response) => response.writeHead(status, { location: "/put/elsewhere" }).end(),
      place,
    );
    const error = await failure(hub.models.files.upload(input, { retries: 3 }));
    expect(error).toBeInstanceOf(HubError);
    expect(String(error)).toContain("was redirected");
    expect(String(error)).not.toContain("secret");
    expect(puts).toHaveLength(1);
    expect(commits()).toBe(0);
  });
});

it.each([
  ["Node", new TypeError("fetch failed", { cause: new Error("unexpected redirect") })],
  ["Bun", Object.assign(new Error("UnexpectedRedirect fetching the address"), { code: "UnexpectedRedirect" })],
  ["Deno", new TypeError("Fetch failed: Encountered redirect while redirect mode is set to 'error'")],
])("what %s says of a redirect is told, and nothing is sent again", async (_, refusal) => {
  let puts = 0;
  const own = await MockRepo.create({}, { retries: 3 });
  const hub = new Hub({
    endpoint: own.mock.url,
    token: own.mock.tokens.write,
    fetch: async (url, init) => {
      if (init.method !== "PUT") return await own.mock.fetch(url, init);
      puts += 1;
      throw refusal;
    },
  });
  const error = await failure(hub.models.files.upload({ repo, path: "weights.bin", content: "\0large" }));
  expect(String(error)).toContain("was redirected");
  expect(puts).toBe(1);
});

it("a header that no request may carry is told without the token", async () => {
  const own = await MockRepo.create();
  const hub = new Hub({
    endpoint: own.mock.url,
    token: own.mock.tokens.write,
    fetch: async (url, init) => {
      if (!url.endsWith("/objects/batch")) return await own.mock.fetch(url, init);
      const { objects } = JSON.parse(String(init.body)) as { objects: { oid: string; size: number }[] };
      const header = { authorization: `Bearer ${own.mock.tokens.write}\n\nx` };
      const actions = { upload: { href: `${own.mock.url}/put`, header } };
      return Response.json({ transfer: "basic", objects: objects.map((object) => ({ ...object, actions })) });
    },
  });
  const error = await failure(hub.models.files.upload({ repo, path: "weights.bin", content: "\0large" }));
  expect(error).toBeInstanceOf(HubError);
  expect(inspect(error)).not.toContain(own.mock.tokens.write);
});
