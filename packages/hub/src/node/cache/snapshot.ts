import { mkdir, realpath } from "node:fs/promises";
import { basename, join } from "node:path";
import { HubError } from "../../errors.js";
import { expectedFile } from "../../files/download/expected-file.js";
import type { FileInput } from "../../files/revision-files.js";
import type { TreeEntry } from "../../files/repo-files.js";
import type { RevisionInput } from "../../inputs/repo-id.js";
import type { RequestOptions } from "../../options.js";
import { withDeadline } from "../../transport/attempt.js";
import { inBulk } from "../../transport/calls.js";
import { commitOf, listCommitFiles, type RepoSource } from "../downloads/commit-files.js";
import type { FetchOptions } from "../downloads/fetch-files.js";
import { TransferMeter, type TransferProgress } from "../downloads/transfer-meter.js";
import { onDisk } from "../file-system/on-disk.js";
import { pathBelow } from "../file-system/safe-path.js";
import type { PathFilter } from "../patterns/path-filter.js";
import { cacheFolder, isOffline, repoFolders, type RepoFolders } from "./cache-folder.js";
import { cacheFiles, type CacheRun } from "./cache-files.js";
import { infoOf } from "./cached-repo.js";
import { cachedCommit, noteCommit } from "./revision-note.js";

/** Which cache, and whether to ask the Hub. */
export interface CacheOptions extends FetchOptions {
  /** The folder of the cache. Default: the one that all clients of the Hub on this machine share. */
  cache?: string | URL | undefined;
  /** Whether to make no request, and take what the cache has. Default: whether `HF_HUB_OFFLINE` is set to 1, ON, YES or TRUE. */
  localOnly?: boolean | undefined;
  /** Hears of each piece that arrives; counts the files and bytes of all that is wanted. */
  onProgress?: ((progress: TransferProgress) => void) | undefined;
}

export interface SnapshotOptions extends CacheOptions, PathFilter {}

export interface Snapshot {
  /** The folder with the files. They are shared, so do not change them. */
  path: string;
  /** The commit that all files are of. */
  commit: string;
  /** The files that were not there before; empty with `localOnly`. */
  written: string[];
}

/**
 * Brings a file into the cache that all clients of the Hub on this machine share, unless it is there, and returns its path.
 * For a commit that has the file there, it makes no request; for a branch, it asks only where the branch is.
 *
 * The cache is right for several processes at once, of other clients too. A download that breaks off goes on in the next
 * run, as `downloadTo` does.
 *
 * @returns The path of the file below `snapshots/<commit>`. The file is shared, so do not change it.
 * @throws {HubError} if the cache has no such file and no request may be made, or if the file system refuses.
 * @throws {HubIntegrityError} if the bytes are not those that the repository lists.
 * @throws {HubResponseError} with code `RepoNotFound`, `RevisionNotFound`, `EntryNotFound` or `GatedRepo`.
 * @example
 * const path = await downloadToCache(hub.models, { repo: "openai-community/gpt2", path: "config.json" });
 */
export async function downloadToCache(
  source: RepoSource,
  input: FileInput,
  options: CacheOptions = {},
): Promise<string> {
  return await withDeadline(inBulk(options), (all) => cacheFile(source, input, all));
}

async function cacheFile(
  source: RepoSource,
  { repo, revision = "main", path }: FileInput,
  { cache, localOnly, onProgress, ...options }: CacheOptions,
): Promise<string> {
  const folders = repoFolders(cacheFolder(cache), source.files.kind, repo);
  const isLocal = localOnly ?? isOffline();
  const request = requestOptions(options);
  const commit = isLocal ? await cachedCommit(folders, revision) : await commitOf(source, repo, revision, request);
  const pointer = commit === undefined ? undefined : pathBelow(join(folders.snapshots, commit), path);
  const isThere = pointer !== undefined && (await isWhole(pointer));
  if (isLocal && !isThere) throw notCached(`${path} of ${repo}`, revision, folders, localOnly);
  if (commit === undefined || pointer === undefined) throw notCached(repo, revision, folders, localOnly);
  if (!isThere) {
    const entry = await entryOf(source, { repo, revision: commit, path }, request);
    const meter = new TransferMeter([entry.size ?? 0], onProgress);
    const run: CacheRun = { source, repo, commit, folders, meter, options, others: undefined };
    await cacheFiles(run, [{ entry, path }]);
  }
  if (!isLocal) await noteCommit(folders, revision, commit);
  return pointer;
}

const gitOidOfNothing = "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391";

/** Whether a file is there, and not one that a power failure has emptied. */
async function isWhole(path: string): Promise<boolean> {
  const found = await infoOf(path);
  if (found?.isFile() !== true) return false;
  return found.size > 0 || [gitOidOfNothing, basename(path)].includes(basename(await realpath(path)));
}

/** What the repository lists of a file. */
async function entryOf(source: RepoSource, input: FileInput, options: RequestOptions): Promise<TreeEntry> {
  const entry =
    "info" in source.files ? await pathInfo(source.files, input, options) : await listedAs(source, input, options);
  if (entry?.type === "file") return entry;
  // The Hub says best what is wrong.
  (await source.files.download(input, options)).close();
  throw new HubError(`${input.path} is in no list of ${input.repo}, so the cache cannot hold it`);
}

async function pathInfo(
  files: Extract<RepoSource["files"], { info: unknown }>,
  { path, ...input }: FileInput,
  options: RequestOptions,
): Promise<TreeEntry | undefined> {
  return (await files.info({ ...input, paths: [path] }, options))[0];
}

async function listedAs(
  source: RepoSource,
  { path, ...input }: FileInput,
  options: RequestOptions,
): Promise<TreeEntry | undefined> {
  const folder = path.split("/").slice(0, -1).join("/");
  for await (const entry of source.files.list({ ...input, path: folder }, options))
    if (entry.path === path) return entry;
  return undefined;
}

/**
 * Brings the files of a commit into the cache that all clients of the Hub on this machine share, and none that is there
 * already, whoever brought it. Each file is compared with the size and the hash that the repository lists for it.
 *
 * The cache is right for several processes at once, of other clients too. A run that is killed goes on where it ended: the
 * next one requests only the bytes that are missing.
 *
 * @throws {HubError} if the cache does not have the revision and no request may be made, or if the file system refuses.
 * @throws {HubInputError} for a path that this system cannot hold; nothing is written then.
 * @throws {HubIntegrityError} for a file with other bytes than the repository lists.
 * @throws {HubResponseError} with code `RepoNotFound`, `RevisionNotFound` or `GatedRepo`.
 * @example
 * const { path, commit } = await snapshot(hub.models, { repo: "openai-community/gpt2" }, { include: ["*.json"] });
 */
export async function snapshot(
  source: RepoSource,
  input: RevisionInput,
  options: SnapshotOptions = {},
): Promise<Snapshot> {
  return await withDeadline(inBulk(options), (all) => cacheCommit(source, input, all));
}

async function cacheCommit(
  source: RepoSource,
  { repo, revision = "main" }: RevisionInput,
  { cache, localOnly, onProgress, include, exclude, ...options }: SnapshotOptions,
): Promise<Snapshot> {
  const folders = repoFolders(cacheFolder(cache), source.files.kind, repo);
  const folderOf = (commit: string): string => join(folders.snapshots, commit);
  if (localOnly ?? isOffline()) {
    const commit = await cachedCommit(folders, revision);
    const found = commit === undefined ? undefined : await infoOf(folderOf(commit));
    if (commit === undefined || found === undefined) throw notCached(repo, revision, folders, localOnly);
    return { path: folderOf(commit), commit, written: [] };
  }
  const filter = { include, exclude };
  const listed = await listCommitFiles(source, { repo, revision }, filter, requestOptions(options));
  const { commit, wanted, others } = listed;
  const meter = new TransferMeter(
    wanted.map(({ entry }) => expectedFile(entry).size ?? 0),
    onProgress,
  );
  const written = await cacheFiles({ source, repo, commit, folders, meter, options, others }, wanted);
  const path = folderOf(commit);
  await onDisk(path, mkdir(path, { recursive: true }));
  await noteCommit(folders, revision, commit);
  return { path, commit, written };
}

/** The options that requests for JSON have as well. */
function requestOptions(options: FetchOptions): RequestOptions {
  const { verify: _, concurrency: __, ...request } = options;
  return request;
}

function notCached(what: string, revision: string, { path }: RepoFolders, localOnly: boolean | undefined): HubError {
  const why = localOnly === undefined ? "HF_HUB_OFFLINE is set" : "localOnly is true";
  return new HubError(`${what} at ${revision} is not in the cache at ${path}, and ${why}, so no request was made`);
}
