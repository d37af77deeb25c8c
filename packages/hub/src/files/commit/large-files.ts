import type { Schema } from "@hf-api/raw";
import { CountedBlob } from "./counted-blob.js";
import { expectList } from "./expect-list.js";
import { HubError } from "../../errors.js";
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
  const wanted = [...byHash.values()];
  for (const file of files) {
    // Another file has the same bytes.
    if (byHash.get(file.sha256) !== file) onBytes(file.path, file.blob.size);
  }
  for (let start = 0; start < wanted.length; start += objectsPerBatch) {
    const batch = wanted.slice(start, start + objectsPerBatch);
    const objects = batch.map(({ sha256, blob }) => ({ oid: sha256, size: blob.size }));
    const answer: LfsTransfers | null = await ask({ operation: "upload", transfers, objects });
    const answers = new Map(
      expectList(answer?.objects, "large files and where to upload them").map((it) => [it.oid, it]),
    );
    const uploads = batch.map((file) =>
      uploadOf({ transport, file, count: (bytes) => onBytes(file.path, bytes) }, answers.get(file.sha256)),
    );
    const all = async (requests: Send[]): Promise<void> =>
      inParallel(requests, requestsAtOnce, options.signal, (send, signal) => send({ ...options, signal }));
    await all(uploads.flatMap(({ parts }) => parts));
    await all(uploads.map(({ finish }) => finish));
  }
}

/** One request, or several in turn. */
type Send = (options: RequestOptions) => Promise<void>;

/** What brings a file to the storage: requests in any order, and what has to follow them. */
interface Upload {
  parts: Send[];
  finish: Send;
}

interface Sending {
  transport: Transport;
  file: LargeFile;
  count: (bytes: number) => void;
}

function uploadOf(sending: Sending, transfer: Schema<"LfsTransfer"> | undefined): Upload {
  const { transport, file, count } = sending;
  if (transfer === undefined) throw new HubError(`the Hub does not say where to upload ${file.path}`);
  // What a server leaves out, it may also call null.
  const error: { message?: string | null } | null | undefined = transfer.error;
  if (error !== undefined && error !== null) {
    throw new HubError(`the Hub refuses ${file.path}: ${transport.conceal(error.message ?? "it does not say why")}`);
  }
  const { upload, verify } = transfer.actions ?? {};
  if (upload === undefined || upload === null) {
    count(file.blob.size);
    return { parts: [], finish: () => Promise.resolve() };
  }
  const { chunk_size: chunkSize, ...header } = upload.header ?? {};
  const { parts, finish } =
    chunkSize === undefined
      ? inOnePiece(sending, upload.href, header)
      : inParts(sending, upload.href, Number(chunkSize), header);
  return {
    parts,
    async finish(options) {
      await finish(options);
      if (verify === undefined || verify === null) return;
      const body = JSON.stringify({ oid: file.sha256, size: file.blob.size });
      const headers = { "content-type": lfsType, ...verify.header };
      // It changes nothing, so it may be asked twice.
      await uploadBytes(transport, "POST", verify.href, { body, headers, idempotent: true }, options);
    },
  };
}

function inOnePiece({ transport, file, count }: Sending, href: string, headers: Record<string, string>): Upload {
  const send: Send = async (options) => {
    const body = new CountedBlob(file.blob, count);
    await uploadBytes(transport, "PUT", href, { body, headers }, options);
    body.complete();
  };
  return { parts: [send], finish: () => Promise.resolve() };
}

/** `addresses` has one for the number of each part, among other headers. */
function inParts(
  { transport, file, count }: Sending,
  href: string,
  size: number,
  addresses: Record<string, string>,
): Upload {
  const { path, blob, sha256 } = file;
  const numbers = Object.keys(addresses).filter((name) => /^\d+$/.test(name));
  numbers.sort((a, b) => Number(a) - Number(b));
  if (!(size > 0) || numbers.length !== Math.ceil(blob.size / size)) {
    throw new HubError(`the Hub names ${numbers.length} parts of ${size} bytes for ${path}, which has ${blob.size}`);
  }
  const done: { partNumber: number; etag: string }[] = [];
  const parts = numbers.map((number, index): Send => async (options) => {
    const body = new CountedBlob(blob.slice(index * size, (index + 1) * size), count);
    const etag = (await uploadBytes(transport, "PUT", addresses[number] ?? "", { body }, options)).get("etag");
    if (etag === null) throw new HubError(`the storage does not show the ETag of part ${number} of ${path}`);
    body.complete();
    done[index] = { partNumber: Number(number), etag };
  });
  return {
    parts,
    async finish(options) {
      const headers = { accept: lfsType, "content-type": lfsType };
      await uploadBytes(
        transport,
        "POST",
        href,
        { body: JSON.stringify({ oid: sha256, parts: done }), headers },
        options,
      );
    },
  };
}
