import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { HubResponseError } from "../../src/errors.js";
import { Hub } from "../../src/hub.js";
import { failure } from "../servers/setup.js";
import { isSame, someBytes, token } from "../servers/file-server.js";
import { responsePreupload, bodyOf, json, listen } from "../servers/listen.js";

const MiB = 1024 * 1024;
const made = { commitOid: "b".repeat(40), commitUrl: "https://hub.example/commit" };

/** As large as it says, without a memory for it: each piece is made when it is requested. */
class MadeUpBlob extends Blob {
  readonly #size: number;
  onSlice: ((end: number) => void) | undefined;

  constructor(size: number) {
    super();
    this.#size = size;
  }

  override get size(): number {
    return this.#size;
  }

  override slice(start: number = 0, end: number = this.#size): Blob {
    this.onSlice?.(end);
    return new Blob([new Uint8Array(Math.min(end, this.#size) - start)]);
  }
}

it("a commit that is too large to hold is written as a stream, with every byte of it", async () => {
  const contents = [someBytes(3 * MiB + 1), someBytes(4 * MiB + 2, 5), someBytes(17)];
  let headers: Record<string, unknown> = {};
  let lines: string[] = [];
  const endpoint = await listen(async (request, response) => {
    if (request.url?.includes("/preupload/")) return await responsePreupload(request, response, "regular");
    headers = request.headers;
    lines = (await bodyOf(request)).toString().split("\n");
    json(response, made);
  });
  const hub = new Hub({ endpoint, token });
  const { commitOid } = await hub.models.commit({
    repo: "ns/repo",
    title: "Large",
    operations: [...contents.map((content, index) => ({ add: `${index}.txt`, content })), { delete: "old.txt" }],
  });
  expect(commitOid).toBe(made.commitOid);
  expect(headers).toMatchObject({
    "transfer-encoding": "chunked",
    "content-type": "application/x-ndjson",
    authorization: `Bearer ${token}`,
  });
  expect(lines.pop()).toBe("");
  const [header, deletion, ...files] = lines.map((line) => JSON.parse(line) as { key: string; value: object });
  expect(header).toEqual({ key: "header", value: { summary: "Large" } });
  expect(deletion).toEqual({ key: "deletedFile", value: { path: "old.txt" } });
  for (const [index, content] of contents.entries()) {
    const { value } = files[index] as { value: { path: string; encoding: string; content: string } };
    expect(value).toMatchObject({ path: `${index}.txt`, encoding: "base64" });
    expect(isSame(Buffer.from(value.content, "base64"), content)).toBe(true);
  }
});

it("a large commit waits for a slow Hub, and keeps nothing of what it sent", async () => {
  const size = 96 * MiB;
  const content = new MadeUpBlob(size);
  let read = 0;
  content.onSlice = (end) => (read = Math.max(read, end));
  let received = 0;
  let ahead = 0;
  const held: number[] = [];
  const endpoint = await listen(async (request, response) => {
    if (request.url?.includes("/preupload/")) return await responsePreupload(request, response, "regular");
    const before = process.memoryUsage().arrayBuffers;
    for await (const chunk of request) {
      received += (chunk as Buffer).length;
      if (received < 8 * MiB) {
        await sleep(1);
        ahead = Math.max(ahead, read - (received / 4) * 3);
      }
      held.push(process.memoryUsage().arrayBuffers - before);
    }
    json(response, made);
  });
  const hub = new Hub({ endpoint, token });
  await hub.models.files.upload({ repo: "ns/repo", path: "large.txt", content });
  expect(received).toBeGreaterThan((size / 3) * 4);
  // What the sockets of both sides hold, and a piece of the file.
  expect(ahead).toBeLessThan(16 * MiB);
  expect(Math.max(...held)).toBeLessThan(64 * MiB);
});

it("a large commit is written anew where the Hub refused it for its number, and only then", async () => {
  const statuses = [429, 500];
  const sizes: number[] = [];
  const endpoint = await listen(async (request, response) => {
    if (request.url?.includes("/preupload/")) return await responsePreupload(request, response, "regular");
    sizes.push((await bodyOf(request)).length);
    response.writeHead(statuses[sizes.length - 1] ?? 200, { "retry-after": "0" }).end("{}");
  });
  const hub = new Hub({ endpoint, token });
  const content = new MadeUpBlob(9 * MiB);
  const error = await failure(hub.models.files.upload({ repo: "ns/repo", path: "large.txt", content }));
  expect(error).toBeInstanceOf(HubResponseError);
  expect(error).toMatchObject({ status: 500 });
  expect(sizes).toHaveLength(2);
  expect(sizes[0]).toBe(sizes[1]);
  expect(sizes[0]).toBeGreaterThan(12 * MiB);
});
