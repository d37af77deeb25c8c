import { describe, expect, it, vi } from "vitest";
import { json, rateLimited, redirect } from "../servers/responses.js";
import { hangUp, reset } from "../servers/faults.js";
import type { Hub } from "../../src/hub.js";
import type { Fetch, HubOptions, ResponseInfo } from "../../src/options.js";
import { failure, hubAt, model, modelPath, token, useFaultServer, withoutBackOff } from "../servers/setup.js";

const server = useFaultServer();
const other = useFaultServer();

const params = { params: { path: { namespace: "owner", repo: "name" } } };
const get = (hub: Hub, signal?: AbortSignal) =>
  hub.raw.GET("/api/models/{namespace}/{repo}", { ...params, ...(signal === undefined ? {} : { signal }) });
const create = (hub: Hub) => hub.raw.POST("/api/repos/create", { body: { name: "name", type: "model" } });

describe("a call of the raw client", () => {
  it.each<[string, HubOptions["token"]]>([
    ["a token", token],
    ["a token function", () => token],
    ["an asynchronous one", async () => token],
  ])("goes by the given fetch with %s and the client's own headers", async (_, source) => {
    const seen: [string, Headers][] = [];
    const fetch = vi.fn<Fetch>(async (url, init) => {
      seen.push([url, new Headers(init.headers)]);
      return Response.json(model);
    });
    const hub = hubAt("https://huggingface.co", { token: source, fetch, headers: { "x-own": "1" } });
    const { data, response } = await get(hub);
    expect([data, response.status]).toEqual([model, 200]);
    expect(fetch).toHaveBeenCalledTimes(1);
    const [url, headers] = seen[0] ?? [];
    expect(url).toBe("https://huggingface.co/api/models/owner/name");
    expect(headers?.get("authorization")).toBe(`Bearer ${token}`);
    expect(headers?.get("x-own")).toBe("1");
  });

  it("goes without a token where there is none, or the function knows none", async () => {
    server().otherwise(json(model));
    await get(hubAt(server().url, { token: null }));
    await get(hubAt(server().url, { token: () => undefined }));
    for (const { headers } of server().requests) expect(headers).not.toHaveProperty("authorization");
    expect(server().requests).toHaveLength(2);
  });

  it("sends its body", async () => {
    server().on("/api/repos/create", json({ url: "u" }));
    const { data } = await create(hubAt(server().url));
    expect(data).toEqual({ url: "u" });
    expect(JSON.parse(server().requests[0]?.body ?? "")).toEqual({ name: "name", type: "model" });
  });

  it("rejects for no status", async () => {
    server().on(modelPath, json({ error: "Repository not found" }, { status: 404 }));
    const { data, error, response } = await get(hubAt(server().url));
    expect(data).toBeUndefined();
    expect(error).toEqual({ error: "Repository not found" });
    expect(response.status).toBe(404);
    expect(server().requests).toHaveLength(1);
  });

  it.each([
    ["a 503", json({ error: "oops" }, { status: 503 })],
    ["a 429", rateLimited({ "retry-after": "0" })],
  ])("is made once, whatever comes of it: %s", async (_, response) => {
    server().on(modelPath, response, json(model));
    expect((await get(hubAt(server().url))).error).toBeDefined();
    expect(server().requests).toHaveLength(1);
  });

  it.each([
    ["a reset", reset],
    ["a hang-up", hangUp],
  ])("is made once, and tells of %s as every call does", async (_, response) => {
    server().on(modelPath, response, json(model));
    expect(await failure(get(hubAt(server().url)))).toMatchObject({ name: "HubConnectionError" });
    expect(server().requests).toHaveLength(1);
  });

  it("ends with its signal, before it began as well as in the middle", async () => {
    const reason = new Error("enough");
    const hub = hubAt(server().url);
    expect(await failure(get(hub, AbortSignal.abort(reason)))).toBe(reason);
    expect(server().requests).toHaveLength(0);
    server().on(modelPath, () => undefined);
    const controller = new AbortController();
    const call = failure(get(hub, controller.signal));
    await vi.waitUntil(() => server().requests.length === 1);
    controller.abort(reason);
    expect(await call).toBe(reason);
    await server().requests[0]?.closed;
  });

  it("counts against the quotas like any other", async () => {
    server().on(modelPath, json(model, { headers: { ratelimit: '"api";r=7;t=60' } }));
    const hub = hubAt(server().url);
    await get(hub);
    expect(hub.rateLimits.api).toMatchObject({ remaining: 7 });
  });
});

describe("a path that leaves the endpoint's prefix by dots", () => {
  const paths = ["/../other", "/%2e%2E/other", "/api/.%2e/../../other", "/..\\other", "/../hfx/api/models", "/.."];

  it.each(paths)("is rejected before any request: %s", async (path) => {
    server().otherwise(json([]));
    const hub = hubAt(`${server().url}/hf`);
    const error = await failure(hub.raw.GET(path as "/api/models"));
    expect(String(error)).toContain('must begin with "/", below');
    expect(server().requests).toHaveLength(0);
  });

  it("is sent as it was compared otherwise", async () => {
    const seen: string[] = [];
    const fetch: Fetch = async (url, { headers }) => {
      seen.push(`${url} ${new Headers(headers).get("authorization")}`);
      return Response.json([]);
    };
    const hub = hubAt("https://mirror.example/hf", { fetch });
    await hub.raw.GET("/api/x/../%2e/models" as "/api/models");
    expect(seen).toEqual([`https://mirror.example/hf/api/models Bearer ${token}`]);
  });
});

describe("a redirect of a call of the raw client", () => {
  it("is followed with the token on the same origin", async () => {
    server().on(modelPath, redirect(307, "/api/models/new/name")).on("/api/models/new/name", json(model));
    expect((await get(hubAt(server().url))).data).toEqual(model);
    expect(server().requests[1]?.headers.authorization).toBe(`Bearer ${token}`);
  });

  it("takes no token to another origin", async () => {
    server().on(modelPath, redirect(302, `${other().url}/away`));
    other().on("/away", json(model));
    expect((await get(hubAt(server().url, { token: () => token }))).data).toEqual(model);
    expect(other().requests[0]?.headers).not.toHaveProperty("authorization");
  });

  it("of a POST takes no body to another origin", async () => {
    server().on("/api/repos/create", redirect(307, `${other().url}/away`));
    other().otherwise(json({}));
    expect(await failure(create(hubAt(server().url)))).toMatchObject({ name: "HubResponseError", status: 307 });
    expect(other().requests).toHaveLength(0);
  });
});

describe("a middleware", () => {
  it("sees the calls of the raw client, and their responses", async () => {
    const seen: unknown[] = [];
    const hub = hubAt(server().url);
    hub.raw.use({
      onRequest: ({ request, schemaPath }) => {
        seen.push([request.method, schemaPath]);
        request.headers.set("x-middleware", "1");
      },
      onResponse: ({ response }) => void seen.push(response.status),
    });
    server()
      .on("/api/repos/create", redirect(307, "/there"))
      .on("/there", json({ url: "u" }));
    expect((await create(hub)).data).toEqual({ url: "u" });
    expect(seen).toEqual([["POST", "/api/repos/create"], 200]);
    for (const { headers, body } of server().requests) {
      expect(headers).toMatchObject({ authorization: `Bearer ${token}`, "x-middleware": "1" });
      expect(JSON.parse(body)).toEqual({ name: "name", type: "model" });
    }
  });

  it("sees each attempt of a method, whose onResponse sees the last response alone", async () => {
    withoutBackOff();
    const hub = hubAt(server().url);
    const attempts: (string | null)[] = [];
    hub.raw.use({
      onRequest: ({ request }) => {
        request.headers.set("x-attempt", String(attempts.length + 1));
      },
      onResponse: ({ response }) => void attempts.push(response.headers.get("x-response")),
    });
    server().on(
      modelPath,
      reset,
      json({}, { status: 503, headers: { "x-response": "refused" } }),
      redirect(307, "/api/models/new/name"),
      json(model),
    );
    server().on("/api/models/new/name", json(model, { headers: { "x-response": "served" } }));
    const seen: [number, string, string | null][] = [];
    const onResponse = ({ status, url, headers }: ResponseInfo): void => {
      seen.push([status, url, headers.get("x-response")]);
    };
    expect(await hub.models.get({ repo: "owner/name" }, { onResponse })).toEqual(model);
    expect(seen).toEqual([[200, `${server().url}/api/models/new/name`, "served"]]);
    // A response that is an error ends its attempt before a middleware could see it.
    expect(attempts).toEqual(["served"]);
    expect(server().requests.map(({ path, headers }) => [path, headers["x-attempt"]])).toEqual([
      [modelPath, "1"],
      [modelPath, "1"],
      [modelPath, "1"],
      ["/api/models/new/name", "1"],
    ]);
  });

  it("does not hide what onResponse throws on a retry", async () => {
    withoutBackOff();
    const hub = hubAt(server().url);
    hub.raw.use({ onRequest: ({ request }) => request });
    server().on(modelPath, json({}, { status: 503 }), json(model));
    const reason = new Error("mine");
    const onResponse = (): never => {
      throw reason;
    };
    expect(await failure(hub.models.get({ repo: "owner/name" }, { onResponse }))).toBe(reason);
    expect(server().requests).toHaveLength(2);
  });

  it("that sends one elsewhere takes no token there", async () => {
    other().on("/stolen", json(model));
    const hub = hubAt(server().url);
    hub.raw.use({ onRequest: ({ request }) => new Request(`${other().url}/stolen`, request) });
    expect((await get(hub)).data).toEqual(model);
    expect(other().requests[0]?.headers).not.toHaveProperty("authorization");
  });

  it("no longer sees them once it is taken out", async () => {
    server().on(modelPath, json(model));
    const hub = hubAt(server().url);
    const onRequest = vi.fn<() => undefined>();
    const middleware = { onRequest };
    hub.raw.use(middleware);
    await get(hub);
    hub.raw.eject(middleware);
    await get(hub);
    expect(onRequest).toHaveBeenCalledTimes(1);
  });
});
