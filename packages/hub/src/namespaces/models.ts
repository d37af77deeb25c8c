import type { Query, Result, Schema } from "@hf-api/raw";
import { listCall, type ListInput } from "../list-input.js";
import { linkedPages } from "../lists.js";
import type { RequestOptions } from "../options.js";
import type { Pages } from "../pages.js";
import { GatedRepoNamespace } from "./gated-repo-namespace.js";
import { RepoFiles } from "./repo-files.js";
import { readRepo } from "./repo-info.js";
import type { Downloads, ListedRepo, RepoDetails, RevisionInput, Unexpanded, With } from "./repo-types.js";

/** What is known of a model: only what `expand` named, beside its ids. */
export interface ModelInfo extends Schema<"ModelInfo"> {}
/** A model as the Hub tells of it when `expand` does not narrow the answer. */
export interface ModelDetails extends With<ModelInfo, RepoDetails> {}
/** A model of a list: only what `expand` named, beside its ids. */
export interface ModelListItem extends Schema<"ModelListItem"> {}
/** A model of a list that `expand` does not narrow. `full` adds author, revision, files and gating. */
export interface ListedModel extends With<ModelListItem, ListedRepo & Downloads> {}
export interface ListModelsInput
  extends Omit<Query<"get", "/api/models">, keyof ListInput | "cursor" | "inference_provider">, ListInput {
  /** Only models that this inference provider serves, or any of these. */
  inference_provider?: string | readonly string[] | undefined;
}
export interface GetModelInput extends RevisionInput, Query<"get", "/api/models/{namespace}/{repo}"> {}
export interface GetModelTagsInput extends Query<"get", "/api/models-tags-by-type"> {}
/** Tags by their group, such as `license` or `pipeline_tag`. */
export interface ModelTags extends Result<"get", "/api/models-tags-by-type"> {}

/** Models: find, read and manage them. */
export class Models extends GatedRepoNamespace {
  readonly kind = "models";
  readonly files: RepoFiles = new RepoFiles(this.transport, "models");

  /**
   * Lists models, the trending ones first unless `sort` says otherwise.
   *
   * @remarks Not in the Hub's OpenAPI document.
   * @example
   * for await (const model of hub.models.list({ author: "google", limit: 20 })) console.log(model.id);
   */
  list(input?: Unexpanded<ListModelsInput>, options?: RequestOptions): Pages<ListedModel>;
  list(input?: ListModelsInput, options?: RequestOptions): Pages<ModelListItem>;
  list(input: ListModelsInput = {}, options?: RequestOptions): Pages<ModelListItem> {
    // Of all that a list can be filtered by, this alone is one value with commas.
    const inference_provider = [input.inference_provider ?? []].flat().join(",") || undefined;
    return linkedPages(this.transport, "/api/models", listCall({ ...input, inference_provider }, options, 1000));
  }

  /**
   * Returns one model, at its latest state or at a revision. `expand` narrows the answer to what it names.
   *
   * @throws {HubResponseError} with code `RepoNotFound`, `RevisionNotFound`, or `NotFoundOrPrivate` without a token.
   * @remarks Not in the Hub's OpenAPI document.
   * @example
   * const model = await hub.models.get({ repo: "openai-community/gpt2", revision: "refs/pr/1" });
   */
  get(input: Unexpanded<GetModelInput>, options?: RequestOptions): Promise<ModelDetails>;
  get(input: GetModelInput, options?: RequestOptions): Promise<ModelInfo>;
  async get(input: GetModelInput, options?: RequestOptions): Promise<ModelInfo> {
    return readRepo<ModelInfo>(this.transport, this.kind, input, options);
  }

  /**
   * Returns all tags that models have, by group.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/models/GET/api/models-tags-by-type
   * @example
   * const { license } = await hub.models.getTags({ type: "license" });
   */
  async getTags(input: GetModelTagsInput = {}, options?: RequestOptions): Promise<ModelTags> {
    return this.transport.json.get("/api/models-tags-by-type", { query: input, ...options });
  }
}
