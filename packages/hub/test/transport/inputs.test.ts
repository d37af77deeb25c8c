import { afterEach, describe, expect, it, vi } from "vitest";
import { json } from "../servers/responses.js";
import { HubInputError } from "../../src/errors.js";
import { Hub } from "../../src/hub.js";
import { resolveOptions, type Fetch, type HubOptions, type RequestOptions } from "../../src/options.js";
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

  it.each([
    ["accessToken", "did you mean token?"],
    ["tokn", "did you mean token?"],
    ["endPoint", "did you mean endpoint?"],
    ["header", "did you mean headers?"],
    ["maxRetries", "did you mean retries?"],
    ["tiemout", "did you mean timeout?"],
    ["maxResponseByte", "did you mean maxResponseBytes?"],
    ["observer", "did you mean observe?"],
    ["hubUrl", "expected token, endpoint, fetch, headers, timeout, deadline, retries, maxWait, "],
    ["0", "expected token, endpoint"],
    ["constructor", "expected token, endpoint"],
  ])("of no such name (%s) are refused, and told what was meant", (name, advice) => {
    const create = (): unknown => new Hub({ [name]: "hf_secret" } as HubOptions);
    expect(create).toThrow(HubInputError);
    expect(create).toThrow(`unknown option ${name}; ${advice}`);
    expect(create).not.toThrow("hf_secret");
    expect(() => new Hub({ [name]: undefined } as HubOptions)).toThrow(HubInputError);
  });

  it.each([
    ["hf_secret", "the options are a string; expected { token, … }"],
    [null, "the options are null; expected { token, … }"],
    [() => "hf_secret", "the options are a function; expected { token, … }"],
  ])("that are none (%o) are refused, and not repeated", (options, message) => {
    expect(() => new Hub(options as unknown as HubOptions)).toThrow(new HubInputError(message));
  });

  it.each(["fetch", "observe"])("refuse a %s that cannot be called", (name) => {
    for (const value of [null, "x", {}]) {
      expect(() => new Hub({ [name]: value } as HubOptions)).toThrow(new HubInputError(`${name} is not a function`));
    }
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

describe("a signal that is none", () => {
  const odd: [string, unknown][] = [
    ["null", null],
    ["a controller", new AbortController()],
    ["an object", {}],
    ["text", "abort"],
  ];
  const calls: [string, (options: RequestOptions) => Promise<unknown>][] = [
    ["a call", (options) => getModel(hubAt(server().url), options)],
    ["a call for an owner to be found", (options) => hubAt(server().url).jobs.get({ jobId: "1" }, options)],
    ["a list", (options) => hubAt(server().url).models.list({}, options).toArray()],
    ["a stream", (options) => hubAt(server().url).jobs.streamLogs({ jobId: "1" }, options).events().next()],
    ["a download", (options) => hubAt(server().url).models.files.download({ repo: "o/n", path: "f" }, options)],
    [
      "an upload",
      (options) => hubAt(server().url).models.files.upload({ repo: "o/n", path: "f", content: "x" }, options),
    ],
  ];

  it.each(calls)("is refused before the request, by %s", async (_, call) => {
    for (const [, signal] of odd) {
      expect(await failure(call({ signal: signal as AbortSignal }))).toMatchObject({
        name: "HubInputError",
        message: "signal is not an AbortSignal; pass the signal of a controller, or undefined for none",
      });
    }
    expect(server().requests).toHaveLength(0);
  });
});

describe("a stream that cannot be read", () => {
  const locked = (): ReadableStream => {
    const stream = new Blob(["x"]).stream();
    stream.getReader();
    return stream;
  };
  const consumed = async (): Promise<ReadableStream> => {
    const stream = new Blob(["x"]).stream();
    await new Response(stream).text();
    return stream;
  };
  const streams: [string, () => ReadableStream | Promise<ReadableStream>][] = [
    ["locked", locked],
    ["read already", consumed],
  ];
  const words = "is a stream that is locked or was read already; pass a fresh one";

  it.each(streams)("is refused as a body: %s", async (_, make) => {
    const transport = new Transport(resolveOptions({ token, endpoint: server().url }));
    const body = await make();
    expect(await failure(transport.request("put", "/api/x", { body }, "nothing"))).toMatchObject({
      name: "HubInputError",
      message: `the body ${words}`,
    });
    const call = hubAt(server().url).raw.POST("/api/repos/create", { body: body as never });
    expect(await failure(call)).toMatchObject({ name: "HubInputError", message: `the body ${words}` });
    expect(server().requests).toHaveLength(0);
  });

  it.each(streams)("is refused as the content of a file: %s", async (_, make) => {
    const upload = hubAt(server().url).models.files.upload({ repo: "o/n", path: "dir/f", content: await make() });
    expect(await failure(upload)).toMatchObject({ name: "HubInputError", message: `the content of dir/f ${words}` });
    expect(server().requests).toHaveLength(0);
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
    redirect: "return",
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

  describe("as fields of inputs", () => {
    const fields: Record<string, unknown> = {
      anonymous: true,
      query: { evil: "1" },
      find: () => ({ query: { evil: "1" } }),
      bulk: true,
      maxWait: 1,
      deadline: 1,
      description: "evil",
      parentCommit: "e".repeat(40),
      branch: "evil",
      createPullRequest: true,
      ifLost: "evil",
    };
    // What a commit writes, and where, is nobody else's to say.
    const ofCommits = { ...fields, revision: "evil" };
    const repo = "owner/name";
    const calls: [string, (hub: Hub) => Promise<unknown>][] = [
      ["a call", getModel],
      ["a call of the raw client", (hub) => hub.raw.GET("/api/daily_papers", {})],
      ["a list of numbered pages", (hub) => hub.discussions.list({ repo, type: "model" }).toArray()],
      ["a list", (hub) => hub.kernels.list({ pageSize: 10 }).toArray()],
      [
        "a commit",
        async (hub) => {
          const operations = [{ add: "a", content: "b" }, { copy: "c", to: "d" }, { delete: "e" }];
          await hub.models.commit({ repo, title: "t", operations });
        },
      ],
    ];

    /** The requests of a call with the fields on Object.prototype, or without. */
    async function requestsOf(call: (hub: Hub) => Promise<unknown>, pollution: object): Promise<string[]> {
      const sent: string[] = [];
      const fetch: Fetch = async (url, { method, headers, body }) => {
        const { authorization } = headers as Record<string, string>;
        sent.push([method, url, authorization, typeof body === "string" ? body : ""].join(" "));
        if (url.includes("/preupload/")) {
          return Response.json({ files: [{ path: "a", uploadMode: "regular", shouldIgnore: false }] });
        }
        if (url.includes("/paths-info/"))
          return Response.json([{ path: "c", type: "file", lfs: { oid: "1".repeat(64), size: 1 } }]);
        return Response.json(
          url.includes("/commit/") ? { commitOid: "1" } : url.includes("kernels") ? [] : { discussions: [] },
        );
      };
      const hub = new Hub({ token, fetch, retries: 0 });
      for (const [name, value] of Object.entries(pollution)) define(name, value);
      try {
        await call(hub);
      } finally {
        for (const name of Object.keys(pollution)) delete (Object.prototype as Record<string, unknown>)[name];
      }
      return sent;
    }
    const define = (name: string, value: unknown): unknown =>
      Object.defineProperty(Object.prototype, name, { value, configurable: true, writable: true });

    it.each(calls)("changes nothing of %s", async (name, call) => {
      const sent = await requestsOf(call, {});
      expect(sent[0]).toContain(`Bearer ${token}`);
      expect(await requestsOf(call, name === "a commit" ? ofCommits : fields)).toEqual(sent);
    });
  });

  it("is not reached by options or responses that come from JSON", async () => {
    const options = JSON.parse('{"__proto__":{"endpoint":"https://evil.example"},"retries":0}') as HubOptions;
    server().on(modelPath, ({ response }) => {
      response.writeHead(200, { "content-type": "application/json" });
      response.end('{"id":"x","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}');
    });
    const response = await getModel(hubAt(server().url, { ...options }));
    expect(Object.getPrototypeOf(response)).toBe(Object.prototype);
    expect({}).not.toHaveProperty("polluted");
    expect(response.constructor.prototype).toEqual({ polluted: 1 });
  });
});
