import { afterEach, describe, expect, it, vi } from "vitest";
import { json } from "../servers/answers.js";
import { HubInputError } from "../../src/errors.js";
import { Hub } from "../../src/hub.js";
import { resolveOptions, type HubOptions } from "../../src/options.js";
import { isNameAlone, splitRepoId } from "../../src/inputs/repo-id.js";
import { Transport } from "../../src/transport/transport.js";
import { failure, getModel, hubAt, model, modelPath, token, useFaultServer } from "../servers/setup.js";

const server = useFaultServer();

describe("a repository's id", () => {
  const odd = [
    "",
    " ",
    "/",
    "owner/",
    "/name",
    "owner/name/more",
    "owner//name",
    " owner/name",
    "owner/name ",
    "owner/na me",
    "owner/..",
    "../name",
    "./name",
    "owner/.",
    "owner/a..b",
    "owner/a--b",
    "owner/name.git",
    "owner/%2e%2e",
    "owner/name?x=1",
    "owner/name#x",
    "owner\\name/x",
    "owner/name\r\nx: y",
    "owner/na\0me",
    "owner/näme",
    `owner/${"x".repeat(97)}`,
    "https://huggingface.co/owner/name",
    "@host/name:1",
  ];

  it.each(odd)("that is %j is refused before any request", async (repo) => {
    const error = await failure((async () => await hubAt(server().url).datasets.get({ repo }))());
    expect(error).toBeInstanceOf(HubInputError);
    expect(String(error)).toMatch(/expected/);
    expect(server().requests).toHaveLength(0);
  });

  it.each([undefined, null, 7, {}, [], ["owner", "name"]])("that is no string (%j) is refused", (repo) => {
    expect(() => splitRepoId(repo as unknown as string)).toThrow(HubInputError);
    expect(isNameAlone(repo as unknown as string)).toBe(false);
  });

  it.each(["owner/name", "o-1/N_a.me", "0/0", `${"o".repeat(96)}/${"n".repeat(96)}`])("may be %s", (repo) => {
    const { namespace, repo: name } = splitRepoId(repo);
    expect(`${namespace}/${name}`).toBe(repo);
  });

  it.each(["%2e%2e", "..%2f..", "refs/pr/1", "a/../b", "a?b#c", "é\u{1f600}", "a\tb", "a\\b", " "])(
    "keeps a revision in its segment: %j",
    async (revision) => {
      server().otherwise(json(model));
      await hubAt(server().url).models.get({ repo: "owner/name", revision });
      const segments = server().requests[0]?.path.split("/") ?? [];
      expect(segments.slice(0, -1).join("/")).toBe("/api/models/owner/name/revision");
      expect(decodeURIComponent(segments.at(-1) ?? "")).toBe(revision);
    },
  );

  it.each([".", "..", ""])("refuses the revision %j", async (revision) => {
    const error = await failure((async () => await hubAt(server().url).models.get({ repo: "owner/name", revision }))());
    expect(error).toBeInstanceOf(HubInputError);
    expect(server().requests).toHaveLength(0);
  });
});

describe("options", () => {
  it.each<[string, HubOptions]>([
    ["an endpoint that is no address", { endpoint: "huggingface.co" }],
    ["an endpoint of another protocol", { endpoint: "ftp://huggingface.co" }],
    ["an endpoint with credentials", { endpoint: "https://me:pw@huggingface.co" }],
    ["an endpoint with a query", { endpoint: "https://huggingface.co/?a=1" }],
    ["an endpoint with a fragment", { endpoint: "https://huggingface.co/#a" }],
    ["a token that is no string", { token: 7 as unknown as string }],
    ["a timeout of 0", { timeout: 0 }],
    ["a timeout that is no number", { timeout: "1" as unknown as number }],
    ["a NaN deadline", { deadline: Number.NaN }],
    ["retries below 0", { retries: -1 }],
    ["half a retry", { retries: 0.5 }],
  ])("refuse %s when the client is made", (_, options) => {
    expect(() => new Hub({ token, ...options })).toThrow(HubInputError);
  });

  it.each(["/", "//", "/hf", "/hf/"])("take an endpoint that ends in %s", async (end) => {
    server().otherwise(json(model));
    await getModel(hubAt(`${server().url}${end}`));
    expect(server().requests[0]?.path).toBe(`${end.replace(/\/+$/, "")}${modelPath}`);
  });

  it("of a call are checked before the request", async () => {
    for (const options of [{ timeout: -1 }, { deadline: 0 }, { retries: -1 }]) {
      expect(await failure(getModel(hubAt(server().url), options))).toBeInstanceOf(HubInputError);
    }
    expect(server().requests).toHaveLength(0);
  });

  it("longer than a timer can count mean no limit", async () => {
    server().on(modelPath, json(model));
    expect(await getModel(hubAt(server().url, { timeout: 1e12, deadline: 1e15, maxWait: 1e15 }))).toEqual(model);
  });
});

describe("headers of the caller", () => {
  it.each(["a\r\nx: y", "a\nb", "a\0b", "\u2603", "a\u007f"])("with the value %j are refused", async (value) => {
    expect(() => hubAt(server().url, { headers: { "x-mine": value } })).toThrow(HubInputError);
    const error = await failure(getModel(hubAt(server().url), { headers: { "x-mine": value } }));
    expect(error).toBeInstanceOf(HubInputError);
    expect(server().requests).toHaveLength(0);
  });

  it.each(["x y", "x\r\ny", "", "ü", "x:"])("with the name %j are refused", async (name) => {
    expect(await failure(getModel(hubAt(server().url), { headers: { [name]: "1" } }))).toBeInstanceOf(HubInputError);
    expect(server().requests).toHaveLength(0);
  });

  it.each([
    "Authorization",
    "host",
    "Connection",
    "content-length",
    "Transfer-Encoding",
    "keep-alive",
    "TE",
    "trailer",
    "upgrade",
    "cookie",
    "Proxy-Authorization",
    "expect",
  ])("may not set %s", async (name) => {
    expect(await failure(getModel(hubAt(server().url), { headers: { [name]: "x" } }))).toBeInstanceOf(HubInputError);
    expect(() => hubAt(server().url, { headers: { [name]: "x" } })).toThrow(HubInputError);
  });

  it("are sent with each request, the call's own before the client's", async () => {
    server().otherwise(json(model));
    await getModel(hubAt(server().url, { headers: { "x-a": "client", "x-b": "client" } }), {
      headers: { "x-b": "call\u00e9" },
    });
    expect(server().requests[0]?.headers).toMatchObject({ "x-a": "client", "x-b": "call\u00e9" });
  });
});

describe("bodies", () => {
  const cyclic: Record<string, unknown> = {};
  cyclic["self"] = cyclic;

  it.each([
    ["NaN", { a: { b: Number.NaN } }],
    ["Infinity", { a: [Number.POSITIVE_INFINITY] }],
    ["a bigint", { a: 1n }],
    ["a cycle", cyclic],
  ])("that JSON cannot hold are refused before any request: %s", async (_, body) => {
    const transport = new Transport(resolveOptions({ token, endpoint: server().url }));
    expect(await failure(transport.request("put", "/api/x", { body }, "json"))).toBeInstanceOf(HubInputError);
    expect(server().requests).toHaveLength(0);
  });

  it("that the Hub refuses tell why in its words", async () => {
    server().on("/api/repos/create", json({ error: 'Invalid body: "sdk" is required' }, { status: 400 }));
    const error = await failure(hubAt(server().url).repos.create({ repo: "owner/name", visibility: "private" }));
    expect(error).toMatchObject({ status: 400, serverMessage: 'Invalid body: "sdk" is required' });
  });
});

it("an address that servers would refuse for its length is refused here, clearly", async () => {
  const expand = Array.from({ length: 900 }, () => "downloads" as const);
  const error = await failure(hubAt(server().url).models.get({ repo: "owner/name", expand }));
  expect(error).toBeInstanceOf(HubInputError);
  expect(String(error)).toMatch(/URL has \d+ characters/);
  expect(server().requests).toHaveLength(0);
});

describe("what others put on Object.prototype", () => {
  const pollution = {
    endpoint: "https://evil.example",
    baseUrl: "https://evil.example",
    url: "https://evil.example",
    method: "DELETE",
    headers: { "x-evil": "1" },
    header: { "x-evil": "1" },
    token: "hf_evil",
    body: "evil",
    query: { evil: 1 },
    contentType: "text/evil",
    redirect: "answer",
    retries: 0,
    idempotent: true,
    timeout: 1,
    allowHttp: true,
  };
  afterEach(() => {
    for (const name of Object.keys(pollution)) delete (Object.prototype as Record<string, unknown>)[name];
  });

  it("changes neither host, method, headers, body nor token", async () => {
    const seen: { url: string; method: unknown; headers: Headers; body: unknown }[] = [];
    const fetch = vi.fn<typeof globalThis.fetch>(async (url, init) => {
      const own = Object.assign(Object.create(null), init) as RequestInit;
      seen.push({ url: String(url), method: own.method, headers: new Headers(own.headers), body: own.body });
      return new Response(
        '{"id":"x"}',
        Object.assign(Object.create(null), { headers: [["content-type", "application/json"]] }) as ResponseInit,
      );
    });
    for (const [name, value] of Object.entries(pollution)) {
      Object.defineProperty(Object.prototype, name, { value, configurable: true, writable: true });
    }
    const hub = new Hub({ token, fetch });
    await hub.models.get({ repo: "owner/name" });
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({
      url: "https://huggingface.co/api/models/owner/name",
      method: "GET",
      body: undefined,
    });
    expect(seen[0]?.headers.get("authorization")).toBe(`Bearer ${token}`);
    expect(seen[0]?.headers.has("x-evil")).toBe(false);
  });

  it("is not reached by options or answers that come from JSON", async () => {
    const options = JSON.parse('{"__proto__":{"endpoint":"https://evil.example"},"retries":0}') as HubOptions;
    server().on(modelPath, ({ response }) => {
      response.writeHead(200, { "content-type": "application/json" });
      response.end('{"id":"x","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}');
    });
    const answer = await getModel(hubAt(server().url, { ...options }));
    expect(Object.getPrototypeOf(answer)).toBe(Object.prototype);
    expect({}).not.toHaveProperty("polluted");
    expect(answer.constructor.prototype).toEqual({ polluted: 1 });
  });
});
