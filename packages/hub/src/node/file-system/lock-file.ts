import { randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { sleep } from "../../async/abortable.js";
import { hold, isAbandoned, newOwner } from "./owner.js";

/** Other clients have locks of their own there. */
export const lockSuffix = ".hf-api.lock";

const patience = 250;
/** A lock gets its owner right after it is made, unless the process is killed in between. */
const nameless = 2000;

/**
 * Does some work while no other process of this package does it. A lock whose process has ended, or has not touched it for
 * two minutes, is taken over. The work must be right without the lock as well: other programs do not heed it, and where no
 * file can be created, there is none.
 */
export async function withLock<T>(path: string, signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
  const owner = newOwner();
  const release = hold(owner, path);
  let isLocked = false;
  try {
    isLocked = await acquire(path, owner, signal);
    return await work();
  } finally {
    release();
    if (isLocked && (await ownerOf(path)) === owner) await rm(path, { force: true }).catch(() => undefined);
  }
}

/** False where there can be no lock. */
async function acquire(path: string, owner: string, signal: AbortSignal | undefined): Promise<boolean> {
  await mkdir(dirname(path), { recursive: true }).catch(() => undefined);
  for (;;) {
    signal?.throwIfAborted();
    try {
      await writeFile(path, owner, { flag: "wx" });
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") return false;
    }
    if (!(await removeAbandoned(path))) await sleep(patience, signal);
  }
}

const ownerOf = (path: string): Promise<string | undefined> => readFile(path, "utf8").catch(() => undefined);

/** Removes the locks of killed processes from a folder. */
export async function removeAbandonedLocks(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  await Promise.all(
    names.filter((name) => name.endsWith(lockSuffix)).map((name) => removeAbandoned(join(folder, name))),
  );
}

/** Moved before it is removed: what another process has made of it meanwhile is put back. */
async function removeAbandoned(path: string): Promise<boolean> {
  const [owner, found] = await Promise.all([ownerOf(path), stat(path).catch(() => undefined)]);
  if (owner === undefined || found === undefined) return true;
  const isOver = owner === "" ? Math.abs(Date.now() - found.mtimeMs) > nameless : isAbandoned(owner, found.mtimeMs);
  if (!isOver) return false;
  const moved = `${path}.${randomBytes(4).toString("hex")}`;
  try {
    await rename(path, moved);
  } catch {
    return true;
  }
  if ((await ownerOf(moved)) === owner) await rm(moved, { force: true }).catch(() => undefined);
  else await rename(moved, path).catch(() => undefined);
  return true;
}
