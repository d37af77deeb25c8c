import { readdir, realpath, rm, rmdir, unlink } from "node:fs/promises";
import { basename, join } from "node:path";
import { HubError, HubInputError } from "../../errors.js";
import { isPartialFile, Leftovers } from "../file-system/partial-file.js";
import { isBelow, pathBelow } from "../file-system/safe-path.js";
import { cacheFolder, repoFolders, type CachedKind, type RepoFolders } from "./cache-folder.js";
import { scanRepo, type CachedRevision } from "./cached-repo.js";
import type { CacheInput } from "./scan-cache.js";

export interface DeleteFromCacheInput extends CacheInput {
  kind: CachedKind;
  /** `owner/name`. */
  repo: string;
  /** Commits, branches or tags; all of the repository when left out. */
  revisions?: readonly string[] | undefined;
  /** Whether to tell what would be deleted, and delete nothing. Default false. */
  dryRun?: boolean | undefined;
}

export interface DeletedFromCache {
  /** The commits whose snapshots are deleted. */
  commits: string[];
  /** Bytes that this frees. What other revisions need as well stays. */
  freed: number;
}

/**
 * Deletes a repository, or revisions of it, from the cache that all clients of the Hub on this machine share. Bytes that
 * other revisions need stay, and so do downloads that are under way in another process of this package.
 *
 * @throws {HubInputError} if the cache has no such repository or revision; nothing is deleted then.
 * @throws {HubError} if the file system refuses; `cause` says why.
 * @example
 * await snapshot(hub.models, { repo: "openai-community/gpt2" }, { include: ["*.json"] });
 * const { freed } = await deleteFromCache({ kind: "models", repo: "openai-community/gpt2", revisions: ["main"] });
 */
export async function deleteFromCache({
  cache,
  kind,
  repo,
  revisions,
  dryRun = false,
}: DeleteFromCacheInput): Promise<DeletedFromCache> {
  const folder = cacheFolder(cache);
  const folders = repoFolders(folder, kind, repo);
  const real = await realpath(folders.path).catch((cause: unknown) => {
    throw new HubInputError(`${repo} of ${kind} is not in the cache at ${folder}`, { cause });
  });
  const cached = await scanRepo(folder, { kind, repo }, []);
  const chosen =
    revisions === undefined ? cached.revisions : chooseRevisions(cached.revisions, revisions, folders.path);
  const kept = cached.revisions.filter((revision) => !chosen.includes(revision));
  const isAll = revisions === undefined || kept.length === 0;

  const sizes = new Map(chosen.flatMap(({ files }) => files.map(({ blob, size }) => [blob, size])));
  for (const { files } of kept) for (const { blob } of files) sizes.delete(blob);
  // A link may lead to a file that is not the cache's own.
  const blobs = [...sizes.keys()].filter((blob) => isBelow(real, blob));
  const freed = blobs.reduce((sum, blob) => sum + (sizes.get(blob) ?? 0), 0) + (isAll ? cached.unused : 0);
  if (!dryRun) {
    await deleteRevisions(folders, chosen, blobs);
    if (isAll) await deleteRepo(folders);
  }
  return { commits: chosen.map(({ commit }) => commit), freed };
}

function chooseRevisions(all: readonly CachedRevision[], named: readonly string[], path: string): CachedRevision[] {
  const chosen = new Set<CachedRevision>();
  for (const name of named) {
    const found = all.find(({ commit, refs }) => commit === name || refs.includes(name));
    if (found === undefined) throw new HubInputError(`${JSON.stringify(name)} is no revision in the cache at ${path}`);
    chosen.add(found);
  }
  return [...chosen];
}

/** References go first and bytes last, so that no process finds a name for what is half gone. */
async function deleteRevisions(
  folders: RepoFolders,
  revisions: readonly CachedRevision[],
  blobs: readonly string[],
): Promise<void> {
  for (const { refs } of revisions) {
    for (const ref of refs) await remove(pathBelow(folders.refs, ref));
  }
  for (const { path } of revisions) await remove(path);
  for (const blob of blobs) await remove(blob);
}

/** Removes what is left of a repository, except for what a process works on. */
async function deleteRepo(folders: RepoFolders): Promise<void> {
  await (await Leftovers.in(folders.blobs)).clear();
  for (const name of await readdir(folders.path).catch(() => [])) {
    if (name !== basename(folders.blobs)) await remove(join(folders.path, name));
  }
  for (const name of await readdir(folders.blobs).catch(() => [])) {
    if (!isPartialFile(name)) await remove(join(folders.blobs, name));
  }
  // A folder that is not empty stays.
  await rmdir(folders.blobs).catch(() => undefined);
  await rmdir(folders.path).catch(() => unlink(folders.path).catch(() => undefined));
  await rm(folders.locks, { recursive: true, force: true }).catch(() => undefined);
}

async function remove(path: string): Promise<void> {
  try {
    await rm(path, { recursive: true, force: true });
  } catch (cause) {
    throw new HubError(`${path} cannot be deleted: ${(cause as Error).message}`, { cause });
  }
}
