import type { Query, Result, Schema } from "@hf-api/raw";
import { listCall, type ListInput } from "../lists/list-input.js";
import { linkedPages } from "../lists/loaders.js";
import type { RequestOptions } from "../options.js";
import type { Pages } from "../lists/pages.js";
import { GatedRepoNamespace } from "../repos/gated-repo-namespace.js";
import { ModelFiles } from "../files/model-files.js";
import { readRepo } from "../repos/repo-info.js";
import type { RevisionInput } from "../inputs/repo-id.js";
import type {
  Downloads,
  Expanded,
  Expanding,
  FieldOf,
  GetRepoInput,
  ListedRepo,
  ListReposInput,
  RepoDetails,
  Unexpanded,
  With,
} from "../repos/repo-types.js";

/** What stands at the head of a model's card. */
export type ModelCardData = Schema<"ModelCardData">;
/** What a model's `config.json` says, as far as the Hub reads it. */
export type ModelConfig = Schema<"ModelConfig">;
/** Results on benchmarks, as the head of a card tells them. */
export interface ModelIndexEntry extends Schema<"ModelIndexEntry"> {}
/** What is known of a model: only what `expand` named, beside its ids. */
export interface ModelInfo extends Schema<"ModelInfo"> {}
/** A model as the Hub describes it when `expand` does not narrow the response. */
export interface ModelDetails extends With<
  ModelInfo,
  RepoDetails & Downloads & { modelId: string; spaces: string[] }
> {}
/** A model of a list: only what `expand` named, beside its ids. */
export interface ModelListItem extends Schema<"ModelListItem"> {}
/** A model of a list that `expand` does not narrow. `full` adds author, revision, files and gating. */
export interface ListedModel extends With<ModelListItem, ListedRepo & Downloads> {}
/** Filters narrow the list together; `expand` and `full` say how much is returned of each model. */
export interface ListModelsInput
  extends Omit<Query<"get", "/api/models">, keyof ListInput | "cursor" | "inference_provider">, ListInput {
  /** Only models that this inference provider serves, or any of these. */
  inference_provider?: string | readonly string[] | undefined;
}
/** Which model at which revision, and how much to return of it. */
export interface GetModelInput extends RevisionInput, Query<"get", "/api/models/{namespace}/{repo}"> {}
/** `type` leaves one group of tags, such as `license`. */
export interface GetModelTagsInput extends Query<"get", "/api/models-tags-by-type"> {}
/** Tags by their group, such as `license` or `pipeline_tag`. */
export interface ModelTags extends Result<"get", "/api/models-tags-by-type"> {}
/** The tasks of models, by name. */
export interface Tasks extends Result<"get", "/api/tasks"> {}
/** What a provider serves: by task, then by the model's id. */
export interface ProviderModels extends Result<"get", "/api/partners/{provider}/models"> {}

export interface ProviderInput {
  /** The provider's name at the Hub, such as `groq`; that of an account where the two differ, such as `zai-org`. */
  provider: string;
}

/** Models: find, read and manage them. */
export class Models extends GatedRepoNamespace {
  protected readonly kind = "models";
  readonly files: ModelFiles = new ModelFiles(this.transport, "models");

  /**
   * Lists models, the trending ones first unless `sort` says otherwise.
   *
   * @remarks Not in the Hub's OpenAPI document.
   * @example
   * for await (const model of hub.models.list({ author: "google", limit: 20 })) console.log(model.id);
   */
  list(input?: Unexpanded<ListModelsInput>, options?: RequestOptions): Pages<ListedModel>;
  list<const F extends FieldOf<ListModelsInput>>(
    input: Expanding<ListModelsInput, F>,
    options?: RequestOptions,
  ): Pages<Expanded<ModelListItem, F>>;
  list(input?: ListReposInput, options?: RequestOptions): Pages<ListedModel>;
  list(input?: ListModelsInput, options?: RequestOptions): Pages<ModelListItem>;
  // No call comes here: ReturnType and Parameters look at the last one alone.
  list(input?: ListModelsInput, options?: RequestOptions): Pages<ListedModel>;
  list(input: ListModelsInput = {}, options?: RequestOptions): Pages<ModelListItem> {
    // Of all that a list can be filtered by, this alone is one value with commas.
    const inference_provider = [input.inference_provider ?? []].flat().join(",") || undefined;
    return linkedPages(this.transport, "/api/models", listCall({ ...input, inference_provider }, options, 1000));
  }

  /**
   * Returns one model, at its latest state or at a revision. `expand` narrows the response to what it names.
   *
   * @throws {HubResponseError} with code `RepoNotFound`, `RevisionNotFound`, or `NotFoundOrPrivate` without a token.
   * @remarks Not in the Hub's OpenAPI document.
   * @example
   * const model = await hub.models.get({ repo: "openai-community/gpt2", revision: "refs/pr/1" });
   */
  get(input: Unexpanded<GetModelInput>, options?: RequestOptions): Promise<ModelDetails>;
  get<const F extends FieldOf<GetModelInput>>(
    input: Expanding<GetModelInput, F>,
    options?: RequestOptions,
  ): Promise<Expanded<ModelInfo, F, ModelDetails>>;
  get(input: GetRepoInput, options?: RequestOptions): Promise<ModelDetails>;
  get(input: GetModelInput, options?: RequestOptions): Promise<ModelInfo>;
  get(input: GetModelInput, options?: RequestOptions): Promise<ModelDetails>;
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

  /**
   * Returns what models are made for, by the names that `pipeline_tag` has, with the models that the Hub recommends.
   *
   * @remarks Not in the Hub's OpenAPI document.
   * @example
   * const tasks = await hub.models.getTasks();
   * console.log(tasks["fill-mask"]?.widgetModels);
   */
  async getTasks(options?: RequestOptions): Promise<Tasks> {
    return this.transport.json.get("/api/tasks", { ...options });
  }

  /**
   * Returns the models that an inference provider serves, by task and by the model's id, with the provider's own name for
   * each. For one model, `get` with `expand: ["inferenceProviderMapping"]` returns its providers.
   *
   * @remarks Not in the Hub's OpenAPI document.
   * @example
   * const byTask = await hub.models.getProviderModels({ provider: "hf-inference" });
   * for (const [task, models] of Object.entries(byTask)) console.log(task, Object.keys(models));
   */
  async getProviderModels({ provider }: ProviderInput, options?: RequestOptions): Promise<ProviderModels> {
    return this.transport.json.get("/api/partners/{provider}/models", { path: { provider }, ...options });
  }
}
