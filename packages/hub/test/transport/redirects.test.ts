import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { body, empty, json, redirect } from "../servers/responses.js";
import { bytes, endlessBody } from "../servers/faults.js";
import { HubError, HubResponseError } from "../../src/errors.js";
import type { HubFile } from "../../src/files/download/hub-file.js";
import { resolveOptions, type Fetch, type ResponseInfo } from "../../src/options.js";
import { Transport } from "../../src/transport/transport.js";
import { failure, getModel, hubAt, model, modelPath, token, useFaultServer } from "../servers/setup.js";
import { within } from "../servers/waits.js";

const server = useFaultServer();
const other = useFaultServer();

const bearer = `Bearer ${token}`;
const create = (retries = 0): Promise<unknown> =>
  hubAt(server().url, { retries }).repos.create({ repo: "owner/name", visibility: "private" });

describe("a redirect of a GET", () => {
  it.each([301, 302, 303, 307, 308])(
    "with status %i is followed with token and query on the same origin",
    async (status) => {
      server().on(modelPath, redirect(status, "/api/models/new/name?expand=x&cursor=a%2Fb"));
      server().on("/api/models/new/name", json(model));
      expect(await getModel(hubAt(server().url))).toEqual(model);
      const [request] = server().to("/api/models/new/name");
      expect(request?.path).toBe("/api/models/new/name?expand=x&cursor=a%2Fb");
      expect(request?.headers.authorization).toBe(bearer);
    },
  );

  it.each([300, 304, 305, 306, 399])("with status %i is none, and an error", async (status) => {
    server().on(modelPath, redirect(status, "/elsewhere"));
    const error = await failure(getModel(hubAt(server().url)));
    expect(error).toMatchObject({ status, code: "UnexpectedResponse" });
    expect(server().requests).toHaveLength(1);
  });

  it("loses the token at another origin for good, and what else was meant for the Hub", async () => {
    server().on(modelPath, redirect(302, `${other().url}/away`));
    other().on("/away", redirect(302, `${server().url}/back`));
    server().on("/back", json(model));
    await getModel(hubAt(server().url), { headers: { "x-secret": "1" } });
    for (const request of [...other().requests, ...server().to("/back")]) {
      expect(request.headers).not.toHaveProperty("authorization");
      expect(request.headers).not.toHaveProperty("x-secret");
    }
  });

  it("loses it even where the runtime's fetch would keep it", async () => {
    const seen: [string, string | null][] = [];
    // A fetch that sends exactly the headers it was given.
    const fetch = vi.fn<typeof globalThis.fetch>(async (url, init) => {
      seen.push([String(url), new Headers(init?.headers).get("authorization")]);
      return seen.length === 1
        ? new Response(null, { status: 302, headers: { location: "https://cdn.example/x" } })
        : Response.json(model);
    });
    await getModel(hubAt("https://huggingface.co", { fetch }));
    expect(seen).toEqual([
      ["https://huggingface.co/api/models/owner/name", bearer],
      ["https://cdn.example/x", null],
    ]);
    expect(fetch.mock.calls.map(([, init]) => init?.redirect)).toEqual(["manual", "manual"]);
  });

  it.each([
    "https://huggingface.co:8443/x",
    "https://sub.huggingface.co/x",
    "https://user:pw@huggingface.co.evil.example/x",
  ])("takes %s for another origin", async (location) => {
    const seen: (string | null)[] = [];
    const fetch: typeof globalThis.fetch = async (_, init) => {
      seen.push(new Headers(init?.headers).get("authorization"));
      return seen.length === 1 ? new Response(null, { status: 307, headers: { location } }) : Response.json(model);
    };
    await getModel(hubAt("https://huggingface.co", { fetch }));
    expect(seen).toEqual([bearer, null]);
  });

  it("never falls from https to http", async () => {
    const fetch = vi.fn<typeof globalThis.fetch>(
      async () => new Response(null, { status: 302, headers: { location: "http://huggingface.co/x" } }),
    );
    expect(await failure(getModel(hubAt("https://huggingface.co", { fetch })))).toBeInstanceOf(HubResponseError);
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  it("is followed 20 times and no more", async () => {
    server().otherwise((exchange) => redirect(302, `${exchange.request.path}x`)(exchange));
    const error = await failure(getModel(hubAt(server().url)));
    expect(error).toMatchObject({ name: "HubResponseError", code: "UnexpectedResponse" });
    expect(server().requests).toHaveLength(21);
  });

  it("that leads to itself ends", async () => {
    server().on(modelPath, redirect(302, modelPath));
    expect(await failure(getModel(hubAt(server().url)))).toBeInstanceOf(HubResponseError);
    expect(server().requests).toHaveLength(21);
  });

  it.each([
    "file:///etc/passwd",
    "data:application/json,{}",
    "javascript:alert(1)",
    "ftp://example.com/x",
    "http://",
    "http://[::1",
    undefined,
  ])("to %s is an error", async (location) => {
    server().on(modelPath, redirect(302, location));
    expect(await failure(getModel(hubAt(server().url)))).toMatchObject({ name: "HubResponseError", status: 302 });
    expect(server().requests).toHaveLength(1);
  });

  it("reaches the server as UTF-8, encoded, also where its address is not", async () => {
    server().on(
      modelPath,
      bytes(`HTTP/1.1 302 Found\r\nlocation: /caf\u00e9?\u6d4b=\u{1f600}\r\ncontent-length: 0\r\n\r\n`),
    );
    server().otherwise(json(model));
    expect(await getModel(hubAt(server().url))).toEqual(model);
    expect(server().requests[1]?.path).toBe("/caf%C3%A9?%E6%B5%8B=%F0%9F%98%80");
  });

  it("leaves out what only a browser would need", async () => {
    const seen: string[] = [];
    const fetch: Fetch = async (url) => {
      seen.push(url);
      return seen.length === 1
        ? new Response(null, { status: 307, headers: { location: "https://user:pw@cdn.example/x?a=1#part" } })
        : Response.json(model);
    };
    const facts: ResponseInfo[] = [];
    await getModel(hubAt("https://huggingface.co", { fetch }), { onResponse: (response) => facts.push(response) });
    expect(seen[1]).toBe("https://cdn.example/x?a=1");
    expect(facts[0]?.url).toBe("https://cdn.example/x?a=1");
  });

  it("tells where the response came from", async () => {
    server().on(modelPath, redirect(307, "/api/models/new/name")).on("/api/models/new/name", json(model));
    const seen: ResponseInfo[] = [];
    await getModel(hubAt(server().url), { onResponse: (facts) => seen.push(facts) });
    expect(seen.map(({ url }) => url)).toEqual([`${server().url}/api/models/new/name`]);
  });

  it("with an endless body holds nobody up", async () => {
    server().on(modelPath, (exchange) => {
      exchange.response.setHeader("location", "/there");
      return endlessBody(302)(exchange);
    });
    server().on("/there", json(model));
    expect(await getModel(hubAt(server().url, { timeout: 1000, retries: 0 }))).toEqual(model);
  });
});

describe("a redirect of a POST", () => {
  it.each([307, 308])("with status %i keeps method, body and token on the same origin", async (status) => {
    server()
      .on("/api/repos/create", redirect(status, "/api/elsewhere"))
      .on("/api/elsewhere", json({ url: "u" }));
    await create();
    const [first, second] = server().requests;
    expect(second).toMatchObject({ method: "POST", body: first?.body, headers: { authorization: bearer } });
  });

  it.each([307, 308])("with status %i never takes token or body to another origin", async (status) => {
    server().on("/api/repos/create", redirect(status, `${other().url}/away`));
    other().otherwise(json({}));
    expect(await failure(create(3))).toMatchObject({ name: "HubResponseError", status });
    expect(other().requests).toHaveLength(0);
    expect(server().requests).toHaveLength(1);
  });

  it.each([301, 302, 303])("with status %i does not become a GET that looks like success", async (status) => {
    server()
      .on("/api/repos/create", redirect(status, "/after"))
      .on("/after", json({ url: "u" }));
    expect(await failure(create(3))).toMatchObject({ name: "HubResponseError", status });
    expect(server().requests).toHaveLength(1);
  });

  it("is the response itself where the route says so", async () => {
    server().on("/datasets/o/n/ask-access", redirect(303, "/datasets/o/n"));
    const transport = new Transport(resolveOptions({ token, endpoint: server().url }));
    await transport.request(
      "post",
      "/datasets/{namespace}/{repo}/ask-access",
      {
        path: { namespace: "o", repo: "n" },
        redirect: "return",
      },
      "nothing",
    );
    expect(server().requests.map(({ method, path }) => [method, path])).toEqual([["POST", "/datasets/o/n/ask-access"]]);
  });
});

describe("where a browser hides redirects", () => {
  const hidden = (): Response => {
    const response = new Response(null);
    Object.defineProperties(response, {
      type: { value: "opaqueredirect" },
      status: { value: 0 },
      ok: { value: false },
    });
    return response;
  };

  it("the browser follows a GET, and the client builds no address itself", async () => {
    const fetch = vi.fn<typeof globalThis.fetch>(async (_, init) =>
      init?.redirect === "manual" ? hidden() : Response.json(model),
    );
    expect(await getModel(hubAt("https://huggingface.co", { fetch }))).toEqual(model);
    expect(fetch.mock.calls.map(([url, init]) => [url, init?.redirect])).toEqual([
      ["https://huggingface.co/api/models/owner/name", "manual"],
      ["https://huggingface.co/api/models/owner/name", "follow"],
    ]);
  });

  describe.each(["document", "importScripts"])("with %s", (name) => {
    beforeEach(() => {
      vi.stubGlobal(name, {});
      // Node itself goes on using what the global has; without it, a message of the runner would end in a loop.
      vi.stubGlobal("process", Object.create(process, { env: { value: {} }, versions: { value: {} } }));
    });
    afterEach(() => vi.unstubAllGlobals());

    it("the browser is asked to follow a GET at once, and asked once", async () => {
      const fetch = vi.fn<typeof globalThis.fetch>(async () => Response.json(model));
      expect(await getModel(hubAt("https://huggingface.co", { fetch }))).toEqual(model);
      expect(fetch.mock.calls.map(([url, init]) => [url, init?.redirect])).toEqual([
        ["https://huggingface.co/api/models/owner/name", "follow"],
      ]);
    });

    it("no address that the client builds itself gets the token but the Hub's own", async () => {
      const seen: [string, string | null][] = [];
      const fetch: Fetch = async (url, init) => {
        seen.push([url, new Headers(init.headers).get("authorization")]);
        const response = Response.json([model], {
          headers: { link: `<https://other.example/api/models?cursor=a>; rel="next"` },
        });
        Object.defineProperty(response, "url", { value: "https://cdn.example/landed" });
        return response;
      };
      const hub = hubAt("https://huggingface.co", { fetch });
      await failure(hub.models.list().toArray());
      expect(seen).toEqual([["https://huggingface.co/api/models", bearer]]);
    });

    it("what another server says where the browser landed is not taken for what the Hub says", async () => {
      const facts = { "x-linked-etag": `"${"a".repeat(64)}"`, "x-repo-commit": "c".repeat(40) };
      const landed = async (url: string): Promise<HubFile> => {
        const fetch: Fetch = async () => {
          const response = new Response("bytes", { headers: facts });
          Object.defineProperty(response, "url", { value: url });
          return response;
        };
        const hub = hubAt("https://huggingface.co", { fetch });
        return await hub.models.files.download({ repo: "owner/name", path: "a" });
      };
      expect(await landed("https://cdn.example/bytes")).toMatchObject({ sha256: undefined, commit: undefined });
      expect(await landed("https://huggingface.co/api/resolve-cache/a")).toMatchObject({ sha256: "a".repeat(64) });
    });

    it("what is sent, and a redirect that is the response itself, are never followed", async () => {
      const fetch = vi.fn<typeof globalThis.fetch>(async () => hidden());
      const hub = hubAt("https://huggingface.co", { fetch });
      expect(await failure(hub.repos.delete({ repo: "owner/name" }))).toBeInstanceOf(HubError);
      await hub.datasets.requestAccess({ repo: "owner/name" });
      expect(fetch.mock.calls.map(([, init]) => init?.redirect)).toEqual(["manual", "manual"]);
    });
  });

  it("a POST, a PUT and a DELETE fail and are not repeated", async () => {
    const fetch = vi.fn<typeof globalThis.fetch>(async () => hidden());
    const hub = hubAt("https://huggingface.co", { fetch, retries: 3 });
    expect(await failure(hub.repos.create({ repo: "owner/name", visibility: "private" }))).toBeInstanceOf(HubError);
    expect(await failure(hub.models.updateSettings({ repo: "owner/name", private: true }))).toBeInstanceOf(HubError);
    expect(await failure(hub.repos.delete({ repo: "owner/name" }))).toBeInstanceOf(HubError);
    expect(fetch).toHaveBeenCalledTimes(3);
  });

  it("a redirect that is the response itself is one", async () => {
    const fetch = vi.fn<typeof globalThis.fetch>(async () => hidden());
    const transport = new Transport(resolveOptions({ token, endpoint: "https://huggingface.co", fetch }));
    const call = { path: { namespace: "o", repo: "n" }, redirect: "return" } as const;
    expect(await transport.request("post", "/datasets/{namespace}/{repo}/ask-access", call, "nothing")).toBeUndefined();
  });
});

it("responses without content resolve where no body is due", async () => {
  for (const status of [204, 205]) {
    server().on("/api/repos/delete", empty(status));
    expect(await hubAt(server().url).repos.delete({ repo: "owner/name" })).toBeUndefined();
  }
  server().on("/api/repos/delete", body("OK", { headers: { "content-type": "text/plain" } }));
  expect(await hubAt(server().url).repos.delete({ repo: "owner/name" })).toBeUndefined();
});

it("an error body that never ends holds nobody up", async () => {
  server().on(modelPath, endlessBody(404, "text/plain"));
  const call = failure(getModel(hubAt(server().url)));
  await within(1000, call);
  expect(await call).toMatchObject({ status: 404 });
  await server().requests[0]?.closed;
});
