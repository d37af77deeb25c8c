import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { once } from "node:events";
import { answering } from "../lib/answering.js";

// A Hub whose files are named by their size in MiB and hold zeros, and that forgets what it gets. Its storage is another
// origin, as the Hub's is. Files whose path starts with `small` go with the commit, all others to the storage.

const MiB = 1024 * 1024;
const zeros = Buffer.alloc(MiB);
const hashes = new Map<number, string>();

function sha256Of(mebibytes: number): string {
  let hex = hashes.get(mebibytes);
  if (hex === undefined) {
    const hash = createHash("sha256");
    for (let count = 0; count < mebibytes; count += 1) hash.update(zeros);
    hex = hash.digest("hex");
    hashes.set(mebibytes, hex);
  }
  return hex;
}

async function sendZeros(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const mebibytes = Number(/\/(\d+)\.bin/.exec(request.url ?? "")?.[1]);
  const size = mebibytes * MiB;
  const [, first = "0", last = String(size - 1)] = /^bytes=(\d+)-(\d+)?$/.exec(request.headers.range ?? "") ?? [];
  const length = Number(last) - Number(first) + 1;
  response.writeHead(request.headers.range === undefined ? 200 : 206, {
    etag: `"${mebibytes}"`,
    "content-length": length,
    "content-type": "application/octet-stream",
    ...(request.headers.range === undefined ? {} : { "content-range": `bytes ${first}-${last}/${size}` }),
  });
  for (let left = length; left > 0 && !response.destroyed; left -= MiB) {
    if (!response.write(zeros.subarray(0, Math.min(left, MiB)))) await once(response, "drain").catch(() => undefined);
  }
  response.end();
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) text += String(chunk);
  return text;
}

function send(response: ServerResponse, body: unknown, type = "application/json"): void {
  response.writeHead(200, { "content-type": type }).end(JSON.stringify(body));
}

const storage: RequestListener = (request, response) => {
  if (request.method === "GET") return void sendZeros(request, response);
  request.resume().once("end", () => response.writeHead(200, { etag: '"part"' }).end());
};

const hub: RequestListener = async (request, response) => {
  const url = request.url ?? "";
  if (url.includes("/resolve/")) {
    const mebibytes = Number(/\/(\d+)\.bin/.exec(url)?.[1]);
    response.writeHead(302, {
      "x-repo-commit": "607a30d783dfa663caf39e06633721c8d4cfcd7e",
      "x-linked-size": mebibytes * MiB,
      "x-linked-etag": `"${sha256Of(mebibytes)}"`,
      location: `${await storageOrigin}/${mebibytes}.bin`,
    });
    response.end();
  } else if (url.includes("/preupload/")) {
    const { files } = JSON.parse(await textOf(request)) as { files: { path: string }[] };
    const modes = files.map(({ path }) => ({
      path,
      uploadMode: path.startsWith("small") ? "regular" : "lfs",
      shouldIgnore: false,
    }));
    send(response, { files: modes, commitOid: "607a30d783dfa663caf39e06633721c8d4cfcd7e" });
  } else if (url.endsWith("/objects/batch")) {
    const { objects } = JSON.parse(await textOf(request)) as { objects: { oid: string; size: number }[] };
    const upload = { href: `${await storageOrigin}/upload` };
    const answers = objects.map((object) => ({ ...object, actions: { upload } }));
    send(response, { transfer: "basic", objects: answers }, "application/vnd.git-lfs+json");
  } else {
    request.resume().once("end", () => {
      const commitUrl = "https://huggingface.co/engines/weights/commit/a1";
      send(response, { success: true, commitOid: "a1".repeat(20), commitUrl, hookOutput: "" });
    });
  }
};

function listen(answer: RequestListener, host: string): Promise<string> {
  const server = createServer(answer);
  server.keepAliveTimeout = 60_000;
  server.requestTimeout = 0;
  return new Promise((resolve) => {
    server.listen(0, host, () => resolve(`http://${host}:${(server.address() as AddressInfo).port}`));
  });
}

const storageOrigin = listen(storage, "127.0.0.1");
const origin = listen(hub, "127.0.0.1");
process.once("disconnect", () => process.exit());

answering(() => origin);
