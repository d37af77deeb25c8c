import type { Answer } from "../http/answer.js";
import type { HubRequest } from "../http/request.js";
import { storePart } from "./multipart.js";
import { serveBytes } from "../http/ranges.js";
import { Refusal } from "../http/refusal.js";
import { requireSignature } from "./signed-url.js";
import { Content } from "../state/content.js";
import type { World } from "../state/world.js";

/** The most that object stores take in one request. */
const maxPutBytes = 5_000_000_000;

const cors = {
  "access-control-allow-origin": "*",
  "access-control-expose-headers": "ETag,Content-Range,Accept-Ranges,Content-Length",
};

/** The second origin. It knows signed addresses only, and no user: a client must not send it the Hub's token. */
export async function serveCdn(request: HubRequest, world: World): Promise<Answer> {
  const answer = await serveSigned(request, world).catch((error: unknown) => {
    if (error instanceof Refusal) return storageError(error);
    throw error;
  });
  return { ...answer, headers: { ...cors, ...answer.headers } };
}

async function serveSigned(request: HubRequest, world: World): Promise<Answer> {
  if (request.method === "OPTIONS") return preflight(request);
  if (request.header("authorization") !== undefined)
    throw new Refusal(400, "Only one way of authentication is allowed");
  const [, action, sha256 = ""] = request.url.pathname.split("/");
  const isUpload = request.method === "PUT";
  if (action !== (isUpload ? "upload" : "download")) throw new Refusal(403, "Access denied");
  requireSignature(action, sha256, request.url.searchParams);
  return isUpload ? store(request, sha256, world) : download(request, sha256, world);
}

async function download(request: HubRequest, sha256: string, { storage }: World): Promise<Answer> {
  const content = storage.get(sha256);
  if (!content) throw new Refusal(404, "The key does not exist");
  const isBySha256 = request.url.searchParams.get("etag") === "sha256";
  return serveBytes(content, request, {
    etag: isBySha256 ? `"${sha256}"` : await storage.etagOf(content),
    "content-type": "application/octet-stream",
  });
}

async function store(request: HubRequest, sha256: string, { storage }: World): Promise<Answer> {
  requireLength(request);
  const bytes = await request.bytes(maxPutBytes);
  const uploadId = request.url.searchParams.get("uploadId");
  if (uploadId !== null) {
    const partNumber = Number(request.url.searchParams.get("partNumber"));
    return { status: 200, headers: { etag: await storePart(storage, uploadId, partNumber, bytes) } };
  }
  const content = Content.of(bytes);
  if ((await content.sha256) !== sha256) throw new Refusal(400, "The content does not match its SHA-256");
  storage.upload(request.url.searchParams.get("repo") ?? "", sha256, content);
  return { status: 200, headers: { etag: await storage.etagOf(content) } };
}

/** Object stores want to know the size beforehand: a body that comes in chunks of its own is not for them. */
function requireLength(request: HubRequest): void {
  if (request.header("transfer-encoding") !== undefined)
    throw new Refusal(501, "Transfer-Encoding is not implemented; send Content-Length instead");
  if (request.header("content-length") === undefined) throw new Refusal(411, "Content-Length is missing");
}

function preflight(request: HubRequest): Answer {
  return {
    status: 204,
    headers: {
      "access-control-allow-methods": "GET,HEAD,PUT",
      "access-control-allow-headers": request.header("access-control-request-headers") ?? "*",
      "access-control-max-age": "3000",
    },
  };
}

const codes: Readonly<Record<number, string>> = {
  400: "BadDigest",
  403: "AccessDenied",
  404: "NoSuchKey",
  411: "MissingContentLength",
  413: "EntityTooLarge",
  501: "NotImplemented",
};

/** Object stores speak XML. */
function storageError({ status, message }: Refusal): Answer {
  const code = codes[status] ?? "InvalidRequest";
  return {
    status,
    headers: { "content-type": "application/xml" },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`,
  };
}
