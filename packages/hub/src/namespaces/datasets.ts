import type { Query, Result, Schema } from "@hf-api/raw";
import { listCall, type ListInput } from "../list-input.js";
import { linkedPages } from "../lists.js";
import type { RequestOptions } from "../options.js";
import type { Pages } from "../pages.js";
import { RepoNamespace, type RevisionInput } from "./repo-namespace.js";

export interface DatasetInfo extends Schema<"DatasetInfo"> {}
export interface DatasetListItem extends Schema<"DatasetListItem"> {}
export interface ListDatasetsInput extends Omit<Query<"get", "/api/datasets">, keyof ListInput | "cursor">, ListInput {}
export interface GetDatasetInput extends RevisionInput, Query<"get", "/api/datasets/{namespace}/{repo}"> {}
export interface GetDatasetTagsInput extends Query<"get", "/api/datasets-tags-by-type"> {}
/** Tags by their group, such as `license` or `size_categories`. */
export interface DatasetTags extends Result<"get", "/api/datasets-tags-by-type"> {}

/** Datasets: find, read and manage them. */
export class Datasets extends RepoNamespace {
  readonly kind = "datasets";

  /**
   * Lists datasets, the trending ones first unless `sort` says otherwise.
   *
   * @remarks Not in the Hub's OpenAPI document.
   * @example
   * const french = await hub.datasets.list({ filter: ["language:fr"], limit: 10 }).take();
   */
  list(input: ListDatasetsInput = {}, options?: RequestOptions): Pages<DatasetListItem> {
    return linkedPages(this.transport, "/api/datasets", listCall(input, options, 1000));
  }

  /**
   * Returns one dataset, at its latest state or at a revision. `expand` narrows the answer to what it names.
   *
   * @throws {HubResponseError} with code `RepoNotFound`, `RevisionNotFound`, or `NotFoundOrPrivate` without a token.
   * @remarks Not in the Hub's OpenAPI document.
   * @example
   * const dataset = await hub.datasets.get({ repo: "rajpurkar/squad" });
   */
  get(input: GetDatasetInput, options?: RequestOptions): Promise<DatasetInfo> {
    return this.info<DatasetInfo>(input, options);
  }

  /**
   * Returns all tags that datasets have, by group.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/datasets/GET/api/datasets-tags-by-type
   * @example
   * const { license } = await hub.datasets.getTags({ type: "license" });
   */
  getTags(input: GetDatasetTagsInput = {}, options?: RequestOptions): Promise<DatasetTags> {
    return this.transport.json.get("/api/datasets-tags-by-type", { query: input, ...options });
  }
}
