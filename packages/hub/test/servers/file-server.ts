import { createHash } from "node:crypto";
import type { ServerResponse } from "node:http";
import { Hub } from "../../src/hub.js";
import { serve, type Visit } from "./event-server.js";

export const token: string = "hf_filesFilesFilesFiles";
export const commit: string = "c".repeat(40);
export const input: { repo: string; path: string } = { repo: "ns/repo", path: "dir/weights.bin" };

/** Bytes that differ from place to place, so that a mix-up shows. */
export function someBytes(size: number, start = 0): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: size }, (_, index) => Math.imul(start + index + 1, 0x9e3779b1) >>> 24);
}

export const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** `toEqual` compares large arrays far too slowly. */
export const isSame = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0;

/** Where the bytes lie: with the Hub itself, or on another origin that it redirects to, as it does with large files. */
export type Place = "hub" | "storage";
export const places: readonly Place[] = ["hub", "storage"];

/** How one response that holds bytes departs from a plain one. */
export interface Twist {
  /** The connection ends after so many bytes. */
  cut?: number | undefined;
  /** Nothing comes after so many bytes, and the connection stays. */
  silentAfter?: number | undefined;
  /** The whole file comes although a part was requested. */
  ignoresRange?: boolean | undefined;
  /** What lies there by now. */
  content?: Uint8Array | undefined;
  /** The ETag of the bytes where they lie. */
  etag?: string | undefined;
  /** What the Hub's redirect says of the file. */
  linked?: { etag?: string; size?: number } | undefined;
  /** The length is not told. */
  chunked?: boolean | undefined;
  /** What the Hub calls the revision's commit; "" where it does not say. */
  commit?: string | undefined;
  /** What part the server says that it sends; "" where it does not say. */
  contentRange?: string | undefined;
  /** One byte comes after the other, each so many milliseconds later. */
  every?: number | undefined;
}

export interface FileServer {
  hub: Hub;
  /** Requests to the Hub. */
  asked: Visit[];
  /** Those that were responded with bytes. */
  read: Visit[];
}

/** A Hub with one file whose n-th respond with bytes, counted from 1, has the n-th twist. */
export async function serveFile(
  place: Place,
  content: Uint8Array,
  twist: (nth: number) => Twist = () => ({}),
): Promise<FileServer> {
  let responses = 0;
  const sendBytes = (visit: Visit): void => {
    responses += 1;
    send(visit, content, place, twist(responses));
  };
  const storage = await serve(sendBytes);
  const redirect = ({ response }: Visit): void => {
    const { linked, commit: told = commit } = twist(responses + 1);
    response.writeHead(302, {
      connection: "close",
      ...(told === "" ? {} : { "x-repo-commit": told }),
      "x-linked-etag": `"${linked?.etag ?? sha256(content)}"`,
      "x-linked-size": linked?.size ?? content.length,
      location: `${storage.url}/bytes?Signature=secret`,
    });
    response.end();
  };
  const own = await serve(place === "hub" ? sendBytes : redirect);
  const hub = new Hub({ endpoint: own.url, token, retries: 3 });
  return { hub, asked: own.visits, read: place === "hub" ? own.visits : storage.visits };
}

function send({ headers, response }: Visit, content: Uint8Array, place: Place, twist: Twist): void {
  const { cut, silentAfter, every, ignoresRange = false, etag = '"of-the-bytes"', chunked = false } = twist;
  const told = twist.commit ?? commit;
  const bytes = twist.content ?? content;
  const asked = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? "");
  const ifRange = headers["if-range"];
  const isPart = asked !== null && !ignoresRange && (ifRange === undefined || ifRange === etag);
  const start = isPart ? Number(asked[1]) : 0;
  const end = isPart && asked[2] !== "" ? Math.min(Number(asked[2]) + 1, bytes.length) : bytes.length;
  if (isPart && start >= bytes.length) {
    response.writeHead(416, { "content-range": `bytes */${bytes.length}`, "content-length": 0 }).end();
    return;
  }
  const contentRange = twist.contentRange ?? `bytes ${start}-${end - 1}/${bytes.length}`;
  response.writeHead(isPart ? 206 : 200, {
    ...(place === "hub" && told !== "" ? { "x-repo-commit": told } : {}),
    ...(etag === "" ? {} : { etag }),
    ...(isPart && contentRange !== "" ? { "content-range": contentRange } : {}),
    ...(chunked ? {} : { "content-length": end - start }),
  });
  response.flushHeaders();
  const body = bytes.subarray(start, end);
  if (every !== undefined) drip(response, body, every);
  else if (silentAfter !== undefined) response.write(body.subarray(0, silentAfter));
  else if (cut === undefined) response.end(body);
  else {
    response.write(body.subarray(0, cut));
    // What was written still arrives.
    response.socket?.end();
  }
}

function drip(response: ServerResponse, bytes: Uint8Array, every: number): void {
  let sent = 0;
  const timer = setInterval(() => {
    response.write(bytes.subarray(sent, (sent += 1)));
    if (sent < bytes.length) return;
    clearInterval(timer);
    response.end();
  }, every);
  response.on("close", () => clearInterval(timer));
}
