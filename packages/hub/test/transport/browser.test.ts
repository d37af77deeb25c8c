import { readdirSync, readFileSync } from "node:fs";
import { afterEach, describe, expect, it, vi } from "vitest";
import { Hub } from "../../src/hub.js";
import { failure, getModel, hubAt, model, token, withoutBackOff } from "../servers/setup.js";

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

/** The headers of a response that a page of another origin may read, as the Hub allows it. */
const exposed = new Set(
  "X-Repo-Commit,X-Request-Id,X-Error-Code,X-Error-Message,X-Total-Count,ETag,Link,Accept-Ranges,Content-Range,X-Linked-Size,X-Linked-ETag,X-Xet-Hash,Content-Type,Content-Length"
    .toLowerCase()
    .split(","),
);

/** A fetch as a browser's, which hides what the server did not expose. */
function browserFetch(
  response: (url: URL, call: number) => Response,
): ReturnType<typeof vi.fn<typeof globalThis.fetch>> {
  let call = 0;
  return vi.fn<typeof globalThis.fetch>(async (url) => {
    const { body, status, headers } = response(new URL(String(url)), (call += 1));
    return new Response(body, { status, headers: [...headers].filter(([name]) => exposed.has(name)) });
  });
}

const allHeaders = {
  "content-type": "application/json",
  ratelimit: '"api";r=0;t=99',
  "ratelimit-policy": '"fixed window";"api";q=500;w=300',
  "retry-after": "99",
  "x-request-id": "Root=1-a",
  "x-error-code": "RepoNotFound",
};

describe("in a browser, where some headers cannot be read", () => {
  it("lists are walked to their end", async () => {
    const fetch = browserFetch((url) => {
      const number = Number(url.searchParams.get("cursor") ?? 0);
      const link: Record<string, string> =
        number < 2 ? { link: `<https://huggingface.co/api/models?cursor=${number + 1}>; rel="next"` } : {};
      return new Response(JSON.stringify([number]), { headers: { ...allHeaders, ...link } });
    });
    expect(await hubAt("https://huggingface.co", { fetch }).models.list().toArray()).toEqual([0, 1, 2]);
  });

  it("errors keep their code and request id", async () => {
    const fetch = browserFetch(() => new Response("{}", { status: 404, headers: allHeaders }));
    expect(await failure(getModel(hubAt("https://huggingface.co", { fetch })))).toMatchObject({
      code: "RepoNotFound",
      requestId: "Root=1-a",
    });
  });

  it("a 429 is backed off from without knowing for how long", async () => {
    withoutBackOff();
    const fetch = browserFetch((_, call) =>
      call < 3 ? new Response("{}", { status: 429, headers: allHeaders }) : Response.json(model),
    );
    const hub = hubAt("https://huggingface.co", { fetch });
    expect(await getModel(hub)).toEqual(model);
    expect(hub.rateLimits).toEqual({});
  });

  it("many calls at once are not held back", async () => {
    const fetch = browserFetch(() => new Response(JSON.stringify(model), { headers: allHeaders }));
    const hub = hubAt("https://huggingface.co", { fetch });
    await Promise.all(Array.from({ length: 100 }, () => getModel(hub)));
    expect(fetch).toHaveBeenCalledTimes(100);
  });
});

describe("what is asked of fetch", () => {
  it("is a call without a this, of an address and its settings", async () => {
    const calls: { self: unknown; url: unknown; init: RequestInit | undefined }[] = [];
    const fetch = function (this: unknown, url: unknown, init?: RequestInit): Promise<Response> {
      calls.push({ self: this, url, init });
      return Promise.resolve(Response.json(model));
    };
    await getModel(hubAt("https://huggingface.co", { fetch }));
    expect(calls).toHaveLength(1);
    expect(calls[0]?.self).toBeUndefined();
    expect(calls[0]?.url).toBe("https://huggingface.co/api/models/owner/name");
    // Workers refuse cache, credentials and redirect "error".
    const used = Object.entries(calls[0]?.init ?? {}).filter(([, value]) => value !== undefined);
    expect(used.map(([name]) => name).sort()).toEqual(["headers", "method", "redirect", "signal"]);
  });

  it.each(["document", "importScripts"])(
    "sets no header that a browser (with %s) sets itself or asks about first",
    async (name) => {
      vi.stubGlobal(name, {});
      const fetch = vi.fn<typeof globalThis.fetch>(async () => Response.json(model));
      await getModel(hubAt("https://huggingface.co", { fetch }));
      const names = [...new Headers(fetch.mock.calls[0]?.[1]?.headers).keys()];
      expect(names.sort()).toEqual(["accept", "authorization"]);
    },
  );

  it("works where there is no process at all", async () => {
    vi.stubGlobal("process", undefined);
    const fetch = vi.fn<typeof globalThis.fetch>(async () => Response.json(model));
    const hub = new Hub({ fetch });
    vi.unstubAllGlobals();
    await getModel(hub);
    expect(fetch.mock.calls[0]?.[0]).toBe("https://huggingface.co/api/models/owner/name");
    expect(new Headers(fetch.mock.calls[0]?.[1]?.headers).has("authorization")).toBe(false);
  });

  it("works where the environment may not be read", () => {
    vi.stubGlobal("process", {
      get env() {
        throw new Error("permission denied");
      },
    });
    expect(() => new Hub({ token })).not.toThrow();
    vi.unstubAllGlobals();
  });
});

describe.each(["../../src/", "../../../raw/src/"])("the sources below %s", (folder) => {
  const root = new URL(folder, import.meta.url);
  const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter(
    (name) => name.endsWith(".ts") && !name.endsWith(".test.ts") && !name.includes("generated"),
  );
  // What only Node loads has a folder, and an entry, of its own.
  const everywhere = files.filter((name) => !/^node[/\\]/.test(name));

  it.each(everywhere)("%s uses what every runtime has", (file) => {
    const code = readFileSync(new URL(file, root), "utf8").replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");
    expect(code).not.toMatch(
      /from "node:|import\("node:|\brequire\(|\bBuffer\b|\b__dirname\b|\bsetImmediate\b|\bprocess\.(?!env\b)/,
    );
    expect(code).not.toMatch(/(?<!globalThis as \{ )\bprocess\.env\b/);
  });
});
