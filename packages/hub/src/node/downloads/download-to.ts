import { basename, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { HubInputError } from "../../errors.js";
import type { DownloadOptions } from "../../files/download/download.js";
import type { HubFile } from "../../files/download/hub-file.js";
import { hashOf } from "../file-system/hash-file.js";
import { Leftovers, versionOf } from "../file-system/partial-file.js";
import { writeTarget } from "../file-system/write-target.js";
import { writeFile } from "./write-file.js";

/** What has files: `hub.models`, `hub.datasets`, `hub.spaces`, `hub.kernels` or `hub.buckets`. */
export interface FileSource<Input> {
  readonly files: { download(input: Input, options?: DownloadOptions): Promise<HubFile> };
}

/**
 * Downloads a file to a local file, which appears under its name only when it is complete. Until then, the bytes are in a
 * partial file beside it, `.hf-….part`. If the process is killed, the connection fails for good, or the caller gives up,
 * the next download of the same target goes on from there: it requests only what is missing, and compares the whole file
 * with the hash that `expected` or the Hub names. Another version of the file, or `verify: false`, starts from the
 * beginning. Missing folders are created. An existing file keeps its permissions, and a link leads to the file that is
 * written.
 *
 * @returns What is known of the file; its bytes are read already.
 * @throws {HubInputError} if the target is not a regular file, or is below something that is not a folder.
 * @throws {HubIntegrityError} if the bytes are not those that `expected` or the Hub names.
 * @throws {HubError} if the file system refuses; `cause` says why.
 * @example
 * await downloadTo(hub.models, { repo: "openai-community/gpt2", path: "config.json" }, "gpt2/config.json");
 */
export async function downloadTo<Input>(
  source: FileSource<Input>,
  input: Input,
  target: string | URL,
  options: DownloadOptions = {},
): Promise<HubFile> {
  const { expected, verify = true, signal } = options;
  if (options.resume !== undefined) throw new HubInputError("resume is not for downloadTo, which resumes by itself");
  const place = await writeTarget(target instanceof URL ? fileURLToPath(target) : target);
  const leftovers = await Leftovers.in(dirname(place.path));
  const hash = expected && hashOf(expected);
  // Without a check, nobody would notice if the earlier bytes were damaged.
  const isChecked = verify && !isPartOf(input, options);
  const version = hash === undefined && isChecked ? undefined : versionOf(isChecked ? hash : undefined);
  const found = await leftovers.take(basename(place.path), version);
  const file = { target: place, expected, found, signal };
  return await writeFile(file, (resume) =>
    source.files.download(input, resume === undefined ? options : { ...options, resume }),
  );
}

/** Whether the caller asks for a part of the file. */
function isPartOf(input: unknown, { headers = {} }: DownloadOptions): boolean {
  const isRange = typeof input === "object" && input !== null && "range" in input && input.range !== undefined;
  return isRange || Object.keys(headers).some((name) => name.toLowerCase() === "range");
}
