import { createHash } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { answering } from "../lib/answering.js";

// A Hub with one repository of many small files, which lie with the Hub itself.

const count = 500;
const size = 32 * 1024;
const commit = "607a30d783dfa663caf39e06633721c8d4cfcd7e";

interface StoredFile {
  path: string;
  bytes: Buffer;
  oid: string;
}

const files = new Map<string, StoredFile>(
  Array.from({ length: count }, (_, number) => {
    const path = `data/part-${number % 10}/${number}.json`;
    const bytes = Buffer.from(`{"number":${number}}`.padEnd(size));
    const oid = createHash("sha1").update(`blob ${size}\0`).update(bytes).digest("hex");
    return [path, { path, bytes, oid }];
  }),
);
const entryOf = ({ path, oid }: StoredFile): object => ({ type: "file", path, oid, size });
const tree = [
  { type: "directory", path: "data", oid: commit, size: 0 },
  ...Array.from({ length: 10 }, (_, part) => ({ type: "directory", path: `data/part-${part}`, oid: commit, size: 0 })),
  ...Array.from(files.values(), entryOf),
];

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) text += String(chunk);
  return text;
}

const server = createServer(async (request, response) => {
  const url = decodeURIComponent(request.url ?? "");
  const file = files.get(/\/resolve\/[^/]+\/([^?]*)/.exec(url)?.[1] ?? "");
  if (file !== undefined) {
    const [, first, last = String(size - 1)] = /^bytes=(\d+)-(\d+)?$/.exec(request.headers.range ?? "") ?? [];
    const part = first === undefined ? file.bytes : file.bytes.subarray(Number(first), Number(last) + 1);
    response.writeHead(first === undefined ? 200 : 206, {
      etag: `"${file.oid}"`,
      "x-repo-commit": commit,
      "content-type": "application/json",
      "content-length": part.length,
      ...(first === undefined ? {} : { "content-range": `bytes ${first}-${last}/${size}` }),
    });
    return response.end(part);
  }
  let body: unknown = {
    _id: "1",
    id: "engines/weights",
    sha: commit,
    private: false,
    tags: [],
    downloads: 0,
    likes: 0,
  };
  if (url.includes("/tree/")) body = tree;
  else if (url.includes("/commits/"))
    body = [{ id: commit, title: "Add all", authors: [], date: "2026-01-01T00:00:00Z" }];
  else if (url.includes("/paths-info/")) {
    const { paths } = JSON.parse(await textOf(request)) as { paths: string[] };
    body = paths
      .flatMap((path) => files.get(path) ?? [])
      .map((found) => ({ ...entryOf(found), lastCommit: { id: commit } }));
  }
  return response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
});
server.keepAliveTimeout = 60_000;
process.once("disconnect", () => process.exit());

const origin = new Promise<string>((resolve) => {
  server.listen(0, "127.0.0.1", () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
});
answering(() => origin);
