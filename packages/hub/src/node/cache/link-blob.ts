import { constants, copyFile, mkdir, rm, symlink } from "node:fs/promises";
import { basename, dirname, relative } from "node:path";
import { onDisk } from "../file-system/on-disk.js";
import { newPartial, versionOf } from "../file-system/partial-file.js";
import { replaceFile } from "../file-system/replace-file.js";

/** What systems say where there can be no links: some file systems have none, and Windows has them for some users alone. */
const without = new Set(["EPERM", "ENOSYS", "ENOTSUP", "EOPNOTSUPP", "EINVAL", "UNKNOWN"]);

/** Lets a file of a snapshot lead to its blob, by a relative link, or be a copy of it where there can be none. */
export async function linkBlob(repoFolder: string, blob: string, pointer: string): Promise<void> {
  const way = relative(dirname(pointer), blob);
  try {
    return await linkInFolder(way, pointer);
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (code !== "EEXIST" && !without.has(code)) return await onDisk(pointer, Promise.reject(error as Error));
  }
  // What is there leads elsewhere, or to nothing. It is replaced at once, and never missing.
  const { path: temporary, release } = newPartial(repoFolder, basename(pointer), versionOf(undefined), undefined);
  try {
    await onDisk(pointer, linkOrCopy(way, blob, temporary));
    await onDisk(pointer, replaceFile(temporary, pointer));
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  } finally {
    release();
  }
}

/** Most folders are there: they are made only when they prove to be missing. */
async function linkInFolder(way: string, pointer: string): Promise<void> {
  await symlink(way, pointer).catch(async (error: unknown) => {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (code !== "ENOENT" && !without.has(code)) throw error;
    await mkdir(dirname(pointer), { recursive: true });
    await symlink(way, pointer);
  });
}

async function linkOrCopy(way: string, blob: string, path: string): Promise<void> {
  // The link is made in another folder than it is used in, so its target is not looked at.
  await symlink(way, path).catch(async (error: unknown) => {
    if (!without.has((error as NodeJS.ErrnoException).code ?? "")) throw error;
    await copyFile(blob, path, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  });
}
