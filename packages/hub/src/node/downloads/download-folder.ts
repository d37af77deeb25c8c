import { realpath, stat } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { inParallel } from "../../async/in-parallel.js";
import { HubInputError } from "../../errors.js";
import { expectedFile } from "../../files/download/expected-file.js";
import type { RevisionInput } from "../../inputs/repo-id.js";
import { withDeadline } from "../../transport/attempt.js";
import { inBulk } from "../../transport/calls.js";
import { hasHash, hashOf } from "../file-system/hash-file.js";
import { Leftovers, versionOf, wantedLater } from "../file-system/partial-file.js";
import { isBelow, pathBelow } from "../file-system/safe-path.js";
import { placeOf, writeTarget, type FolderPlaces, type WriteTarget } from "../file-system/write-target.js";
import type { PathFilter } from "../patterns/path-filter.js";
import { listCommitFiles, type CommitFile, type RepoSource } from "./commit-files.js";
import { concurrencyOf, fetchAll, fetchFile, type FetchOptions, type MissingFile } from "./fetch-files.js";
import { FileRecord } from "./file-record.js";
import { TransferMeter, type TransferProgress } from "./transfer-meter.js";

export interface DownloadFolderInput extends RevisionInput {
  /** A folder of the repository; the whole of it when left out. Its own name is no part of what is written. */
  path?: string | undefined;
}

export interface DownloadFolderOptions extends FetchOptions, PathFilter {
  /** Hears of each piece that is checked or arrives; counts the files and bytes of all that is wanted. */
  onProgress?: ((progress: TransferProgress) => void) | undefined;
}

export interface DownloadedFolder {
  /** The commit that all files are of. */
  commit: string;
  /** The files that were written, by their paths below the folder. */
  written: string[];
  /** The files that were there already, with the same bytes. */
  unchanged: string[];
}

interface WantedFile extends CommitFile {
  target: string;
}

/**
 * Downloads a repository, or a folder of it, to a local folder: all files of one commit, each complete or not at all, and
 * none that is there already. Each file is compared with the size and the hash that the repository lists for it. Local
 * files that the repository does not have are left alone.
 *
 * A later run, also after the process was killed, requests only the bytes that are missing: it goes on from partial files
 * (`.hf-….part`), and removes those of other versions. It hashes no file whose size and time are those that it recorded, in
 * `.cache/huggingface` in the folder.
 *
 * @throws {HubInputError} for a path that would leave the folder, also through a link in it, or that this system cannot
 * hold; nothing is written then.
 * @throws {HubIntegrityError} for a file with other bytes than the repository lists.
 * @throws {HubError} if the file system refuses; `cause` says why.
 * @throws {HubResponseError} with code `RepoNotFound`, `RevisionNotFound`, `EntryNotFound` or `GatedRepo`.
 * @example
 * const { written } = await downloadFolder(hub.models, { repo: "openai-community/gpt2" }, "gpt2", { include: ["*.json"] });
 */
export async function downloadFolder(
  source: RepoSource,
  input: DownloadFolderInput,
  folder: string | URL,
  options: DownloadFolderOptions = {},
): Promise<DownloadedFolder> {
  return await withDeadline(inBulk(options), (all) => downloadAll(source, input, folder, all));
}

async function downloadAll(
  source: RepoSource,
  input: DownloadFolderInput,
  folder: string | URL,
  { include, exclude, onProgress, ...options }: DownloadFolderOptions,
): Promise<DownloadedFolder> {
  const { verify: _, concurrency: __, ...request } = options;
  const concurrency = concurrencyOf(options);
  const root = folder instanceof URL ? fileURLToPath(folder) : folder;
  const { commit, wanted, others } = await listCommitFiles(source, input, { include, exclude }, request);
  const files: WantedFile[] = wanted.map((file) => ({ ...file, target: pathBelow(root, file.path) }));

  const meter = new TransferMeter(
    files.map(({ entry }) => entry.size ?? 0),
    onProgress,
  );
  const record = await FileRecord.of(root);
  const unchanged = await findUnchanged(files, record, meter, concurrency, options.signal);
  const end = await placeOf(root);
  const places: FolderPlaces = new Map();
  const absent: (WantedFile & { place: WriteTarget })[] = [];
  for (const file of files) {
    if (!unchanged.has(file)) absent.push({ ...file, place: await placeInside(end, file.target, places) });
  }
  const leftovers = await findLeftovers(end, absent, unchanged);
  const missing: (MissingFile & WantedFile)[] = [];
  for (const file of absent) {
    const version = versionOf(options.verify === false ? undefined : hashOf(expectedFile(file.entry)));
    const found = await leftovers.get(dirname(file.place.path))?.take(basename(file.place.path), version);
    missing.push({ ...file, found });
  }
  const later = wantedLater(others.map(({ entry, path }) => [basename(path), hashOf(expectedFile(entry))]));
  for (const inFolder of leftovers.values()) await inFolder.clear(later);

  const fetching = { source, repo: input.repo, commit, meter, sync: false };
  try {
    await fetchAll(missing, options, async (file, one) => {
      await fetchFile(fetching, file, one);
      const hash = hashOf(expectedFile(file.entry));
      const there = options.verify === false ? undefined : await stat(file.target).catch(() => undefined);
      if (there !== undefined && hash !== undefined) record.add(file.path, there, hash);
    });
  } finally {
    await record.close();
  }
  return { commit, written: missing.map(({ path }) => path), unchanged: [...unchanged].map(({ path }) => path) };
}

/** The files that are there with the bytes that the repository lists. Only those are hashed that the record does not know. */
async function findUnchanged(
  files: readonly WantedFile[],
  record: FileRecord,
  meter: TransferMeter,
  concurrency: number,
  signal: AbortSignal | undefined,
): Promise<Set<WantedFile>> {
  const same = new Set<WantedFile>();
  const unknown: WantedFile[] = [];
  await inParallel(files, 16, signal, async (file) => {
    const { size = 0 } = file.entry;
    const there = await stat(file.target).catch(() => undefined);
    const hash = hashOf(expectedFile(file.entry));
    if (there?.isFile() !== true || there.size !== size || hash === undefined) return;
    if (!record.has(file.path, there, hash)) return void unknown.push(file);
    same.add(file);
    const checking = meter.begin(file.path, "checking");
    checking.to(size);
    checking.end();
  });
  await inParallel(unknown, concurrency, signal, async (file, one) => {
    const checking = meter.begin(file.path, "checking");
    const expected = expectedFile(file.entry);
    let checked = 0;
    // Before it is read: what changes meanwhile has another time then.
    const there = await stat(file.target).catch(() => undefined);
    const isSame = await hasHash(file.target, expected, (bytes) => checking.to((checked += bytes)), one);
    if (!isSame || there === undefined) return checking.repeat(checked);
    checking.end();
    same.add(file);
    record.add(file.path, there, hashOf(expected) ?? "");
  });
  await record.close();
  return new Set(files.filter((file) => same.has(file)));
}

/** What downloads that broke off left beside the files, in folders that are really below the one that is downloaded to. */
async function findLeftovers(
  root: string,
  absent: readonly { place: WriteTarget }[],
  unchanged: ReadonlySet<WantedFile>,
): Promise<Map<string, Leftovers>> {
  const folders = new Set(absent.map(({ place }) => dirname(place.path)));
  for (const folder of new Set([...unchanged].map(({ target }) => dirname(target)))) {
    const real = await realpath(folder).catch(() => undefined);
    if (real !== undefined && (real === root || isBelow(root, real))) folders.add(real);
  }
  const leftovers = new Map<string, Leftovers>();
  for (const folder of folders) leftovers.set(folder, await Leftovers.in(folder));
  return leftovers;
}

/** A link in the folder may lead to another place in it, and nowhere else. */
async function placeInside(top: string, target: string, folders: FolderPlaces): Promise<WriteTarget> {
  const place = await writeTarget(target, folders);
  if (isBelow(top, place.path)) return place;
  throw new HubInputError(
    `${target} leads through a link to ${place.path}, outside of the folder; remove the link, or leave the file out with exclude`,
  );
}
