import type { Body, Schema } from "@hf-api/raw";
import type { RequestOptions } from "../options.js";
import { Namespace } from "../namespace.js";
import type { OrganizationInput } from "./organizations.js";

type AllRoute = "/api/organizations/{name}/resource-groups";
type OneRoute = `${AllRoute}/{resourceGroupId}`;

export interface ResourceGroupInput extends OrganizationInput {
  resourceGroupId: string;
}

export interface ResourceGroupUserInput extends ResourceGroupInput {
  username: string;
}

/** A resource group with its members, resources and monthly spend limits (in cents). */
export interface ResourceGroup extends Schema<"ResourceGroup"> {}
/** What a member may do in a resource group. */
export type ResourceGroupRole = Schema<"ResourceGroupRole">;

/** A name of at most 200 characters, and perhaps the first members and repositories. */
export interface CreateResourceGroupInput extends OrganizationInput, Body<"post", AllRoute> {}
/** Spend limits are cents a month; `null` lifts one. `total` bounds all products together. */
export interface UpdateResourceGroupInput extends ResourceGroupInput, Body<"patch", OneRoute> {}
export interface UpdateResourceGroupSettingsInput extends ResourceGroupInput, Body<"post", `${OneRoute}/settings`> {}

export interface AddResourceGroupUsersInput
  extends ResourceGroupInput, Omit<Body<"post", `${OneRoute}/users`>, "users"> {
  users: readonly ResourceGroupMember[];
}

/** A user to add, and what they may do. */
export interface ResourceGroupMember {
  /** The username. */
  user: string;
  role: ResourceGroupRole;
}

export interface SetResourceGroupUserRoleInput
  extends ResourceGroupUserInput, Body<"patch", `${OneRoute}/users/{username}`> {}

/** Resource groups, which bound who in an organisation may see and change what. They need a Team plan or higher. */
export class ResourceGroups extends Namespace {
  /**
   * Returns the resource groups of an organisation that the token may see.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/resource-groups/GET/api/organizations/%7Bname%7D/resource-groups
   * @example
   * const groups = await hub.resourceGroups.list({ org: "my-org" });
   */
  async list({ org }: OrganizationInput, options?: RequestOptions): Promise<ResourceGroup[]> {
    return this.transport.json.get("/api/organizations/{name}/resource-groups", { path: { name: org }, ...options });
  }

  /**
   * Returns one resource group.
   *
   * @throws {HubResponseError} with code `NotFound` when the organisation has none of this id.
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/resource-groups/GET/api/organizations/%7Bname%7D/resource-groups/%7BresourceGroupId%7D
   * @example
   * const { users } = await hub.resourceGroups.get({ org: "my-org", resourceGroupId: "66670e5163145ca562cb1988" });
   */
  async get(place: ResourceGroupInput, options?: RequestOptions): Promise<ResourceGroup> {
    return this.transport.json.get("/api/organizations/{name}/resource-groups/{resourceGroupId}", {
      path: placeOf(place),
      ...options,
    });
  }

  /**
   * Creates a resource group, with members and repositories if they are given.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/resource-groups/POST/api/organizations/%7Bname%7D/resource-groups
   * @example
   * const { id } = await hub.resourceGroups.create({ org: "my-org", name: "research", users: [{ user: "ada", role: "admin" }] });
   */
  async create({ org, ...body }: CreateResourceGroupInput, options?: RequestOptions): Promise<ResourceGroup> {
    return this.transport.json.post("/api/organizations/{name}/resource-groups", {
      path: { name: org },
      body,
      ...options,
    });
  }

  /**
   * Changes the name, description or spend limits of a resource group; what is left out stays.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/resource-groups/PATCH/api/organizations/%7Bname%7D/resource-groups/%7BresourceGroupId%7D
   * @example
   * await hub.resourceGroups.update({
   *   org: "my-org",
   *   resourceGroupId: "66670e5163145ca562cb1988",
   *   spendLimits: { total: 50_000, jobs: null },
   * });
   */
  async update(
    { org, resourceGroupId, ...body }: UpdateResourceGroupInput,
    options?: RequestOptions,
  ): Promise<ResourceGroup> {
    return this.transport.json.patch("/api/organizations/{name}/resource-groups/{resourceGroupId}", {
      path: placeOf({ org, resourceGroupId }),
      body,
      ...options,
    });
  }

  /**
   * Sets whether new members of the organisation join the resource group by themselves, and in which role.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/resource-groups/POST/api/organizations/%7Bname%7D/resource-groups/%7BresourceGroupId%7D/settings
   * @example
   * await hub.resourceGroups.updateSettings({
   *   org: "my-org",
   *   resourceGroupId: "66670e5163145ca562cb1988",
   *   autoJoin: { enabled: true, role: "read" },
   * });
   */
  async updateSettings(
    { org, resourceGroupId, ...body }: UpdateResourceGroupSettingsInput,
    options?: RequestOptions,
  ): Promise<ResourceGroup> {
    return this.transport.json.post("/api/organizations/{name}/resource-groups/{resourceGroupId}/settings", {
      path: placeOf({ org, resourceGroupId }),
      body,
      ...options,
    });
  }

  /**
   * Deletes a resource group. What was in it stays in the organisation.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/resource-groups/DELETE/api/organizations/%7Bname%7D/resource-groups/%7BresourceGroupId%7D
   * @example
   * await hub.resourceGroups.delete({ org: "my-org", resourceGroupId: "66670e5163145ca562cb1988" });
   */
  async delete(place: ResourceGroupInput, options?: RequestOptions): Promise<void> {
    return this.transport.empty.delete("/api/organizations/{name}/resource-groups/{resourceGroupId}", {
      path: placeOf(place),
      ...options,
    });
  }

  /**
   * Adds members of the organisation to a resource group.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/resource-groups/POST/api/organizations/%7Bname%7D/resource-groups/%7BresourceGroupId%7D/users
   * @example
   * await hub.resourceGroups.addUsers({
   *   org: "my-org",
   *   resourceGroupId: "66670e5163145ca562cb1988",
   *   users: [{ user: "ada", role: "write" }],
   * });
   */
  async addUsers(
    { org, resourceGroupId, ...body }: AddResourceGroupUsersInput,
    options?: RequestOptions,
  ): Promise<ResourceGroup> {
    return this.transport.json.post("/api/organizations/{name}/resource-groups/{resourceGroupId}/users", {
      path: placeOf({ org, resourceGroupId }),
      body,
      ...options,
    });
  }

  /**
   * Takes a user out of a resource group, and with that the access that it gave them.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/resource-groups/DELETE/api/organizations/%7Bname%7D/resource-groups/%7BresourceGroupId%7D/users/%7Busername%7D
   * @example
   * await hub.resourceGroups.removeUser({ org: "my-org", resourceGroupId: "66670e5163145ca562cb1988", username: "ada" });
   */
  async removeUser({ username, ...place }: ResourceGroupUserInput, options?: RequestOptions): Promise<ResourceGroup> {
    return this.transport.json.delete("/api/organizations/{name}/resource-groups/{resourceGroupId}/users/{username}", {
      path: { ...placeOf(place), username },
      ...options,
    });
  }

  /**
   * Gives a user another role in a resource group.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/resource-groups/PATCH/api/organizations/%7Bname%7D/resource-groups/%7BresourceGroupId%7D/users/%7Busername%7D
   * @example
   * await hub.resourceGroups.setUserRole({
   *   org: "my-org",
   *   resourceGroupId: "66670e5163145ca562cb1988",
   *   username: "ada",
   *   role: "admin",
   * });
   */
  async setUserRole(
    { org, resourceGroupId, username, ...body }: SetResourceGroupUserRoleInput,
    options?: RequestOptions,
  ): Promise<ResourceGroup> {
    return this.transport.json.patch("/api/organizations/{name}/resource-groups/{resourceGroupId}/users/{username}", {
      path: { ...placeOf({ org, resourceGroupId }), username },
      body,
      ...options,
    });
  }
}

const placeOf = ({ org, resourceGroupId }: ResourceGroupInput): { name: string; resourceGroupId: string } => ({
  name: org,
  resourceGroupId,
});
