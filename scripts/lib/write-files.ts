import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * Writes all files or none: everything goes to temporary names first and is renamed at the end. A file that already
 * has its text is left alone. Returns the paths that changed.
 */
export async function writeFiles(files: ReadonlyMap<string, string>): Promise<string[]> {
  const changed: string[] = [];
  for (const [path, text] of files) {
    if ((await readFile(path, "utf8").catch(() => undefined)) !== text) changed.push(path);
  }
  const temporary = (path: string): string => `${path}.${process.pid}.tmp`;
  try {
    for (const path of changed) {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(temporary(path), files.get(path) ?? "");
    }
    for (const path of changed) await rename(temporary(path), path);
  } finally {
    for (const path of changed) await rm(temporary(path), { force: true });
  }
  return changed;
}
