import type { Body, Result, Schema } from "@hf-api/raw";
import type { RequestOptions } from "../options.js";
import { splitRepoId, type RepoInput } from "../inputs/repo-id.js";
import { Namespace } from "../namespace.js";

/** A resource group by id and name. */
export interface ResourceGroupSummary extends Schema<"ResourceGroupSummary"> {}
/** The repository or bucket as its resource group lists it. */
export interface ResourceGroupRepo extends Extract<
  Result<"post", "/api/models/{namespace}/{repo}/resource-group">,
  { name: string }
> {}

/** What belongs into which resource group. */
export interface SetResourceGroupInput
  extends RepoInput, Body<"post", "/api/models/{namespace}/{repo}/resource-group"> {
  /** `null` takes the repository out of its group. */
  resourceGroupId: string | null;
}

/** What an organisation can put into a resource group. */
export abstract class GroupedNamespace extends Namespace {
  protected abstract readonly kind: "models" | "datasets" | "spaces" | "buckets";

  /**
   * Returns the resource group of a repository or bucket.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/models/GET/api/models/%7Bnamespace%7D/%7Brepo%7D/resource-group
   * @example
   * const group = await hub.models.getResourceGroup({ repo: "my-org/my-model" });
   */
  async getResourceGroup({ repo }: RepoInput, options?: RequestOptions): Promise<ResourceGroupSummary> {
    return this.transport.json.get(`/api/${this.kind}/{namespace}/{repo}/resource-group`, {
      path: splitRepoId(repo),
      ...options,
    });
  }

  /**
   * Moves a repository or bucket of an organisation into a resource group, or out of the one it is in.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/models/POST/api/models/%7Bnamespace%7D/%7Brepo%7D/resource-group
   * @example
   * await hub.models.setResourceGroup({ repo: "my-org/my-model", resourceGroupId: null });
   */
  async setResourceGroup(
    { repo, ...body }: SetResourceGroupInput,
    options?: RequestOptions,
  ): Promise<ResourceGroupRepo> {
    return this.transport.json.post(`/api/${this.kind}/{namespace}/{repo}/resource-group`, {
      path: splitRepoId(repo),
      body,
      ...options,
    });
  }
}
