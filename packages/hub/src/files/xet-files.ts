import type { Body, Schema } from "@hf-api/raw";
import type { RequestOptions } from "../options.js";
import { splitRepoId, type RepoInput } from "../inputs/repo-id.js";
import type { Transport } from "../transport/transport.js";

/** Whatever keeps its large files in Xet. */
export type XetKind = "models" | "datasets" | "spaces" | "kernels" | "buckets";

/** How many of the files the target has now, and what became of the others. */
export interface XetDuplication extends Schema<"LfsFileDuplication"> {}
/** Where Xet keeps the bytes, and a token for it that is good until `exp`, in seconds since 1970. */
export interface XetToken {
  casUrl: string;
  accessToken: string;
  exp: number;
}

/** Names up to 1,000 files by their hashes. `target.name` is `owner/name`. */
export interface DuplicateXetInput
  extends RepoInput, Body<"post", "/api/models/{namespace}/{repo}/lfs-files/duplicate"> {}

/** Files whose bytes are in Xet. */
export class XetFiles {
  protected readonly transport: Transport;
  readonly kind: XetKind;

  constructor(transport: Transport, kind: XetKind) {
    this.transport = transport;
    this.kind = kind;
  }

  /**
   * Makes files known to another repository, so that a commit there can name them without sending their bytes again.
   * Some may fail while others succeed: look at `failed`.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/models/POST/api/models/%7Bnamespace%7D/%7Brepo%7D/lfs-files/duplicate
   * @example
   * const { failed } = await hub.models.files.duplicateXet({
   *   repo: "me/model",
   *   target: { type: "model", name: "me/copy" },
   *   files: [{ sha256: "a".repeat(64), xetHash: "b".repeat(64) }],
   * });
   */
  async duplicateXet({ repo, ...body }: DuplicateXetInput, options?: RequestOptions): Promise<XetDuplication> {
    return this.transport.json.post(`/api/${this.kind}/{namespace}/{repo}/lfs-files/duplicate`, {
      path: splitRepoId(repo),
      body,
      ...options,
    });
  }
}
