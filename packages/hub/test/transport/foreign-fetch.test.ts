import { Readable } from "node:stream";
import { describe, expect, it, vi } from "vitest";
import { Hub } from "../../src/hub.js";
import type { Fetch, HubOptions } from "../../src/options.js";
import { failure, getModel, model, withoutBackOff } from "../servers/setup.js";
import { settled, within } from "../servers/waits.js";

const endpoint = "https://hub.test";
const hubWith = (fetch: unknown, options: HubOptions = {}): Hub =>
  new Hub({ token: "hf_x", endpoint, fetch: fetch as Fetch, retries: 0, ...options });

const never = (): Promise<never> => new Promise(() => undefined);
/** A body whose bytes never come, and that does not care whether somebody still wants them. */
const deafBody = (start = ""): ReadableStream<Uint8Array> => {
  let sent = false;
  return new ReadableStream({
    pull(controller) {
      if (sent) return never();
      sent = true;
      controller.enqueue(new TextEncoder().encode(start));
    },
    cancel: never,
  });
};
const jsonHeaders = { "content-type": "application/json" };

/** Ways of a given fetch not to notice that its request is over. */
const deaf: Record<string, Fetch> = {
  "the response": never,
  "the body": async () => new Response(deafBody('{"id":'), { headers: jsonHeaders }),
  "the body of an unexpected type": async () =>
    new Response(deafBody("<"), { headers: { "content-type": "text/html" } }),
  "the body of a redirect": async (url) =>
    url.endsWith("/there") ? never() : new Response(deafBody("x"), { status: 302, headers: { location: "/there" } }),
};

const reason = new Error("enough");
/** A signal that aborts once the fetch was called, and has got as far as it gets. */
function abortingOnce(fetch: Fetch): { fetch: Fetch; signal: AbortSignal } {
  const controller = new AbortController();
  const observed: Fetch = (url, init) => {
    void settled().then(() => controller.abort(reason));
    return fetch(url, init);
  };
  return { fetch: observed, signal: controller.signal };
}

describe.each(Object.entries(deaf))("a given fetch that ignores its signal in %s", (name, fetch) => {
  it("ends at the timeout, and is retried", async () => {
    withoutBackOff();
    const calls = vi.fn(fetch);
    const call = failure(getModel(hubWith(calls, { timeout: 20, retries: 1 })));
    await within(2000, call);
    const isRefused = name === "the body of an unexpected type";
    expect(await call).toMatchObject(
      isRefused ? { code: "UnexpectedResponse" } : { name: "HubTimeoutError", timeout: 20 },
    );
    const isRedirect = name === "the body of a redirect";
    expect(calls).toHaveBeenCalledTimes(isRefused ? 1 : isRedirect ? 4 : 2);
  });

  it("ends at the deadline", async () => {
    const call = failure(getModel(hubWith(fetch, { deadline: 20, timeout: 9000 })));
    await within(2000, call);
  });

  it("ends with the caller's signal", async () => {
    const { fetch: called, signal } = abortingOnce(fetch);
    const call = failure(getModel(hubWith(called), { signal }));
    await within(2000, call);
    if (name !== "the body of an unexpected type") expect(await call).toBe(reason);
  });
});

describe("a given fetch that ignores its signal", () => {
  it("keeps the status of an error whose body never comes", async () => {
    const fetch = async (): Promise<Response> => new Response(deafBody('{"error":"n'), { status: 404 });
    const call = failure(getModel(hubWith(fetch, { timeout: 20 })));
    await within(2000, call);
    expect(await call).toMatchObject({ status: 404, code: "NotFound" });
  });

  it("ends downloads and streams as well", async () => {
    const fetch = async (): Promise<Response> => new Response(deafBody("a"), { headers: { "content-length": "9" } });
    const hub = hubWith(fetch, { timeout: 20 });
    const file = await hub.models.files.download({ repo: "o/n", path: "f" });
    const read = failure(file.text());
    await within(2000, read);
    expect(await read).toMatchObject({ name: "HubTimeoutError" });
    const first = abortingOnce(fetch);
    const { signal } = first;
    const aborted = await hubWith(first.fetch).models.files.download({ repo: "o/n", path: "f" }, { signal });
    const bytes = failure(aborted.bytes());
    await within(2000, bytes);
    expect(await bytes).toBe(reason);
    const second = abortingOnce(fetch);
    const job = { namespace: "ns", jobId: "1" };
    const stream = hubWith(second.fetch).jobs.streamLogs(job, { signal: second.signal });
    const next = failure(stream.events().next());
    await within(2000, next);
    expect(await next).toBe(reason);
  });

  it("ends a fetch of other content as well", async () => {
    const content = new URL("https://elsewhere.example/f");
    for (const deafFetch of [never, async () => new Response(deafBody("a"))]) {
      const { fetch, signal } = abortingOnce(deafFetch);
      const upload = hubWith(fetch).models.files.upload({ repo: "o/n", path: "f", content }, { signal });
      const call = failure(upload);
      await within(2000, call);
      expect(await call).toBe(reason);
    }
  });

  it("is not called when its request is over before it begins", async () => {
    const fetch = vi.fn(never);
    const content = new URL("https://elsewhere.example/f");
    const options = { signal: AbortSignal.abort(reason) };
    expect(await failure(hubWith(fetch).models.files.upload({ repo: "o/n", path: "f", content }, options))).toBe(
      reason,
    );
    expect(fetch).not.toHaveBeenCalled();
  });

  it("takes no place of the rate limit with it", async () => {
    let isDeaf = true;
    const fetch: Fetch = async () =>
      isDeaf ? never() : Response.json(model, { headers: { ratelimit: '"api";r=1;t=60' } });
    const hub = hubWith(fetch, { timeout: 20 });
    await Promise.all(Array.from({ length: 20 }, () => failure(getModel(hub))));
    isDeaf = false;
    expect(await getModel(hub)).toEqual(model);
    expect(await getModel(hub)).toEqual(model);
  });

  it("that responds after the end lets go of its connection", async () => {
    const cancel = vi.fn();
    let respond: (response: Response) => void = () => undefined;
    const fetch: Fetch = () => new Promise((resolve) => (respond = resolve));
    await failure(getModel(hubWith(fetch, { timeout: 20 })));
    respond(new Response(new ReadableStream({ cancel })));
    await settled();
    expect(cancel).toHaveBeenCalledTimes(1);
  });

  it("that fails after the end bothers nobody", async () => {
    let fail: (error: Error) => void = () => undefined;
    const fetch: Fetch = () => new Promise((_, reject) => (fail = reject));
    await failure(getModel(hubWith(fetch, { timeout: 20 })));
    fail(new Error("late"));
    await settled();
  });
});

/** A response as node-fetch and cross-fetch make it on Node: its body is a stream of Node. */
function nodeResponse(body: string | Error, { status = 200, headers = {} as Record<string, string> } = {}): unknown {
  const chunks = async function* (): AsyncGenerator<Buffer> {
    yield Buffer.from(body instanceof Error ? '{"id"' : body.slice(0, 3));
    if (body instanceof Error) throw body;
    yield Buffer.from(body.slice(3));
  };
  return {
    status,
    ok: status >= 200 && status < 300,
    headers: new Headers({ ...jsonHeaders, ...headers }),
    body: Readable.from(chunks()),
    url: `${endpoint}/`,
  };
}

describe("the response of node-fetch", () => {
  it("is read like any other", async () => {
    const fetch = vi.fn(async () => nodeResponse(JSON.stringify(model)));
    expect(await getModel(hubWith(fetch, { retries: 3 }))).toEqual(model);
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  it("tells of an error as any other does", async () => {
    const fetch = vi.fn(async () => nodeResponse('{"error":"no such model"}', { status: 404 }));
    expect(await failure(getModel(hubWith(fetch, { retries: 3 })))).toMatchObject({
      status: 404,
      serverMessage: "no such model",
    });
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  it("may be a redirect, may be empty, and may be a file", async () => {
    const fetch = async (url: string): Promise<unknown> =>
      url.endsWith("/there")
        ? nodeResponse("bytes")
        : nodeResponse("", { status: 302, headers: { location: "/there" } });
    const file = await hubWith(fetch).models.files.download({ repo: "o/n", path: "f" });
    expect(await file.text()).toBe("bytes");
    const empty = async (): Promise<unknown> => nodeResponse("", { status: 204 });
    expect(await hubWith(empty).repos.delete({ repo: "o/n" })).toBeUndefined();
  });

  it("that breaks off is retried", async () => {
    withoutBackOff();
    const fetch = vi.fn(async () => nodeResponse(JSON.stringify(model)));
    fetch.mockImplementationOnce(async () => nodeResponse(new Error("Premature close")));
    expect(await getModel(hubWith(fetch, { retries: 1 }))).toEqual(model);
    expect(fetch).toHaveBeenCalledTimes(2);
  });
});

describe("a given fetch that returns no Response", () => {
  const odd: [string, unknown][] = [
    ["nothing", undefined],
    ["null", null],
    ["text", "{}"],
    ["what has no headers", { ok: true, status: 200, json: async () => model }],
    ["what has no stream", { ok: true, status: 200, headers: new Headers(), json: async () => model }],
  ];

  it.each(odd)("is told so, and not called again: %s", async (_, response) => {
    const fetch = vi.fn(async () => response);
    expect(await failure(getModel(hubWith(fetch, { retries: 3 })))).toMatchObject({
      name: "HubInputError",
      message: expect.stringContaining("the given fetch returned no Response"),
    });
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  it("but throws at once fails like one that rejects", async () => {
    const cause = new Error("mine");
    const fetch = (): never => {
      throw cause;
    };
    expect(await failure(getModel(hubWith(fetch)))).toMatchObject({ name: "HubConnectionError", cause });
  });

  it("as a promise does the same as one that does", async () => {
    expect(await getModel(hubWith(() => Response.json(model)))).toEqual(model);
  });
});
