import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Hub } from "../../src/hub.js";
import { downloadFolder } from "../../src/node/index.js";
import { resolveOptions, type Fetch } from "../../src/options.js";
import { failure, getModel, withoutBackOff } from "../servers/setup.js";
import { quietFor } from "../servers/waits.js";
import { temporaryFolder } from "../files/temporary-folder.js";

// What the documentation names. `maxWait` and page sizes have tests of their own.

const endpoint = "https://hub.test";
const hubWith = (fetch: Fetch): Hub => new Hub({ token: "hf_x", endpoint, fetch });

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

/** Lets requests go as soon as so many are open; the most that were open at once. */
function turnstile(count: number): { pass: () => Promise<void>; most: () => number } {
  let open = 0;
  let most = 0;
  let waiting: (() => void)[] = [];
  const pass = async (): Promise<void> => {
    open += 1;
    most = Math.max(most, open);
    const turn = new Promise<void>((resolve) => waiting.push(resolve));
    if (open === count) {
      // Time for one more, where more are let in.
      await quietFor(20);
      for (const go of waiting) go();
      waiting = [];
    }
    await turn;
    open -= 1;
  };
  return { pass, most: () => most };
}

describe("by default", () => {
  it("a failed request is retried three times", async () => {
    withoutBackOff();
    const fetch = vi.fn<Fetch>(async () => Response.json({}, { status: 503 }));
    await failure(getModel(hubWith(fetch)));
    expect(fetch).toHaveBeenCalledTimes(4);
  });

  it("the whole of a response may have 256 MiB", () => {
    expect(resolveOptions({}).maxResponseBytes).toBe(256 * 1024 * 1024);
  });

  it("requests go to huggingface.co, with the token of the environment and the global fetch", async () => {
    vi.stubEnv("HF_TOKEN", "hf_environment");
    vi.stubEnv("HF_ENDPOINT", "");
    const fetch = vi.spyOn(globalThis, "fetch").mockImplementation(async () => Response.json({ id: "x" }));
    await getModel(new Hub());
    const [url, init] = fetch.mock.calls[0] ?? [];
    expect(url).toBe("https://huggingface.co/api/models/owner/name");
    expect(new Headers(init?.headers).get("authorization")).toBe("Bearer hf_environment");
  });

  it("the download of a folder fetches four files at once", async () => {
    const folder = await temporaryFolder();
    const commit = "c".repeat(40);
    const paths = Array.from({ length: 8 }, (_, index) => `file-${index}`);
    const { pass, most } = turnstile(4);
    const fetch: Fetch = async (url) => {
      if (url.includes("/tree/")) {
        return Response.json(paths.map((path) => ({ type: "file", path, size: 1, oid: "0" })));
      }
      await pass();
      return new Response("x", { headers: { "content-length": "1", "x-repo-commit": commit } });
    };
    await downloadFolder(hubWith(fetch).models, { repo: "o/n", revision: commit }, folder);
    expect(most()).toBe(4);
  });

  it("an upload sends five large files at once", async () => {
    const { pass, most } = turnstile(5);
    const fetch: Fetch = async (url, init) => {
      const body = typeof init.body === "string" ? init.body : "";
      if (url.includes("/preupload/")) {
        const { files } = JSON.parse(body) as { files: { path: string }[] };
        return Response.json({ files: files.map(({ path }) => ({ path, uploadMode: "lfs", shouldIgnore: false })) });
      }
      if (url.endsWith("/objects/batch")) {
        const { objects } = JSON.parse(body) as { objects: { oid: string; size: number }[] };
        const upload = { href: "https://storage.test/put" };
        return Response.json({ objects: objects.map((object) => ({ ...object, actions: { upload } })) });
      }
      if (url.includes("/commit/")) return Response.json({ commitOid: "1" });
      await pass();
      return new Response(null);
    };
    const files = Array.from({ length: 10 }, (_, index) => ({ path: `f${index}`, content: `content ${index}` }));
    await hubWith(fetch).models.files.upload({ repo: "o/n", files });
    expect(most()).toBe(5);
  });
});

describe("by default, time", () => {
  beforeEach(() => void vi.useFakeTimers());
  const silent: Fetch = (_, { signal }) =>
    new Promise((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason as Error)));

  it("of an attempt ends after 60 s", async () => {
    const fetch = vi.fn(silent);
    const call = failure(getModel(hubWith(fetch), { retries: 0 }));
    let error: unknown;
    void call.then((reason) => (error = reason));
    await vi.advanceTimersByTimeAsync(59_999);
    expect(error).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1);
    expect(error).toMatchObject({ name: "HubTimeoutError", timeout: 60_000 });
  });

  it("of a call has no end", async () => {
    const hub = new Hub({ token: "hf_x", endpoint, fetch: silent, timeout: Infinity });
    let ended = false;
    void failure(getModel(hub)).then(() => (ended = true));
    await vi.advanceTimersByTimeAsync(100 * 24 * 3_600_000);
    expect(ended).toBe(false);
  });

  it("between two requests for the token of a device is 5 s", async () => {
    const fetch = vi.fn<Fetch>(async () => Response.json({ error: "authorization_pending" }, { status: 400 }));
    const wait = hubWith(fetch).oauth.waitForDeviceToken({ client_id: "c", device_code: "d" }, { deadline: 12_000 });
    const call = failure(wait);
    await vi.advanceTimersByTimeAsync(4999);
    expect(fetch).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(fetch).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(10_000);
    await call;
  });
});
