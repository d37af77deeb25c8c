import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { PipelineError } from "./pipeline-error.js";

/**
 * Writes all files or none: everything goes to temporary names first and is renamed at the end. A file that already
 * has its text is left alone. Returns the paths that changed.
 */
export async function writeFiles(files: ReadonlyMap<string, string>): Promise<string[]> {
  const before = new Map<string, string | undefined>();
  for (const [path, text] of files) {
    const old = await readFile(path, "utf8").catch(() => undefined);
    if (old !== text) before.set(path, old);
  }
  const changed = [...before.keys()];
  const renamed: string[] = [];
  const temporary = (path: string): string => `${path}.${process.pid}.tmp`;
  try {
    for (const path of changed) {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(temporary(path), files.get(path) ?? "");
    }
    for (const path of changed) {
      await rename(temporary(path), path);
      renamed.push(path);
    }
  } catch (error) {
    for (const path of renamed) {
      const old = before.get(path);
      await (old === undefined ? rm(path, { force: true }) : writeFile(path, old));
    }
    throw new PipelineError(`Nothing was written: ${(error as Error).message}.`);
  } finally {
    // A folder that could not be made holds no temporary file either.
    for (const path of changed) await rm(temporary(path), { force: true }).catch(() => undefined);
  }
  return changed;
}
