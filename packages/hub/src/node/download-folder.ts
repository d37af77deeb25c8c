import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { DownloadOptions, Progress } from "../files/download/download.js";
import { expectedFile } from "../files/download/expected-file.js";
import { withDeadline } from "../transport/attempt.js";
import { runCallback } from "../async/run-callback.js";
import { inBulk } from "../transport/calls.js";
import { HubInputError } from "../errors.js";
import { inParallel } from "../async/in-parallel.js";
import type { TreeEntry } from "../files/repo-files.js";
import type { RepoNamespace } from "../repos/repo-namespace.js";
import type { RevisionInput } from "../inputs/repo-id.js";
import type { Kernels } from "../namespaces/kernels.js";
import { withoutSlash } from "../inputs/folder-path.js";
import { count } from "../inputs/numbers.js";
import { writeFile } from "./download-to.js";
import { removeLeftovers } from "./partial-file.js";
import { compileFilter, type PathFilter } from "./path-filter.js";
import { isBelow, pathBelow } from "./safe-path.js";
import { placeOf, writeTarget, type FolderPlaces, type WriteTarget } from "./write-target.js";

export interface DownloadFolderInput extends RevisionInput {
  /** A folder of the repository; the whole of it when left out. Its own name is no part of what is written. */
  path?: string | undefined;
}

export interface DownloadFolderOptions extends Omit<DownloadOptions, "onProgress" | "expected">, PathFilter {
  /** How many files at once. Default 4. */
  concurrency?: number | undefined;
  /** Hears of each piece that arrives; counts the bytes of all files that have to come. */
  onProgress?: ((progress: Progress & { path: string }) => void) | undefined;
}

export interface DownloadedFolder {
  /** The commit that all files are of. */
  commit: string;
  /** The files that were written, by their paths below the folder. */
  written: string[];
  /** The files that were there already, with the same bytes. */
  unchanged: string[];
}

interface WantedFile {
  entry: TreeEntry;
  /** Below the folder. */
  path: string;
  target: string;
}

interface MissingFile extends WantedFile {
  place: WriteTarget;
}

/**
 * Downloads a repository, or a folder of it, to a local folder: all files of one commit, each complete or not at all, and
 * none that is there already. Each file is compared with the size and the hash that the repository lists for it. Local
 * files that the repository does not have are left alone, except for what downloads that were killed left behind.
 *
 * @throws {HubInputError} for a path that would leave the folder, also through a link in it, or that this system cannot
 * hold; nothing is written then.
 * @throws {HubIntegrityError} for a file with other bytes than the repository lists.
 * @throws {HubResponseError} with code `RepoNotFound`, `RevisionNotFound`, `EntryNotFound` or `GatedRepo`.
 * @example
 * const { written } = await downloadFolder(hub.models, { repo: "openai-community/gpt2" }, "gpt2", { include: ["*.json"] });
 */
export async function downloadFolder(
  source: RepoNamespace | Kernels,
  input: DownloadFolderInput,
  folder: string | URL,
  options: DownloadFolderOptions = {},
): Promise<DownloadedFolder> {
  return await withDeadline(inBulk(options), (all) => downloadAll(source, input, folder, all));
}

async function downloadAll(
  source: RepoNamespace | Kernels,
  { repo, revision = "main", path = "" }: DownloadFolderInput,
  folder: string | URL,
  { include, ignore, concurrency = 4, onProgress, ...options }: DownloadFolderOptions,
): Promise<DownloadedFolder> {
  const { verify: _, ...request } = options;
  const { takes } = compileFilter({ include, ignore });
  const root = folder instanceof URL ? fileURLToPath(folder) : folder;
  const commit = await commitOf(source, repo, revision, request);
  const top = withoutSlash(path);
  const wanted: WantedFile[] = [];
  for await (const entry of source.files.list({ repo, revision: commit, path: top, recursive: true }, request)) {
    if (entry.type !== "file") continue;
    const below = top === "" ? entry.path : entry.path.slice(top.length + 1);
    if (takes(below)) wanted.push({ entry, path: below, target: pathBelow(root, below) });
  }
  refuseTwins(wanted);

  const unchanged: string[] = [];
  const missing: MissingFile[] = [];
  const end = await placeOf(root);
  const folders: FolderPlaces = new Map();
  for (const file of wanted) {
    if (await isThere(file, options.signal)) unchanged.push(file.path);
    else missing.push({ ...file, place: await placeInside(end, file.target, folders) });
  }
  for (const folder of new Set(missing.map(({ place }) => dirname(place.path)))) await removeLeftovers(folder);
  const total = missing.reduce((sum, { entry }) => sum + (entry.size ?? 0), 0);
  let loaded = 0;
  await inParallel(missing, Math.max(1, count("concurrency", concurrency)), options.signal, async (file, signal) => {
    let before = 0;
    const report = (progress: Progress): void => {
      loaded += progress.loaded - before;
      before = progress.loaded;
      runCallback(onProgress, { path: file.path, loaded, total });
    };
    const input = { repo, revision: commit, path: file.entry.path };
    const expected = expectedFile(file.entry);
    const one = { ...options, expected, signal, onProgress: report };
    await writeFile(file.place, () => source.files.download(input, one));
  });
  return { commit, written: missing.map((file) => file.path), unchanged };
}

/** A link in the folder may lead to another place in it, and nowhere else. */
async function placeInside(top: string, target: string, folders: FolderPlaces): Promise<WriteTarget> {
  const place = await writeTarget(target, folders);
  if (isBelow(top, place.path)) return place;
  throw new HubInputError(
    `${target} leads through a link to ${place.path}, outside of the folder; remove the link, or leave the file out with ignore`,
  );
}

/** A branch may move while its files are read; a commit does not. */
async function commitOf(
  source: RepoNamespace | Kernels,
  repo: string,
  revision: string,
  options: DownloadOptions,
): Promise<string> {
  if (/^[0-9a-f]{40}$/.test(revision)) return revision;
  if (!("listCommits" in source)) return (await source.get({ repo, revision }, options)).sha;
  const [latest] = await source.listCommits({ repo, revision, limit: 1 }, options).take();
  return latest?.id ?? revision;
}

/** Two files of a repository can be one on a disk that takes small and large letters, or ways to write ü, for the same. */
function refuseTwins(files: readonly WantedFile[]): void {
  if (process.platform !== "win32" && process.platform !== "darwin") return;
  const seen = new Map<string, string>();
  for (const { path } of files) {
    const name = path.normalize().toLowerCase();
    const twin = seen.get(name);
    if (twin !== undefined) throw new HubInputError(`${twin} and ${path} would be one file here; ignore one of them`);
    seen.set(name, path);
  }
}

async function isThere({ entry, target }: WantedFile, signal: AbortSignal | undefined): Promise<boolean> {
  const found = await stat(target).catch(() => undefined);
  if (found?.isFile() !== true || found.size !== entry.size) return false;
  const { sha256, gitOid } = expectedFile(entry);
  const hash = sha256 === undefined ? createHash("sha1").update(`blob ${entry.size}\0`) : createHash("sha256");
  for await (const chunk of createReadStream(target)) {
    signal?.throwIfAborted();
    hash.update(chunk as Uint8Array);
  }
  return hash.digest("hex") === (sha256 ?? gitOid);
}
