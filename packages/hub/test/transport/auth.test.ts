import { describe, expect, it, vi } from "vitest";
import { json, redirect } from "../servers/responses.js";
import { HubError, HubInputError, HubResponseError } from "../../src/errors.js";
import { Hub } from "../../src/hub.js";
import type { Fetch } from "../../src/options.js";
import { failure, getModel, hubAt, model, modelPath, token, useFaultServer } from "../servers/setup.js";
import { arrived, noneUnderWay, settled } from "../servers/waits.js";

const server = useFaultServer();
const other = useFaultServer();

const sentTokens = (): unknown[] => server().requests.map(({ headers }) => headers.authorization);

describe("the token", () => {
  it("travels as a bearer token and nowhere else", async () => {
    server().on(modelPath, json(model));
    await getModel(hubAt(server().url));
    const [request] = server().requests;
    expect(request?.headers.authorization).toBe(`Bearer ${token}`);
    expect(JSON.stringify({ ...request, headers: { ...request?.headers, authorization: "" } })).not.toContain(token);
  });

  it.each(["hf_abc", "hf_oauth_abc", "hf_jwt_a.b.c", "anything"])("may begin in any way: %s", async (value) => {
    server().on(modelPath, json(model));
    await getModel(hubAt(server().url, { token: value }));
    expect(sentTokens()).toEqual([`Bearer ${value}`]);
  });

  it("loses the white space around it", async () => {
    server().on(modelPath, json(model));
    await getModel(hubAt(server().url, { token: `  ${token}\r\n` }));
    expect(sentTokens()).toEqual([`Bearer ${token}`]);
  });

  it("that is null makes anonymous calls", async () => {
    vi.stubEnv("HF_TOKEN", "hf_environment");
    server().on(modelPath, json(model));
    await getModel(hubAt(server().url, { token: null }));
    vi.unstubAllEnvs();
    expect(sentTokens()).toEqual([undefined]);
  });

  it.each([
    ["hf_new", "hf_old", "hf_new"],
    ["", "hf_old", "hf_old"],
  ])("is HF_TOKEN, else HUGGING_FACE_HUB_TOKEN, of the environment: %j, %j", async (newer, older, expected) => {
    vi.stubEnv("HF_TOKEN", newer);
    vi.stubEnv("HUGGING_FACE_HUB_TOKEN", older);
    server().on(modelPath, json(model));
    await getModel(hubAt(server().url, { token: undefined }));
    vi.unstubAllEnvs();
    expect(sentTokens()).toEqual([`Bearer ${expected}`]);
  });

  it.each(["", " \n"])("that is empty (%j) is refused, and so is one that a function returns", async (value) => {
    const message = "the token is empty; pass null for anonymous calls";
    expect(() => hubAt(server().url, { token: value })).toThrow(new HubInputError(message));
    const error = await failure(getModel(hubAt(server().url, { token: () => value })));
    expect(error).toMatchObject({ name: "HubInputError", message });
    expect(server().requests).toHaveLength(0);
  });

  it.each(["", " \n"])("is none where the environment's is empty: %j", async (value) => {
    vi.stubEnv("HF_TOKEN", value);
    server().on(modelPath, json(model));
    await getModel(hubAt(server().url, { token: undefined }));
    vi.unstubAllEnvs();
    expect(sentTokens()).toEqual([undefined]);
  });

  it.each(["a\nb", "a\rb", "a\0b", "a b", "tökén", "a\u2028b"])(
    "with characters no header takes is refused: %j",
    (value) => {
      expect(() => hubAt(server().url, { token: `hf_secret${value}` })).toThrow(HubInputError);
      expect(() => hubAt(server().url, { token: `hf_secret${value}` })).not.toThrow(/hf_secret/);
    },
  );

  it("comes from the environment when it is left out, read when the client is made", async () => {
    vi.stubEnv("HF_TOKEN", "hf_environment");
    vi.stubEnv("HF_ENDPOINT", server().url);
    const hub = new Hub();
    vi.unstubAllEnvs();
    server().on(modelPath, json(model));
    await getModel(hub);
    expect(sentTokens()).toEqual(["Bearer hf_environment"]);
  });

  it.each(["http://example.com", "http://127.0.0.1.example.com", "http://localhost.example.com"])(
    "goes to %s only when that is asked for",
    (endpoint) => {
      expect(() => new Hub({ token, endpoint })).toThrow(HubInputError);
      expect(() => new Hub({ token: () => token, endpoint })).toThrow(HubInputError);
      expect(new Hub({ token, endpoint, allowHttp: true })).toBeInstanceOf(Hub);
      expect(new Hub({ token: null, endpoint })).toBeInstanceOf(Hub);
    },
  );

  it("stays here when a middleware sends a request elsewhere", async () => {
    other().on("/stolen", json(model));
    const hub = hubAt(server().url);
    hub.raw.use({ onRequest: ({ request }) => new Request(`${other().url}/stolen`, request) });
    await getModel(hub);
    expect(other().requests[0]?.headers).not.toHaveProperty("authorization");
  });
});

describe("a token function", () => {
  it("is asked before each request", async () => {
    server().otherwise(json(model));
    let number = 0;
    const hub = hubAt(server().url, { token: () => `hf_${(number += 1)}` });
    await getModel(hub);
    await getModel(hub);
    expect(sentTokens()).toEqual(["Bearer hf_1", "Bearer hf_2"]);
  });

  it("may be asynchronous, and may know none", async () => {
    server().otherwise(json(model));
    await getModel(hubAt(server().url, { token: async () => ` ${token}\n` }));
    await getModel(hubAt(server().url, { token: async () => undefined }));
    expect(sentTokens()).toEqual([`Bearer ${token}`, undefined]);
  });

  it("is asked once by requests that start together", async () => {
    server().otherwise(json(model));
    const source = vi.fn(async () => {
      await settled();
      return token;
    });
    const hub = hubAt(server().url, { token: source });
    await Promise.all(Array.from({ length: 20 }, () => getModel(hub)));
    expect(source).toHaveBeenCalledTimes(1);
    await getModel(hub);
    expect(source).toHaveBeenCalledTimes(2);
  });

  it("is asked again after it failed", async () => {
    server().otherwise(json(model));
    const source = vi.fn<() => string>().mockImplementationOnce(() => {
      throw new Error("no session");
    });
    source.mockReturnValue(token);
    const hub = hubAt(server().url, { token: source });
    expect(await failure(getModel(hub))).toMatchObject({ message: "the token function failed: no session" });
    expect(await getModel(hub)).toEqual(model);
  });

  it.each([
    [undefined, "undefined"],
    [null, "object"],
    ["no session", "no session"],
    [{ code: 7 }, "object"],
    [Object.create(null), "object"],
    [Symbol("x"), "symbol"],
  ])(
    "that rejects with something else than an error (%o) ends the call as an error of the input",
    async (cause, words) => {
      const hub = hubAt(server().url, { token: () => Promise.reject(cause) });
      const error = await failure(getModel(hub));
      expect(error).toBeInstanceOf(HubInputError);
      expect(error).toMatchObject({ message: `the token function failed: ${words}`, cause });
      expect(server().requests).toHaveLength(0);
    },
  );

  it("that gives what no header takes fails without repeating it", async () => {
    const hub = hubAt(server().url, { token: () => "hf_secret\nvalue" });
    const error = await failure(getModel(hub));
    expect(error).toBeInstanceOf(HubInputError);
    expect(String((error as Error).stack)).not.toContain("hf_secret");
    expect(server().requests).toHaveLength(0);
  });

  it("that never responds holds no call beyond its abort", async () => {
    const controller = new AbortController();
    const source = vi.fn(() => new Promise<string>(() => undefined));
    const call = failure(getModel(hubAt(server().url, { token: source }), { signal: controller.signal }));
    await arrived(source.mock.calls);
    controller.abort();
    expect(await call).toMatchObject({ name: "AbortError" });
  });

  it("that fails after the abort bothers nobody", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    const rejectLate: ((error: Error) => void)[] = [];
    const source = (): Promise<string> => new Promise((_, reject) => rejectLate.push(reject));
    const call = getModel(hubAt(server().url, { token: source }), { signal: controller.signal });
    controller.abort(reason);
    expect(await failure(call)).toBe(reason);
    // The function itself may be what aborts.
    const own = new AbortController();
    const aborting = (): Promise<string> => {
      own.abort(reason);
      return source();
    };
    expect(await failure(getModel(hubAt(server().url, { token: aborting }), { signal: own.signal }))).toBe(reason);
    expect(rejectLate.length).toBeGreaterThan(0);
    for (const reject of rejectLate) reject(new Error("no session"));
    await settled();
  });

  it("that never responds holds no call beyond its time limit, and is asked anew after a while", async () => {
    server().on(modelPath, json(model));
    const source = vi.fn<() => Promise<string>>(() => new Promise(() => undefined));
    const hub = hubAt(server().url, { token: source, timeout: 40, retries: 0 });
    const late = { name: "HubTimeoutError", timeout: 40 };
    expect(await failure(getModel(hub))).toMatchObject(late);
    source.mockResolvedValue(token);
    // A call that follows soon shares the question.
    expect(await failure(getModel(hub))).toMatchObject(late);
    expect(source).toHaveBeenCalledTimes(1);
    vi.spyOn(performance, "now").mockReturnValue(performance.now() + 5001);
    expect(await getModel(hub)).toEqual(model);
    expect(source).toHaveBeenCalledTimes(2);
  });

  it("is not asked again after a 401", async () => {
    server().on(modelPath, json({ error: "Invalid credentials" }, { status: 401 }));
    const source = vi.fn(() => token);
    const error = await failure(getModel(hubAt(server().url, { token: source })));
    expect(error).toBeInstanceOf(HubResponseError);
    expect(source).toHaveBeenCalledTimes(1);
    expect(server().requests).toHaveLength(1);
  });
});

describe("what else is sent", () => {
  it("is a user agent that names nobody, and can be replaced", async () => {
    server().otherwise(json(model));
    await getModel(hubAt(server().url));
    await getModel(hubAt(server().url, { headers: { "user-agent": "mine" } }));
    expect(server().requests.map(({ headers }) => headers["user-agent"])).toEqual(["@hf-api/hub", "mine"]);
  });

  it("is nothing before the first call", async () => {
    const hub = hubAt(server().url);
    hub.models.list();
    await noneUnderWay(server().url);
    expect(server().requests).toHaveLength(0);
  });
});

describe("addresses of another place", () => {
  const foreign = ["https://evil.example/api/models", "//evil.example/x", "\\\\evil.example\\x", "@evil.example/x"];

  const call = async (route: string): Promise<[string[], unknown]> => {
    const fetch = vi.fn<Fetch>(async () => Response.json({}));
    const hub = new Hub({ token, endpoint: "https://huggingface.co", fetch });
    const outcome: unknown = await hub.raw.GET(route as "/api/models", {}).catch((error: unknown) => error);
    return [fetch.mock.calls.map(([url]) => new URL(url).host), outcome];
  };

  it("are told from the Hub's own", async () => {
    expect(await call("/api/models")).toEqual([["huggingface.co"], expect.objectContaining({ data: {} })]);
    // Behind the endpoint, two slashes are a path of the endpoint itself.
    expect(await call("//evil.example/x")).toEqual([["huggingface.co"], expect.objectContaining({ data: {} })]);
  });

  const routes = [...foreign.filter((route) => !route.startsWith("/")), ".evil.example/x", ":80@evil.example/x"];
  it.each(routes)("are refused as a route: %s", async (route) => {
    expect(await call(route)).toEqual([[], expect.any(Error)]);
  });

  it("are refused as a cursor", async () => {
    for (const cursor of foreign) {
      const error = await failure(hubAt(server().url).models.list().from(cursor).toArray());
      expect(error).toBeInstanceOf(HubError);
    }
    expect(server().requests).toHaveLength(0);
  });

  it("get no token by way of a redirect", async () => {
    server().on(modelPath, redirect(302, `${other().url}/elsewhere`));
    other().on("/elsewhere", json(model));
    await getModel(hubAt(server().url, { headers: { "x-api-key": "hf_other" } }));
    expect(other().requests[0]?.headers).not.toHaveProperty("authorization");
    expect(other().requests[0]?.headers).not.toHaveProperty("x-api-key");
  });
});
