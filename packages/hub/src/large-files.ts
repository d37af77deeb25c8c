import type { Schema } from "@hf-api/raw";
import { HubError } from "./errors.js";
import { inParallel } from "./in-parallel.js";
import { lfsType, type LfsTransfers, type LfsTransfersInput } from "./lfs-transfers.js";
import type { RequestOptions } from "./options.js";
import type { Transport } from "./transport.js";

/** A file that a commit names by its SHA-256, and whose bytes go to the Hub's storage before. */
export interface LargeFile {
  path: string;
  blob: Blob;
  sha256: string;
}

/** One request of an upload. */
interface Piece {
  send: (signal: AbortSignal) => Promise<void>;
}

const objectsPerBatch = 256;
const piecesAtOnce = 5;
/** The ways to upload that this client knows. */
const transfers: ("basic" | "multipart")[] = ["basic", "multipart"];

/** Asks the Hub where the bytes have to go. */
export type AskForTransfers = (
  wanted: Pick<LfsTransfersInput, "operation" | "transfers" | "objects">,
) => Promise<LfsTransfers>;

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
    const answers = new Map((await ask({ operation: "upload", transfers, objects })).objects.map((it) => [it.oid, it]));
    const pieces = batch.flatMap((file) => {
      const count = (bytes: number): void => onBytes(file.path, bytes);
      return piecesOf(transport, file, answers.get(file.sha256), options, count);
    });
    await inParallel(pieces, piecesAtOnce, options.signal, (piece, signal) => piece.send(signal));
  }
}

/** The requests that bring a file to the storage: none when it is there. */
function piecesOf(
  transport: Transport,
  file: LargeFile,
  transfer: Schema<"LfsTransfer"> | undefined,
  options: RequestOptions,
  count: (bytes: number) => void,
): Piece[] {
  if (transfer === undefined) throw new HubError(`the Hub does not say where to upload ${file.path}`);
  if (transfer.error !== undefined) throw new HubError(`the Hub refuses ${file.path}: ${transfer.error.message}`);
  const { upload, verify } = transfer.actions ?? {};
  if (upload === undefined) {
    count(file.blob.size);
    return [];
  }
  const { oid, blob } = { oid: file.sha256, blob: file.blob };
  const finish = async (signal: AbortSignal): Promise<void> => {
    if (verify === undefined) return;
    const body = JSON.stringify({ oid, size: blob.size });
    const headers = { "content-type": lfsType, ...verify.header };
    await transport.store("POST", verify.href, { body, headers }, { ...options, signal });
  };
  const { chunk_size: chunkSize, ...header } = upload.header ?? {};
  if (chunkSize !== undefined) {
    return partsOf(transport, file, upload.href, Number(chunkSize), header, options, count, finish);
  }
  return [
    {
      send: async (signal) => {
        const body = new CountedBlob(blob, count);
        await transport.store("PUT", upload.href, { body, headers: header }, { ...options, signal });
        body.complete();
        await finish(signal);
      },
    },
  ];
}

/** One request for each part; whichever is done last puts the parts together. */
function partsOf(
  transport: Transport,
  { path, blob, sha256 }: LargeFile,
  href: string,
  size: number,
  addresses: Record<string, string>,
  options: RequestOptions,
  count: (bytes: number) => void,
  finish: (signal: AbortSignal) => Promise<void>,
): Piece[] {
  const numbered = Object.entries(addresses).flatMap(([name, url]) =>
    /^\d+$/.test(name) ? ([[Number(name), url]] as const) : [],
  );
  const parts = numbered.sort(([a], [b]) => a - b);
  if (!(size > 0) || parts.length !== Math.ceil(blob.size / size)) {
    throw new HubError(`the Hub names ${parts.length} parts of ${size} bytes for ${path}, which has ${blob.size}`);
  }
  const etags = new Map<number, string>();
  return parts.map(([partNumber, url], index) => ({
    send: async (signal) => {
      const body = new CountedBlob(blob.slice(index * size, (index + 1) * size), count);
      const headers = await transport.store("PUT", url, { body }, { ...options, signal });
      const etag = headers.get("etag");
      if (etag === null) throw new HubError(`the storage does not show the ETag of part ${partNumber} of ${path}`);
      body.complete();
      etags.set(partNumber, etag);
      if (etags.size < parts.length) return;
      const sent = { oid: sha256, parts: parts.map(([number]) => ({ partNumber: number, etag: etags.get(number) })) };
      const message = { body: JSON.stringify(sent), headers: { accept: lfsType, "content-type": lfsType } };
      await transport.store("POST", href, message, { ...options, signal });
      await finish(signal);
    },
  }));
}

/** A Blob that counts what is read of it, where the runtime reads it by its stream; the rest once it is complete. */
class CountedBlob extends Blob {
  readonly #count: (bytes: number) => void;
  #counted = 0;

  constructor(blob: Blob, count: (bytes: number) => void) {
    super([blob]);
    this.#count = count;
  }

  override stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    let read = 0;
    const counter = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform: (chunk, controller) => {
        read += chunk.byteLength;
        // What is sent a second time counts once.
        this.#upTo(read);
        controller.enqueue(chunk);
      },
    });
    return super.stream().pipeThrough(counter);
  }

  complete(): void {
    this.#upTo(this.size);
  }

  #upTo(read: number): void {
    if (read <= this.#counted) return;
    this.#count(read - this.#counted);
    this.#counted = read;
  }
}
