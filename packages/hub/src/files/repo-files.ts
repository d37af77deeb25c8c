import type { Body, Query, Result, Schema } from "@hf-api/raw";
import { createPr } from "./commit/create-pr.js";
import type { DownloadOptions } from "./download/download.js";
import { download, upload } from "./on-demand.js";
import type { HubFile } from "./download/hub-file.js";
import { inSlices } from "../async/in-slices.js";
import { withoutSlash } from "../inputs/folder-path.js";
import { listCall, type ListInput } from "../lists/list-input.js";
import { linkedPages } from "../lists/loaders.js";
import type { RequestOptions } from "../options.js";
import type { Pages } from "../lists/pages.js";
import {
  pagesOf,
  splitReadId,
  splitRepoId,
  type RepoInput,
  type RepoKind,
  type RevisionInput,
} from "../inputs/repo-id.js";
import type { CommitResult, UploadOptions } from "./commit/commit.js";
import { lfsType, type LfsTransfers, type LfsTransfersInput } from "./commit/lfs-transfers.js";
import type { PathInfo, PathsInfoInput, PreuploadInput, UploadModes } from "./commit/repo-calls.js";
import type { UploadInput } from "./commit/upload.js";
import { RevisionFiles, type DownloadInput, type FileInput } from "./revision-files.js";
import type { XetToken } from "./xet-files.js";

export type { DownloadInput, FileInput, ListTreeInput, RevisionFiles, TreeEntry } from "./revision-files.js";

/** A large file that a repository stores, whether or not a branch still holds it. */
export interface LfsFile extends Schema<"LfsFile"> {}
/** What a folder weighs, in bytes. */
export interface TreeSize extends Result<"get", "/api/models/{namespace}/{repo}/treesize/{rev}/{path}"> {}
/** Where the notebook can be opened; or why it cannot, or not yet. */
export type NotebookUrl = Result<"get", "/api/models/{namespace}/{repo}/notebook/{rev}/{path}">;
/** `xet` narrows the list to files that are in Xet, or to those that are not. */
export interface ListLfsInput
  extends
    RepoInput,
    Omit<Query<"get", "/api/models/{namespace}/{repo}/lfs-files">, keyof ListInput | "cursor">,
    ListInput {}

interface RewriteInput extends RepoInput {
  /** Whether to take the file out of all commits that name it. Default true. */
  rewriteHistory?: boolean | undefined;
}

export interface DeleteLfsInput
  extends RewriteInput, Query<"delete", "/api/models/{namespace}/{repo}/lfs-files/{sha}"> {
  /** The `fileOid` of the file in `listLfs`. */
  sha: string;
}

export interface DeleteLfsBatchInput
  extends RewriteInput, Omit<Body<"post", "/api/models/{namespace}/{repo}/lfs-files/batch">["deletions"], "sha"> {
  /** The `fileOid`s of up to 1,000 files in `listLfs`. */
  sha: readonly string[];
}

/** The files of models, datasets or Spaces. */
export class RepoFiles extends RevisionFiles {
  declare readonly kind: RepoKind;

  /**
   * Returns what the Hub knows of some files and folders. Paths that do not exist are left out of the response. More than
   * 2,000 paths take several requests.
   *
   * @throws {HubResponseError} with code `RevisionNotFound`.
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/models/POST/api/models/%7Bnamespace%7D/%7Brepo%7D/paths-info/%7Brev%7D
   * @example
   * const [config] = await hub.models.files.info({ repo: "openai-community/gpt2", paths: ["config.json"] });
   */
  async info(
    { repo, revision = "main", paths, expand = false, ...rest }: PathsInfoInput,
    options?: RequestOptions,
  ): Promise<PathInfo[]> {
    const path = { ...splitReadId(this.kind, repo), rev: revision };
    return this.transport.withDeadline(options, (all) =>
      inSlices(paths, 2000, (slice) =>
        this.transport.json.post(`/api/${this.kind}/{namespace}/{repo}/paths-info/{rev}`, {
          path,
          body: { ...rest, paths: slice, expand },
          idempotent: true,
          ...all,
        }),
      ),
    );
  }

  /**
   * Returns the size of a folder with all that is below it.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/models/GET/api/models/%7Bnamespace%7D/%7Brepo%7D/treesize/%7Brev%7D/%7Bpath%7D
   * @example
   * const { size } = await hub.models.files.getTreeSize({ repo: "openai-community/gpt2", path: "onnx" });
   */
  async getTreeSize({ repo, revision = "main", path }: FileInput, options?: RequestOptions): Promise<TreeSize> {
    return this.transport.json.get(`/api/${this.kind}/{namespace}/{repo}/treesize/{rev}/{path}`, {
      path: { ...splitReadId(this.kind, repo), rev: revision, path: withoutSlash(path) },
      ...options,
    });
  }

  /**
   * Tells whether there is a file or folder at a path.
   *
   * @throws {HubResponseError} with code `RepoNotFound` or `RevisionNotFound` if there is none of them.
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/models/POST/api/models/%7Bnamespace%7D/%7Brepo%7D/paths-info/%7Brev%7D
   * @example
   * const quantized = await hub.models.files.exists({ repo: "openai-community/gpt2", path: "model.Q4_K_M.gguf" });
   */
  async exists({ path, ...input }: FileInput, options?: RequestOptions): Promise<boolean> {
    return (await this.info({ ...input, paths: [path] }, options)).length > 0;
  }

  /**
   * Downloads a file like `download`, from a URL that caches on the way may store. With a commit as `revision`, it
   * always means the same bytes.
   *
   * @throws {HubResponseError} as `download` does.
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/models/GET/api/resolve-cache/models/%7Bnamespace%7D/%7Brepo%7D/%7Brev%7D/%7Bpath%7D
   * @example
   * const file = await hub.models.files.downloadCached({ repo: "openai-community/gpt2", path: "config.json" });
   */
  async downloadCached(
    { repo, revision = "main", path, range }: DownloadInput,
    options?: DownloadOptions,
  ): Promise<HubFile> {
    const place = splitRepoId(repo);
    const open = (request: RequestOptions | undefined, rev: string = revision) =>
      this.transport.open(`/api/resolve-cache/${this.kind}/{namespace}/{repo}/{rev}/{path}`, {
        path: { ...place, rev, path },
        ...request,
      });
    return download(open, options, range, revision);
  }

  /**
   * Returns an address to open a Jupyter notebook at.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/models/GET/api/models/%7Bnamespace%7D/%7Brepo%7D/notebook/%7Brev%7D/%7Bpath%7D
   * @example
   * const notebook = await hub.models.files.getNotebookUrl({ repo: "me/my-model", path: "train.ipynb" });
   * if ("url" in notebook) console.log(notebook.url);
   */
  async getNotebookUrl({ repo, revision = "main", path }: FileInput, options?: RequestOptions): Promise<NotebookUrl> {
    return this.transport.json.get(`/api/${this.kind}/{namespace}/{repo}/notebook/{rev}/{path}`, {
      path: { ...splitReadId(this.kind, repo), rev: revision, path },
      ...options,
    });
  }

  /**
   * Asks how files have to be uploaded for a commit, and which of them `.gitignore` rules out. Changes nothing.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/models/POST/api/models/%7Bnamespace%7D/%7Brepo%7D/preupload/%7Brev%7D
   * @example
   * const { files } = await hub.models.files.preupload({
   *   repo: "me/my-model",
   *   files: [{ path: "model.safetensors", size: 548_105_171, sample: "eyJfX21ldGFkYXRh" }],
   * });
   */
  async preupload(
    { repo, revision = "main", createPullRequest, ...body }: PreuploadInput,
    options?: RequestOptions,
  ): Promise<UploadModes> {
    return this.transport.json.post(`/api/${this.kind}/{namespace}/{repo}/preupload/{rev}`, {
      path: { ...splitRepoId(repo), rev: revision },
      query: { create_pr: createPr(createPullRequest) },
      body,
      idempotent: true,
      ...options,
    });
  }

  /**
   * Asks where the bytes of large files go to, or come from. `upload` and `commit` do this, and the rest, by themselves.
   *
   * @throws {HubResponseError} with code `Forbidden` when the token may not write to the repository.
   * @remarks Not in the Hub's OpenAPI document.
   * @example
   * const { objects } = await hub.models.files.getLfsTransfers({
   *   repo: "me/my-model",
   *   operation: "upload",
   *   transfers: ["basic", "multipart"],
   *   objects: [{ oid: "a".repeat(64), size: 548_105_171 }],
   * });
   */
  async getLfsTransfers(
    { repo, revision = "main", createPullRequest, ...wanted }: LfsTransfersInput,
    options?: RequestOptions,
  ): Promise<LfsTransfers> {
    return this.transport.json.post(`${pagesOf[this.kind]}/{namespace}/{repo}.git/info/lfs/objects/batch`, {
      path: splitRepoId(repo),
      // A branch that is named has to be one that the caller may write to.
      body: { ...wanted, hash_algo: "sha256", ...(createPullRequest === true ? {} : { ref: { name: revision } }) },
      contentType: lfsType,
      // Nothing is stored yet, so asking twice is the same as asking once.
      idempotent: true,
      ...options,
      headers: { accept: lfsType, ...options?.headers },
    });
  }

  /**
   * Uploads a file, or many, as one commit: small ones inside it, large ones before it to the Hub's storage, and none that
   * the branch holds already.
   *
   * @throws {HubInputError} for a path that no repository can hold.
   * @throws {HubResponseError} with code `Forbidden`, or `PreconditionFailed` when the branch left `parentCommit`.
   * @remarks Several requests: `preupload`, `getLfsTransfers`, the storage's own, and `createCommit`.
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/models/POST/api/models/%7Bnamespace%7D/%7Brepo%7D/preupload/%7Brev%7D
   * @example
   * await hub.models.files.upload({ repo: "me/my-model", path: "README.md", content: "# My model" });
   */
  async upload(input: UploadInput, options?: UploadOptions): Promise<CommitResult> {
    return upload(this.transport, this, input, options);
  }

  /**
   * Lists the large files that a repository stores, those of old commits included: all that counts against its storage.
   *
   * @throws {HubResponseError} with code `Forbidden` when the token may not write to the repository.
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/models/GET/api/models/%7Bnamespace%7D/%7Brepo%7D/lfs-files
   * @example
   * for await (const file of hub.models.files.listLfs({ repo: "me/my-model" })) console.log(file.filename, file.size);
   */
  listLfs({ repo, ...input }: ListLfsInput, options?: RequestOptions): Pages<LfsFile> {
    return linkedPages(this.transport, `/api/${this.kind}/{namespace}/{repo}/lfs-files`, {
      path: splitRepoId(repo),
      ...listCall(input, options, 1000),
    });
  }

  /**
   * Deletes a large file for good, from all revisions. Unless `rewriteHistory` is false, the commits that name it are
   * written anew and get other ids.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/models/DELETE/api/models/%7Bnamespace%7D/%7Brepo%7D/lfs-files/%7Bsha%7D
   * @example
   * const [file] = await hub.models.files.listLfs({ repo: "me/my-model", limit: 1 }).toArray();
   * if (file !== undefined) await hub.models.files.deleteLfs({ repo: "me/my-model", sha: file.fileOid });
   */
  async deleteLfs({ repo, sha, ...query }: DeleteLfsInput, options?: RequestOptions): Promise<void> {
    return this.transport.empty.delete(`/api/${this.kind}/{namespace}/{repo}/lfs-files/{sha}`, {
      path: { ...splitRepoId(repo), sha },
      query,
      ...options,
    });
  }

  /**
   * Deletes up to 1,000 large files for good, as `deleteLfs` does with one.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/models/POST/api/models/%7Bnamespace%7D/%7Brepo%7D/lfs-files/batch
   * @example
   * const files = await hub.models.files.listLfs({ repo: "me/my-model" }).take(1000);
   * await hub.models.files.deleteLfsBatch({ repo: "me/my-model", sha: files.map(({ fileOid }) => fileOid) });
   */
  async deleteLfsBatch({ repo, ...deletions }: DeleteLfsBatchInput, options?: RequestOptions): Promise<void> {
    return this.transport.empty.post(`/api/${this.kind}/{namespace}/{repo}/lfs-files/batch`, {
      path: splitRepoId(repo),
      body: { deletions },
      ...options,
    });
  }

  /**
   * Returns a short-lived token to fetch a revision's bytes from Xet.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/models/GET/api/models/%7Bnamespace%7D/%7Brepo%7D/xet-read-token/%7Brev%7D
   * @example
   * const { casUrl, exp } = await hub.models.files.getXetReadToken({ repo: "openai-community/gpt2" });
   */
  async getXetReadToken({ repo, revision = "main" }: RevisionInput, options?: RequestOptions): Promise<XetToken> {
    return this.transport.json.get(`/api/${this.kind}/{namespace}/{repo}/xet-read-token/{rev}`, {
      path: { ...splitReadId(this.kind, repo), rev: revision },
      ...options,
    });
  }

  /**
   * Returns a short-lived token to store bytes in Xet, for a later commit.
   *
   * @throws {HubResponseError} with code `Forbidden` when the token may not write to the repository.
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/models/GET/api/models/%7Bnamespace%7D/%7Brepo%7D/xet-write-token/%7Brev%7D
   * @example
   * const { casUrl, exp } = await hub.models.files.getXetWriteToken({ repo: "me/my-model" });
   */
  async getXetWriteToken({ repo, revision = "main" }: RevisionInput, options?: RequestOptions): Promise<XetToken> {
    return this.transport.json.get(`/api/${this.kind}/{namespace}/{repo}/xet-write-token/{rev}`, {
      path: { ...splitRepoId(repo), rev: revision },
      ...options,
    });
  }
}
