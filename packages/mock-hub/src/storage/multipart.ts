import * as field from "../http/fields.js";
import { requiredText, type Fields } from "../http/fields.js";
import { Refusal } from "../http/refusal.js";
import { Content, digest } from "../state/content.js";
import type { MultipartUpload, Storage } from "../state/storage.js";

/** Keeps one part and returns its ETag. The same part may come again, for instance when a response got lost. */
export async function storePart(
  storage: Storage,
  uploadId: string,
  partNumber: number,
  bytes: Uint8Array,
): Promise<string> {
  const upload = storage.uploads.get(uploadId);
  if (!upload) throw new Refusal(404, "The upload does not exist");
  const expected = partSize(upload, partNumber);
  if (bytes.length !== expected)
    throw new Refusal(400, `Part ${partNumber} has ${bytes.length} bytes instead of ${expected}`);
  const etag = `"${(await digest("SHA-256", bytes)).slice(0, 32)}"`;
  upload.parts.set(partNumber, { etag, bytes });
  return etag;
}

/** How many parts an upload takes. */
export function partCount({ size, chunkSize }: MultipartUpload): number {
  return Math.ceil(size / chunkSize);
}

function partSize(upload: MultipartUpload, partNumber: number): number {
  return Math.min(upload.chunkSize, upload.size - (partNumber - 1) * upload.chunkSize);
}

/** Joins the parts once the list of them is complete and each ETag right, and the whole is what was announced. */
export async function completeUpload(storage: Storage, uploadId: string, fields: Fields): Promise<void> {
  const oid = requiredText(fields, "oid");
  const named = field.requiredList(fields, "parts").map((value) => {
    const part = field.asFields(value);
    return { partNumber: field.optionalNumber(part, "partNumber"), etag: requiredText(part, "etag") };
  });
  const upload = storage.uploads.get(uploadId);
  if (!upload) throw new Refusal(404, "The upload does not exist, or was completed already");
  if (oid !== upload.sha256) throw field.invalid(`This upload is for ${upload.sha256}`, "oid");
  if (named.length !== partCount(upload))
    throw field.invalid(`Expected ${partCount(upload)} parts, received ${named.length}`, "parts");
  const chunks = named.map(({ partNumber, etag }, index) => {
    const part = upload.parts.get(index + 1);
    if (partNumber !== index + 1) throw field.invalid("The parts must be in order, from 1 on", `parts.${index}`);
    if (!part) throw field.invalid(`Part ${partNumber} was not uploaded`, `parts.${index}`);
    if (unquoted(etag) !== unquoted(part.etag)) throw field.invalid("Not the ETag of this part", `parts.${index}.etag`);
    return part.bytes;
  });
  const content = Content.of(concatenate(chunks, upload.size));
  if ((await content.sha256) !== oid) throw new Refusal(400, "The parts together do not match the SHA-256");
  storage.upload(upload.repoId, oid, content);
  storage.uploads.delete(uploadId);
}

function unquoted(etag: string): string {
  return etag.replace(/^"|"$/g, "");
}

function concatenate(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.length;
  }
  return whole;
}
