import { json, redirect, type Answer } from "../http/answer.js";
import type { Call } from "../http/call.js";
import { signedUrl } from "../storage/signed-url.js";
import type { Content } from "../state/content.js";
import { xetHashOf } from "../state/storage.js";

const fileInfo = "application/vnd.xet-fileinfo+json";

export interface LargeFile {
  content: Content;
  /** Where tokens to read it from Xet come from. */
  tokenPath: string;
  headers?: Record<string, string>;
}

/** Leads to the second origin, which knows just bytes: whatever else is known of the file stands on this response. */
export async function largeFileAnswer(call: Call, { content, tokenPath, headers = {} }: LargeFile): Promise<Answer> {
  const { storage } = call.world;
  const sha256 = await content.sha256;
  if (!storage.has(sha256)) storage.set(sha256, content);
  const etag = `"${sha256}"`;
  const described = {
    ...headers,
    "accept-ranges": "bytes",
    "x-linked-size": String(content.size),
    "x-linked-etag": etag,
  };
  const asksForInfo = call.request.header("accept")?.includes(fileInfo) ?? false;
  const lead = (query: Record<string, string>, more: Record<string, string>): Answer =>
    redirect(302, signedUrl(call.request.cdnOrigin, "download", sha256, query), { ...described, ...more });
  // Whoever asks for what Xet knows of a file expects its SHA-256 as the ETag, wherever the bytes are.
  if (!storage.options.xetHash) return lead(asksForInfo ? { etag: "sha256" } : {}, {});
  const hash = await xetHashOf(content);
  const refreshUrl = call.url.origin + tokenPath;
  const reconstructionUrl = `${call.request.cdnOrigin}/v1/reconstructions/${hash}`;
  const link = `<${refreshUrl}>; rel="xet-auth", <${reconstructionUrl}>; rel="xet-reconstruction-info"`;
  const xet = { "x-xet-hash": hash, link };
  if (!asksForInfo) return lead({}, xet);
  const info = { hash, refreshUrl, reconstructionUrl, etag, size: content.size };
  return json(info, 200, { ...described, ...xet, etag, "content-type": fileInfo });
}
