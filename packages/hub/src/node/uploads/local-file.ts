import { openAsBlob } from "node:fs";
import { stat } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { HubInputError } from "../../errors.js";
import { DiskBlob } from "./disk-blob.js";

/**
 * A local file as content for `upload` and `commit`. Its bytes are read when they are sent, a piece at a time; a
 * file that changes in between makes the upload fail.
 *
 * @throws {HubInputError} when there is no such file.
 * @example
 * await hub.models.files.upload({ repo: "me/my-model", path: "model.bin", content: await localFile("out/model.bin") });
 */
export async function localFile(path: string | URL): Promise<Blob> {
  const name = path instanceof URL ? fileURLToPath(path) : path;
  const found = await stat(name).catch((cause: unknown) => {
    throw new HubInputError(`${name} cannot be read`, { cause });
  });
  if (!found.isFile()) throw new HubInputError(`${name} is not a file; for a folder use localFolder`);
  const blob = await openAsBlob(name);
  if (blob.size === found.size) return blob;
  // What other runtimes send of a Blob, they do not ask of its methods.
  if ("Bun" in globalThis || "Deno" in globalThis) throw new HubInputError(`${name} is too large for this runtime`);
  return new DiskBlob(name, 0, found.size, found.mtimeMs);
}
