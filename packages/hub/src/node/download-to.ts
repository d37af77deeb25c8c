import { mkdir, open, rm, type FileHandle } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { HubError, HubIntegrityError } from "../errors.js";
import type { DownloadOptions } from "../files/download/download.js";
import type { HubFile } from "../files/download/hub-file.js";
import { partialName, removeLeftovers } from "./partial-file.js";
import { replaceFile } from "./replace-file.js";
import { writeTarget, type WriteTarget } from "./write-target.js";

/** What has files: `hub.models`, `hub.datasets`, `hub.spaces`, `hub.kernels` or `hub.buckets`. */
export interface FileSource<Input> {
  readonly files: { download(input: Input, options?: DownloadOptions): Promise<HubFile> };
}

/**
 * Downloads a file to a local file, which appears under its name only when it is complete. Until then, the bytes are in a
 * partial file beside it, `.hf-….part`. If the download fails, the partial file is removed. If the process is killed, the
 * next download of the same target removes it: at once if that process ran on this machine, else an hour after the last
 * write. Missing folders are created. An existing file keeps its permissions, and a link leads to the file that is
 * written.
 *
 * @returns What is known of the file; its bytes are read already.
 * @throws {HubInputError} if the target is not a regular file, or is below something that is not a folder.
 * @throws {HubIntegrityError} if the bytes are not those that `expected` or the Hub names.
 * @throws {HubError} if the file system refuses; `cause` says why.
 * @example
 * await downloadTo(hub.models, { repo: "openai-community/gpt2", path: "config.json" }, "gpt2/config.json");
 */
export async function downloadTo<Input>(
  source: FileSource<Input>,
  input: Input,
  target: string | URL,
  options?: DownloadOptions,
): Promise<HubFile> {
  const place = await writeTarget(target instanceof URL ? fileURLToPath(target) : target);
  await removeLeftovers(dirname(place.path), basename(place.path));
  return await writeFile(place, () => source.files.download(input, options));
}

/** Writes a file as soon as it is open, all of it or nothing. */
export async function writeFile({ name, path, mode }: WriteTarget, download: () => Promise<HubFile>): Promise<HubFile> {
  const partial = join(dirname(path), partialName(basename(path)));
  let file: HubFile | undefined;
  try {
    file = await download();
    await onDisk(name, mkdir(dirname(path), { recursive: true }));
    const handle = await onDisk(name, open(partial, "wx", mode));
    try {
      // The mask of new files does not count for one that is there.
      if (mode !== undefined) await onDisk(name, handle.chmod(mode));
      await writeAll(handle, file, name);
    } catch (error) {
      await handle.close().catch(() => undefined);
      throw error;
    }
    await onDisk(name, handle.close());
    await onDisk(name, replaceFile(partial, path));
    return file;
  } catch (error) {
    file?.close();
    await rm(partial, { force: true }).catch(() => undefined);
    throw error instanceof HubIntegrityError
      ? new HubIntegrityError(`${name}: ${error.message}`, { cause: error })
      : error;
  }
}

/** What the system says of a file does not say which one was to be written. */
async function onDisk<T>(name: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    throw new HubError(`${name} cannot be written: ${(cause as Error).message}`, { cause });
  }
}

const batchSize = 1024 * 1024;

/** Many pieces to a write, which costs as much as the bytes of several; the next ones arrive meanwhile. */
async function writeAll(handle: FileHandle, file: HubFile, name: string): Promise<void> {
  let batch: Uint8Array[] = [];
  let size = 0;
  let writing = Promise.resolve();
  const flush = async (): Promise<void> => {
    const full = batch;
    batch = [];
    size = 0;
    await writing;
    writing = onDisk(name, writeBatch(handle, full));
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
  } catch (error) {
    await writing.catch(() => undefined);
    throw error;
  }
  await writing;
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
