import type { Stats } from "node:fs";
import { lstat, readlink, realpath, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { HubInputError } from "../../errors.js";

/** Where a file is to be written. */
export interface WriteTarget {
  /** As the caller names it. */
  name: string;
  /** Where it is in the end, beyond all links. */
  path: string;
  /** The permissions of the file that is there. */
  mode: number | undefined;
}

/** Where folders are in the end: many files share a few. */
export type FolderPlaces = Map<string, Promise<string>>;

/**
 * Finds out where a file is to be written, before anything is requested.
 *
 * @throws {HubInputError} when the target is no place for a regular file.
 */
export async function writeTarget(name: string, folders: FolderPlaces = new Map()): Promise<WriteTarget> {
  const path = resolve(name);
  const own = await lstat(path).catch(() => undefined);
  const isLink = own?.isSymbolicLink() === true;
  const there = isLink ? await infoOf(path) : own;
  if (/[\\/]$/.test(name) || there?.isDirectory() === true) {
    throw new HubInputError(`${name} is a folder; name the file that is to be written`);
  }
  if (there !== undefined && !there.isFile()) {
    throw new HubInputError(`${name} is ${kindOf(there)}; only regular files are written`);
  }
  const end = isLink ? await placeOf(path) : path;
  const place = folders.get(dirname(end)) ?? folderPlace(dirname(end), name);
  folders.set(dirname(end), place);
  return { name, path: join(await place, basename(end)), mode: there === undefined ? undefined : there.mode & 0o777 };
}

const kindOf = (there: Stats): string => (there.isFIFO() ? "a named pipe" : there.isSocket() ? "a socket" : "a device");

/** Undefined where there is nothing, or where it cannot be seen; the system says why when it is written to. */
const infoOf = async (path: string): Promise<Stats | undefined> => await stat(path).catch(() => undefined);

/** A folder that is missing is made later; a file in its place cannot be one. */
async function folderPlace(folder: string, name: string): Promise<string> {
  for (let path = folder; ; path = dirname(path)) {
    const there = await infoOf(path);
    if (there?.isDirectory() === true || (there === undefined && path === dirname(path))) return await placeOf(folder);
    if (there !== undefined) throw new HubInputError(`${path} is not a folder, so ${name} cannot be written`);
  }
}

const maxLinks = 40;

/** The path beyond all links, also where there is no file yet at its end. */
export async function placeOf(name: string, links: number = 0): Promise<string> {
  const path = resolve(name);
  const real = await realpath(path).catch(() => undefined);
  if (real !== undefined || path === dirname(path)) return real ?? path;
  const isLink = (await lstat(path).catch(() => undefined))?.isSymbolicLink() === true;
  if (links === maxLinks) throw new HubInputError(`${name} is a link that leads to itself`);
  const folder = await placeOf(dirname(path), links);
  return isLink ? await placeOf(resolve(folder, await readlink(path)), links + 1) : join(folder, basename(path));
}
