import { appendFile, open, utimes } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { temporaryFolder } from "../../../test/files/temporary-folder.js";
import { failure } from "../../../test/servers/setup.js";
import { CountedBlob } from "../../files/commit/counted-blob.js";
import { unbuffered } from "../../transport/sent-body.js";
import { DiskBlob } from "./disk-blob.js";
import { localFile } from "./local-file.js";

const GiB = 2 ** 30;

/** A file with a hole in it: large, and on the disk of no size. */
async function sparseFile(size: number, end: string): Promise<string> {
  const path = join(await temporaryFolder(), "sparse.bin");
  const file = await open(path, "w");
  await file.write(end, size - end.length);
  await file.close();
  return path;
}

it("a file of more than 4 GiB has its size, and its bytes at any place", async () => {
  const blob = await localFile(await sparseFile(5 * GiB, "the end"));
  expect(blob.size).toBe(5 * GiB);
  expect(await blob.slice(5 * GiB - 7).text()).toBe("the end");
  expect(await blob.slice(-3).text()).toBe("end");
  const part = blob.slice(4 * GiB, 5 * GiB);
  expect(part.size).toBe(GiB);
  expect(await part.slice(GiB - 7, GiB + 100).text()).toBe("the end");
  expect([...new Uint8Array(await blob.slice(3, 5).arrayBuffer())]).toEqual([0, 0]);
  expect(blob.slice(9, 4).size).toBe(0);
});

it("a part of one is sent as it is, with its length, and counted", async () => {
  const received: Buffer[] = [];
  let length: string | undefined;
  const server = createServer((request, response) => {
    length = request.headers["content-length"];
    request.on("data", (chunk: Buffer) => received.push(chunk)).on("end", () => response.end());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const blob = await localFile(await sparseFile(4 * GiB + 5, "the end"));
  let counted = 0;
  const body = new CountedBlob(blob.slice(4 * GiB - 100_000), (bytes) => (counted += bytes));
  const { port } = server.address() as AddressInfo;
  await fetch(`http://127.0.0.1:${port}`, { method: "PUT", body, ...unbuffered() });
  expect([length, Buffer.concat(received).length, counted]).toEqual(["100005", 100_005, 100_005]);
  expect(Buffer.concat(received).subarray(-8).toString()).toBe("\0the end");
});

it("a smaller file is a Blob of the runtime's own", async () => {
  expect(await localFile(await sparseFile(100, "end"))).not.toBeInstanceOf(DiskBlob);
});

it("a file that changes before it is read is refused", async () => {
  const path = await sparseFile(4 * GiB, "end");
  const blob = await localFile(path);
  await appendFile(path, "more");
  // As long after it as any clock of a disk can tell.
  await utimes(path, new Date(), new Date(Date.now() + 2000));
  expect(String(await failure(blob.slice(0, 10).text()))).toContain("changed while it was read");
});
