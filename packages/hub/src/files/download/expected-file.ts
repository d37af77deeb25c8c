import { HubInputError, HubIntegrityError } from "../../errors.js";
import { count } from "../../inputs/numbers.js";
import { wholeSize, type FileInfo } from "./file-facts.js";
import { isGitOid, isSha256 } from "./hash-formats.js";

/** What is known of a file before it is downloaded. What is left out is not compared. */
export interface ExpectedFile {
  /** Bytes of the whole file. */
  size?: number | undefined;
  /** The SHA-256 of its bytes, 64 hexadecimal digits: `lfs.oid` of a large file in `files.list` and `files.info`. */
  sha256?: string | undefined;
  /** The id that Git gives its bytes, 40 hexadecimal digits: `oid` of a small file in `files.list` and `files.info`. */
  gitOid?: string | undefined;
  /** The commit that the Hub has to name for it. Default: the `revision` of the download, when that is a commit. */
  commit?: string | undefined;
}

const hashes = { sha256: isSha256, gitOid: isGitOid, commit: isGitOid };

/**
 * What an entry of `files.list` or `files.info` says of its file, for the option `expected` of a download.
 *
 * @example
 * const repo = "openai-community/gpt2";
 * for await (const entry of hub.models.files.list({ repo, limit: 2 })) {
 *   if (entry.type !== "file") continue;
 *   const file = await hub.models.files.download({ repo, path: entry.path }, { expected: expectedFile(entry) });
 *   console.log(file.size, await file.text());
 * }
 */
export function expectedFile({
  size,
  oid,
  lfs,
}: {
  size?: number | undefined;
  oid: string;
  lfs?: { oid: string; size: number } | undefined;
}): ExpectedFile {
  if (lfs === undefined) return { size, gitOid: isGitOid(oid) ? oid : undefined };
  // To those without access to a gated repository, the Hub shows stars.
  return { size: lfs.size, sha256: isSha256(lfs.oid) ? lfs.oid : undefined };
}

/** @throws {HubInputError} for a size or a hash that no file has. */
export function checkExpected(expected: ExpectedFile): void {
  count("expected.size", expected.size ?? 0);
  for (const name of ["sha256", "gitOid", "commit"] as const) {
    const value = expected[name];
    if (value !== undefined && !hashes[name](value)) {
      throw new HubInputError(`expected.${name} is ${value}, which is not a hash in lower-case hexadecimal`);
    }
  }
}

/** @throws {HubIntegrityError} when the server says itself that it has another file. */
export function compareFacts(facts: FileInfo, expected: ExpectedFile): void {
  const size = facts.status === 206 ? wholeSize(facts) : facts.size;
  const found = { ...facts, size };
  for (const name of ["size", "sha256", "gitOid", "commit"] as const) {
    const wanted = expected[name];
    if (wanted !== undefined && wanted !== (found[name] ?? wanted)) {
      throw new HubIntegrityError(`the server has another file: its ${name} is ${found[name]}, not ${wanted}`);
    }
  }
}
