import { createHash, randomBytes } from "node:crypto";
import { readlinkSync } from "node:fs";
import { lstat, readdir, rm } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";

// A download has its partial file beside its target, under a name that says for which file, and by which process:
// `.hf-<target>-<machine>-<process>-<random>.part`. Whatever a later process needs to go on from it has room there.
const partialFile = /^\.hf-([0-9a-f]{12})-([0-9a-f]{8})-(\d+)-[0-9a-f]{8}\.part$/;
// What versions before this scheme left behind.
const formerPartialFile = /^\.[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}\.part$/;

/** Who writes to a file does so more often; a wait for the Hub's quota or another connection is minutes. */
const idle = 60 * 60 * 1000;

const digest = (text: string, length: number): string =>
  createHash("sha256").update(text).digest("hex").slice(0, length);

/** Where a process is known by its number: containers of one machine have numbers of their own. */
function nameMachine(): string {
  let processes = "";
  try {
    processes = readlinkSync("/proc/self/ns/pid");
  } catch {
    // Only Linux has it.
  }
  return digest(`${hostname()} ${processes}`, 8);
}

let machine: string | undefined;
const thisMachine = (): string => (machine ??= nameMachine());

/** A new name for the partial file of a target. It is short: the target's own may be the longest that there is. */
export const partialName = (target: string): string =>
  `.hf-${digest(target, 12)}-${thisMachine()}-${process.pid}-${randomBytes(4).toString("hex")}.part`;

export const isPartialFile = (name: string): boolean => partialFile.test(name) || formerPartialFile.test(name);

/**
 * Removes from a folder the partial files of downloads that were killed: those of one target, or of all. A partial file
 * is left alone while it may be written to: until its process has ended, where that can be seen from here, and otherwise
 * until nobody has written to it for an hour.
 */
export async function removeLeftovers(folder: string, target?: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const ofTarget = target === undefined ? undefined : digest(target, 12);
  await Promise.all(
    names.filter(isPartialFile).map(async (name) => {
      const [, file, where, writer] = partialFile.exec(name) ?? [];
      if (file !== undefined && ofTarget !== undefined && file !== ofTarget) return;
      const path = join(folder, name);
      const found = await lstat(path).catch(() => undefined);
      if (found?.isFile() !== true) return;
      const isOver = where === thisMachine() && hasEnded(Number(writer));
      // What cannot be removed keeps nobody from downloading.
      if (isOver || Date.now() - found.mtimeMs > idle) await rm(path, { force: true }).catch(() => undefined);
    }),
  );
}

function hasEnded(id: number): boolean {
  try {
    process.kill(id, 0);
    return false;
  } catch (error) {
    // Another error says that there is such a process, of somebody else.
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}
