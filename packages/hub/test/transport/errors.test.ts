import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { body, empty, json, redirect } from "../servers/responses.js";
import { FaultServer, type Handler } from "../servers/fault-server.js";
import { hangUp, reset } from "../servers/faults.js";
import { HubConnectionError, HubError, HubResponseError, isHubError } from "../../src/errors.js";
import { failure, getModel, hubAt, model, modelPath, token, useFaultServer } from "../servers/setup.js";

const server = useFaultServer();

async function responseOf(response: Handler, options: Parameters<typeof hubAt>[1] = {}): Promise<HubResponseError> {
  server().on(modelPath, response);
  const error = await failure(getModel(hubAt(server().url, { retries: 0, ...options })));
  expect(error).toBeInstanceOf(HubError);
  expect(error).toBeInstanceOf(HubResponseError);
  return error as HubResponseError;
}

describe("a refusal", () => {
  it("tells status, code, request id, the Hub's words, method and address", async () => {
    const headers = {
      "x-error-code": "GatedRepo",
      "x-request-id": "Root=1-a;b",
      "x-error-message": "Access is restricted",
    };
    const error = await responseOf(json({ error: "body" }, { status: 403, headers }));
    expect(error).toMatchObject({
      name: "HubResponseError",
      status: 403,
      code: "GatedRepo",
      requestId: "Root=1-a;b",
      serverMessage: "Access is restricted",
      method: "GET",
      url: `${server().url}${modelPath}`,
      body: { error: "body" },
      retryAfter: undefined,
    });
    expect(error.message).toBe(`GET ${server().url}${modelPath} responded with 403 GatedRepo: Access is restricted`);
  });

  it.each([
    [404, { "x-error-code": "RepoNotFound" }, "RepoNotFound"],
    [404, { "x-error-code": "RevisionNotFound" }, "RevisionNotFound"],
    [404, { "x-error-code": "EntryNotFound" }, "EntryNotFound"],
    [401, { "x-error-code": "GatedRepo" }, "GatedRepo"],
    [403, { "x-error-code": "GatedRepo" }, "GatedRepo"],
    [403, { "x-error-message": "Access to this resource is disabled." }, "DisabledRepo"],
    [418, { "x-error-code": "SomethingNew" }, "SomethingNew"],
    [400, {}, "BadRequest"],
    [401, {}, "InvalidToken"],
    [402, {}, "PaymentRequired"],
    [403, {}, "Forbidden"],
    [404, {}, "NotFound"],
    [409, {}, "Conflict"],
    [412, {}, "PreconditionFailed"],
    [413, {}, "PayloadTooLarge"],
    [422, {}, "BadRequest"],
    [429, {}, "RateLimited"],
    [500, {}, "ServerError"],
    [503, {}, "ServerError"],
  ])("with status %i and %j has a code of its own: %s", async (status, headers, code) => {
    expect(await responseOf(json({ error: "words" }, { status, headers }))).toMatchObject({ status, code });
  });

  it("of an anonymous call does not claim to know what exists, and says that no token was sent", async () => {
    const hint = "no token was sent: pass `token`, such as tokenFromDisk, or set HF_TOKEN";
    const response = json({ error: "Invalid username or password." }, { status: 401 });
    const error = await responseOf(response, { token: null });
    expect(error).toMatchObject({ code: "NotFoundOrPrivate", serverMessage: "Invalid username or password." });
    expect(error.message).toMatch(new RegExp(`: Invalid username or password\\.; ${hint}$`));
    const gated = json({ error: "Access is restricted" }, { status: 401, headers: { "x-error-code": "GatedRepo" } });
    expect((await responseOf(gated, { token: null })).message).toContain(hint);
    const withToken = await responseOf(response);
    expect(withToken).toMatchObject({ code: "InvalidToken" });
    expect(withToken.message).not.toContain("no token");
    for (const status of [403, 404]) {
      expect((await responseOf(json({}, { status }), { token: null })).message).not.toContain("no token");
    }
  });

  it("of a call that never sends the token does not ask for one", async () => {
    server().on("/oauth/token", json({ error: "invalid_client" }, { status: 401 }));
    const grant = { grant_type: "refresh_token", refresh_token: "r", client_id: "c" } as const;
    for (const token of ["hf_some", null]) {
      const error = await failure(hubAt(server().url, { token }).oauth.getToken(grant));
      expect(error).toMatchObject({ status: 401, code: "BadRequest", body: { error: "invalid_client" } });
      expect(String(error)).not.toMatch(/no token|InvalidToken/);
    }
  });

  it.each([
    [{ "x-request-id": "a", "x-amzn-trace-id": "b", "x-amz-cf-id": "c" }, "a"],
    [{ "x-amzn-trace-id": "b", "x-amz-cf-id": "c" }, "b"],
    [{ "x-amz-cf-id": "c" }, "c"],
    [{}, undefined],
  ])("finds its request id in %j", async (headers, requestId) => {
    expect((await responseOf(json({}, { status: 404, headers }))).requestId).toBe(requestId);
  });

  it.each([
    [{ error: "words" }, "words"],
    [{ error: ["one", "two"] }, "one; two"],
    [{ errors: [{ message: "one" }, { message: "two" }] }, "one; two"],
    [{ error: "invalid_grant", error_description: "The code has expired" }, "The code has expired"],
    [{ message: "words" }, "words"],
    [{ error: { message: "words" } }, "words"],
    [{ error: { code: 403, message: "words", status: "PERMISSION_DENIED" } }, "words"],
    [{ error: { error: { message: "words" } } }, "words"],
    [{ data: { error: { message: "words" } } }, "words"],
    [{ statusCode: 404, message: "words", error: "Not Found" }, "words"],
    [{ detail: [{ loc: ["body", "name"], msg: "words", type: "missing" }] }, "words"],
    [{ type: "about:blank", title: "Forbidden", detail: "words", status: 403 }, "words"],
    [{ errors: [{ title: "one", detail: "two" }] }, "two"],
    [{ errors: { name: ["is required"], tags: ["too many", "too long"] } }, "is required; too many; too long"],
    [{ error: [{ message: "one" }, "two"] }, "one; two"],
    [{ url: "https://hf.co/o/n", tags: ["a"], owner: { name: "o" } }, undefined],
    [{ error: { message: "" }, message: "words" }, "words"],
    ["plain", "plain"],
    [{ error: { deep: true } }, undefined],
    [{ errors: [{}, null, 7] }, undefined],
    [[], undefined],
    [null, undefined],
    [7, undefined],
    [{ error: "a\u0000b\r\nc\u001b[31m" }, "a b c [31m"],
  ])("finds the Hub's words in %j", async (value, words) => {
    const error = await responseOf(json(value, { status: 400 }));
    expect(error.serverMessage).toBe(words);
    expect(error.message).not.toContain("[object");
  });

  it("of a creation that met an existing repository tells its address", async () => {
    server().on("/api/repos/create", json({ error: "exists", url: "https://hf.co/o/n" }, { status: 409 }));
    const error = await failure(hubAt(server().url).repos.create({ repo: "owner/name", visibility: "private" }));
    expect(error).toMatchObject({ code: "Conflict", body: { url: "https://hf.co/o/n" } });
  });
});

const longHtml = `<!doctype html><html><head><style>p{}</style><title>502 Bad &amp; Gateway</title></head><body>${"<p>lots</p>".repeat(9999)}`;
const oddBodies: [string, string | Uint8Array, string][] = [
  ["nothing", "", "text/plain"],
  ["a page of HTML", longHtml, "text/html"],
  ["HTML that says JSON", "<h1>oops</h1><script>evil()", "application/json"],
  ["half of HTML", "<html><body <p", "text/html"],
  ["text", "Entry not found", "text/plain"],
  ["cut JSON", '{"error":"no', "application/json"],
  ["JSON that says text", '{"error":"no"}', "text/plain"],
  ["bytes", new Uint8Array([0xff, 0xfe, 0, 1, 0xc3]), "application/octet-stream"],
  ["a very long line", "x".repeat(1_000_000), "text/plain"],
  ["very long JSON", JSON.stringify({ error: "y".repeat(10_000) }), "application/json"],
  ["deep JSON", `${"[".repeat(20_000)}${"]".repeat(20_000)}`, "application/json"],
  ["a prototype", '{"__proto__":{"error":"x"},"error":{"__proto__":1}}', "application/json"],
];

describe("an error whose body is odd", () => {
  it.each(oddBodies)("keeps its status, in a short message without markup: %s", async (_, content, type) => {
    for (const status of [404, 502]) {
      const error = await responseOf(body(content, { status, headers: { "content-type": type } }));
      expect(error.status).toBe(status);
      expect(error.message.length).toBeLessThan(600);
      expect(error.message).not.toMatch(/[<>]|\[object|evil|lots/);
    }
  });

  it("reads no more than it needs of it", async () => {
    const error = await responseOf(
      body("x".repeat(5_000_000), { status: 404, headers: { "content-type": "text/plain" } }),
    );
    expect(String(error.body).length).toBeLessThan(256 * 1024);
  });

  it("stays short when the address is long", async () => {
    server().otherwise(json({ error: "z".repeat(1000) }, { status: 404 }));
    const error = await failure(hubAt(server().url).models.get({ repo: "owner/name", revision: "r".repeat(4000) }));
    expect((error as Error).message.length).toBeLessThan(600);
  });
});

describe("a refusal of another server than the Hub", () => {
  const storage = useFaultServer();
  const away = (response: Handler): Promise<HubResponseError> => {
    storage().on("/file", response);
    return responseOf(redirect(302, `${storage().url}/file?X-Amz-Signature=s3cretS3cret`));
  };

  it.each([400, 401, 403, 404, 409, 412])("with status %i names that server, and blames no token", async (status) => {
    const error = await away(json({ error: "Access Denied" }, { status, headers: { "x-error-code": "GatedRepo" } }));
    const { host } = new URL(storage().url);
    expect(error).toMatchObject({ status, code: "RefusedElsewhere", serverMessage: "Access Denied" });
    expect(error.message).toBe(
      `GET http://${host}/file?X-Amz-Signature=*** responded with ${status} RefusedElsewhere: Access Denied; ` +
        `${host} is not the Hub, and gets no token`,
    );
  });

  it.each([
    [413, "PayloadTooLarge"],
    [429, "RateLimited"],
    [500, "ServerError"],
    [503, "ServerError"],
    [304, "UnexpectedResponse"],
  ])("with status %i means what it always means: %s", async (status, code) => {
    const error = await away(empty(status, { "x-error-code": "RepoNotFound" }));
    expect(error).toMatchObject({ status, code });
    expect(error.message).toContain(storage().url);
  });

  it("is the Hub's own where a mirror leads to it", async () => {
    const codes: [Record<string, string>, string][] = [
      [{ "x-error-code": "EntryNotFound" }, "EntryNotFound"],
      // The mirror was sent the token, and the Hub was not.
      [{}, "NotFoundOrPrivate"],
    ];
    for (const [headers, code] of codes) {
      const fetch = async (url: string): Promise<Response> =>
        url.startsWith("https://mirror.example/")
          ? new Response(null, { status: 308, headers: { location: "https://huggingface.co/elsewhere" } })
          : Response.json({ error: "no" }, { status: 401, headers });
      const error = await failure(getModel(hubAt("https://mirror.example", { fetch })));
      expect(error).toMatchObject({ code });
      expect(String(error)).not.toContain("is not the Hub");
    }
  });
});

describe("a failed connection", () => {
  it("keeps what the runtime said", async () => {
    const gone = await FaultServer.start();
    await gone.close();
    const error = await failure(getModel(hubAt(gone.url, { retries: 0 })));
    expect(error).toBeInstanceOf(HubConnectionError);
    expect(error).toMatchObject({ code: "ECONNREFUSED", cause: { cause: { code: "ECONNREFUSED" } } });
    expect((error as Error).message).toBe(`no response: GET ${gone.url}${modelPath} (ECONNREFUSED)`);
  });

  it("of a name that does not exist says so", async () => {
    const error = await failure(getModel(hubAt("https://nowhere.invalid", { retries: 0 })));
    expect((error as HubConnectionError).code).toMatch(/^(ENOTFOUND|EAI_AGAIN)$/);
    expect(String(error)).toContain((error as HubConnectionError).code);
  });

  it("without a code of the system has none", async () => {
    const fetch = (): Promise<Response> => Promise.reject(Object.assign(new Error("odd"), { code: "two words" }));
    const error = await failure(getModel(hubAt(server().url, { fetch, retries: 0 })));
    expect(error).toMatchObject({ name: "HubConnectionError", code: undefined });
    expect((error as Error).message).toBe(`no response: GET ${server().url}${modelPath}`);
  });

  it.each([
    ["reset", reset],
    ["closed", hangUp],
  ])("that was %s is one", async (_, response) => {
    server().on(modelPath, response);
    expect(await failure(getModel(hubAt(server().url, { retries: 0 })))).toMatchObject({
      name: "HubConnectionError",
      cause: {},
    });
  });
});

describe("any failure", () => {
  it("is known as the Hub's, also when another copy of the package threw it", () => {
    expect(isHubError(new HubError("x"))).toBe(true);
    expect(isHubError(runInNewContext("Object.assign(new Error('x'), { isHubError: true })"))).toBe(true);
    for (const other of [new Error("x"), null, undefined, "x", {}]) expect(isHubError(other)).toBe(false);
  });

  it("keeps its words when it is cloned", async () => {
    const error = await responseOf(json({ error: "words" }, { status: 404 }));
    expect(structuredClone(error).message).toBe(error.message);
    expect(String(structuredClone(error).stack)).toContain("HubResponseError");
  });

  it("names the line that made the call", async () => {
    server().on(modelPath, json({}, { status: 404 }));
    const aCallerOfTheHub = async (): Promise<unknown> => await hubAt(server().url).models.get({ repo: "owner/name" });
    const error = await failure(aCallerOfTheHub());
    expect(String((error as Error).stack)).toContain("aCallerOfTheHub");
  });

  it("is told to middlewares of the raw client, which may respond instead", async () => {
    const hub = hubAt(server().url);
    hub.raw.use({ onRequest: () => Response.json(model) });
    expect(await getModel(hub)).toEqual(model);
    hub.raw.use({ onRequest: () => Response.json({ error: "no" }, { status: 404 }) });
    expect(server().requests).toHaveLength(0);
  });

  it("stays one when a middleware makes it", async () => {
    const hub = hubAt(server().url);
    hub.raw.use({ onRequest: () => Response.json({ error: "no" }, { status: 404 }) });
    expect(await failure(getModel(hub))).toMatchObject({ name: "HubResponseError", status: 404, code: "NotFound" });
  });

  it("of a middleware's own making keeps its cause", async () => {
    const cause = new Error("mine");
    const hub = hubAt(server().url, { token });
    hub.raw.use({
      onRequest: () => {
        throw cause;
      },
    });
    expect(await failure(getModel(hub))).toMatchObject({ message: "mine", cause });
  });
});
