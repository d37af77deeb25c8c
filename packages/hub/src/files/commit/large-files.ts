import type { Schema } from "@hf-api/raw";
import { CountedBlob } from "./counted-blob.js";
import { expectList } from "./expect-list.js";
import { HubError, HubResponseError } from "../../errors.js";
import { inParallel } from "../../async/in-parallel.js";
import { lfsType, type LfsTransfers, type LfsTransfersInput } from "./lfs-transfers.js";
import type { RequestOptions } from "../../options.js";
import { uploadBytes } from "../../transport/storage.js";
import type { Transport } from "../../transport/transport.js";

/** A file that a commit names by its SHA-256, and whose bytes go to the Hub's storage before. */
export interface LargeFile {
  path: string;
  blob: Blob;
  sha256: string;
}

/** Asks the Hub where the bytes have to go. */
export type AskForTransfers = (
  wanted: Pick<LfsTransfersInput, "operation" | "transfers" | "objects">,
) => Promise<LfsTransfers>;

const objectsPerBatch = 256;
const requestsAtOnce = 5;
/** The ways to upload that this client knows. */
const transfers: ("basic" | "multipart")[] = ["basic", "multipart"];

/** Uploads what the Hub does not have yet. */
export async function uploadLargeFiles(
  transport: Transport,
  ask: AskForTransfers,
  files: readonly LargeFile[],
  options: RequestOptions,
  onBytes: (path: string, count: number) => void,
): Promise<void> {
  const byHash = new Map(files.map((file) => [file.sha256, file]));
  const wanted = [...byHash.values()].map((file) => sendingOf(transport, file, onBytes));
  for (const file of files) {
    // Another file has the same bytes.
    if (byHash.get(file.sha256) !== file) onBytes(file.path, file.blob.size);
  }
  for (let start = 0; start < wanted.length; start += objectsPerBatch) {
    const batch = wanted.slice(start, start + objectsPerBatch);
    const refused = await uploadBatch(ask, batch, options);
    if (refused.size > 0) await uploadBatch(ask, [...refused.keys()], options, refused);
  }
}

/** A file on its way, and how much of it is there. */
interface Sending {
  transport: Transport;
  file: LargeFile;
  /** What is sent a second time counts once. */
  restart: () => void;
  count: (bytes: number) => void;
}

function sendingOf(transport: Transport, file: LargeFile, onBytes: (path: string, count: number) => void): Sending {
  let sent = 0;
  let reported = 0;
  return {
    transport,
    file,
    restart: () => void (sent = 0),
    count(bytes) {
      sent += bytes;
      if (sent > reported) onBytes(file.path, sent - reported);
      reported = Math.max(sent, reported);
    },
  };
}

/** What the storage refused, and why. */
type Refused = Map<Sending, HubResponseError>;

/**
 * Uploads some files. Those that the storage refused the `first` time are asked about once more: a signed URL may have
 * expired, and parts that were joined, with a response that was lost, are not joined again.
 *
 * @returns What was refused and may be tried once more.
 */
async function uploadBatch(
  ask: AskForTransfers,
  batch: readonly Sending[],
  options: RequestOptions,
  first?: Refused,
): Promise<Refused> {
  const objects = batch.map(({ file }) => ({ oid: file.sha256, size: file.blob.size }));
  const response: LfsTransfers | null = await ask({ operation: "upload", transfers, objects });
  const found = expectList(response?.objects, "large files and where to upload them");
  const transferOf = new Map(found.map((object) => [object.oid, object]));
  const refused: Refused = new Map();
  const uploads = batch.flatMap((sending) => {
    const upload = uploadOf(sending, transferOf.get(sending.file.sha256));
    if (upload === undefined) return [];
    const error = first?.get(sending);
    if (error !== undefined && error.status !== expired) throw error;
    const unless =
      (isForgiven: (status: number) => boolean, send: Send): Send =>
      async (options) => {
        if (refused.has(sending)) return;
        try {
          await send(options);
        } catch (error) {
          if (first !== undefined || !(error instanceof HubResponseError) || !isForgiven(error.status)) throw error;
          refused.set(sending, error);
        }
      };
    const isExpired = (status: number): boolean => status === expired;
    return {
      parts: upload.parts.map((part) => unless(isExpired, part)),
      join: unless((status) => status >= 400 && status < 500, upload.join),
      verify: unless(isExpired, upload.verify),
    };
  });
  const all = async (requests: Send[]): Promise<void> =>
    inParallel(requests, requestsAtOnce, options.signal, (send, signal) => send({ ...options, signal }));
  await all(uploads.flatMap(({ parts }) => parts));
  await all(uploads.map(({ join }) => join));
  await all(uploads.map(({ verify }) => verify));
  return refused;
}

/** The status of a storage for a signed URL whose time is over. */
const expired = 403;

/** One request, or several in turn. */
type Send = (options: RequestOptions) => Promise<void>;

/** What brings a file to the storage: requests in any order, and what has to follow them. */
interface Upload {
  parts: Send[];
  join: Send;
  verify: Send;
}

const nothing: Send = () => Promise.resolve();

/** Undefined for a file that the Hub has. */
function uploadOf(sending: Sending, transfer: Schema<"LfsTransfer"> | undefined): Upload | undefined {
  const { transport, file } = sending;
  const { path, blob, sha256 } = file;
  if (transfer === undefined) throw new HubError(`the Hub does not say where to upload ${path}`);
  // What a server leaves out, it may also call null.
  const error: { message?: string | null } | null | undefined = transfer.error;
  if (error !== undefined && error !== null) {
    throw new HubError(`the Hub refuses ${path}: ${transport.redact(error.message ?? "it does not say why")}`);
  }
  const { upload, verify } = transfer.actions ?? {};
  sending.restart();
  if (upload === undefined || upload === null) {
    sending.count(blob.size);
    return undefined;
  }
  const href = signedUrl(upload.href, path);
  const { chunk_size: chunkSize, ...header } = upload.header ?? {};
  const requests =
    chunkSize === undefined ? inOnePiece(sending, href, header) : inParts(sending, href, Number(chunkSize), header);
  if (verify === undefined || verify === null) return { ...requests, verify: nothing };
  const body = JSON.stringify({ oid: sha256, size: blob.size });
  const headers = { "content-type": lfsType, ...verify.header };
  const verifyHref = signedUrl(verify.href, path);
  return {
    ...requests,
    async verify(options) {
      // It changes nothing, so it may be asked twice.
      await uploadBytes(transport, "POST", verifyHref, { body, headers, idempotent: true }, options);
    },
  };
}

/** @throws {HubError} for anything that would be taken for a path of the endpoint, which gets the token. */
function signedUrl(url: unknown, path: string): string {
  if (typeof url === "string" && URL.canParse(url)) return url;
  throw new HubError(`the Hub names no URL to upload ${path} to`);
}

function inOnePiece(sending: Sending, href: string, headers: Record<string, string>): Omit<Upload, "verify"> {
  const send: Send = async (options) => {
    const body = new CountedBlob(sending.file.blob, sending.count);
    await uploadBytes(sending.transport, "PUT", href, { body, headers }, options);
    body.complete();
  };
  return { parts: [send], join: nothing };
}

/** `urls` has one for the number of each part, among other headers. */
function inParts(sending: Sending, href: string, size: number, urls: Record<string, string>): Omit<Upload, "verify"> {
  const { transport, file } = sending;
  const { path, blob, sha256 } = file;
  const numbers = Object.keys(urls).filter((name) => /^\d+$/.test(name));
  numbers.sort((a, b) => Number(a) - Number(b));
  if (!(size > 0) || numbers.length !== Math.ceil(blob.size / size)) {
    throw new HubError(`the Hub names ${numbers.length} parts of ${size} bytes for ${path}, which has ${blob.size}`);
  }
  const done: { partNumber: number; etag: string }[] = [];
  const parts = numbers.map((number, index): Send => {
    const url = signedUrl(urls[number], path);
    return async (options) => {
      const part = blob.slice(index * size, (index + 1) * size);
      const body = new CountedBlob(part, sending.count);
      const etag = (await uploadBytes(transport, "PUT", url, { body }, options)).get("etag");
      if (etag === null) throw new HubError(`the storage does not show the ETag of part ${number} of ${path}`);
      body.complete();
      done[index] = { partNumber: Number(number), etag };
    };
  });
  return {
    parts,
    async join(options) {
      const headers = { accept: lfsType, "content-type": lfsType };
      const body = JSON.stringify({ oid: sha256, parts: done });
      // The same parts make the same file, however often they are joined.
      await uploadBytes(transport, "POST", href, { body, headers, idempotent: true }, options);
    },
  };
}
