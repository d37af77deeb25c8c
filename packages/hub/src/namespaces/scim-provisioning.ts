import type { Body } from "@hf-api/raw";
import type { RequestOptions } from "../options.js";
import type { Item } from "../lists/item.js";
import type { OrganizationInput } from "./organizations.js";
import { patchSchema, ScimNamespace, userSchema, type ScimUser, type ScimUserInput } from "./scim-namespace.js";

type UsersRoute = "/api/organizations/{name}/scim-provisioning/v2/Users";
type UserRoute = `${UsersRoute}/{userId}`;

/** `userName` is an account that exists; `externalId` is who its owner is to your single sign-on. */
export interface InviteScimUserInput extends OrganizationInput, Omit<Body<"post", UsersRoute>, "schemas"> {}
export interface ReplaceScimInvitationInput extends ScimUserInput, Omit<Body<"put", UserRoute>, "schemas"> {}

export interface UpdateScimInvitationInput
  extends ScimUserInput, Omit<Body<"patch", UserRoute>, "Operations" | "schemas"> {
  operations: readonly ScimInvitationOperation[];
}

/** One change; the Hub takes none but those of `active`. */
export type ScimInvitationOperation = Item<Body<"patch", UserRoute>["Operations"]>;

/** SCIM for organisations whose users keep accounts of their own: they are invited and let go. */
export class ScimProvisioning extends ScimNamespace {
  protected readonly family = "scim-provisioning";

  /**
   * Invites the owner of an account into the organisation.
   *
   * @throws {HubResponseError} when there is no such account.
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/scim/POST/api/organizations/%7Bname%7D/scim-provisioning/v2/Users
   * @example
   * const { id } = await hub.scimProvisioning.createUser({
   *   org: "my-org",
   *   userName: "ada",
   *   emails: [{ value: "ada@example.com" }],
   *   externalId: "00u1a2b3",
   * });
   */
  async createUser({ org, ...body }: InviteScimUserInput, options?: RequestOptions): Promise<ScimUser> {
    return this.transport.json.post("/api/organizations/{name}/scim-provisioning/v2/Users", {
      path: { name: org },
      body: { ...body, schemas: [userSchema] },
      ...options,
    });
  }

  /**
   * Lets a user in or out by `active`; their profile is their own.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/scim/PATCH/api/organizations/%7Bname%7D/scim-provisioning/v2/Users/%7BuserId%7D
   * @example
   * await hub.scimProvisioning.updateUser({
   *   org: "my-org",
   *   userId: "65a1b2c3d4e5f60718293a4b",
   *   operations: [{ op: "replace", path: "active", value: false }],
   * });
   */
  async updateUser(
    { org, userId, operations, ...body }: UpdateScimInvitationInput,
    options?: RequestOptions,
  ): Promise<ScimUser> {
    return this.transport.json.patch("/api/organizations/{name}/scim-provisioning/v2/Users/{userId}", {
      path: { name: org, userId },
      body: { ...body, Operations: operations, schemas: [patchSchema] },
      ...options,
    });
  }

  /**
   * Replaces a user's invitation; their profile is their own.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/scim/PUT/api/organizations/%7Bname%7D/scim-provisioning/v2/Users/%7BuserId%7D
   * @example
   * await hub.scimProvisioning.replaceUser({
   *   org: "my-org",
   *   userId: "65a1b2c3d4e5f60718293a4b",
   *   externalId: "00u1a2b3",
   *   active: true,
   * });
   */
  async replaceUser({ org, userId, ...body }: ReplaceScimInvitationInput, options?: RequestOptions): Promise<ScimUser> {
    return this.transport.json.put("/api/organizations/{name}/scim-provisioning/v2/Users/{userId}", {
      path: { name: org, userId },
      body: { ...body, schemas: [userSchema] },
      ...options,
    });
  }
}
