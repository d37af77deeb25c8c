import type { Query, Result, Schema } from "@hf-api/raw";
import { listCall, type ListInput } from "../lists/list-input.js";
import { linkedPages } from "../lists/loaders.js";
import type { DownloadOptions } from "../files/download/download.js";
import { download } from "../files/on-demand.js";
import type { HubFile } from "../files/download/hub-file.js";
import type { RequestOptions } from "../options.js";
import type { Pages } from "../lists/pages.js";
import { splitReadId, type RepoInput, type RevisionInput } from "../inputs/repo-id.js";
import type { Item } from "../lists/item.js";
import { GatedRepoNamespace } from "../repos/gated-repo-namespace.js";
import { RepoFiles } from "../files/repo-files.js";
import { readRepo } from "../repos/repo-info.js";
import type {
  Downloads,
  Expanded,
  Expanding,
  FieldOf,
  GetRepoInput,
  ListReposInput,
  RepoDetails,
  RepoState,
  Unexpanded,
  With,
} from "../repos/repo-types.js";

/** What stands at the head of a dataset's card. */
export type DatasetCardData = Schema<"DatasetCardData">;
/** What is known of a dataset: only what `expand` named, beside its ids. */
export interface DatasetInfo extends Schema<"DatasetInfo"> {}
/** A dataset as the Hub describes it when `expand` does not narrow the response. */
export interface DatasetDetails extends With<DatasetInfo, RepoDetails & Downloads> {}
/** A dataset of a list: only what `expand` named, beside its ids. */
export interface DatasetListItem extends Schema<"DatasetListItem"> {}
/** A dataset of a list that `expand` does not narrow. `full` adds its card and files. */
export interface ListedDataset extends With<DatasetListItem, RepoState & Downloads> {}
/** Filters narrow the list together; `expand` and `full` say how much is returned of each dataset. */
export interface ListDatasetsInput extends Omit<Query<"get", "/api/datasets">, keyof ListInput | "cursor">, ListInput {}
/** Which dataset at which revision, and how much to return of it. */
export interface GetDatasetInput extends RevisionInput, Query<"get", "/api/datasets/{namespace}/{repo}"> {}
/** `type` leaves one group of tags, such as `license`. */
export interface GetDatasetTagsInput extends Query<"get", "/api/datasets-tags-by-type"> {}
/** Tags by their group, such as `license` or `size_categories`. */
export interface DatasetTags extends Result<"get", "/api/datasets-tags-by-type"> {}
/** The dataset as JSON-LD that tools for machine learning read. */
export type Croissant = Schema<"Croissant">;
/** Addresses of Parquet files, by subset and split. */
export interface ParquetFiles extends Result<"get", "/api/datasets/{namespace}/{repo}/parquet"> {}
/** Addresses of Parquet files, by split. */
export interface ParquetSubset extends Result<"get", "/api/datasets/{namespace}/{repo}/parquet/{subset}"> {}
/** One model's result on a benchmark. */
export interface LeaderboardEntry extends Item<Result<"get", "/api/datasets/{namespace}/{repo}/leaderboard">> {}

export interface ParquetSubsetInput extends RepoInput {
  /** Also called configuration; `default` where the dataset has only one. */
  subset: string;
}

export interface ParquetSplitInput extends ParquetSubsetInput {
  /** Such as `train`. */
  split: string;
}

export interface ParquetFileInput extends ParquetSplitInput {
  /** The file's place in its split, from 0. */
  n: number;
}

/** `task_id` picks one of a dataset's tasks. */
export interface GetLeaderboardInput extends RepoInput, Query<"get", "/api/datasets/{namespace}/{repo}/leaderboard"> {}

/** Datasets: find, read and manage them. */
export class Datasets extends GatedRepoNamespace {
  protected readonly kind = "datasets";
  readonly files: RepoFiles = new RepoFiles(this.transport, "datasets");

  /**
   * Lists datasets, the trending ones first unless `sort` says otherwise.
   *
   * @remarks Not in the Hub's OpenAPI document.
   * @example
   * const french = await hub.datasets.list({ filter: ["language:fr"], limit: 10 }).toArray();
   */
  list(input?: Unexpanded<ListDatasetsInput>, options?: RequestOptions): Pages<ListedDataset>;
  list<const F extends FieldOf<ListDatasetsInput>>(
    input: Expanding<ListDatasetsInput, F>,
    options?: RequestOptions,
  ): Pages<Expanded<DatasetListItem, F>>;
  list(input?: ListReposInput, options?: RequestOptions): Pages<ListedDataset>;
  list(input?: ListDatasetsInput, options?: RequestOptions): Pages<DatasetListItem>;
  // No call comes here: ReturnType and Parameters look at the last one alone.
  list(input?: ListDatasetsInput, options?: RequestOptions): Pages<ListedDataset>;
  list(input: ListDatasetsInput = {}, options?: RequestOptions): Pages<DatasetListItem> {
    return linkedPages(this.transport, "/api/datasets", listCall(input, options, 1000));
  }

  /**
   * Returns one dataset, at its latest state or at a revision. `expand` narrows the response to what it names.
   *
   * @throws {HubResponseError} with code `RepoNotFound`, `RevisionNotFound`, or `NotFoundOrPrivate` without a token.
   * @remarks Not in the Hub's OpenAPI document.
   * @example
   * const dataset = await hub.datasets.get({ repo: "rajpurkar/squad" });
   */
  get(input: Unexpanded<GetDatasetInput>, options?: RequestOptions): Promise<DatasetDetails>;
  get<const F extends FieldOf<GetDatasetInput>>(
    input: Expanding<GetDatasetInput, F>,
    options?: RequestOptions,
  ): Promise<Expanded<DatasetInfo, F>>;
  get(input: GetRepoInput, options?: RequestOptions): Promise<DatasetDetails>;
  get(input: GetDatasetInput, options?: RequestOptions): Promise<DatasetInfo>;
  get(input: GetDatasetInput, options?: RequestOptions): Promise<DatasetDetails>;
  async get(input: GetDatasetInput, options?: RequestOptions): Promise<DatasetInfo> {
    return readRepo<DatasetInfo>(this.transport, this.kind, input, options);
  }

  /**
   * Returns all tags that datasets have, by group.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/datasets/GET/api/datasets-tags-by-type
   * @example
   * const { license } = await hub.datasets.getTags({ type: "license" });
   */
  async getTags(input: GetDatasetTagsInput = {}, options?: RequestOptions): Promise<DatasetTags> {
    return this.transport.json.get("/api/datasets-tags-by-type", { query: input, ...options });
  }

  /**
   * Returns the addresses of the Parquet files that the Hub has made of a dataset.
   *
   * @throws {HubResponseError} with code `NotFound` when there is no conversion.
   * @remarks Not in the Hub's OpenAPI document.
   * @example
   * const files = await hub.datasets.getParquetFiles({ repo: "rajpurkar/squad" });
   * for (const [subset, splits] of Object.entries(files)) console.log(subset, splits["train"]);
   */
  async getParquetFiles({ repo }: RepoInput, options?: RequestOptions): Promise<ParquetFiles> {
    return this.transport.json.get("/api/datasets/{namespace}/{repo}/parquet", {
      path: splitReadId("datasets", repo),
      ...options,
    });
  }

  /**
   * Returns the addresses of the Parquet files of one subset.
   *
   * @remarks Not in the Hub's OpenAPI document.
   * @example
   * const splits = await hub.datasets.getParquetSubset({ repo: "rajpurkar/squad", subset: "plain_text" });
   */
  async getParquetSubset({ repo, subset }: ParquetSubsetInput, options?: RequestOptions): Promise<ParquetSubset> {
    return this.transport.json.get("/api/datasets/{namespace}/{repo}/parquet/{subset}", {
      path: { ...splitReadId("datasets", repo), subset },
      ...options,
    });
  }

  /**
   * Returns the addresses of the Parquet files of one split.
   *
   * @remarks Not in the Hub's OpenAPI document.
   * @example
   * const urls = await hub.datasets.getParquetSplit({ repo: "rajpurkar/squad", subset: "plain_text", split: "train" });
   */
  async getParquetSplit({ repo, subset, split }: ParquetSplitInput, options?: RequestOptions): Promise<string[]> {
    return this.transport.json.get("/api/datasets/{namespace}/{repo}/parquet/{subset}/{split}", {
      path: { ...splitReadId("datasets", repo), subset, split },
      ...options,
    });
  }

  /**
   * Downloads one of the Parquet files of a split. Read or close it, else its connection stays open.
   *
   * @remarks Not in the Hub's OpenAPI document.
   * @example
   * const file = await hub.datasets.downloadParquetFile({
   *   repo: "rajpurkar/squad",
   *   subset: "plain_text",
   *   split: "train",
   *   n: 0,
   * });
   */
  async downloadParquetFile({ repo, ...place }: ParquetFileInput, options?: DownloadOptions): Promise<HubFile> {
    const path = { ...splitReadId("datasets", repo), ...place };
    const open = (request: RequestOptions | undefined) =>
      this.transport.open("/api/datasets/{namespace}/{repo}/parquet/{subset}/{split}/{n}.parquet", {
        path,
        ...request,
      });
    return download(open, options);
  }

  /**
   * Returns the dataset's metadata in the Croissant format. Only datasets that the Hub could convert have it.
   *
   * @remarks Not in the Hub's OpenAPI document.
   * @example
   * const { recordSet } = await hub.datasets.getCroissant({ repo: "rajpurkar/squad" });
   */
  async getCroissant({ repo }: RepoInput, options?: RequestOptions): Promise<Croissant> {
    return this.transport.json.get("/api/datasets/{namespace}/{repo}/croissant", {
      path: splitReadId("datasets", repo),
      ...options,
    });
  }

  /**
   * Returns the models' results on a benchmark dataset, the best first.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/datasets/GET/api/datasets/%7Bnamespace%7D/%7Brepo%7D/leaderboard
   * @example
   * const [best] = await hub.datasets.getLeaderboard({ repo: "openai/gsm8k", task_id: "gsm8k" });
   */
  async getLeaderboard({ repo, ...query }: GetLeaderboardInput, options?: RequestOptions): Promise<LeaderboardEntry[]> {
    return this.transport.json.get("/api/datasets/{namespace}/{repo}/leaderboard", {
      path: splitReadId("datasets", repo),
      query,
      ...options,
    });
  }
}
