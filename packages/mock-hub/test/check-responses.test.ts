import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { createCheckedFetch, createResponseCheck, ResponseMismatch } from "../src/check-responses.js";
import { createMockHub } from "../src/index.js";
import { listen, loadDocument, type MockHubServer } from "../src/node.js";
import type { OpenApiDocument } from "../src/openapi/document.js";
import { present } from "./api.js";

let document: OpenApiDocument;
beforeAll(async () => {
  document = present(await loadDocument());
});

interface Sent {
  status?: number;
  type?: string;
  body: unknown;
}

/** The address of a server that responds to everything with this. */
async function serving({ status = 200, type = "application/json", body }: Sent): Promise<string> {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const server = createServer((_, response) => response.writeHead(status, { "content-type": type }).end(text));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** What is found of a response to GET. */
async function mismatchOf(sent: Sent, path: string): Promise<ResponseMismatch | undefined> {
  const endpoint = await serving(sent);
  return createResponseCheck({ document, endpoint })(await fetch(endpoint + path));
}

const model = { _id: "0123456789abcdef01234567", id: "me/secret-model" };

describe("a response that differs from the document", () => {
  it("is reported by operation and place, without a value of anybody", async () => {
    const siblings = [
      { rfilename: "a", size: "12" },
      { rfilename: "b", size: "13" },
    ];
    const body = {
      ...model,
      _id: "private-id",
      gated: "sometimes",
      siblings,
      author: 7,
      cardData: { widget: "hf_secret" },
    };
    const mismatch = await mismatchOf({ body }, "/api/models/me/secret-model?blobs=true&token=hf_secret");
    expect(mismatch?.message).toBe(
      [
        "a response of the Hub differs from the document",
        "operation: getModel, GET /api/models/{namespace}/{repo}",
        "status: 200",
        "- at /_id: expected string matching ^[0-9a-f]{24}$ of 24 to 24 characters, got string of 10 characters",
        '- at /gated: expected false or "auto" or "manual", got "sometimes"',
        "- at /siblings/[]/size: expected integer, got string of 2 characters (2 times)",
        "- at /author: expected string, got number",
        "- at /cardData/widget: expected array, got string of 9 characters",
      ].join("\n"),
    );
  });

  it("says which required field is missing, and hides the names of a map", async () => {
    expect((await mismatchOf({ body: [{ _id: model._id }] }, "/api/models"))?.problems).toEqual([
      { place: "/[]/id", expected: "string", got: "nothing" },
    ]);
    const body = { "my-own-variable": { value: 1 } };
    const variables = await mismatchOf({ body }, "/api/spaces/me/space/variables");
    expect(variables?.problems).toContainEqual({ place: "/*/value", expected: "string", got: "number" });
    expect(variables?.message).not.toContain("my-own");
  });

  it("is one of a kind, of which the alternative that was meant is compared", async () => {
    const recentlyTrending = [{ repoType: "space", likes: 1, repoData: { id: 5 } }];
    const problems = (await mismatchOf({ body: { recentlyTrending } }, "/api/trending"))?.problems ?? [];
    expect(problems).toContainEqual({ place: "/recentlyTrending/[]/repoData/id", expected: "string", got: "number" });
    expect(problems.map(({ place }) => place)).not.toContain("/recentlyTrending/[]/repoType");
  });

  it.each([
    ["a status", { status: 201, body: model }, { place: "(status)", expected: "200", got: "201" }],
    [
      "a media type",
      { type: "text/html; charset=utf-8", body: "<p>" },
      { place: "(content-type)", expected: "application/json", got: "text/html" },
    ],
    ["a body", { body: "{" }, { place: "", expected: "JSON", got: "other text" }],
    ["an error", { status: 404, body: { error: 5 } }, { place: "/error", expected: "string or array", got: "number" }],
  ])("may be so by %s", async (_, sent, problem) => {
    expect((await mismatchOf(sent, "/api/models/me/model"))?.problems).toEqual([problem]);
  });
});

it.each([
  ["what fits", { body: { ...model, aNewField: 1 } }, "/api/models/me/model"],
  [
    "a page of a proxy in the place of an error",
    { status: 502, type: "text/html", body: "<p>" },
    "/api/models/me/model",
  ],
  ["an operation that nobody described", { body: { a: 1 } }, "/api/nothing/of/the/kind"],
  ["what is no JSON by the document", { type: "text/plain", body: "diff" }, "/api/models/me/model/compare/a...b"],
])("passes %s", async (_, sent, path) => expect(await mismatchOf(sent, path)).toBeUndefined());

describe("a checked fetch", () => {
  it("warns, and hands the response on unread", async () => {
    const endpoint = await serving({ body: { id: 5 } });
    const told: string[] = [];
    const checked = createCheckedFetch({ document, endpoint, onMismatch: ({ operation }) => told.push(operation) });
    const response = await checked(`${endpoint}/api/models/me/model`);
    expect(await response.json()).toEqual({ id: 5 });
    expect(told).toEqual(["getModel, GET /api/models/{namespace}/{repo}"]);
  });

  it("throws in the place of the response where told to", async () => {
    const endpoint = await serving({ body: { id: 5 } });
    const checked = createCheckedFetch({ document, endpoint, mode: "throw" });
    await expect(checked(new Request(`${endpoint}/api/models/me/model`))).rejects.toBeInstanceOf(ResponseMismatch);
  });

  it("knows an operation by its method", async () => {
    const endpoint = await serving({ body: { url: 5 } });
    const checked = createCheckedFetch({ document, endpoint, mode: "throw" });
    const request = checked(`${endpoint}/api/repos/create`, { method: "post", body: "{}" });
    await expect(request).rejects.toThrow("operation: createRepo, POST /api/repos/create");
  });

  it("leaves other servers alone", async () => {
    const endpoint = await serving({ body: { id: 5 } });
    const checked = createCheckedFetch({ document, mode: "throw" });
    expect((await checked(`${endpoint}/api/models/me/model`)).status).toBe(200);
  });

  it("lets a body that breaks off break off where it is read", async () => {
    const mock = createMockHub();
    const server: MockHubServer = await listen(mock);
    onTestFinished(() => server.close());
    mock.faults.once({ truncate: 1 });
    const checked = createCheckedFetch({ document, endpoint: server.url, mode: "throw" });
    const response = await checked(`${server.url}/api/models/openai-community/gpt2`);
    await expect(response.text()).rejects.toThrow();
  });
});
