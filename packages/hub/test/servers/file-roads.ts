import type { IncomingMessage, ServerResponse } from "node:http";
import { createHash } from "node:crypto";
import { Hub } from "../../src/hub.js";
import { commit, sha256, token } from "./file-server.js";
import { listen } from "./listen.js";

/** How a request for a file gets to its bytes: the redirects of the Hub before the one that knows the file. */
export const roads: Readonly<Record<string, readonly (readonly [status: number, location: string])[]>> = {
  "at once": [],
  "by the redirect of a renamed repository": [[307, "https://hub.example/renamed"]],
  "by two redirects of one renamed twice": [
    [301, "https://hub.example/renamed"],
    [307, "https://hub.example/renamed-again"],
  ],
  "by the redirect for another spelling": [[307, "https://hub.example/Spelt"]],
  "by a mirror that redirects to the Hub": [[308, "https://huggingface.co/same"]],
  "by a mirror that redirects to a renamed repository": [
    [308, "https://huggingface.co/same"],
    [307, "https://huggingface.co/renamed"],
  ],
};

/** Small files come from the Hub itself, large ones from its storage, or through the Hub from there. */
export type FileKind = "small" | "large" | "large, with its storage behind the Hub";

export const gitOid = (bytes: Uint8Array): string =>
  createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex");

/** A Hub that names `content`, and sends `sent` for it. */
export async function serveBy(road: string, kind: FileKind, content: Uint8Array, sent: Uint8Array): Promise<Hub> {
  const hops = roads[road] ?? [];
  const storage = kind === "large" ? "https://cdn.example/bytes" : "/bytes";
  let asked = 0;
  const respond = ({ url = "" }: IncomingMessage, response: ServerResponse): void => {
    const hop = hops[asked];
    asked += 1;
    if (hop !== undefined) {
      response.writeHead(hop[0], { location: hop[1] }).end();
    } else if (kind === "small") {
      response.writeHead(200, { etag: `"${gitOid(content)}"`, "x-repo-commit": commit, "content-length": sent.length });
      response.end(sent);
    } else if (url.endsWith("/bytes")) {
      response.writeHead(200, { etag: '"of-the-storage"', "content-length": sent.length }).end(sent);
    } else {
      const facts = { "x-linked-etag": `"${sha256(content)}"`, "x-linked-size": content.length, "x-xet-hash": "xet" };
      response.writeHead(302, { ...facts, "x-repo-commit": commit, location: storage }).end();
    }
  };
  return await namedHub(respond);
}

/** A Hub, its mirror and its storage, each under a name of its own and over the wire. */
export async function namedHub(respond: (request: IncomingMessage, response: ServerResponse) => unknown): Promise<Hub> {
  const url = await listen(respond);
  const fetch = (address: string, init: RequestInit): Promise<Response> => {
    const { origin, href } = new URL(address);
    return globalThis.fetch(href.replace(origin, url), init);
  };
  return new Hub({ endpoint: "https://hub.example", token, fetch, retries: 0 });
}
