import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createMockHub } from "../src/index.js";
import { listen, type MockHubServer } from "../src/node.js";
import { apiOf, present, sha256, someBytes } from "./api.js";
import { batch, type BatchObject } from "./lfs.js";

const hub = createMockHub({ seed: 1, lfs: { multipartThreshold: 1_000, chunkSize: 400 } });
const ada = apiOf(hub, hub.tokens.write);
const small = someBytes(1_000);
const unknown = "0".repeat(64);

beforeAll(async () => {
  for (const type of ["model", "dataset", "space"])
    await ada("POST", "/api/repos/create", { type, name: "store", sdk: "docker" });
});

function put(href: string, body: BodyInit, headers: Record<string, string> = {}): Promise<Response> {
  return hub.fetch(href, { method: "PUT", body, headers });
}

describe.each(["ada/store", "datasets/ada/store", "spaces/ada/store"])("the batch call of %s", (repo) => {
  it("offers one address for a small file, and a way to verify it", async () => {
    const bytes = someBytes(900, repo.length);
    const objects = [{ oid: await sha256(bytes), size: bytes.length }];
    const answer = await ada("POST", `/${repo}.git/info/lfs/objects/batch`, { operation: "upload", objects });
    expect(answer.headers.get("content-type")).toBe("application/vnd.git-lfs+json");
    const { transfer, objects: found } = answer.body as { transfer: string; objects: BatchObject[] };
    const { upload, verify } = present(found[0]?.actions);
    expect(transfer).toBe("basic");
    expect(upload?.href).toMatch(new RegExp(`^${hub.cdnUrl}/upload/${objects[0]?.oid}\\?`));
    const check = () => ada("POST", present(verify).href, objects[0], verify?.header);
    expect((await check()).status).toBe(404);
    expect((await put(present(upload).href, bytes)).status).toBe(200);
    expect((await check()).status).toBe(200);
    expect((await ada("POST", present(verify).href, { ...objects[0], size: 1 })).status).toBe(422);
    expect((await batch(ada, repo, { operation: "upload", objects }))[0]).toEqual(objects[0]);
  });

  it("offers a download of what is stored", async () => {
    const bytes = someBytes(10);
    const objects = [
      { oid: await sha256(bytes), size: bytes.length },
      { oid: unknown, size: 1 },
    ];
    const [missing] = await batch(ada, repo, { operation: "upload", objects });
    if (missing?.actions?.upload) await put(missing.actions.upload.href, bytes);
    const [found, lost] = await batch(apiOf(hub), repo, { operation: "download", objects });
    expect(await (await hub.fetch(present(found?.actions?.download).href)).arrayBuffer()).toEqual(bytes.buffer);
    expect(lost?.error).toEqual({ code: 404, message: expect.any(String) });
  });
});

describe("the batch call", () => {
  it("finds what the repository holds, although nobody uploaded it", async () => {
    const { body } = await ada("POST", "/api/models/openai-community/gpt2/paths-info/v1.0", {
      paths: ["model.safetensors"],
    });
    const { lfs } = present((body as { lfs: { oid: string; size: number } }[])[0]);
    const objects = [{ oid: lfs.oid, size: lfs.size }];
    const [found] = await batch(ada, "openai-community/gpt2", { operation: "download", objects });
    expect((await hub.fetch(present(found?.actions?.download).href)).headers.get("content-length")).toBe(
      String(lfs.size),
    );
  });

  it("refuses single objects, each with its reason, and serves the others", async () => {
    const oid = await sha256(someBytes(30));
    const [, bad, negative, good] = await batch(ada, "ada/store", {
      operation: "upload",
      objects: [
        { oid: oid.toUpperCase(), size: 30 },
        { oid: "abc", size: 30 },
        { oid, size: -1 },
        { oid, size: 30 },
      ],
    });
    expect([bad?.error?.code, negative?.error?.code]).toEqual([422, 422]);
    await put(present(good?.actions?.upload).href, someBytes(30));
    const [wrongSize] = await batch(ada, "ada/store", { operation: "upload", objects: [{ oid, size: 31 }] });
    expect(wrongSize?.error).toEqual({ code: 422, message: "The object has 30 bytes, not 31" });
  });

  it("keeps to the transfers that are asked for", async () => {
    const body = { operation: "upload", objects: [{ oid: unknown, size: 2_000 }] };
    expect((await batch(ada, "ada/store", body))[0]?.error?.message).toContain("multipart");
    const path = "/ada/store.git/info/lfs/objects/batch";
    expect((await ada("POST", path, { ...body, transfers: ["xet"] })).status).toBe(400);
    expect((await ada("POST", path, { ...body, hash_algo: "sha512" })).status).toBe(409);
    const both = { ...body, transfers: ["basic", "multipart"] };
    expect((await ada("POST", path, both)).body).toMatchObject({ transfer: "multipart" });
    both.objects = [{ oid: unknown, size: 2 }];
    expect((await ada("POST", path, both)).body).toMatchObject({ transfer: "basic" });
  });

  it("lets writers upload, for a pull request everyone with a token that may write, and strangers nothing", async () => {
    const path = "/ada/store.git/info/lfs/objects/batch";
    const body = { operation: "upload", objects: [] };
    const onMain = { ...body, ref: { name: "main" } };
    const grace = apiOf(hub, hub.tokens.other);
    expect((await ada("POST", path, onMain)).status).toBe(200);
    expect((await grace("POST", path, onMain)).status).toBe(403);
    expect((await grace("POST", path, body)).status).toBe(200);
    expect((await apiOf(hub, hub.tokens.read)("POST", path, body)).status).toBe(403);
    expect((await apiOf(hub)("POST", path, body)).status).toBe(401);
  });
});

describe("the second origin", () => {
  let server: MockHubServer;
  let href: string;

  beforeAll(async () => {
    server = await listen(hub);
    const objects = [{ oid: await sha256(small), size: small.length }];
    const [object] = await batch(ada, "ada/store", { operation: "upload", objects });
    href = present(object?.actions?.upload).href;
  });

  afterAll(() => server.close());

  it("refuses the Hub's token", async () => {
    expect((await put(href, small, { authorization: `Bearer ${hub.tokens.write}` })).status).toBe(400);
  });

  it("refuses a body that comes without its length", async () => {
    const stream = () => new Blob([small]).stream();
    const init = { method: "PUT", duplex: "half" } as const;
    const overNetwork = href.replace(hub.cdnUrl, server.cdnUrl);
    for (const [send, url] of [
      [hub.fetch, href],
      [fetch, overNetwork],
    ] as const) {
      const refused = await send(url, { ...init, body: stream() } as RequestInit);
      expect([refused.status, await refused.text()]).toEqual([501, expect.stringContaining("NotImplemented")]);
      const length = { "content-length": String(small.length) };
      expect((await send(url, { ...init, body: stream(), headers: length } as RequestInit)).status).toBe(200);
      expect((await send(url, { ...init, body: small } as RequestInit)).status).toBe(200);
    }
  });

  it("lets pages of any origin upload, and read the ETag", async () => {
    const asked = await hub.fetch(href, { method: "OPTIONS", headers: { "access-control-request-headers": "x-a" } });
    expect(asked.headers.get("access-control-allow-methods")).toContain("PUT");
    expect(asked.headers.get("access-control-allow-headers")).toBe("x-a");
    const { headers } = await put(href, small);
    expect(headers.get("access-control-allow-origin")).toBe("*");
    expect(headers.get("access-control-expose-headers")).toContain("ETag");
    expect(headers.get("etag")).toMatch(/^"[0-9a-f]+"$/);
  });

  it("takes more in one request than the Hub does", async () => {
    const own = createMockHub();
    const bytes = new Uint8Array(65 * 1024 * 1024);
    const api = apiOf(own, own.tokens.write);
    await api("POST", "/api/repos/create", { name: "huge" });
    const objects = [{ oid: await sha256(bytes), size: bytes.length }];
    const [object] = await batch(api, "ada/huge", { operation: "upload", objects });
    const response = await own.fetch(present(object?.actions?.upload).href, { method: "PUT", body: bytes });
    expect(response.status).toBe(200);
  });
});

it("the options for large files are checked", () => {
  expect(() => createMockHub({ lfs: { chunkSize: 0 } })).toThrow("chunkSize must be a positive number of bytes");
  expect(() => createMockHub({ lfs: { multipartThreshold: 1.5 } })).toThrow("multipartThreshold");
});
