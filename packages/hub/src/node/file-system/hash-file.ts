import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { HubError } from "../../errors.js";
import type { ExpectedFile } from "../../files/download/expected-file.js";

const chunkSize = 1024 * 1024;

/** The hash that a file is known by, as the repository lists it. */
export const hashOf = ({ sha256, gitOid }: ExpectedFile): string | undefined => sha256 ?? gitOid;

/** Reads a file of the expected size, and tells whether it has the expected hash. */
export async function hasHash(
  path: string,
  expected: ExpectedFile,
  onBytes: (count: number) => void = () => undefined,
  signal?: AbortSignal,
): Promise<boolean> {
  const { sha256, size } = expected;
  const hash = sha256 === undefined ? createHash("sha1").update(`blob ${size}\0`) : createHash("sha256");
  const chunks = createReadStream(path, { highWaterMark: chunkSize }) as AsyncIterable<Uint8Array>;
  try {
    for await (const chunk of chunks) {
      signal?.throwIfAborted();
      hash.update(chunk);
      onBytes(chunk.byteLength);
    }
  } catch (error) {
    if (signal?.aborted === true || (error as NodeJS.ErrnoException).syscall === undefined) throw error;
    throw new HubError(`${path} cannot be read: ${(error as Error).message}`, { cause: error });
  }
  return hash.digest("hex") === hashOf(expected);
}
