import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { HubInputError } from "../errors.js";
import type { FileToUpload } from "../files/commit/upload.js";
import { matchesAny } from "./glob.js";
import { localFile } from "./local-file.js";

export interface PathFilter {
  /** Globs of what to take; all when left out. `*.bin` fits at any depth, `data/*.bin` from the top. */
  include?: readonly string[] | undefined;
  /** Globs of what to leave out; stronger than `include`. */
  ignore?: readonly string[] | undefined;
}

/** What no repository of models or data wants: Git's own files, and what other tools of the Hub leave in a folder. */
const neverUploaded = [".git", "**/.cache/huggingface"];

/**
 * The files of a folder and of those below it, for `upload`. Links are followed to files, not to folders. `.git` is left
 * out.
 *
 * @throws {HubInputError} when there is no such folder.
 * @example
 * await hub.models.files.upload({ repo: "me/my-model", files: localFolder("out", { ignore: ["*.tmp"] }) });
 */
export async function* localFolder(folder: string | URL, filter: PathFilter = {}): AsyncGenerator<FileToUpload, void> {
  const root = folder instanceof URL ? fileURLToPath(folder) : folder;
  yield* filesBelow(root, "", filter);
}

async function* filesBelow(root: string, below: string, filter: PathFilter): AsyncGenerator<FileToUpload, void> {
  const entries = await readdir(join(root, below), { withFileTypes: true }).catch((cause: unknown) => {
    throw new HubInputError(`${join(root, below)} cannot be listed`, { cause });
  });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = below === "" ? entry.name : `${below}/${entry.name}`;
    if (matchesAny(path, neverUploaded) || matchesAny(path, filter.ignore)) continue;
    if (entry.isDirectory()) yield* filesBelow(root, path, filter);
    else if (filter.include === undefined || matchesAny(path, filter.include)) {
      const content = entry.isFile() ? await localFile(join(root, path)) : await linkedFile(join(root, path));
      if (content !== undefined) yield { path, content };
    }
  }
}

/** Undefined for what is no file in the end, such as a link to a folder, or a socket. */
async function linkedFile(path: string): Promise<Blob | undefined> {
  try {
    return await localFile(path);
  } catch (error) {
    if (error instanceof HubInputError && error.cause === undefined) return undefined;
    throw error;
  }
}
