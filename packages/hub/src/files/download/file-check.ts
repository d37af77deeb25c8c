import type { Bytes } from "../../bytes/bytes.js";
import { HubIntegrityError } from "../../errors.js";
import { gitHeader, gitObjectId } from "../file-content.js";
import { createSha256, runtimeHash } from "../sha256.js";
import type { ExpectedFile } from "./expected-file.js";
import type { FileInfo } from "./file-facts.js";

/** Takes the bytes of a file as they pass, and compares them at the end. */
export interface FileCheck {
  update(bytes: Bytes): unknown;
  /** @throws {HubIntegrityError} when they are not those that were due. */
  finish(): Promise<void>;
}

/** Undefined where nobody names a hash. What the caller expects goes before what the Hub says of the file. */
export function createCheck(facts: FileInfo, expected: ExpectedFile): FileCheck | undefined {
  const sha256 = expected.sha256 ?? (expected.gitOid === undefined ? facts.sha256 : undefined);
  const wanted = sha256 ?? expected.gitOid ?? facts.gitOid;
  if (wanted === undefined) return undefined;
  const hash: FileHash = sha256 === undefined ? createGitHash(facts.size) : createSha256();
  return {
    update: (bytes) => hash.update(bytes),
    async finish() {
      const found = await hash.digest("hex");
      if (found === undefined || found === wanted) return;
      const name = sha256 === undefined ? "Git object id" : "SHA-256";
      throw new HubIntegrityError(`the file has the ${name} ${found}, not ${wanted}. Download it again`);
    },
  };
}

interface FileHash {
  update(bytes: Bytes): unknown;
  digest(encoding: "hex"): string | undefined | Promise<string | undefined>;
}

/** The Hub keeps no file above 10 MB in Git itself. */
const heldBytes = 16 * 1024 * 1024;

/**
 * Computes Git's id of a file. A file is held until its end where the runtime hashes nothing piece by piece, and where
 * the size is unknown, with which Git begins.
 */
function createGitHash(size: number | undefined): FileHash {
  const hash = runtimeHash("sha1");
  if (hash !== undefined && size !== undefined) {
    hash.update(gitHeader(size));
    return hash;
  }
  let chunks: Bytes[] = [];
  let held = 0;
  return {
    update(bytes) {
      held += bytes.byteLength;
      // Whoever reads the bytes may write over them.
      if (held <= heldBytes) chunks.push(bytes.slice());
      else chunks = [];
    },
    // Pages that came unencrypted have no WebCrypto.
    digest: async () => (held > heldBytes || !("subtle" in crypto) ? undefined : await gitObjectId(new Blob(chunks))),
  };
}
