import { expect } from "vitest";
import { type Api, sha256 } from "./api.js";

export interface Action {
  href: string;
  header?: Record<string, string>;
}

export interface BatchObject {
  oid: string;
  size: number;
  actions?: { upload?: Action; download?: Action; verify?: Action };
  error?: { code: number; message: string };
}

/** The batch call of Git LFS: what it says of each object. */
export async function batch(api: Api, repo: string, body: object): Promise<BatchObject[]> {
  const answer = await api("POST", `/${repo}.git/info/lfs/objects/batch`, body);
  expect(answer.status).toBe(200);
  return (answer.body as { objects: BatchObject[] }).objects;
}

/** Sends bytes where the Hub wants them, and returns the line that commits them. */
export async function uploadLarge(
  send: typeof fetch,
  api: Api,
  repo: string,
  path: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<{ key: string; value: { path: string; algo: string; oid: string; size: number } }> {
  const oid = await sha256(bytes);
  const [object] = await batch(api, repo, { operation: "upload", objects: [{ oid, size: bytes.length }] });
  const href = object?.actions?.upload?.href;
  if (href !== undefined) expect((await send(href, { method: "PUT", body: bytes })).status).toBe(200);
  return { key: "lfsFile", value: { path, algo: "sha256", oid, size: bytes.length } };
}
