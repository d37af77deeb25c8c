import type { Body, Result } from "@hf-api/raw";
import type { RevisionInput } from "../../inputs/repo-id.js";

/** The media type of Git LFS. */
export const lfsType = "application/vnd.git-lfs+json";

/** `objects` are named by the SHA-256 of their bytes, with their size in bytes. */
export interface LfsTransfersInput
  extends RevisionInput, Omit<Body<"post", "/{namespace}/{repo}.git/info/lfs/objects/batch">, "hash_algo" | "ref"> {
  /** Whether the commit will open a pull request, for which reading is enough. */
  createPullRequest?: boolean | undefined;
}

/**
 * Where the bytes of each object go to, or come from. An object without actions needs none: the Hub has it. An upload in
 * parts has their addresses, by number, and their size as `chunk_size` in the `header` of its action.
 */
export interface LfsTransfers extends Result<"post", "/{namespace}/{repo}.git/info/lfs/objects/batch"> {}
