import { mkdir, open, rm, type FileHandle } from "node:fs/promises";
import { createReadStream } from "node:fs";
import { basename, dirname } from "node:path";
import { HubConnectionError, HubError, HubIntegrityError, HubResponseError, HubTimeoutError } from "../../errors.js";
import type { Bytes } from "../../bytes/bytes.js";
import type { ExpectedFile } from "../../files/download/expected-file.js";
import { startOf, type FileInfo } from "../../files/download/file-facts.js";
import type { FirstBytes } from "../../files/download/first-bytes.js";
import type { HubFile } from "../../files/download/hub-file.js";
import { hasHash, hashOf } from "../file-system/hash-file.js";
import { onDisk } from "../file-system/on-disk.js";
import {
  claimPartial,
  newPartial,
  versionOf,
  type OwnPartialFile,
  type PartialFile,
} from "../file-system/partial-file.js";
import { replaceFile } from "../file-system/replace-file.js";
import type { WriteTarget } from "../file-system/write-target.js";

/** What is known of a file that is to be written. */
export interface FileToWrite {
  target: WriteTarget;
  expected?: ExpectedFile | undefined;
  /** Of an earlier download. */
  found?: PartialFile | undefined;
  /** Whether the bytes are to survive a power failure before the file has its name. */
  sync?: boolean | undefined;
  signal?: AbortSignal | undefined;
}

/** What is less is not worth a file that may stay. */
const worthKeeping = 1024 * 1024;

/**
 * Writes a file as soon as it is open, all of it or nothing, and goes on from what an earlier download has of it. If the
 * Hub cannot be reached any more, or the caller gives up, what has come stays for the next download.
 */
export async function writeFile(
  file: FileToWrite,
  download: (resume: FirstBytes | undefined) => Promise<HubFile>,
): Promise<HubFile> {
  const { target, found } = file;
  const folder = dirname(target.path);
  const own = found === undefined ? undefined : await claimPartial(folder, basename(target.path), found);
  if (own !== undefined && found !== undefined) {
    try {
      return await writeAfter(file, own, firstBytesOf(file, own.path, found), download);
    } catch (error) {
      // Its bytes may be damaged. All of them are not, if the server has the right ones.
      if (!(error instanceof HubIntegrityError)) throw error;
    }
  }
  return await writeAfter(file, undefined, undefined, download);
}

const hashes = (expected: ExpectedFile = {}, facts?: FileInfo): string | undefined =>
  hashOf(expected) ?? (facts === undefined ? undefined : hashOf(facts));

function firstBytesOf({ expected }: FileToWrite, path: string, { size, etag, version }: PartialFile): FirstBytes {
  return {
    size,
    etag,
    isOf: (facts) => versionOf(hashes(expected, facts)) === version,
    read: (end) => createReadStream(path, { end: end - 1, highWaterMark: 1024 * 1024 }) as AsyncIterable<Bytes>,
  };
}

/** Downloads into a partial file, and gives it the file's name. */
async function writeAfter(
  { target, expected, sync = false, signal }: FileToWrite,
  found: OwnPartialFile | undefined,
  resume: FirstBytes | undefined,
  download: (resume: FirstBytes | undefined) => Promise<HubFile>,
): Promise<HubFile> {
  const { name, path, mode } = target;
  const folder = dirname(path);
  let partial = found;
  let position = 0;
  let isNamed = found !== undefined;
  let file: HubFile | undefined;
  try {
    file = await download(resume);
    position = resume === undefined ? 0 : startOf(file, 0);
    if (position === 0) {
      if (partial !== undefined) await drop(partial);
      // A part of a file is not what its hash is of.
      const version = versionOf(file.status === 206 ? undefined : hashes(expected, file));
      isNamed = version !== versionOf(undefined);
      partial = newPartial(folder, basename(path), version, file.headers.get("etag") ?? undefined);
    }
    const own = partial as OwnPartialFile;
    const handle = await onDisk(name, openPartial(own.path, position === 0 ? "wx" : "r+", mode));
    try {
      if (position > 0) await onDisk(name, handle.truncate(position));
      // The mask of new files does not count for one that is there.
      if (mode !== undefined) await onDisk(name, handle.chmod(mode));
      await writeAll(handle, file, position, name, (end) => (position = end));
      if (sync) await onDisk(name, handle.datasync());
    } catch (error) {
      await handle.close().catch(() => undefined);
      throw error;
    }
    await onDisk(name, handle.close());
    await onDisk(name, replaceFile(own.path, path));
    own.release();
    return file;
  } catch (error) {
    file?.close();
    const isUntouched = file === undefined;
    const keeps = isInterruption(error, signal) && isNamed && (isUntouched || position >= worthKeeping);
    if (partial !== undefined) await (keeps ? partial.release() : drop(partial));
    throw error instanceof HubIntegrityError
      ? new HubIntegrityError(`${name}: ${error.message}`, { cause: error })
      : error;
  }
}

/** Most folders are there: they are made only when they prove to be missing. */
async function openPartial(path: string, flags: "wx" | "r+", mode: number | undefined): Promise<FileHandle> {
  try {
    return await open(path, flags, mode);
  } catch (error) {
    if (flags === "r+" || (error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    await mkdir(dirname(path), { recursive: true });
    return await open(path, flags, mode);
  }
}

async function drop(partial: OwnPartialFile): Promise<void> {
  partial.release();
  await rm(partial.path, { force: true }).catch(() => undefined);
}

/** Whether the bytes that have come are as good as before. */
const isInterruption = (error: unknown, signal: AbortSignal | undefined): boolean =>
  signal?.aborted === true ||
  !(error instanceof HubError) ||
  error instanceof HubConnectionError ||
  error instanceof HubTimeoutError ||
  (error instanceof HubResponseError && error.status !== 404);

/** Gives a partial file that has all bytes the file's name; false if they are not the right ones. */
export async function finishFile(
  { target, expected = {}, found, sync = false, signal }: FileToWrite,
  onBytes: (count: number) => void,
): Promise<boolean> {
  const { name, path, mode } = target;
  if (found === undefined || found.size !== expected.size || hashOf(expected) === undefined) return false;
  const own = await claimPartial(dirname(path), basename(path), found);
  if (own === undefined) return false;
  try {
    if (!(await hasHash(own.path, expected, onBytes, signal))) {
      await drop(own);
      return false;
    }
    const handle = await onDisk(name, open(own.path, "r+"));
    try {
      if (mode !== undefined) await onDisk(name, handle.chmod(mode));
      if (sync) await onDisk(name, handle.datasync());
    } finally {
      await handle.close();
    }
    await onDisk(name, replaceFile(own.path, path));
    return true;
  } finally {
    own.release();
  }
}

const batchSize = 1024 * 1024;

/** Many pieces to a write, which costs as much as the bytes of several; the next ones arrive meanwhile. */
async function writeAll(
  handle: FileHandle,
  file: HubFile,
  start: number,
  name: string,
  onWritten: (end: number) => void,
): Promise<void> {
  let batch: Uint8Array[] = [];
  let size = 0;
  let position = start;
  let writing = Promise.resolve();
  const flush = async (): Promise<void> => {
    const [full, from] = [batch, position];
    position += size;
    const end = position;
    batch = [];
    size = 0;
    await writing;
    writing = onDisk(
      name,
      writeBatch(handle, full, from).then(() => onWritten(end)),
    );
    // Whoever waits for it next gets its error.
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
    // What has come may be of use to the next download.
    await flush().catch(() => undefined);
    await writing.catch(() => undefined);
    throw error;
  }
  await writing;
}

/** A full disk may take less than it is given. */
async function writeBatch(handle: FileHandle, batch: Uint8Array[], start: number): Promise<void> {
  let left = batch;
  for (let position = start; left.length > 0;) {
    let { bytesWritten } = await handle.writev(left, position);
    position += bytesWritten;
    left = left.flatMap((piece) => {
      const done = Math.min(bytesWritten, piece.byteLength);
      bytesWritten -= done;
      return done === piece.byteLength ? [] : [piece.subarray(done)];
    });
  }
}
