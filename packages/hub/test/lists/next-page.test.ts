import { describe, expect, it } from "vitest";
import { HubError, HubInputError } from "../../src/errors.js";
import { json, page } from "../servers/responses.js";
import { failure, hubAt, token, useFaultServer } from "../servers/setup.js";

const server = useFaultServer();
const list = (): ReturnType<ReturnType<typeof hubAt>["models"]["list"]> => hubAt(server().url).models.list();
const collect = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
};

describe("a next page at another place", () => {
  const addresses = [
    "https://evil.example/x",
    "//evil.example/x",
    "https://user@evil.example/x",
    "https://huggingface.co.evil.example/x",
    "https://huggingface.co/api/settings/webhooks",
    "/api/settings/webhooks",
    "/api/models/../settings/webhooks",
    "/api/models/%2E%2e/settings/webhooks",
    "/api/models/..%2Fsettings/webhooks",
    "/api/models/owner/name",
    "data:application/json,[]",
    "file:///api/models",
    "http://[::1",
  ];

  it.each(addresses)("is not fetched, and the page before it is delivered: %s", async (next) => {
    server().on("/api/models", page([1], next));
    server().otherwise(json([2]));
    const seen: unknown[] = [];
    const walk = async (): Promise<void> => {
      for await (const item of list()) seen.push(item);
    };
    const error = await failure(walk());
    expect(error).toBeInstanceOf(HubError);
    expect(error).not.toBeInstanceOf(HubInputError);
    expect(String(error)).not.toContain("user");
    expect(seen).toEqual([1]);
    expect(server().requests).toHaveLength(1);
  });

  /** Each request, and what it was sent with. */
  const walkOf = async (endpoint: string, next: string): Promise<{ seen: unknown[]; sent: unknown[] }> => {
    const sent: unknown[] = [];
    const fetch: typeof globalThis.fetch = async (url, init) => {
      sent.push([String(url), new Headers(init?.headers).get("authorization")]);
      return Response.json([sent.length], { headers: sent.length === 1 ? { link: `<${next}>; rel="next"` } : {} });
    };
    const seen: unknown[] = [];
    await collect(hubAt(endpoint, { fetch }).models.list()).then(
      (items) => seen.push(...items),
      (error: unknown) => seen.push(error),
    );
    return { seen, sent };
  };

  it.each([
    ["https://huggingface.co", "http://huggingface.co/api/models?cursor=a"],
    ["https://huggingface.co", "https://huggingface.co:8443/api/models?cursor=a"],
    ["https://huggingface.co", "https://hf.co/api/models?cursor=a"],
    ["https://hub.example", "http://hub.example/api/models?cursor=a"],
    ["https://hub.example", "https://user:pw@hub.example/api/models?cursor=a"],
    ["https://hub.example", "https://huggingface.co/api/models?cursor=a"],
    ["https://hub.example", "https://hf.co/api/models?cursor=a"],
    ["https://hub.example", "http://inner-7:8080/api/models?cursor=a"],
    ["https://hub.example", "/api/models/?cursor=a"],
    ["https://hub.example/hf", "http://hub.example/hf/api/models?cursor=a"],
    ["https://hub.example/hf", "http://inner-7:8080/hf/api/models?cursor=a"],
    ["https://hub.example/hf", "http://inner-7:8080/api/models?cursor=a"],
    ["https://hub.example/api", "https://huggingface.co/api/models?cursor=a"],
    ["https://hub.example/api", "https://hub.example/api/api/models?cursor=a"],
  ])("that is this list's is fetched at the endpoint %s: %s", async (endpoint, next) => {
    const { seen, sent } = await walkOf(endpoint, next);
    expect(seen).toEqual([1, 2]);
    expect(sent).toEqual([
      [`${endpoint}/api/models`, `Bearer ${token}`],
      [`${endpoint}/api/models?cursor=a`, `Bearer ${token}`],
    ]);
  });

  it.each([
    "https://evil.example/api/models?cursor=a",
    "https://huggingface.co.evil.example/api/models?cursor=a",
    "https://evil.example:443/api/models?cursor=a",
    "//evil.example/api/models?cursor=a",
  ])("is not fetched when the endpoint is the Hub: %s", async (next) => {
    const { seen, sent } = await walkOf("https://huggingface.co", next);
    expect(seen).toEqual([expect.any(HubError)]);
    expect(sent).toEqual([["https://huggingface.co/api/models", `Bearer ${token}`]]);
  });

  it("keeps its query as the server wrote it", async () => {
    const { sent } = await walkOf(
      "https://huggingface.co",
      "/api/models?expand=b&expand=a&filter={x}&cursor=a%3D%3D+%2f",
    );
    expect(sent[1]).toEqual([
      "https://huggingface.co/api/models?expand=b&expand=a&filter={x}&cursor=a%3D%3D+%2f",
      `Bearer ${token}`,
    ]);
  });

  it("of the Hub itself is the mirror's, below the mirror's prefix", async () => {
    server().on(
      "/hf/api/models",
      page([1], "https://huggingface.co/api/models?cursor=a%2Fb&x=1"),
      page([2], `${server().url}/hf/api/models?cursor=c`),
      page([3], "?cursor=d"),
      page([4]),
    );
    expect(await hubAt(`${server().url}/hf/`).models.list().toArray()).toEqual([1, 2, 3, 4]);
    expect(server().requests.map(({ path }) => path)).toEqual([
      "/hf/api/models",
      "/hf/api/models?cursor=a%2Fb&x=1",
      "/hf/api/models?cursor=c",
      "/hf/api/models?cursor=d",
    ]);
  });

  it("with a user's name in it is fetched without that name", async () => {
    server().on("/api/models", page([1], `${server().url.replace("//", "//user:pw@")}/api/models?cursor=a`), page([2]));
    expect(await list().toArray()).toEqual([1, 2]);
    expect(server().requests[1]?.headers.authorization).toBe(`Bearer ${token}`);
  });
});
