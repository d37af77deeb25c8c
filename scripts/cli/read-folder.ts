import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { PipelineError } from "./pipeline-error.js";

const maxOutputLength = 20 * 1024 * 1024;

/** The text of a JSON file, unpacked where its name says that it is packed. */
export async function readJsonText(path: string): Promise<string> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new PipelineError(
      `Cannot read ${path}: ${error.code === "ENOENT" ? "there is no such file" : error.message}.`,
    );
  });
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(
      path.endsWith(".gz") ? gunzipSync(bytes, { maxOutputLength }) : bytes,
    );
  } catch (error) {
    throw new PipelineError(`${path} is no UTF-8 text: ${(error as Error).message}.`);
  }
}

/** The names of a folder's documents, `*.json` and `*.json.gz`, in order. */
export async function documentsIn(folder: string): Promise<string[]> {
  const files = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    throw new PipelineError(`Cannot read the folder ${folder}: ${error.code ?? error.message}.`);
  });
  return files
    .filter((file) => /\.json(\.gz)?$/.test(file))
    .sort()
    .map((file) => join(folder, file));
}
