import type { Query, Result, Schema } from "@hf-api/raw";
import { listCall, type ListInput } from "../lists/list-input.js";
import { linkedPages } from "../lists/loaders.js";
import type { RequestOptions } from "../options.js";
import type { Pages } from "../lists/pages.js";
import type { RevisionInput } from "../inputs/repo-id.js";
import type { Item } from "../lists/item.js";
import { RepoFiles } from "../files/repo-files.js";
import { duplicateRepo, type DuplicatedRepo, type DuplicateSpaceInput } from "../repos/duplicate-repo.js";
import { readRepo } from "../repos/repo-info.js";
import type {
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
import { RunningSpaces } from "./running-spaces.js";

/** What stands at the head of a Space's card, which is how it is set up. */
export type SpaceCardData = Schema<"SpaceCardData">;
/** What is known of a Space: only what `expand` named, beside its ids. */
export interface SpaceInfo extends Schema<"SpaceInfo"> {}
/**
 * A Space as the Hub describes it when `expand` does not narrow the response. No whole response was recorded: what is always
 * there is what both official clients count on.
 */
export interface SpaceDetails extends With<SpaceInfo, RepoDetails & { host: string; subdomain: string }> {}
/** A Space of a list: only what `expand` named, beside its ids. */
export interface SpaceListItem extends Schema<"SpaceListItem"> {}
/** A Space of a list that `expand` does not narrow. `full` adds author, revision, files and card. */
export interface ListedSpace extends With<SpaceListItem, ListedRepo> {}
/** Filters narrow the list together; `expand` and `full` say how much is returned of each Space. */
export interface ListSpacesInput extends Omit<Query<"get", "/api/spaces">, keyof ListInput | "cursor">, ListInput {}
/** Which Space at which revision, and how much to return of it. */
export interface GetSpaceInput extends RevisionInput, Query<"get", "/api/spaces/{namespace}/{repo}"> {}
/** A Space as a search finds it, with what it does in a few words. */
export interface FoundSpace extends Item<Result<"get", "/api/spaces/semantic-search">> {}
/** `q` says in plain words what the Space shall do. Spaces that do not run are left out unless requested. */
export interface SearchSpacesInput extends Query<"get", "/api/spaces/semantic-search"> {}
/** A machine that Spaces run on, with its price per `unitLabel`. */
export interface SpaceHardware extends Item<Result<"get", "/api/spaces/hardware">> {}
/** What a Space can begin with: its `repoId` is good for `template` of `hub.repos.create`. */
export interface SpaceTemplate extends Item<Result<"get", "/api/spaces/templates">["templates"]> {}
/** How much of the day's ZeroGPU time the signed-in user has used. */
export interface ZeroGpuQuota extends Result<"get", "/api/spaces/zero-gpu/quota"> {}
/** Spaces: find, read, run and manage them. */
export class Spaces extends RunningSpaces {
  protected readonly kind = "spaces";
  readonly files: RepoFiles = new RepoFiles(this.transport, "spaces");

  /**
   * Lists Spaces, the trending ones first unless `sort` says otherwise.
   *
   * @remarks Not in the Hub's OpenAPI document.
   * @example
   * const spaces = await hub.spaces.list({ models: ["openai-community/gpt2"], limit: 5 }).toArray();
   */
  list(input?: Unexpanded<ListSpacesInput>, options?: RequestOptions): Pages<ListedSpace>;
  list<const F extends FieldOf<ListSpacesInput>>(
    input: Expanding<ListSpacesInput, F>,
    options?: RequestOptions,
  ): Pages<Expanded<SpaceListItem, F, SpaceDetails>>;
  list(input?: ListReposInput, options?: RequestOptions): Pages<ListedSpace>;
  list(input?: ListSpacesInput, options?: RequestOptions): Pages<SpaceListItem>;
  // No call comes here: ReturnType and Parameters look at the last one alone.
  list(input?: ListSpacesInput, options?: RequestOptions): Pages<ListedSpace>;
  list(input: ListSpacesInput = {}, options?: RequestOptions): Pages<SpaceListItem> {
    return linkedPages(this.transport, "/api/spaces", listCall(input, options, 1000));
  }

  /**
   * Returns one Space, at its latest state or at a revision. `expand` narrows the response to what it names.
   *
   * @throws {HubResponseError} with code `RepoNotFound`, `RevisionNotFound`, or `NotFoundOrPrivate` without a token.
   * @remarks Not in the Hub's OpenAPI document.
   * @example
   * const space = await hub.spaces.get({ repo: "my-org/my-space", expand: ["runtime"] });
   */
  get(input: Unexpanded<GetSpaceInput>, options?: RequestOptions): Promise<SpaceDetails>;
  get<const F extends FieldOf<GetSpaceInput>>(
    input: Expanding<GetSpaceInput, F>,
    options?: RequestOptions,
  ): Promise<Expanded<SpaceInfo, F, SpaceDetails>>;
  get(input: GetRepoInput, options?: RequestOptions): Promise<SpaceDetails>;
  get(input: GetSpaceInput, options?: RequestOptions): Promise<SpaceInfo>;
  get(input: GetSpaceInput, options?: RequestOptions): Promise<SpaceDetails>;
  async get(input: GetSpaceInput, options?: RequestOptions): Promise<SpaceInfo> {
    return readRepo<SpaceInfo>(this.transport, this.kind, input, options);
  }

  /**
   * Finds Spaces by what they do, the best match first.
   *
   * @remarks Not in the Hub's OpenAPI document.
   * @example
   * const spaces = await hub.spaces.search({ q: "remove the background of a photo", sdk: ["gradio"] });
   */
  async search(input: SearchSpacesInput, options?: RequestOptions): Promise<FoundSpace[]> {
    return this.transport.json.get("/api/spaces/semantic-search", { query: input, ...options });
  }

  /**
   * Copies a Space to another owner or name, with its code and its variables, but without its secrets. Hardware other
   * than the free one is billed to the new owner.
   *
   * @throws {HubResponseError} with code `Conflict` when `to` exists already, or `PaymentRequired` without credit.
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/repos/POST/api/%7BrepoType%7D/%7Bnamespace%7D/%7Brepo%7D/duplicate
   * @example
   * const { url } = await hub.spaces.duplicate({ repo: "gradio/hello_world", to: "me/hello", visibility: "private" });
   */
  async duplicate(input: DuplicateSpaceInput, options?: RequestOptions): Promise<DuplicatedRepo> {
    return duplicateRepo(this.transport, this.kind, input, options);
  }

  /**
   * Returns the machines that Spaces can run on, and what they cost.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/spaces/GET/api/spaces/hardware
   * @example
   * for (const { name, unitCostUSD } of await hub.spaces.listHardware()) console.log(name, unitCostUSD);
   */
  async listHardware(options?: RequestOptions): Promise<SpaceHardware[]> {
    return this.transport.json.get("/api/spaces/hardware", { ...options });
  }

  /**
   * Returns the Hub's own templates for new Spaces.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/spaces/GET/api/spaces/templates
   * @example
   * const templates = await hub.spaces.listTemplates();
   */
  async listTemplates(options?: RequestOptions): Promise<SpaceTemplate[]> {
    return (await this.transport.json.get("/api/spaces/templates", { ...options })).templates;
  }

  /**
   * Returns how much ZeroGPU time the signed-in user has left.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/spaces/GET/api/spaces/zero-gpu/quota
   * @example
   * const { base, current } = await hub.spaces.getZeroGpuQuota();
   */
  async getZeroGpuQuota(options?: RequestOptions): Promise<ZeroGpuQuota> {
    return this.transport.json.get("/api/spaces/zero-gpu/quota", { ...options });
  }
}
