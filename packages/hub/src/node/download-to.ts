import { randomUUID } from "node:crypto";
import { mkdir, open, rename, rm, stat, type FileHandle } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { HubInputError } from "../errors.js";
import type { DownloadOptions } from "../files/download/download.js";
import type { HubFile } from "../files/download/hub-file.js";

/** What has files: `hub.models`, `hub.datasets`, `hub.spaces`, `hub.kernels` or `hub.buckets`. */
export interface FileSource<Input> {
  readonly files: { download(input: Input, options?: DownloadOptions): Promise<HubFile> };
}

/**
 * Downloads a file to the disk. It appears under its name only when it is whole: until then it has a name of its own
 * beside it, which a failure takes away again. Folders on the way are made.
 *
 * @returns What is known of the file; its bytes are read already.
 * @throws {HubInputError} when the target is a folder.
 * @throws {HubIntegrityError} when the bytes are not those that the Hub names.
 * @example
 * await downloadTo(hub.models, { repo: "openai-community/gpt2", path: "config.json" }, "gpt2/config.json");
 */
export async function downloadTo<Input>(
  source: FileSource<Input>,
  input: Input,
  target: string | URL,
  options?: DownloadOptions,
): Promise<HubFile> {
  const name = target instanceof URL ? fileURLToPath(target) : target;
  const there = await stat(name).catch(() => undefined);
  if (/[\\/]$/.test(name) || there?.isDirectory()) {
    throw new HubInputError(`${name} is a folder; name the file that is to be written`);
  }
  const file = await source.files.download(input, options);
  // Beside the target, and short: its own name may have the longest that there is.
  const partial = join(dirname(name), `.${randomUUID()}.part`);
  try {
    await mkdir(dirname(name), { recursive: true });
    const handle = await open(partial, "wx");
    try {
      await writeAll(handle, file);
    } finally {
      await handle.close();
    }
    await rename(partial, name);
  } catch (error) {
    file.close();
    await rm(partial, { force: true });
    throw error;
  }
  return file;
}

const batchSize = 1024 * 1024;

/** Many pieces to a write, which costs as much as the bytes of several; the next ones arrive meanwhile. */
async function writeAll(handle: FileHandle, file: HubFile): Promise<void> {
  let batch: Uint8Array[] = [];
  let size = 0;
  let writing = Promise.resolve();
  const flush = async (): Promise<void> => {
    const full = batch;
    batch = [];
    size = 0;
    await writing;
    writing = writeBatch(handle, full);
    // Whoever waits for it next hears of its failure.
    writing.catch(() => undefined);
  };
  try {
    for await (const chunk of file.stream()) {
      batch.push(chunk);
      size += chunk.byteLength;
      if (size >= batchSize) await flush();
    }
    await flush();
  } finally {
    await writing;
  }
}

/** A full disk may take less than it is given. */
async function writeBatch(handle: FileHandle, batch: Uint8Array[]): Promise<void> {
  let left = batch;
  while (left.length > 0) {
    let { bytesWritten } = await handle.writev(left);
    left = left.flatMap((piece) => {
      const done = Math.min(bytesWritten, piece.byteLength);
      bytesWritten -= done;
      return done === piece.byteLength ? [] : [piece.subarray(done)];
    });
  }
}
