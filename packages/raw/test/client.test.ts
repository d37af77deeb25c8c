import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { createRawClient, InvalidInputError, normaliseToken, parseEndpoint } from "../src/index.js";

const requests: { method: string; url: string; headers: IncomingMessage["headers"]; body: string }[] = [];
let server: Server;
let endpoint: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    const { method = "", url = "", headers } = request;
    let body = "";
    request.on("data", (chunk) => (body += String(chunk)));
    request.on("end", () => {
      requests.push({ method, url, headers, body });
      response.writeHead(200, { "content-type": "application/json" }).end('{"ok":true}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => void (requests.length = 0));
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

const params = { path: { namespace: "owner", repo: "name" } };
const secret = "hf_secret";

describe("a call", () => {
  it("fills the path, writes the query and sends the token", async () => {
    const raw = createRawClient({ endpoint, token: ` ${secret}\n`, headers: { "x-mine": "1" } });
    const { data } = await raw.GET("/api/models/{namespace}/{repo}", {
      params: { ...params, query: { expand: ["tags", "gated"] } },
    });
    expect(data).toEqual({ ok: true });
    expect(requests).toMatchObject([
      {
        method: "GET",
        url: "/api/models/owner/name?expand=tags&expand=gated",
        headers: { authorization: `Bearer ${secret}`, "x-mine": "1" },
        body: "",
      },
    ]);
  });

  it("sends its body as JSON", async () => {
    const raw = createRawClient({ endpoint });
    await raw.PUT("/api/models/{namespace}/{repo}/settings", { params, body: { private: true } });
    expect(requests).toMatchObject([
      { method: "PUT", body: '{"private":true}', headers: { "content-type": "application/json" } },
    ]);
    expect(requests[0]?.headers).not.toHaveProperty("authorization");
  });

  it.each([[{ a: Number.NaN }], [{ a: [Infinity] }], [{ a: 1n }]])(
    "refuses a body that JSON cannot hold",
    async (body) => {
      const raw = createRawClient({ endpoint });
      const call = raw.PUT("/api/models/{namespace}/{repo}/settings", {
        params,
        body: body as unknown as { private: true },
      });
      await expect(call).rejects.toBeInstanceOf(InvalidInputError);
      expect(requests).toHaveLength(0);
    },
  );

  it("reaches an endpoint behind a prefix", async () => {
    await createRawClient({ endpoint: `${endpoint}/hf//` }).GET("/api/models/{namespace}/{repo}", { params });
    expect(requests[0]?.url).toBe("/hf/api/models/owner/name");
  });

  it("calls fetch with an address and its settings, and without a this", async () => {
    const seen: unknown[] = [];
    const fetch = function (this: unknown, url: unknown): Promise<Response> {
      seen.push(this, url);
      return Promise.resolve(Response.json({}));
    };
    await createRawClient({ fetch }).GET("/api/models/{namespace}/{repo}", { params });
    expect(seen).toEqual([undefined, "https://huggingface.co/api/models/owner/name"]);
  });
});

describe("a middleware", () => {
  it("sees a real request, may replace it, and may answer it", async () => {
    const raw = createRawClient({ endpoint, token: secret });
    const replace = {
      onRequest: ({ request }: { request: Request }) => new Request(request, { headers: { "x-replaced": "1" } }),
    };
    raw.use(replace);
    await raw.GET("/api/models/{namespace}/{repo}", { params });
    expect(requests[0]?.headers).toHaveProperty("x-replaced");
    raw.eject(replace);
    // One that was never registered leaves the others at work.
    raw.eject({ onRequest: () => undefined });
    raw.use({ onRequest: ({ request }) => Response.json({ own: request instanceof Request }) });
    expect((await raw.GET("/api/models/{namespace}/{repo}", { params })).data).toEqual({ own: true });
    expect(requests).toHaveLength(1);
  });
});

describe("another place than the endpoint", () => {
  const elsewhere = [
    "https://evil.example/x",
    "@evil.example/x",
    ".evil.example/x",
    ":1@evil.example/x",
    "\\\\evil.example/x",
    "evil.example/x",
    "",
  ];

  it.each(elsewhere)("is never called, given as a path: %j", async (path) => {
    const fetch = vi.fn<typeof globalThis.fetch>(async () => Response.json({}));
    const raw = createRawClient({ token: secret, fetch });
    await expect(raw.GET(path as "/api/models", {})).rejects.toBeInstanceOf(InvalidInputError);
    expect(fetch).not.toHaveBeenCalled();
  });

  it.each(["//evil.example/x", "/\\evil.example/x", "/../../x", "/%2e%2e/x"])(
    "is not where a path like %s leads",
    async (path) => {
      const fetch = vi.fn<typeof globalThis.fetch>(async () => Response.json({}));
      await createRawClient({ token: secret, fetch }).GET(path as "/api/models", {});
      expect(new URL(String(fetch.mock.calls[0]?.[0])).origin).toBe("https://huggingface.co");
    },
  );

  it("is never called, given as a base of one call", async () => {
    const fetch = vi.fn<typeof globalThis.fetch>(async () => Response.json({}));
    const raw = createRawClient({ token: secret, fetch });
    await expect(raw.GET("/api/models", { baseUrl: "https://evil.example" })).rejects.toBeInstanceOf(InvalidInputError);
    expect(fetch).not.toHaveBeenCalled();
  });
});

describe("an endpoint", () => {
  it.each([
    ["https://huggingface.co", "https://huggingface.co"],
    ["https://huggingface.co/", "https://huggingface.co"],
    ["https://HuggingFace.co:443//", "https://huggingface.co"],
    ["https://mirror.example/hf/", "https://mirror.example/hf"],
    ["http://[::1]:8080", "http://[::1]:8080"],
    [new URL("https://mirror.example/a/b"), "https://mirror.example/a/b"],
  ])("%s is %s", (given, used) => {
    expect(parseEndpoint(given)).toBe(used);
  });

  it.each([
    "",
    "huggingface.co",
    "ftp://huggingface.co",
    "file:///x",
    "javascript:alert(1)",
    "https://u:p@huggingface.co",
    "https://huggingface.co?x=1",
    "https://huggingface.co/#x",
  ])("%j is none, and an error says so without repeating credentials", (given) => {
    expect(() => parseEndpoint(given)).toThrow(InvalidInputError);
    expect(() => parseEndpoint(given)).not.toThrow(/u:p/);
  });
});

describe("a token", () => {
  it.each([
    [` ${secret}\r\n`, secret],
    ["", undefined],
    [" \n", undefined],
    [null, undefined],
    [undefined, undefined],
    ["hf_oauth_x", "hf_oauth_x"],
  ])("%j becomes %j", (given, used) => {
    expect(normaliseToken(given)).toBe(used);
  });

  it.each(["hf_se\ncret", "hf_se\rcret", "hf_se\0cret", "hf_se cret", "hf_sécret", "hf_\u2028x"])(
    "%j is refused and not repeated",
    (given) => {
      expect(() => normaliseToken(given)).toThrow(InvalidInputError);
      expect(() => normaliseToken(given)).not.toThrow(/hf_/);
      expect(() => createRawClient({ token: given })).not.toThrow(/hf_/);
    },
  );
});
