import { HubInputError, HubIntegrityError } from "../../errors.js";
import { count, wholeNumber } from "../../inputs/numbers.js";
import type { FileFacts } from "./file-facts.js";

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

const digits = { sha256: 64, gitOid: 40, commit: 40 };

const isHash = (text: unknown, length: number): text is string =>
  typeof text === "string" && text.length === length && /^[0-9a-f]+$/.test(text);

export const isSha256 = (text: unknown): text is string => isHash(text, digits.sha256);

/** Of a file, or of a commit. */
export const isGitOid = (text: unknown): text is string => isHash(text, digits.gitOid);

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
  if (expected.size !== undefined) count("expected.size", expected.size);
  for (const name of ["sha256", "gitOid", "commit"] as const) {
    const value: unknown = expected[name];
    if (value !== undefined && !isHash(value, digits[name])) {
      throw new HubInputError(`expected.${name} is ${value}; expected ${digits[name]} lower-case hexadecimal digits`);
    }
  }
}

/** @throws {HubIntegrityError} when the server says itself that it has another file. */
export function compareFacts(facts: FileFacts, expected: ExpectedFile): void {
  const { headers, status } = facts;
  const total = status === 206 ? wholeNumber(headers.get("content-range")?.split("/")[1]) : facts.size;
  const found = { ...facts, size: total };
  for (const name of ["size", "sha256", "gitOid", "commit"] as const) {
    if (found[name] === undefined || expected[name] === undefined || found[name] === expected[name]) continue;
    throw new HubIntegrityError(`the server has another file: its ${name} is ${found[name]}, not ${expected[name]}`);
  }
}
