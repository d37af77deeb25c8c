import { beforeAll, expect, it } from "vitest";
import { createMockHub } from "../src/index.js";
import { apiOf, ndjson, present, sha256, someBytes } from "./api.js";
import { type Action, batch, type BatchObject } from "./lfs.js";

const hub = createMockHub({ seed: 1, lfs: { multipartThreshold: 1_000, chunkSize: 400 } });
const ada = apiOf(hub, hub.tokens.write);
const large = someBytes(1_001, 7);
const unknown = "0".repeat(64);

beforeAll(() => ada("POST", "/api/repos/create", { name: "store" }));

async function upload(bytes: Uint8Array<ArrayBuffer>): Promise<BatchObject> {
  const objects = [{ oid: await sha256(bytes), size: bytes.length }];
  const body = { operation: "upload", transfers: ["basic", "multipart"], hash_algo: "sha256", objects };
  return present((await batch(ada, "ada/store", body))[0]);
}

function put(href: string, body: BodyInit): Promise<Response> {
  return hub.fetch(href, { method: "PUT", body });
}

/** The addresses of the parts in order. */
function partsOf({ header }: Action): string[] {
  return Object.entries(present(header))
    .filter(([name]) => /^\d+$/.test(name))
    .map(([, href]) => href);
}

async function putParts(bytes: Uint8Array<ArrayBuffer>, action: Action) {
  return Promise.all(
    partsOf(action).map(async (href, index) => {
      const response = await put(href, bytes.slice(index * 400, index * 400 + 400));
      expect(response.status).toBe(200);
      return { partNumber: index + 1, etag: present(response.headers.get("etag")) };
    }),
  );
}

it("an upload in parts names an address for each part, and is there once it is completed", async () => {
  const { oid, actions } = await upload(large);
  const action = present(actions?.upload);
  expect(Object.keys(present(action.header))).toEqual(["chunk_size", "00001", "00002", "00003"]);
  expect(action.header?.["chunk_size"]).toBe("400");
  expect(action.href).toMatch(new RegExp(`^${hub.url}/api/complete_multipart\\?`));
  const parts = await putParts(large, action);
  const complete = (body: object) => apiOf(hub)("POST", action.href, body);
  expect((await complete({ oid, parts })).status).toBe(200);
  expect((await complete({ oid, parts })).status).toBe(404);
  const line = { key: "lfsFile", value: { path: "large.bin", algo: "sha256", oid, size: large.length } };
  const commit = ndjson({ key: "header", value: { summary: "s" } }, line);
  expect((await ada("POST", "/api/models/ada/store/commit/main", commit)).status).toBe(200);
  const response = await hub.fetch(`${hub.url}/ada/store/resolve/main/large.bin`);
  expect(new Uint8Array(await response.arrayBuffer())).toEqual(large);
});

it("an upload in parts is completed by the right list of parts only", async () => {
  const bytes = someBytes(1_100, 90);
  const { oid, actions } = await upload(bytes);
  const action = present(actions?.upload);
  const complete = async (body: object, href = action.href) => {
    const answer = await ada("POST", href, body);
    return answer.status === 400 ? (answer.body as { error: string }).error : answer.status;
  };
  const early = [1, 2, 3].map((partNumber) => ({ partNumber, etag: '"x"' }));
  expect(await complete({ oid, parts: early })).toContain("Part 1 was not uploaded");
  const parts = await putParts(bytes, action);
  expect(await complete({ oid, parts: early })).toContain("Not the ETag of this part");
  expect(await complete({ oid, parts: parts.slice(0, 2) })).toContain("Expected 3 parts, received 2");
  expect(await complete({ oid, parts: parts.toReversed() })).toContain("must be in order");
  expect(await complete({ oid: unknown, parts })).toContain(`This upload is for ${oid}`);
  expect(await complete({ oid })).toContain("expected a value");
  expect(await complete({ oid, parts }, action.href.replace(/Signature=.*/, "Signature=0"))).toBe(403);
  // Some clients take the quotation marks off.
  expect(await complete({ oid, parts: parts.map((part) => ({ ...part, etag: part.etag.slice(1, -1) })) })).toBe(200);
});

it("an upload in parts fails when the parts together are something else, and takes a part a second time", async () => {
  const bytes = someBytes(1_200, 400);
  const { oid, actions } = await upload(bytes);
  const action = present(actions?.upload);
  const wrong = await putParts(someBytes(1_200, 5_000), action);
  const refused = await ada("POST", action.href, { oid, parts: wrong });
  expect(refused).toMatchObject({ status: 400, body: { error: expect.stringContaining("SHA-256") } });
  const parts = await putParts(bytes, action);
  expect((await ada("POST", action.href, { oid, parts })).status).toBe(200);
});

it("an upload in parts refuses parts of another size, and addresses with another number", async () => {
  const { actions } = await upload(someBytes(1_300, 70));
  const [first = "", , , last = ""] = partsOf(present(actions?.upload));
  expect((await put(first, someBytes(399))).status).toBe(400);
  expect((await put(last, someBytes(400))).status).toBe(400);
  expect((await put(last, someBytes(100))).status).toBe(200);
  expect((await put(first.replace("partNumber=1", "partNumber=2"), someBytes(400))).status).toBe(403);
});

it("uploads in parts at the same time do not mix", async () => {
  const files = [someBytes(1_150, 300), someBytes(1_250, 600)];
  const begun = await Promise.all(files.map(upload));
  const parts = await Promise.all(
    begun.map(({ actions }, index) => putParts(present(files[index]), present(actions?.upload))),
  );
  for (const [index, { oid, actions }] of begun.entries()) {
    const answer = await ada("POST", present(actions?.upload).href, { oid, parts: parts[index] });
    expect(answer.status).toBe(200);
  }
});
