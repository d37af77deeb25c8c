import { text, type Answer } from "./answer.js";
import type { HubRequest } from "./call.js";
import { serveBytes } from "./ranges.js";
import { hash } from "./random.js";
import { Refusal } from "./refusal.js";
import { Content, digest } from "./state/content.js";
import type { World } from "./state/world.js";

/** A signed address on the second origin for the bytes with this SHA-256. */
export function signedUrl(origin: string, sha256: string, action: "download" | "upload"): string {
  return `${origin}/${action}/${sha256}?Signature=${sign(sha256, action)}`;
}

/** The second origin. It knows signed addresses only, and no user: a client must not send it the Hub's token. */
export async function serveCdn(request: HubRequest, world: World): Promise<Answer> {
  const cors = { "access-control-allow-origin": "*", "access-control-expose-headers": "ETag,Content-Range" };
  try {
    const answer = await serveSigned(request, world);
    return { ...answer, headers: { ...cors, ...answer.headers } };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return text(`<Error><Message>${error.message}</Message></Error>`, error.status, {
      ...cors,
      "content-type": "application/xml",
    });
  }
}

async function serveSigned(request: HubRequest, world: World): Promise<Answer> {
  if (request.method === "OPTIONS")
    return {
      status: 204,
      headers: { "access-control-allow-methods": "GET,HEAD,PUT", "access-control-allow-headers": "*" },
    };
  if (request.header("authorization") !== undefined)
    throw new Refusal(400, "Only one way of authentication is allowed");
  const [, action, sha256 = ""] = request.url.pathname.split("/");
  const isUpload = request.method === "PUT";
  if (action !== (isUpload ? "upload" : "download")) throw new Refusal(403, "Access denied");
  if (request.url.searchParams.get("Signature") !== sign(sha256, action))
    throw new Refusal(403, "The signature does not match");
  if (isUpload) return store(await request.bytes(), sha256, world);
  const content = world.storage.get(sha256);
  if (!content) throw new Refusal(404, "The key does not exist");
  return serveBytes(content, request, { etag: `"${sha256}"`, "content-type": "application/octet-stream" });
}

async function store(bytes: Uint8Array, sha256: string, world: World): Promise<Answer> {
  if ((await digest("SHA-256", bytes)) !== sha256) throw new Refusal(400, "The content does not match its SHA-256");
  world.storage.set(sha256, Content.of(bytes));
  return { status: 200, headers: { etag: `"${sha256}"` } };
}

// No secret: it only has to tell an address that the Hub gave from one that somebody made up.
function sign(sha256: string, action: string): string {
  return hash(`${action}/${sha256}`).toString(16).padStart(8, "0");
}
