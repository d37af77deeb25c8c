import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { PipelineError } from "../cli/pipeline-error.js";
import { defaultSource, pull } from "./pull.js";

let server: Server;
let url: string;
let folder: string;
let requests: IncomingMessage[];
let waits: number[];
let respond: RequestListener;

beforeAll(async () => {
  server = createServer((request, response) => {
    requests.push(request);
    respond(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/openapi.json`;
  folder = await mkdtemp(join(tmpdir(), "pull-"));
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true });
});

beforeEach(() => {
  requests = [];
  waits = [];
  const start = globalThis.setTimeout;
  // The pauses between attempts are the only timers of such lengths; the test need not sit through them.
  vi.spyOn(globalThis, "setTimeout").mockImplementation(((run: () => void, wait = 0, ...rest: []) => {
    if (wait !== 1_000 && wait !== 2_000) return start(run, wait, ...rest);
    waits.push(wait);
    return start(run, 0);
  }) as typeof setTimeout);
});
afterEach(() => vi.restoreAllMocks());

const answering =
  (status: number, headers: Record<string, string> = {}, body: string | Uint8Array = ""): RequestListener =>
  (_, response) =>
    void response.writeHead(status, headers).end(body);
const json = { "content-type": "application/json; charset=utf-8" };
const megabytes = (count: number): Uint8Array => new Uint8Array(count * 1024 * 1024).fill(0x20);

/** Expects a refusal in these words. */
async function refuses(source: string, message: string): Promise<void> {
  const error: unknown = await pull(source).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(PipelineError);
  expect((error as PipelineError).message).toBe(message);
}

describe("from an address", () => {
  it("comes the text, asked for as JSON", async () => {
    respond = answering(200, json, `{"a":"ü"}`);
    expect(await pull(url)).toEqual({ text: `{"a":"ü"}` });
    expect(requests.map(({ url, headers }) => [url, headers.accept])).toEqual([["/openapi.json", "application/json"]]);
  });

  it("comes the text without a byte order mark", async () => {
    respond = answering(200, json, "\ufeff{}");
    expect(await pull(url)).toEqual({ text: "{}" });
  });

  it("comes the mark of the version, which the next request may send", async () => {
    respond = answering(200, { ...json, etag: '"v1"' }, "{}");
    expect(await pull(url)).toEqual({ text: "{}", etag: '"v1"' });
    respond = answering(304);
    expect(await pull(url, '"v1"')).toBeUndefined();
    expect(requests.map(({ headers }) => headers["if-none-match"])).toEqual([undefined, '"v1"']);
  });

  it.each([401, 404, 418])("comes a refusal at once when it responses %i", async (status) => {
    respond = answering(status, json, "{}");
    await refuses(url, `${url} responded with ${status}; nothing was changed.`);
    expect(requests).toHaveLength(1);
  });

  it.each([500, 503, 429])("comes a refusal after three attempts that response %i", async (status) => {
    respond = answering(status, json, "{}");
    await refuses(url, `Cannot reach ${url}: it responded with ${status}.`);
    expect(requests).toHaveLength(3);
    expect(waits).toEqual([1_000, 2_000]);
  });

  it("comes the text when the third attempt succeeds", async () => {
    respond = (...args) => answering(requests.length < 3 ? 502 : 200, json, "{}")(...args);
    expect(await pull(url)).toEqual({ text: "{}" });
    expect(requests).toHaveLength(3);
  });

  it.each([
    ["with text/html", { "content-type": "text/html; charset=utf-8" }],
    ["without a content type", {}],
  ])("comes a refusal of a response %s", async (found, headers) => {
    respond = answering(200, headers as Record<string, string>, "{}");
    await refuses(url, `${url} responded ${found}, not JSON.`);
    expect(requests).toHaveLength(1);
  });

  it("comes a refusal when it redirects, without a look at the new place", async () => {
    respond = answering(302, { ...json, location: "/elsewhere" });
    await refuses(url, `${url} responded with 302; nothing was changed.`);
    expect(requests).toHaveLength(1);
  });

  it("comes a refusal when the response always breaks off", async () => {
    respond = (_, response) => {
      response.writeHead(200, { ...json, "content-length": "100" }).write("{");
      setTimeout(() => response.destroy(), 5);
    };
    await expect(pull(url)).rejects.toThrow(`Cannot reach ${url}: `);
    expect(requests).toHaveLength(3);
  });

  it("comes a refusal when the response is larger than any document", async () => {
    // A response that never ends: what is too much has to be noticed on the way.
    respond = (_, response) => void response.writeHead(200, json).write(megabytes(21));
    await refuses(url, `${url} is larger than 20 MiB, far from any OpenAPI document of the Hub.`);
    expect(requests).toHaveLength(1);
  });

  it("comes a refusal when the response is not UTF-8", async () => {
    respond = answering(200, json, Uint8Array.of(0x22, 0xff, 0x22));
    await refuses(url, `${url} is not UTF-8 text.`);
  });

  it("comes a refusal when nobody listens", async () => {
    await expect(pull("http://127.0.0.1:1/openapi.json")).rejects.toThrow(
      "Cannot reach http://127.0.0.1:1/openapi.json: ",
    );
  });

  it.each(["http://example.com/openapi.json", "http://127.0.0.1.example.com/a", "HTTP://localhost.example.com/a"])(
    "comes a refusal when it is not encrypted: %s",
    async (source) => {
      const fetch = vi.spyOn(globalThis, "fetch");
      await refuses(source, `${source} is not encrypted; use https.`);
      expect(fetch).not.toHaveBeenCalled();
    },
  );

  it.each(["ftp://example.com/a", "file:///etc/passwd", "data://a"])(
    "comes a refusal when it is %s",
    async (source) => {
      await refuses(source, `Cannot read ${source}: expected an http(s) address or a file.`);
    },
  );
});

describe("from a file", () => {
  const file = async (bytes: string | Uint8Array): Promise<string> => {
    const path = join(folder, "openapi.json");
    await writeFile(path, bytes);
    return path;
  };

  it("comes the text", async () => {
    expect(await pull(await file(`{"a":"ü"}`))).toEqual({ text: `{"a":"ü"}` });
  });

  it("comes a refusal when there is none", async () => {
    await refuses(join(folder, "none.json"), `Cannot read ${join(folder, "none.json")}: there is no such file.`);
  });

  it("comes a refusal when it is a folder", async () => {
    await expect(pull(folder)).rejects.toThrow(`Cannot read ${folder}: `);
  });

  it("comes a refusal when it is larger than any document", async () => {
    const path = await file(megabytes(21));
    await refuses(path, `${path} is larger than 20 MiB, far from any OpenAPI document of the Hub.`);
  });

  it("comes the text of a packed one, and a refusal where it is not packed after all", async () => {
    const path = join(folder, "a.json.gz");
    await writeFile(path, gzipSync('{"a":1}'));
    expect(await pull(path)).toEqual({ text: '{"a":1}' });
    await writeFile(path, "{}");
    await expect(pull(path)).rejects.toThrow(`${path} is no UTF-8 text: incorrect header check.`);
  });

  it("comes a refusal when it is not UTF-8", async () => {
    const path = await file(Uint8Array.of(0xc3, 0x28));
    await refuses(path, `${path} is not UTF-8 text.`);
  });
});

describe("without a source", () => {
  it.each<[string, NodeJS.ProcessEnv, string]>([
    ["the Hub is asked", {}, "https://huggingface.co/.well-known/openapi.json"],
    ["an empty HF_ENDPOINT says nothing", { HF_ENDPOINT: "" }, "https://huggingface.co/.well-known/openapi.json"],
    [
      "HF_ENDPOINT names a mirror",
      { HF_ENDPOINT: "https://hub.example//" },
      "https://hub.example/.well-known/openapi.json",
    ],
  ])("%s", (_, environment, source) => {
    expect(defaultSource(environment)).toBe(source);
  });

  it("an HF_ENDPOINT without a scheme is refused", () => {
    expect(() => defaultSource({ HF_ENDPOINT: "hub.example" })).toThrow(
      "HF_ENDPOINT is hub.example, which is no address; put https:// in front of it.",
    );
  });
});
