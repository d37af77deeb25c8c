import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";

/** A folder with these files, which goes with its test. */
export async function temporaryFolder(files: Record<string, string> = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "hub-files-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return folder;
}

/** What `downloadFolder` notes of the files in a folder. */
export const record: string = join(".cache", "huggingface");

/** The files below a folder with what they hold, but for what is noted of them. */
export async function filesBelow(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const noted = join(folder, record);
  const named = paths
    .filter((path) => !path.startsWith(noted))
    .map(async (path) => [path.slice(folder.length + 1), await readFile(path, "latin1")] as const);
  return Object.fromEntries((await Promise.all(named)).sort());
}
