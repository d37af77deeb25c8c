import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createMockHub, type MockHub } from "../src/index.js";
import { listen, type MockHubServer } from "../src/node.js";
import { apiOf, present } from "./api.js";

const large = "/openai-community/gpt2/resolve/main/model.safetensors";
const small = "/openai-community/gpt2/resolve/main/config.json";

interface Received {
  status: number;
  headers: Headers;
  bytes: Uint8Array;
  /** Whether the body ended before its length. */
  isCut: boolean;
}

// The same faults without a network and over one.
describe.each(["fetch", "listen"])("over %s", (way) => {
  let hub: MockHub;
  let server: MockHubServer | undefined;
  let get: (path: string, headers?: Record<string, string>) => Promise<Received>;

  beforeEach(async () => {
    hub = createMockHub({ seed: 1 });
    server = way === "listen" ? await listen(hub) : undefined;
    const send = server ? fetch : hub.fetch;
    const origin = server?.url ?? hub.url;
    get = async (path, headers = {}) => {
      const response = await send(new URL(path, origin), { headers });
      const { bytes, isCut } = await readAll(response);
      return { status: response.status, headers: response.headers, bytes, isCut };
    };
  });

  afterEach(() => server?.close());

  it("a body is cut after so many bytes, on either origin", async () => {
    for (const [path, origin] of [
      [large, "cdn"],
      [small, "hub"],
    ] as const) {
      const whole = await get(path);
      expect(whole.isCut).toBe(false);
      // On the Hub the first hop has a body too, so the path says which one is meant.
      const match = { origin, path: origin === "hub" ? "resolve-cache" : "/download/" };
      hub.faults.when(match, { truncate: 1, after: 7 });
      const cut = await get(path);
      expect([cut.status, cut.isCut, cut.headers.get("content-length")]).toEqual([
        200,
        true,
        String(whole.bytes.length),
      ]);
      expect(cut.bytes).toEqual(whole.bytes.slice(0, 7));
      const rest = await get(path, { range: "bytes=7-", "if-range": present(whole.headers.get("etag")) });
      expect([rest.status, rest.bytes]).toEqual([206, whole.bytes.slice(7)]);
    }
  });

  it("a body that is cut at once has its headers nevertheless", async () => {
    hub.faults.when({ origin: "cdn" }, { truncate: 1, after: 0 });
    const cut = await get(large);
    expect([cut.status, cut.isCut, cut.bytes.length]).toEqual([200, true, 0]);
  });

  it("the n-th request that matches is meant, and as many as are wished", async () => {
    hub.faults.when({ origin: "cdn", method: "GET", path: /^\/download\//, nth: 2, times: 2 }, { truncate: 1 });
    const cut: boolean[] = [];
    for (let count = 0; count < 4; count++) cut.push((await get(large)).isCut);
    expect(cut).toEqual([false, true, true, false]);
  });

  it("wrong bytes have the right length and headers", async () => {
    for (const path of [large, small]) {
      const right = await get(path);
      hub.faults.when({ path: /\/(download|resolve-cache)\// }, { corrupt: 1 });
      const wrong = await get(path);
      expect([wrong.status, wrong.isCut, wrong.bytes.length]).toEqual([200, false, right.bytes.length]);
      expect(wrong.headers.get("etag")).toBe(right.headers.get("etag"));
      expect(wrong.bytes.filter((byte, index) => byte !== right.bytes[index])).toHaveLength(1);
      expect((await get(path)).bytes).toEqual(right.bytes);
    }
  });

  it("a file that changed on the second origin is noticed by If-Range", async () => {
    const before = await get(large);
    hub.faults.when({ origin: "cdn" }, { change: 1 });
    const ifRange = { range: "bytes=7-", "if-range": present(before.headers.get("etag")) };
    const after = await get(large, ifRange);
    expect([after.status, after.bytes.length]).toEqual([200, before.bytes.length]);
    expect(after.headers.get("etag")).not.toBe(before.headers.get("etag"));
    expect(after.bytes).not.toEqual(before.bytes);
    expect((await get(large, ifRange)).bytes).toEqual(after.bytes);
  });

  it("a file that changed on the Hub has another commit and other hashes", async () => {
    for (const path of [large, small]) {
      const before = await get(path);
      const ifRange = { range: "bytes=7-", "if-range": present(before.headers.get("etag")) };
      hub.faults.when({ path: "/resolve/main/" }, { change: 1 });
      const after = await get(path, ifRange);
      expect([after.status, after.bytes.length]).toEqual([200, before.bytes.length]);
      expect(after.bytes).not.toEqual(before.bytes);
      const { body } = await apiOf(hub)("GET", "/api/models/openai-community/gpt2/commits/main?limit=1");
      const file = path.split("/").at(-1);
      expect(body).toMatchObject([{ title: `Change ${file}` }]);
      // What is fixed to a commit is as it was.
      expect((await get(path.replace("main", "v1.0"))).bytes).toEqual(before.bytes);
    }
  });

  it("a header asks for the same", async () => {
    const cut = await get(`${small.replace("/resolve/", "/raw/")}`, { "x-mock-fault": "truncate,after=3" });
    expect([cut.isCut, new TextDecoder().decode(cut.bytes)]).toEqual([true, "{\n "]);
    const wrong = await get(`${small.replace("/resolve/", "/raw/")}`, { "x-mock-fault": "corrupt" });
    expect([wrong.isCut, wrong.status]).toEqual([false, 200]);
  });
});

describe("faults by request", () => {
  const models = "/api/models?limit=1";

  it("leave others alone, and come before those for the next request", async () => {
    const hub = createMockHub();
    const status = async (path: string, method = "GET") => (await apiOf(hub)(method, path)).status;
    hub.faults.when({ method: "HEAD" }, { status: { 500: 1 } });
    hub.faults.when({ path: "limit=1" }, { status: { 503: 1 } });
    hub.faults.once({ status: { 429: 1 } });
    expect([await status(models), await status("/api/datasets?limit=2"), await status(models)]).toEqual([
      503, 429, 200,
    ]);
    expect([await status(models, "HEAD"), await status(models, "HEAD")]).toEqual([500, 200]);
  });

  it("count every request that matches, also when another fault got hold of it", async () => {
    const hub = createMockHub();
    hub.faults.when({}, { status: { 502: 1 } });
    hub.faults.when({ nth: 2 }, { status: { 503: 1 } });
    const statuses: number[] = [];
    for (let count = 0; count < 3; count++) statuses.push((await apiOf(hub)("GET", models)).status);
    expect(statuses).toEqual([502, 503, 200]);
  });

  it("are forgotten when told to", async () => {
    const hub = createMockHub();
    hub.faults.when({}, { status: { 502: 1 } });
    hub.faults.once({ status: { 503: 1 } });
    hub.faults.clear();
    expect((await apiOf(hub)("GET", models)).status).toBe(200);
  });

  it("that change files leave all other requests alone", async () => {
    const hub = createMockHub({ faults: { change: 1 } });
    const ada = apiOf(hub, hub.tokens.write);
    for (const path of [models, "/api/whoami-v2", `${large}x`, "/no/such/resolve/main/x", "/a/resolve/b/c"])
      expect((await ada("GET", path)).status).toBeLessThan(500);
    expect(hub.state.repos.models.find("openai-community/gpt2")?.git.head.title).toMatch(/^Update/);
  });
});

async function readAll(response: Response): Promise<{ bytes: Uint8Array; isCut: boolean }> {
  const chunks: Uint8Array[] = [];
  let isCut = false;
  try {
    if (response.body) for await (const chunk of response.body as AsyncIterable<Uint8Array>) chunks.push(chunk);
  } catch {
    isCut = true;
  }
  const bytes = new Uint8Array(chunks.reduce((size, chunk) => size + chunk.length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return { bytes, isCut };
}
