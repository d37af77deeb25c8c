import { rename } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";

/** What a test replaces. */
export interface Renaming {
  platform: NodeJS.Platform;
  rename: (from: string, to: string) => Promise<void>;
  sleep: (milliseconds: number) => Promise<unknown>;
}

const onThisSystem: Renaming = { platform: process.platform, rename, sleep };

const busy = new Set<unknown>(["EPERM", "EACCES", "EBUSY"]);
const patience = 2000;

/**
 * Moves a file into the place of another one. Windows refuses that while a virus scanner, an indexer or a reader has one
 * of them open, which mostly passes soon: there it is tried for two seconds.
 */
export async function replaceFile(
  from: string,
  to: string,
  { platform, rename, sleep }: Renaming = onThisSystem,
): Promise<void> {
  for (let waited = 0, wait = 10; ; waited += wait, wait = Math.min(wait * 2, patience - waited)) {
    try {
      return await rename(from, to);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (platform !== "win32" || !busy.has(code) || waited >= patience) throw error;
    }
    await sleep(wait);
  }
}
