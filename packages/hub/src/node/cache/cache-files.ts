import { readdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { inParallel } from "../../async/in-parallel.js";
import { HubError } from "../../errors.js";
import { expectedFile } from "../../files/download/expected-file.js";
import type { CommitFile, RepoSource } from "../downloads/commit-files.js";
import { fetchAll, fetchFile, type FetchOptions, type Fetching } from "../downloads/fetch-files.js";
import type { TransferMeter } from "../downloads/transfer-meter.js";
import { hashOf } from "../file-system/hash-file.js";
import { lockSuffix, removeAbandonedLocks, withLock } from "../file-system/lock-file.js";
import { Leftovers, versionOf, wantedLater } from "../file-system/partial-file.js";
import { pathBelow } from "../file-system/safe-path.js";
import type { RepoFolders } from "./cache-folder.js";
import { infoOf } from "./cached-repo.js";
import { linkBlob } from "./link-blob.js";

/** A file of a snapshot, and the blob that has its bytes. */
interface SnapshotFile extends CommitFile {
  pointer: string;
  blob: string;
}

/**
 * From here on, a file is locked while it comes, and on the disk before it has its name. A small one costs less than that:
 * two processes may bring it at once, and a power failure leaves it whole, or empty, which the next run sees.
 */
const largeFrom = 1024 * 1024;

/** What is in the cache of a commit, and how the rest gets there. */
export interface CacheRun {
  source: RepoSource;
  repo: string;
  commit: string;
  folders: RepoFolders;
  meter: TransferMeter;
  options: FetchOptions;
  /** Files of the commit that are not wanted now; undefined where they are not known. */
  others: readonly CommitFile[] | undefined;
}

/** Brings files of a commit into the cache, and returns the paths of those that were not there. */
export async function cacheFiles(run: CacheRun, files: readonly CommitFile[]): Promise<string[]> {
  const { folders, commit, meter, options, others } = run;
  const snapshot = join(folders.snapshots, commit);
  const all = files.map((file): SnapshotFile => {
    const hash = hashOf(expectedFile(file.entry));
    if (hash === undefined) throw new HubError(`the Hub names no hash of ${file.path}, so the cache cannot hold it`);
    return { ...file, pointer: pathBelow(snapshot, file.path), blob: join(folders.blobs, hash) };
  });
  const written = new Set<SnapshotFile>();
  const missing = new Map<string, SnapshotFile[]>();
  // In a new cache, nothing has to be looked for.
  const [isBegun, blobs] = await Promise.all([infoOf(snapshot), readdir(folders.blobs).catch(() => [])]);
  const known = new Set(blobs);
  await inParallel(all, 16, options.signal, async (file) => {
    if (isBegun !== undefined && (await hasSize(file.pointer, file))) return pass(meter, file);
    written.add(file);
    if (known.has(basename(file.blob)) && (await hasSize(file.blob, file))) {
      await linkBlob(folders.path, file.blob, file.pointer);
      return pass(meter, file);
    }
    // A file of the repository may be there under several paths.
    missing.set(file.blob, [...(missing.get(file.blob) ?? []), file]);
  });
  const leftovers = await Leftovers.in(folders.blobs);
  const bring = async ([file, ...copies]: SnapshotFile[], one: FetchOptions): Promise<void> => {
    if (file === undefined) return;
    const { blob } = file;
    const isLarge = (file.entry.size ?? Infinity) >= largeFrom;
    const fetching: Fetching = { ...run, sync: isLarge };
    const fetchBlob = async (from: Leftovers): Promise<void> => {
      const place = { name: blob, path: blob, mode: undefined };
      const version = versionOf(one.verify === false ? undefined : basename(blob));
      await fetchFile(fetching, { ...file, place, found: await from.take(basename(blob), version) }, one);
    };
    if (!isLarge) await fetchBlob(leftovers);
    else {
      await withLock(join(folders.locks, `${basename(blob)}${lockSuffix}`), one.signal, async () => {
        // Another process may have brought it meanwhile, or left the half of it.
        if (await hasSize(blob, file)) pass(meter, file);
        else await fetchBlob(await Leftovers.in(dirname(blob)));
      });
    }
    for (const copy of [file, ...copies]) {
      await linkBlob(folders.path, blob, copy.pointer);
      if (copy !== file) pass(meter, copy);
    }
  };
  await fetchAll([...missing.values()], options, bring);
  if (others !== undefined) {
    const later = others.map(({ entry }) => hashOf(expectedFile(entry)) ?? "");
    const rest = await Leftovers.in(folders.blobs);
    await rest.clear(wantedLater(later.map((hash) => [hash, hash])));
  }
  await (await Leftovers.in(folders.path)).clear();
  await removeAbandonedLocks(folders.locks);
  return all.filter((file) => written.has(file)).map(({ path }) => path);
}

/** Whether a file is there, behind all links, and whole: blobs get their names when they are, but copies may not be. */
async function hasSize(path: string, { entry }: CommitFile): Promise<boolean> {
  const found = await infoOf(path);
  return found?.isFile() === true && found.size === entry.size;
}

function pass(meter: TransferMeter, { entry, path }: CommitFile): void {
  const checking = meter.begin(path, "checking");
  checking.to(entry.size ?? 0);
  checking.end();
}
