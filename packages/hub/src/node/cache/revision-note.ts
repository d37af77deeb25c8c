import { mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { isGitOid } from "../../files/download/hash-formats.js";
import { onDisk } from "../file-system/on-disk.js";
import { newPartial, versionOf } from "../file-system/partial-file.js";
import { replaceFile } from "../file-system/replace-file.js";
import { refPath, type RepoFolders } from "./cache-folder.js";

/** The commit that the cache knows for a revision. */
export async function cachedCommit(folders: RepoFolders, revision: string): Promise<string | undefined> {
  if (isGitOid(revision)) return revision;
  const text = await readFile(refPath(folders, revision), "utf8").catch(() => undefined);
  const commit = text?.trim();
  return isGitOid(commit) ? commit : undefined;
}

/**
 * Notes the commit of a revision. Other clients take a cache without `refs` for a broken one, and a note of a commit
 * without a snapshot too, so this comes after the files.
 */
export async function noteCommit(folders: RepoFolders, revision: string, commit: string): Promise<void> {
  await onDisk(folders.refs, mkdir(folders.refs, { recursive: true }));
  if (revision === commit || (await cachedCommit(folders, revision)) === commit) return;
  const path = refPath(folders, revision);
  await onDisk(path, mkdir(dirname(path), { recursive: true }));
  // Not in `refs`, where other clients take each file for a note.
  const { path: temporary, release } = newPartial(folders.path, basename(path), versionOf(undefined), undefined);
  try {
    await onDisk(path, writeFile(temporary, commit, { flag: "wx" }));
    await onDisk(path, replaceFile(temporary, path));
  } finally {
    release();
  }
}
