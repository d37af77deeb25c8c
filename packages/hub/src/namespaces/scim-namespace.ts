import type { Body, PathParams, Query, Result, Schema } from "@hf-api/raw";
import { listCall, type ListInput } from "../lists/list-input.js";
import { indexedPages } from "../lists/loaders.js";
import type { RequestOptions } from "../options.js";
import type { Pages } from "../lists/pages.js";
import type { Item } from "../lists/item.js";
import { Namespace } from "../namespace.js";
import type { OrganizationInput } from "./organizations.js";

export const userSchema = "urn:ietf:params:scim:schemas:core:2.0:User";
export const groupSchema = "urn:ietf:params:scim:schemas:core:2.0:Group";
export const patchSchema = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

/** Organisations that manage their users by SCIM, and those that only provision them. */
type Family = "scim" | "scim-provisioning";
type UsersRoute = `/api/organizations/{name}/${Family}/v2/Users`;
type GroupsRoute = `/api/organizations/{name}/${Family}/v2/Groups`;
type GroupRoute = `${GroupsRoute}/{groupId}`;

export interface ScimUserInput extends OrganizationInput {
  userId: string;
}

export interface ScimGroupInput extends OrganizationInput {
  groupId: string;
}

/** A user as SCIM knows them; `active` is false for those who were let go. */
export interface ScimUser extends Schema<"ScimUser"> {}
/** A group as SCIM knows it. */
export interface ScimGroup extends Schema<"ScimGroup"> {}
/** A group; its members are absent where they were excluded. */
export interface ScimGroupDetails extends Result<"get", GroupRoute> {}

type Paging = keyof ListInput | "count" | "startIndex";

interface FilterInput {
  /** `<attribute> eq <value>`; attributes are `id`, `userName`, `emails` and `externalId`, of groups `displayName`. */
  filter?: string | undefined;
}

export interface ListScimUsersInput
  extends OrganizationInput, ListInput, FilterInput, Omit<Query<"get", UsersRoute>, Paging> {}
export interface ListScimGroupsInput
  extends OrganizationInput, ListInput, FilterInput, Omit<Query<"get", GroupsRoute>, Paging> {}
export interface GetScimGroupInput extends ScimGroupInput, Query<"get", GroupRoute> {}
/** `members` are named by their SCIM ids. */
export interface CreateScimGroupInput extends OrganizationInput, Body<"post", GroupsRoute> {}
/** `members` are named by their SCIM ids; who is not named leaves the group. */
export interface ReplaceScimGroupInput extends ScimGroupInput, Omit<Body<"put", GroupRoute>, "schemas"> {}

export interface UpdateScimGroupInput
  extends ScimGroupInput, Omit<Body<"patch", GroupRoute>, "Operations" | "schemas"> {
  operations: readonly ScimGroupOperation[];
}

/** One change: `add`, `replace`, or `remove`, which only members can be. */
export type ScimGroupOperation = Item<Body<"patch", GroupRoute>["Operations"]>;

const scimScheme = { parameter: "startIndex", first: 1, items: "Resources", total: "totalResults" } as const;

/** What both ways to keep an organisation's users by SCIM have in common, written once. */
export abstract class ScimNamespace extends Namespace {
  protected abstract readonly family: Family;

  /**
   * Lists the users that SCIM keeps, also those who are not active. A page's `total` counts all of them.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/scim/GET/api/organizations/%7Bname%7D/scim/v2/Users
   * @example
   * for await (const user of hub.scim.listUsers({ org: "my-org" })) console.log(user.userName, user.active);
   */
  listUsers({ org, ...input }: ListScimUsersInput, options?: RequestOptions): Pages<ScimUser> {
    const call = { path: { name: org }, ...countedCall(input, options) };
    return indexedPages(this.transport, `/api/organizations/{name}/${this.family}/v2/Users`, call, scimScheme);
  }

  /**
   * Returns one user.
   *
   * @throws {HubResponseError} with code `NotFound` when SCIM keeps none of this id.
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/scim/GET/api/organizations/%7Bname%7D/scim/v2/Users/%7BuserId%7D
   * @example
   * const { active } = await hub.scim.getUser({ org: "my-org", userId: "65a1b2c3d4e5f60718293a4b" });
   */
  async getUser({ org, userId }: ScimUserInput, options?: RequestOptions): Promise<ScimUser> {
    return this.transport.json.get(`/api/organizations/{name}/${this.family}/v2/Users/{userId}`, {
      path: { name: org, userId },
      ...options,
    });
  }

  /**
   * Takes a user out of the organisation, and an invitation back that is not answered yet.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/scim/DELETE/api/organizations/%7Bname%7D/scim/v2/Users/%7BuserId%7D
   * @example
   * await hub.scim.deleteUser({ org: "my-org", userId: "65a1b2c3d4e5f60718293a4b" });
   */
  async deleteUser({ org, userId }: ScimUserInput, options?: RequestOptions): Promise<void> {
    return this.transport.empty.delete(`/api/organizations/{name}/${this.family}/v2/Users/{userId}`, {
      path: { name: org, userId },
      ...options,
    });
  }

  /**
   * Lists the groups of an organisation; without their members where `excludedAttributes` says so.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/scim/GET/api/organizations/%7Bname%7D/scim/v2/Groups
   * @example
   * const groups = await hub.scim.listGroups({ org: "my-org", excludedAttributes: "members" }).toArray();
   */
  listGroups({ org, ...input }: ListScimGroupsInput, options?: RequestOptions): Pages<ScimGroupDetails> {
    const call = { path: { name: org }, ...countedCall(input, options) };
    return indexedPages(this.transport, `/api/organizations/{name}/${this.family}/v2/Groups`, call, scimScheme);
  }

  /**
   * Returns one group; without its members where `excludedAttributes` says so.
   *
   * @throws {HubResponseError} with code `NotFound` when there is none of this id.
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/scim/GET/api/organizations/%7Bname%7D/scim/v2/Groups/%7BgroupId%7D
   * @example
   * const { members } = await hub.scim.getGroup({ org: "my-org", groupId: "66670e5163145ca562cb1988" });
   */
  async getGroup({ org, groupId, ...query }: GetScimGroupInput, options?: RequestOptions): Promise<ScimGroupDetails> {
    return this.transport.json.get(`/api/organizations/{name}/${this.family}/v2/Groups/{groupId}`, {
      path: { name: org, groupId },
      query,
      ...options,
    });
  }

  /**
   * Creates a group; its name must be new in the organisation.
   *
   * @throws {HubResponseError} with code `Conflict` when the name is taken.
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/scim/POST/api/organizations/%7Bname%7D/scim/v2/Groups
   * @example
   * const { id } = await hub.scim.createGroup({ org: "my-org", displayName: "research", members: [] });
   */
  async createGroup({ org, ...body }: CreateScimGroupInput, options?: RequestOptions): Promise<ScimGroup> {
    return this.transport.json.post(`/api/organizations/{name}/${this.family}/v2/Groups`, {
      path: { name: org },
      body,
      ...options,
    });
  }

  /**
   * Changes a group by single operations.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/scim/PATCH/api/organizations/%7Bname%7D/scim/v2/Groups/%7BgroupId%7D
   * @example
   * await hub.scim.updateGroup({
   *   org: "my-org",
   *   groupId: "66670e5163145ca562cb1988",
   *   operations: [{ op: "add", path: "members", value: [{ value: "65a1b2c3d4e5f60718293a4b" }] }],
   * });
   */
  async updateGroup(
    { org, groupId, operations, ...body }: UpdateScimGroupInput,
    options?: RequestOptions,
  ): Promise<ScimGroup> {
    return this.transport.json.patch(`/api/organizations/{name}/${this.family}/v2/Groups/{groupId}`, {
      path: groupPlaceOf({ org, groupId }),
      body: { ...body, Operations: operations, schemas: [patchSchema] },
      ...options,
    });
  }

  /**
   * Gives a group the name and the members that are named, and no others.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/scim/PUT/api/organizations/%7Bname%7D/scim/v2/Groups/%7BgroupId%7D
   * @example
   * await hub.scim.replaceGroup({
   *   org: "my-org",
   *   groupId: "66670e5163145ca562cb1988",
   *   displayName: "research",
   *   members: [{ value: "65a1b2c3d4e5f60718293a4b" }],
   * });
   */
  async replaceGroup({ org, groupId, ...body }: ReplaceScimGroupInput, options?: RequestOptions): Promise<ScimGroup> {
    return this.transport.json.put(`/api/organizations/{name}/${this.family}/v2/Groups/{groupId}`, {
      path: { name: org, groupId },
      body: { ...body, schemas: [groupSchema] },
      ...options,
    });
  }

  /**
   * Deletes a group; its members stay in the organisation.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/scim/DELETE/api/organizations/%7Bname%7D/scim/v2/Groups/%7BgroupId%7D
   * @example
   * await hub.scim.deleteGroup({ org: "my-org", groupId: "66670e5163145ca562cb1988" });
   */
  async deleteGroup(place: ScimGroupInput, options?: RequestOptions): Promise<void> {
    return this.transport.empty.delete(`/api/organizations/{name}/${this.family}/v2/Groups/{groupId}`, {
      path: groupPlaceOf(place),
      ...options,
    });
  }
}

const groupPlaceOf = ({ org, groupId }: ScimGroupInput): PathParams<"get", GroupRoute> => ({ name: org, groupId });

/** SCIM calls `count` what other lists call `limit`. */
function countedCall<I extends ListInput>(input: I, options: RequestOptions | undefined) {
  const { query, ...call } = listCall(input, options, 1000);
  const { limit: count, ...rest } = query;
  return { ...call, query: { ...rest, count } };
}
