import type { Body, Query, Result } from "@hf-api/raw";
import type { ListInput } from "../lists/list-input.js";
import { linkedPages } from "../lists/loaders.js";
import type { RequestOptions } from "../options.js";
import type { Pages } from "../lists/pages.js";
import { ownerOr } from "../identity.js";
import { splitOwnRepoId, splitRepoId, type RepoInput } from "../inputs/repo-id.js";
import { BucketFiles } from "../files/bucket-files.js";
import { GroupedNamespace } from "../repos/grouped-namespace.js";

/** What is known of a bucket, such as how many files it has and how many bytes these are. */
export interface Bucket extends Result<"get", "/api/buckets/{namespace}/{repo}"> {}
/** Where the new bucket is. */
export interface CreatedBucket extends Result<"post", "/api/buckets/{namespace}/{repo}"> {}
/** A bucket's settings as they are now. */
export interface BucketSettings extends Result<"put", "/api/buckets/{namespace}/{repo}/settings"> {}

/** Whose buckets; by default the signed-in user's. */
export interface ListBucketsInput extends Query<"get", "/api/buckets/{namespace}">, Pick<ListInput, "limit"> {
  /** The user or organisation that the buckets belong to. Default: the signed-in user. */
  namespace?: string | undefined;
}

/** `cdn` names places to keep copies of the files near, and `region` where the bucket itself is. */
export interface CreateBucketInput extends Body<"post", "/api/buckets/{namespace}/{repo}"> {
  /** `owner/name`, or `name` alone for a bucket of the signed-in user. */
  repo: string;
}

/** What is left out keeps its value. */
export interface UpdateBucketSettingsInput extends RepoInput, Body<"put", "/api/buckets/{namespace}/{repo}/settings"> {}

/** Buckets: storage for files that change often, without commits and revisions. */
export class Buckets extends GroupedNamespace {
  protected readonly kind = "buckets";
  /** The files of buckets. */
  readonly files: BucketFiles = new BucketFiles(this.transport, "buckets");
  /**
   * Lists the buckets of a user or an organisation.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/buckets/GET/api/buckets/%7Bnamespace%7D
   * @example
   * for await (const { id, size } of hub.buckets.list({ namespace: "my-org" })) console.log(id, size);
   */
  list({ namespace, limit, ...query }: ListBucketsInput = {}, options?: RequestOptions): Pages<Bucket> {
    return linkedPages(this.transport, "/api/buckets/{namespace}", {
      path: { namespace },
      query,
      findOwner: (all) => ownerOr(this.transport, namespace, all),
      limit,
      ...options,
    });
  }

  /**
   * Returns one bucket.
   *
   * @throws {HubResponseError} with code `RepoNotFound`, or `NotFoundOrPrivate` without a token.
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/buckets/GET/api/buckets/%7Bnamespace%7D/%7Brepo%7D
   * @example
   * const { totalFiles, size } = await hub.buckets.get({ repo: "me/my-bucket" });
   */
  async get({ repo }: RepoInput, options?: RequestOptions): Promise<Bucket> {
    return this.transport.json.get("/api/buckets/{namespace}/{repo}", { path: splitRepoId(repo), ...options });
  }

  /**
   * Creates a bucket, which is public unless `private` is set.
   *
   * @throws {HubResponseError} with code `Conflict` when it exists already; `body.url` is its address.
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/buckets/POST/api/buckets/%7Bnamespace%7D/%7Brepo%7D
   * @example
   * const { url } = await hub.buckets.create({ repo: "my-new-bucket", private: true });
   */
  async create({ repo, ...body }: CreateBucketInput, options?: RequestOptions): Promise<CreatedBucket> {
    const { namespace, repo: name } = splitOwnRepoId(repo);
    return this.transport.json.post("/api/buckets/{namespace}/{repo}", {
      path: { namespace: await ownerOr(this.transport, namespace, options), repo: name },
      body,
      ...options,
    });
  }

  /**
   * Changes where copies of a bucket's files are kept, and whether it is private.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/buckets/PUT/api/buckets/%7Bnamespace%7D/%7Brepo%7D/settings
   * @example
   * await hub.buckets.updateSettings({ repo: "me/my-bucket", cdnRegions: [{ provider: "aws", region: "eu" }] });
   */
  async updateSettings(
    { repo, ...body }: UpdateBucketSettingsInput,
    options?: RequestOptions,
  ): Promise<BucketSettings> {
    return this.transport.json.put("/api/buckets/{namespace}/{repo}/settings", {
      path: splitRepoId(repo),
      body,
      ...options,
    });
  }

  /**
   * Deletes a bucket with all its files, for good.
   *
   * @throws {HubResponseError} with code `RepoNotFound` when there is none.
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/buckets/DELETE/api/buckets/%7Bnamespace%7D/%7Brepo%7D
   * @example
   * await hub.buckets.delete({ repo: "me/my-bucket" });
   */
  async delete({ repo }: RepoInput, options?: RequestOptions): Promise<void> {
    return this.transport.empty.delete("/api/buckets/{namespace}/{repo}", { path: splitRepoId(repo), ...options });
  }
}
