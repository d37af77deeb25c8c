import type { Body, Result } from "@hf-api/raw";
import { splitRepoId, type RepoInput, type RepoKind } from "../inputs/repo-id.js";
import type { RequestOptions } from "../options.js";
import type { Transport } from "../transport/transport.js";

type DuplicateBody = Body<"post", "/api/{repoType}/{namespace}/{repo}/duplicate">;
type OfSpaces = "hardware" | "secrets" | "sleepTimeSeconds" | "variables" | "volumes";

/** Where the copy is. With `filesCopyPending`, its large files cannot be downloaded yet. */
export interface DuplicatedRepo extends Result<"post", "/api/{repoType}/{namespace}/{repo}/duplicate"> {}

interface CopyOfRepo extends RepoInput {
  /** `owner/name` of the copy. */
  to: string;
}

/** Where the copy goes, and who sees it. */
export interface DuplicateRepoInput extends CopyOfRepo, Omit<DuplicateBody, "repository" | "visibility" | OfSpaces> {
  /** Default: that of the original. */
  visibility?: "private" | "public" | undefined;
}

/** Where the copy goes, and how it differs from the original. */
export interface DuplicateSpaceInput extends CopyOfRepo, Omit<DuplicateBody, "repository"> {}

/** The Hub has one operation for all kinds; what makes a copy run is for Spaces alone. */
export async function duplicateRepo(
  transport: Transport,
  kind: RepoKind,
  { repo, to, ...settings }: DuplicateSpaceInput,
  options: RequestOptions | undefined,
): Promise<DuplicatedRepo> {
  splitRepoId(to);
  return transport.json.post("/api/{repoType}/{namespace}/{repo}/duplicate", {
    path: { repoType: kind, ...splitRepoId(repo) },
    body: { repository: to, ...settings },
    ...options,
  });
}
