import { json, type Answer } from "../http/answer.js";
import type { Call } from "../http/call.js";
import * as field from "../http/fields.js";
import { completeUpload, partCount } from "../storage/multipart.js";
import { Refusal } from "../http/refusal.js";
import type { Router } from "../http/router.js";
import { requireSignature, signedQuery, signedUrl } from "../storage/signed-url.js";
import { contributors } from "../state/accounts.js";
import type { Content } from "../state/content.js";
import { findLarge } from "../state/large-file.js";
import { kindsAndKernels, pagePrefix, type Kind, type Repo } from "../state/repo.js";

const lfsJson = { "content-type": "application/vnd.git-lfs+json" };

export function addLfsRoutes(router: Router): void {
  for (const kind of kindsAndKernels) {
    const lfs = `/${pagePrefix[kind]}{namespace}/{repo}/info/lfs`;
    router.add("POST", `${lfs}/objects/batch`, (call) => batch(call, kind));
    router.add("POST", `${lfs}/verify`, (call) => verify(call, kind));
  }
  router.add("POST", "/api/complete_multipart", complete);
}

interface WantedObject {
  oid: string;
  size: number;
}

type Operation = "upload" | "download";
type Transfer = "basic" | "multipart";
type ObjectResponse = Record<string, unknown>;

/** The batch call of Git LFS: where to put, or get, each object, and in how many parts. */
async function batch(call: Call, kind: Kind): Promise<Answer> {
  const fields = await call.fields();
  const operation = field.requiredChoice(fields, "operation", ["upload", "download"]);
  const repo = call.repo(kind);
  if (operation === "download") call.requireAccess(repo);
  else requireUploader(call, repo, field.optionalFields(fields, "ref"));
  const algorithm = field.optionalText(fields, "hash_algo") ?? "sha256";
  if (!/^sha_?256$/.test(algorithm)) throw new Refusal(409, `Objects are named by SHA-256 here, not by ${algorithm}.`);
  const transfers = field.optionalList(fields, "transfers") ?? ["basic"];
  if (!transfers.includes("basic") && !transfers.includes("multipart"))
    throw field.invalid('Expected "basic" or "multipart" among the transfers', "transfers");
  const wanted = field.requiredList(fields, "objects").map(wantedObject);
  const { multipartThreshold } = call.world.storage.options;
  const isInParts = ({ size }: WantedObject): boolean => operation === "upload" && size > multipartThreshold;
  const transfer = transfers.includes("multipart") && wanted.some(isInParts) ? "multipart" : "basic";
  const objects = await Promise.all(
    wanted.map(async (object): Promise<ObjectResponse> => {
      const stored = await findLarge(object.oid, repo, call.world.storage);
      const error = problemWith(object, stored, operation, isInParts(object) ? transfer : "basic", call);
      if (error) return { ...object, error };
      if (operation === "download") {
        return { ...object, authenticated: true, actions: { download: { href: downloadUrl(call, object.oid) } } };
      }
      // An object that is there already needs no action.
      if (stored) return { ...object };
      const upload = isInParts(object) ? partsAction(call, repo, object) : { href: uploadUrl(call, repo, object.oid) };
      return { ...object, authenticated: true, actions: { upload, verify: verifyAction(call) } };
    }),
  );
  return json({ transfer, objects }, 200, lfsJson);
}

/** Uploads for a pull request name no branch, and are open to everyone who may open one. */
function requireUploader(call: Call, repo: Repo, ref: field.Fields | undefined): void {
  const name = ref && field.optionalText(ref, "name");
  if (name === undefined || name.startsWith("refs/pr/")) call.requireWriter();
  else call.requireRole(repo.owner, contributors);
}

function wantedObject(value: unknown): WantedObject {
  const object = field.asFields(value);
  return { oid: field.requiredText(object, "oid"), size: field.requiredNumber(object, "size") };
}

/** What is wrong with one object does not keep the others from being served. */
function problemWith(
  { oid, size }: WantedObject,
  stored: Content | undefined,
  operation: Operation,
  allowed: Transfer,
  call: Call,
): { code: number; message: string } | undefined {
  if (!/^[0-9a-f]{64}$/.test(oid)) return { code: 422, message: "oid must be a SHA-256 in lower-case hexadecimal" };
  if (!Number.isInteger(size) || size < 0) return { code: 422, message: "size must be a whole number of bytes" };
  if (operation === "download" && !stored) return { code: 404, message: "Object does not exist" };
  if (stored && stored.size !== size) return { code: 422, message: `The object has ${stored.size} bytes, not ${size}` };
  const { multipartThreshold } = call.world.storage.options;
  if (operation === "upload" && allowed === "basic" && size > multipartThreshold)
    return { code: 422, message: `Above ${multipartThreshold} bytes, ask for the "multipart" transfer` };
  return undefined;
}

function downloadUrl(call: Call, oid: string): string {
  return signedUrl(call.request.cdnOrigin, "download", oid);
}

/** The address says which repository the bytes are for. */
function uploadUrl(call: Call, repo: Repo, oid: string, query?: Record<string, string>): string {
  return signedUrl(call.request.cdnOrigin, "upload", oid, { repo: repo.record._id, ...query });
}

/** The address to complete the upload at and, among its headers, one for each part by its number. */
function partsAction(
  call: Call,
  repo: Repo,
  { oid, size }: WantedObject,
): { href: string; header: Record<string, string> } {
  const upload = call.world.storage.startUpload(repo.record._id, oid, size);
  const { id: uploadId, chunkSize } = upload;
  const header: Record<string, string> = { chunk_size: String(chunkSize) };
  for (let partNumber = 1; partNumber <= partCount(upload); partNumber++) {
    const query = { uploadId, partNumber: String(partNumber) };
    header[query.partNumber.padStart(5, "0")] = uploadUrl(call, repo, oid, query);
  }
  return {
    href: `${call.url.origin}/api/complete_multipart?${signedQuery("complete", uploadId, { uploadId })}`,
    header,
  };
}

function verifyAction(call: Call): { href: string; header: Record<string, string> } {
  const href = call.url.origin + call.url.pathname.replace(/objects\/batch$/, "verify");
  return { href, header: { Accept: lfsJson["content-type"] } };
}

/** Needs no token: whoever got the address may use it. */
async function complete(call: Call): Promise<Answer> {
  const uploadId = call.query.get("uploadId") ?? "";
  requireSignature("complete", uploadId, call.query);
  await completeUpload(call.world.storage, uploadId, await call.fields());
  return json({ success: true });
}

async function verify(call: Call, kind: Kind): Promise<Answer> {
  call.requireWriter();
  const repo = call.repo(kind);
  const { oid, size } = wantedObject(await call.fields());
  const stored = await findLarge(oid, repo, call.world.storage);
  if (!stored) throw new Refusal(404, "Object does not exist: its upload did not succeed");
  if (stored.size !== size) throw new Refusal(422, `The object has ${stored.size} bytes, not ${size}`);
  return json({}, 200, lfsJson);
}
