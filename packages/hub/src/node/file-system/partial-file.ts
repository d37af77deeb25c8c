import { lstat, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { digest, hold, isAbandoned, newOwner, ownerPattern } from "./owner.js";

// A download has its partial file beside its target, under a name that says of which file it is, in which version, whose
// it is, and under which ETag the server has the bytes: `.hf-<target>-<version>-<owner>[-<etag>].part`. With that, a later
// process goes on from it. The name is short: some file systems take no more than 143 bytes.
const partialFile = new RegExp(`^\\.hf-([0-9a-f]{12})-([0-9a-f]{12})-(${ownerPattern})(?:-([\\w.%-]{1,80}))?\\.part$`);
// What versions before this scheme left behind, and when nobody writes to one any more.
const formerPartialFile = /^\.[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}\.part$/;
const formerIdle = 3_600_000;

/** Of a file with no hash, whose bytes nobody could check when they are whole. */
const noVersion = "0".repeat(12);

/** What a file is known by: its SHA-256, or the id that Git gives it. */
export const versionOf = (hash: string | undefined): string => (hash === undefined ? noVersion : digest(hash, 12));

const targetOf = (name: string): string => digest(name, 12);

/** The bytes of a download that broke off. */
export interface PartialFile {
  path: string;
  size: number;
  version: string;
  /** Of the server that sent the bytes. */
  etag: string | undefined;
}

export const isPartialFile = (name: string): boolean => partialFile.test(name) || formerPartialFile.test(name);

/** A partial file under a new name, of this process until it is released. */
export interface OwnPartialFile {
  path: string;
  release: () => void;
}

/** Names a new partial file of a target. */
export function newPartial(folder: string, target: string, version: string, etag: string | undefined): OwnPartialFile {
  const owner = newOwner();
  const tag = encodeTag(etag);
  const name = `.hf-${targetOf(target)}-${version}-${owner}${tag === undefined ? "" : `-${tag}`}.part`;
  const path = join(folder, name);
  return { path, release: hold(owner, path) };
}

/** Takes over a partial file, unless another process was faster. */
export async function claimPartial(
  folder: string,
  target: string,
  found: PartialFile,
): Promise<OwnPartialFile | undefined> {
  const own = newPartial(folder, target, found.version, found.etag);
  try {
    await rename(found.path, own.path);
    return own;
  } catch {
    own.release();
    return undefined;
  }
}

/** Only a strong ETag tells bytes apart. Without its quotes, and so that every file system takes it. */
function encodeTag(etag: string | undefined): string | undefined {
  const tag = /^"([\x21\x23-\x7e]+)"$/.exec(etag ?? "")?.[1];
  const encoded = tag && encodeURIComponent(tag).replace(/[!'()*~]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
  return encoded !== undefined && encoded.length <= 80 ? encoded : undefined;
}

function decodeTag(tag: string): string | undefined {
  try {
    return `"${decodeURIComponent(tag)}"`;
  } catch {
    // Nobody but us gives such names.
    return undefined;
  }
}

/** What downloads that broke off left in a folder. */
export class Leftovers {
  readonly #folder: string;
  readonly #files = new Map<string, PartialFile[]>();

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Looks into a folder, and leaves alone what another process works on. */
  static async in(folder: string): Promise<Leftovers> {
    const leftovers = new Leftovers(folder);
    const names = await readdir(folder).catch(() => []);
    await Promise.all(names.filter(isPartialFile).map((name) => leftovers.#add(name)));
    return leftovers;
  }

  async #add(name: string): Promise<void> {
    const path = join(this.#folder, name);
    const found = await lstat(path).catch(() => undefined);
    if (found?.isFile() !== true) return;
    const [, target = "", version = "", owner, , , , tag] = partialFile.exec(name) ?? [];
    const isOver =
      owner === undefined ? Math.abs(Date.now() - found.mtimeMs) > formerIdle : isAbandoned(owner, found.mtimeMs);
    if (!isOver) return;
    const etag = tag === undefined ? undefined : decodeTag(tag);
    const files = this.#files.get(target) ?? [];
    files.push({ path, size: found.size, version, etag });
    this.#files.set(target, files);
  }

  /** The most that there is of a target, in one version or in any; the rest of the target's leftovers is removed. */
  async take(target: string, version?: string): Promise<PartialFile | undefined> {
    const files = this.#files.get(targetOf(target)) ?? [];
    this.#files.delete(targetOf(target));
    const usable = files.filter((file) => file.size > 0 && file.version !== noVersion);
    const [best] = usable
      .filter((file) => version === undefined || file.version === version)
      .toSorted((a, b) => b.size - a.size);
    await removeAll(files.filter((file) => file !== best));
    return best;
  }

  /** Removes all that was not taken, except for what is wanted later. */
  async clear(isWanted: (target: string, version: string) => boolean = () => false): Promise<void> {
    const files = [...this.#files].flatMap(([target, all]) => all.filter((file) => !isWanted(target, file.version)));
    await removeAll(files);
  }
}

/** Whether a partial file found by `clear` is of one of these files. */
export function wantedLater(files: Iterable<[target: string, hash: string | undefined]>) {
  const versions = new Map([...files].map(([target, hash]) => [targetOf(target), versionOf(hash)]));
  return (target: string, version: string): boolean => version !== noVersion && versions.get(target) === version;
}

/** What cannot be removed keeps nobody from downloading. */
async function removeAll(files: readonly PartialFile[]): Promise<void> {
  await Promise.all(files.map(({ path }) => rm(path, { force: true }).catch(() => undefined)));
}
