import { readdir, readlink } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { HubInputError } from "../../errors.js";
import { checkNames } from "../../inputs/known-names.js";
import type { FileToUpload } from "../../files/commit/upload.js";
import { localFile } from "./local-file.js";
import { isPartialFile } from "../file-system/partial-file.js";
import { compileFilter, type CompiledFilter, type PathFilter } from "../patterns/path-filter.js";

/** What no repository of models or data wants: Git's own files, and what other tools of the Hub leave in a folder. */
const neverUploaded = [".git", "**/.cache/huggingface"];

/**
 * The files of a folder and of those below it, for `upload`. Links are followed to files, not to folders. `.git` is left
 * out, and so are the partial files of downloads.
 *
 * @throws {HubInputError} if there is no such folder, or for a pattern that is not understood. Also for a file that cannot
 * be read, such as a link to a file that does not exist, or that has a name in another encoding than UTF-8: leave it out
 * with `exclude`. It is not skipped, since a repository would miss it.
 * @example
 * await hub.models.files.upload({ repo: "me/my-model", files: localFolder("out", { exclude: ["*.tmp"] }) });
 */
export async function* localFolder(folder: string | URL, filter: PathFilter = {}): AsyncGenerator<FileToUpload, void> {
  const root = folder instanceof URL ? fileURLToPath(folder) : folder;
  // A filter that nobody reads would upload what it should keep here.
  checkNames(filter, ["include", "exclude"]);
  yield* filesBelow(root, "", compileFilter(filter, neverUploaded));
}

async function* filesBelow(root: string, below: string, filter: CompiledFilter): AsyncGenerator<FileToUpload, void> {
  const folder = join(root, below.slice(0, -1));
  const entries = await readdir(folder, { withFileTypes: true }).catch(async (cause: unknown) => {
    throw await unreadable(folder, "listed", cause);
  });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = `${below}${entry.name}`;
    if (entry.isDirectory()) {
      if (!filter.leavesOut(`${path}/`)) yield* filesBelow(root, `${path}/`, filter);
    } else if (!isPartialFile(entry.name) && filter.takes(path)) {
      const content = await contentOf(join(root, path), entry.isFile());
      if (content !== undefined) yield { path, content };
    }
  }
}

/** Undefined for what is no file in the end, such as a link to a folder, or a socket. */
async function contentOf(path: string, isFile: boolean): Promise<Blob | undefined> {
  try {
    return await localFile(path);
  } catch (error) {
    if (!(error instanceof HubInputError)) throw error;
    if (error.cause === undefined && !isFile) return undefined;
    throw await unreadable(path, "read", error.cause);
  }
}

async function unreadable(path: string, what: string, cause: unknown): Promise<HubInputError> {
  const isMissing = (cause as NodeJS.ErrnoException).code === "ENOENT";
  const target = isMissing ? await readlink(path).catch(() => undefined) : undefined;
  let why = "";
  if (target !== undefined) why = `: it is a link to ${target}, where there is no file; remove it, or exclude it`;
  // What Node lists is not what it finds then.
  else if (isMissing && path.includes("\ufffd")) why = ": its name seems not to be UTF-8; rename it, or exclude it";
  return new HubInputError(`${path} cannot be ${what}${why}`, { cause });
}
