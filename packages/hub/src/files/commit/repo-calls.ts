import type { Body, Result, Schema } from "@hf-api/raw";
import type { RepoKind, RevisionInput } from "../../inputs/repo-id.js";
import type { RequestOptions } from "../../options.js";
import type { DownloadOptions } from "../download/download.js";
import type { HubFile } from "../download/hub-file.js";
import type { LfsTransfers, LfsTransfersInput } from "./lfs-transfers.js";

/** One file or folder that was requested by its path. */
export interface PathInfo extends Schema<"PathInfo"> {}

/** How each file has to be uploaded: inside the commit, or apart from it when it is large. */
export interface UploadModes extends Result<"post", "/api/models/{namespace}/{repo}/preupload/{rev}"> {}

/** Which files and folders are asked about, and how much to return of each. */
export interface PathsInfoInput
  extends RevisionInput, Omit<Body<"post", "/api/models/{namespace}/{repo}/paths-info/{rev}">, "paths" | "expand"> {
  /** Files and folders; any number of them. */
  paths: readonly string[];
  /** Adds each entry's last commit and its security scan. */
  expand?: boolean | undefined;
}

/** Up to 1,000 files, each with its first 512 bytes in base64 as `sample`, and its `size` in bytes. */
export interface PreuploadInput extends RevisionInput, Body<"post", "/api/models/{namespace}/{repo}/preupload/{rev}"> {
  /** Whether the commit will open a pull request, for which reading is enough. */
  createPullRequest?: boolean | undefined;
}

/** The calls that a commit is made of: the files of each kind of repository have them. */
export interface RepoCalls {
  readonly kind: RepoKind;
  info(input: PathsInfoInput, options?: RequestOptions): Promise<PathInfo[]>;
  preupload(input: PreuploadInput, options?: RequestOptions): Promise<UploadModes>;
  getLfsTransfers(input: LfsTransfersInput, options?: RequestOptions): Promise<LfsTransfers>;
  download(input: RevisionInput & { path: string }, options?: DownloadOptions): Promise<HubFile>;
}
