import type { Body, Query, Result, Schema } from "@hf-api/raw";
import { HubInputError } from "../errors.js";
import type { DownloadOptions } from "./download/download.js";
import { download } from "./on-demand.js";
import type { FileRange } from "./download/file-range.js";
import type { HubFile } from "./download/hub-file.js";
import { inSlices } from "../async/in-slices.js";
import { withoutSlash } from "../inputs/folder-path.js";
import { listCall, type ListInput } from "../lists/list-input.js";
import { linkedPages } from "../lists/loaders.js";
import { ndjson, ndjsonType } from "../bytes/ndjson.js";
import type { RequestOptions } from "../options.js";
import type { Pages } from "../lists/pages.js";
import { splitRepoId, type RepoInput } from "../inputs/repo-id.js";
import type { Item } from "../lists/item.js";
import { XetFiles, type XetToken } from "./xet-files.js";

/** One file or folder of a bucket. */
export interface BucketEntry extends Item<Result<"get", "/api/buckets/{namespace}/{repo}/tree/{path}">> {}
/** How many of a batch's lines were carried out, and what became of the others. */
export interface BucketBatchResult extends Result<"post", "/api/buckets/{namespace}/{repo}/batch"> {}

/**
 * One change of a batch. `addFile` names bytes that were stored in Xet before; `copyFile` those of another bucket or
 * repository.
 */
export type BucketOperation = Schema<"BucketBatchLine">;

/** `sort: "uploadedAt"` begins with the latest; with `recursive`, which is the default, it is for whole buckets only. */
export interface ListBucketTreeInput
  extends
    RepoInput,
    Omit<Query<"get", "/api/buckets/{namespace}/{repo}/tree/{path}">, keyof ListInput | "cursor">,
    ListInput {
  /** A folder; the whole bucket when left out. */
  path?: string | undefined;
}

export interface BucketPathsInfoInput
  extends RepoInput, Omit<Body<"post", "/api/buckets/{namespace}/{repo}/paths-info">, "paths"> {
  /** Files and folders; any number of them. */
  paths: readonly string[];
}

export interface BucketFileInput extends RepoInput {
  /** Of a file or folder, from the top of the bucket. */
  path: string;
}

/** `noContentDisposition` and `download` say which Content-Disposition header the file comes with. */
export interface DownloadBucketFileInput
  extends BucketFileInput, Query<"get", "/buckets/{namespace}/{repo}/resolve/{path}"> {
  /** A part of the file; the response then has status 206, and `size` counts the part. */
  range?: FileRange | undefined;
}

/** Files to add, copy and delete, all of one bucket. */
export interface BucketBatchInput extends RepoInput {
  /** Those that delete come last. */
  operations: readonly BucketOperation[];
}

/** The files of buckets. */
export class BucketFiles extends XetFiles {
  /**
   * Lists the files of a bucket, those in its folders included. With `recursive: false`, folders stand for what is in
   * them, and pages may hold fewer entries than requested.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/buckets/GET/api/buckets/%7Bnamespace%7D/%7Brepo%7D/tree/%7Bpath%7D
   * @example
   * for await (const entry of hub.buckets.files.list({ repo: "me/my-bucket" })) console.log(entry.path, entry.size);
   */
  list({ repo, path, ...input }: ListBucketTreeInput, options?: RequestOptions): Pages<BucketEntry> {
    const call = listCall(input, options, 5000);
    const place = splitRepoId(repo);
    const folder = withoutSlash(path);
    return folder === ""
      ? linkedPages(this.transport, "/api/buckets/{namespace}/{repo}/tree", { path: place, ...call })
      : linkedPages(this.transport, "/api/buckets/{namespace}/{repo}/tree/{path}", {
          path: { ...place, path: folder },
          ...call,
        });
  }

  /**
   * Returns what the Hub knows of some files and folders. More than 2,000 paths take several requests.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/buckets/POST/api/buckets/%7Bnamespace%7D/%7Brepo%7D/paths-info
   * @example
   * const [entry] = await hub.buckets.files.info({ repo: "me/my-bucket", paths: ["runs/1.json"] });
   */
  async info({ repo, paths, ...rest }: BucketPathsInfoInput, options?: RequestOptions): Promise<BucketEntry[]> {
    const path = splitRepoId(repo);
    return this.transport.withDeadline(options, (all) =>
      inSlices(paths, 2000, (slice) =>
        this.transport.json.post("/api/buckets/{namespace}/{repo}/paths-info", {
          path,
          body: { ...rest, paths: slice },
          idempotent: true,
          ...all,
        }),
      ),
    );
  }

  /**
   * Tells whether there is a file or folder at a path.
   *
   * @throws {HubResponseError} with code `RepoNotFound` if there is no such bucket.
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/buckets/POST/api/buckets/%7Bnamespace%7D/%7Brepo%7D/paths-info
   * @example
   * const finished = await hub.buckets.files.exists({ repo: "me/my-bucket", path: "runs/1.json" });
   */
  async exists({ repo, path }: BucketFileInput, options?: RequestOptions): Promise<boolean> {
    return (await this.info({ repo, paths: [path] }, options)).length > 0;
  }

  /**
   * Downloads a file, whole or in part: returns at once what is known of it, with its bytes as a stream. When the
   * connection breaks, the stream goes on where it ended. Read or close it, else its connection stays open.
   *
   * @throws {HubResponseError} with code `EntryNotFound` or `RepoNotFound`.
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/buckets/GET/buckets/%7Bnamespace%7D/%7Brepo%7D/resolve/%7Bpath%7D
   * @example
   * const file = await hub.buckets.files.download({ repo: "me/my-bucket", path: "runs/1.json" });
   * console.log(file.size, await file.text());
   */
  async download(
    { repo, path, range, ...query }: DownloadBucketFileInput,
    options?: DownloadOptions,
  ): Promise<HubFile> {
    const place = { ...splitRepoId(repo), path };
    const open = (request: RequestOptions | undefined) =>
      this.transport.open("/buckets/{namespace}/{repo}/resolve/{path}", { path: place, query, ...request });
    return download(open, options, range);
  }

  /**
   * Adds, copies and deletes files of a bucket. Some may fail while others succeed: look at `failed`.
   *
   * @throws {HubInputError} when an operation that deletes stands before one that does not.
   * @throws {HubResponseError} with status 422 when all of them failed; its `body` tells why.
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/buckets/POST/api/buckets/%7Bnamespace%7D/%7Brepo%7D/batch
   * @example
   * const { failed } = await hub.buckets.files.batch({
   *   repo: "me/my-bucket",
   *   operations: [{ type: "deleteFile", path: "runs/1.json" }],
   * });
   */
  async batch({ repo, operations }: BucketBatchInput, options?: RequestOptions): Promise<BucketBatchResult> {
    const firstDeletion = operations.findIndex(({ type }) => type === "deleteFile");
    if (firstDeletion >= 0 && operations.slice(firstDeletion).some(({ type }) => type !== "deleteFile")) {
      throw new HubInputError("operations that delete must come after all others");
    }
    return this.transport.json.post("/api/buckets/{namespace}/{repo}/batch", {
      path: splitRepoId(repo),
      body: ndjson(operations),
      contentType: ndjsonType,
      ...options,
    });
  }

  /**
   * Returns a short-lived token to fetch a bucket's bytes from Xet.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/buckets/GET/api/buckets/%7Bnamespace%7D/%7Brepo%7D/xet-read-token
   * @example
   * const { casUrl, exp } = await hub.buckets.files.getXetReadToken({ repo: "me/my-bucket" });
   */
  async getXetReadToken({ repo }: RepoInput, options?: RequestOptions): Promise<XetToken> {
    return this.transport.json.get("/api/buckets/{namespace}/{repo}/xet-read-token", {
      path: splitRepoId(repo),
      ...options,
    });
  }

  /**
   * Returns a short-lived token to store bytes in Xet, for a later batch.
   *
   * @throws {HubResponseError} with code `Forbidden` when the token may not write to the bucket.
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/buckets/GET/api/buckets/%7Bnamespace%7D/%7Brepo%7D/xet-write-token
   * @example
   * const { casUrl, exp } = await hub.buckets.files.getXetWriteToken({ repo: "me/my-bucket" });
   */
  async getXetWriteToken({ repo }: RepoInput, options?: RequestOptions): Promise<XetToken> {
    return this.transport.json.get("/api/buckets/{namespace}/{repo}/xet-write-token", {
      path: splitRepoId(repo),
      ...options,
    });
  }
}
