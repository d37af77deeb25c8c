import type { Query, Schema } from "@hf-api/raw";
import { listCall, type ListInput } from "../list-input.js";
import { linkedPages } from "../lists.js";
import type { RequestOptions } from "../options.js";
import type { Pages } from "../pages.js";
import { RepoNamespace, type RevisionInput } from "./repo-namespace.js";

export interface SpaceInfo extends Schema<"SpaceInfo"> {}
export interface SpaceListItem extends Schema<"SpaceListItem"> {}
export interface ListSpacesInput extends Omit<Query<"get", "/api/spaces">, keyof ListInput | "cursor">, ListInput {}
export interface GetSpaceInput extends RevisionInput, Query<"get", "/api/spaces/{namespace}/{repo}"> {}

/** Spaces: find, read and manage them. */
export class Spaces extends RepoNamespace {
  readonly kind = "spaces";

  /**
   * Lists Spaces, the trending ones first unless `sort` says otherwise.
   *
   * @remarks Not in the Hub's OpenAPI document.
   * @example
   * const spaces = await hub.spaces.list({ models: ["openai-community/gpt2"], limit: 5 }).take();
   */
  list(input: ListSpacesInput = {}, options?: RequestOptions): Pages<SpaceListItem> {
    return linkedPages(this.transport, "/api/spaces", listCall(input, options, 1000));
  }

  /**
   * Returns one Space, at its latest state or at a revision. `expand` narrows the answer to what it names.
   *
   * @throws {HubResponseError} with code `RepoNotFound`, `RevisionNotFound`, or `NotFoundOrPrivate` without a token.
   * @remarks Not in the Hub's OpenAPI document.
   * @example
   * const space = await hub.spaces.get({ repo: "my-org/my-space", expand: ["runtime"] });
   */
  get(input: GetSpaceInput, options?: RequestOptions): Promise<SpaceInfo> {
    return this.info<SpaceInfo>(input, options);
  }
}
