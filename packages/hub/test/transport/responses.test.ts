import { brotliCompressSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { body, empty, json } from "../servers/responses.js";
import { bytes, endlessBody, resetInBody, shortBody, stalledBody, unfinishedChunks } from "../servers/faults.js";
import type { Handler } from "../servers/fault-server.js";
import { HubError, HubResponseError } from "../../src/errors.js";
import { failure, getModel, hubAt, model, modelPath, useFaultServer } from "../servers/setup.js";
import { settled, within } from "../servers/waits.js";

const server = useFaultServer();
const jsonType = { "content-type": "application/json" };
const once = (): Promise<unknown> => getModel(hubAt(server().url, { retries: 0, timeout: 500 }));

/** A valid response, cut into pieces that arrive apart. */
const pieces =
  (content: Uint8Array, size: number, headers: Record<string, string> = {}): Handler =>
  async ({ response }) => {
    response.writeHead(200, { ...jsonType, ...headers });
    for (let at = 0; at < content.length; at += size) {
      response.write(content.subarray(at, at + size));
      await settled();
    }
    response.end();
  };

describe("a response that breaks off is no response", () => {
  const whole = gzipSync(JSON.stringify({ id: "x".repeat(5000) }));
  const corrupt = Buffer.from(whole);
  corrupt.fill(0xff, 12, 24);

  it.each<[string, Handler]>([
    ["short of its Content-Length", shortBody('{"id":"a"}')],
    ["without its last chunk", unfinishedChunks('{"id":"a"}')],
    ["reset in its body", resetInBody('{"id":"a"}')],
    ["with a corrupt gzip body", body(corrupt, { headers: { ...jsonType, "content-encoding": "gzip" } })],
    ["with a cut gzip body", body(whole.subarray(0, 20), { headers: { ...jsonType, "content-encoding": "gzip" } })],
  ])("%s", async (_, response) => {
    server().on(modelPath, response);
    expect(await failure(once())).toBeInstanceOf(HubError);
  });

  it.each(['{"id":"a"', "{", '{"id":"a"}}', "{'id':1}", "nonsense", "NaN"])("nor is broken JSON: %s", async (text) => {
    server().on(modelPath, body(text, { headers: jsonType }));
    const error = await failure(once());
    expect(error).toMatchObject({
      name: "HubResponseError",
      status: 200,
      code: "UnexpectedResponse",
      cause: { name: "SyntaxError" },
    });
  });
});

describe("where JSON is due", () => {
  it.each([
    ["HTML", body("<html>sign in</html>", { headers: { "content-type": "text/html; charset=utf-8" } }), "text/html"],
    ["text", body("ok", { headers: { "content-type": "text/plain" } }), "text/plain"],
    ["nothing", empty(200, jsonType), "empty"],
    ["nothing, of length 0", body("", { headers: jsonType }), "empty"],
  ])("%s is an error that tells status and kind", async (_, response, word) => {
    server().on(modelPath, response);
    const error = await failure(once());
    expect(error).toBeInstanceOf(HubResponseError);
    expect(error).toMatchObject({
      status: 200,
      code: "UnexpectedResponse",
      serverMessage: expect.stringContaining(word),
    });
  });

  it("any JSON type will do", async () => {
    for (const type of ["application/json; charset=utf-8", "application/problem+json", "APPLICATION/JSON"]) {
      server().on(modelPath, body('{"id":1}', { headers: { "content-type": type } }));
      expect(await once()).toEqual({ id: 1 });
    }
    server().on(modelPath, body('{"id":1}'));
    expect(await once()).toEqual({ id: 1 });
  });
});

describe("the value of a response", () => {
  it("depends neither on how it is cut nor on its encoding", async () => {
    const value = {
      text: "né\u{1f600}\u2028 ".repeat(20),
      numbers: [1, -0.5, 1e300],
      nested: { a: [{}, [], null, true] },
    };
    const plain = Buffer.from(JSON.stringify(value));
    const encoded = { "": plain, gzip: gzipSync(plain), br: brotliCompressSync(plain) };
    for (const [encoding, content] of Object.entries(encoded)) {
      for (const size of [1, 7, content.length]) {
        server().on(modelPath, pieces(content, size, encoding === "" ? {} : { "content-encoding": encoding }));
        expect(await getModel(hubAt(server().url, { retries: 0 }))).toEqual(value);
      }
    }
  });

  it("is what JSON says, whatever that is", async () => {
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.string(), fc.jsonValue()), async (value) => {
        server().on(modelPath, json(value));
        expect(JSON.stringify(await once())).toBe(JSON.stringify(JSON.parse(JSON.stringify(value))));
      }),
      { numRuns: 60 },
    );
  });

  it("keeps unknown fields and enum values, and lacks what the Hub left out", async () => {
    server().on(modelPath, json({ gated: "some-new-mode", brandNew: { a: 1 } }));
    expect(await once()).toEqual({ gated: "some-new-mode", brandNew: { a: 1 } });
  });

  it("survives a byte order mark, broken UTF-8 and double keys", async () => {
    server().on(modelPath, body('\ufeff{"id":1}', { headers: jsonType }));
    expect(await once()).toEqual({ id: 1 });
    server().on(
      modelPath,
      body(new Uint8Array([...Buffer.from('{"id":"'), 0xff, ...Buffer.from('"}')]), { headers: jsonType }),
    );
    expect(await once()).toEqual({ id: "\ufffd" });
    server().on(modelPath, body('{"id":1,"id":2}', { headers: jsonType }));
    expect(await once()).toEqual({ id: 2 });
  });
});

describe("a response longer than the caller's limit", () => {
  const hub = (maxResponseBytes?: number): ReturnType<typeof hubAt> =>
    hubAt(server().url, maxResponseBytes === undefined ? {} : { maxResponseBytes });

  it("is broken off, told as what it is, and not asked for again", async () => {
    server().on(modelPath, endlessBody());
    const error = await failure(getModel(hub(100_000)));
    expect(error).toMatchObject({
      name: "HubResponseError",
      status: 200,
      message: expect.stringContaining("maxResponseBytes"),
    });
    expect(server().requests).toHaveLength(1);
    await server().requests[0]?.closed;
  });

  it("does not hide behind its compression", async () => {
    const bomb = gzipSync(JSON.stringify({ id: "x".repeat(5_000_000) }));
    server().on(modelPath, body(bomb, { headers: { ...jsonType, "content-encoding": "gzip" } }));
    expect(await failure(getModel(hub(1_000_000)))).toMatchObject({ name: "HubResponseError", status: 200 });
    expect(await getModel(hub())).toHaveProperty("id.length", 5_000_000);
  });

  it("may be as long as the limit", async () => {
    server().on(modelPath, json(model));
    expect(await getModel(hub(JSON.stringify(model).length))).toEqual(model);
    expect(await failure(getModel(hub(JSON.stringify(model).length - 1)))).toMatchObject({ status: 200 });
  });
});

describe("whatever the bytes, a call settles:", () => {
  const ok = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n";
  it.each<[string, Handler]>([
    ["no HTTP", bytes("\u0000\u0001garbage")],
    ["another protocol", bytes("SSH-2.0-OpenSSH_9.0\r\n")],
    ["HTTP/0.9", bytes("hello")],
    ["a header of 100 KiB", bytes(`${ok}x: ${"y".repeat(100 * 1024)}\r\n\r\n{}`)],
    [
      "10,000 headers",
      bytes(`${ok}${Array.from({ length: 10_000 }, (_, index) => `x${index}: y\r\n`).join("")}\r\n{}`),
    ],
    ["a header without a colon", bytes(`${ok}nonsense\r\n\r\n{}`)],
    ["a status that is no number", bytes("HTTP/1.1 abc OK\r\n\r\n")],
    ["status 999", bytes("HTTP/1.1 999 Odd\r\ncontent-length: 0\r\n\r\n")],
    ["status 101", bytes("HTTP/1.1 101 Switching\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n")],
    ["a negative length", bytes("HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n{}")],
    ["two lengths", bytes(`${ok}content-length: 3\r\n\r\n{}`)],
    ["a bad chunk size", bytes("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{}")],
    ["100,000 nested arrays", body("[".repeat(100_000) + "]".repeat(100_000), { headers: jsonType })],
    ["100,000 open arrays", body("[".repeat(100_000), { headers: jsonType })],
    ["silence in the body", stalledBody("[")],
  ])("%s", async (_, response) => {
    server().on(modelPath, response);
    const call = once().then(
      () => undefined,
      (error: unknown) => error,
    );
    await within(1500, call);
    const outcome = await call;
    if (outcome !== undefined) expect(outcome).toBeInstanceOf(HubError);
  });

  it("early hints are passed over", async () => {
    server().on(
      modelPath,
      bytes(
        `HTTP/1.1 103 Early Hints\r\nlink: </x>; rel="next"\r\n\r\nHTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 19\r\n\r\n${JSON.stringify(model)}`,
      ),
    );
    expect(await once()).toEqual(model);
  });
});
