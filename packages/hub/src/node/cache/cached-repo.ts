import type { Dirent, Stats } from "node:fs";
import { readdir, readFile, realpath, stat } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { repoFolders, type CachedKind, type RepoFolders } from "./cache-folder.js";

/** A file of a snapshot. */
export interface CachedFile {
  /** From the top of the repository, with `/` between folders. */
  path: string;
  /** Bytes. */
  size: number;
  /** Where the bytes are, which several files may share. */
  blob: string;
}

/** What the cache has of one commit. */
export interface CachedRevision {
  commit: string;
  /** The branches, tags and other references that were at this commit when they were looked up last. */
  refs: string[];
  /** The folder with the files. */
  path: string;
  /** Bytes of the files; those that other revisions share count in each of them. */
  size: number;
  files: CachedFile[];
  lastModified: Date;
}

/** What the cache has of one repository. */
export interface CachedRepo {
  kind: CachedKind;
  repo: string;
  path: string;
  /** Bytes of all revisions, with those counted once that they share. */
  size: number;
  /** Bytes of what no revision has: downloads that are not complete, and blobs without a file. */
  unused: number;
  revisions: CachedRevision[];
  lastModified: Date;
  lastAccessed: Date;
}

/** What is not as it should be. */
export interface CacheWarning {
  path: string;
  reason: string;
}

export const infoOf = async (path: string): Promise<Stats | undefined> => await stat(path).catch(() => undefined);

const listOf = async (folder: string): Promise<Dirent[]> =>
  await readdir(folder, { withFileTypes: true }).catch(() => []);

type Blobs = Map<string, Stats>;

/** Looks through the folders of one repository. */
export async function scanRepo(
  cache: string,
  { kind, repo }: { kind: CachedKind; repo: string },
  warnings: CacheWarning[],
): Promise<CachedRepo> {
  const folders = repoFolders(cache, kind, repo);
  const own = await infoOf(folders.path);
  const refs = await readRefs(folders);
  const blobs: Blobs = new Map();
  const revisions: CachedRevision[] = [];
  for (const entry of await listOf(folders.snapshots)) {
    if (!entry.isDirectory()) continue;
    const path = join(folders.snapshots, entry.name);
    const files = await scanSnapshot(path, blobs, warnings);
    const times = files.map(({ blob }) => blobs.get(blob)?.mtimeMs ?? 0);
    revisions.push({
      commit: entry.name,
      refs: [...refs].flatMap(([name, commit]) => (commit === entry.name ? [name] : [])).toSorted(),
      path,
      size: files.reduce((sum, { size }) => sum + size, 0),
      files,
      lastModified: new Date(times.length > 0 ? latest(times) : ((await infoOf(path))?.mtimeMs ?? 0)),
    });
  }
  const used = [...blobs.values()];
  return {
    kind,
    repo,
    path: folders.path,
    size: used.reduce((sum, { size }) => sum + size, 0),
    unused: await countUnused(folders, blobs),
    revisions,
    lastModified: new Date(latest([own?.mtimeMs ?? 0], used, "mtimeMs")),
    lastAccessed: new Date(latest([own?.atimeMs ?? 0], used, "atimeMs")),
  };
}

/** Of the files, if there are any; else of the folder. */
function latest(own: readonly number[], used: readonly Stats[] = [], key: "mtimeMs" | "atimeMs" = "mtimeMs"): number {
  const times = used.length > 0 ? used.map((blob) => blob[key]) : own;
  return times.reduce((last, time) => Math.max(last, time), 0);
}

async function readRefs({ refs }: RepoFolders): Promise<Map<string, string>> {
  const entries = await readdir(refs, { withFileTypes: true, recursive: true }).catch(() => []);
  const found = new Map<string, string>();
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const text = await readFile(path, "utf8").catch(() => "");
    found.set(relative(refs, path).replaceAll(sep, "/"), text.trim());
  }
  return found;
}

/** Folders are walked and links to them are not, so no loop is. */
async function scanSnapshot(top: string, blobs: Blobs, warnings: CacheWarning[]): Promise<CachedFile[]> {
  const files: CachedFile[] = [];
  const walk = async (folder: string): Promise<void> => {
    for (const entry of await listOf(folder)) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        await walk(path);
        continue;
      }
      const info = await infoOf(path);
      if (info?.isFile() !== true) {
        warnings.push({ path, reason: info === undefined ? "a link to nothing" : "neither a file nor a link to one" });
        continue;
      }
      const blob = await realpath(path);
      blobs.set(blob, info);
      files.push({ path: relative(top, path).replaceAll(sep, "/"), size: info.size, blob });
    }
  };
  await walk(top);
  return files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

async function countUnused({ blobs: folder }: RepoFolders, used: Blobs): Promise<number> {
  const real = await realpath(folder).catch(() => folder);
  let bytes = 0;
  for (const entry of await listOf(real)) {
    const path = join(real, entry.name);
    if (entry.isFile() && !used.has(path)) bytes += (await infoOf(path))?.size ?? 0;
  }
  return bytes;
}
