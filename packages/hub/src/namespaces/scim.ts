import type { Body, Result } from "@hf-api/raw";
import type { RequestOptions } from "../options.js";
import type { Item } from "../lists/item.js";
import type { OrganizationInput } from "./organizations.js";
import { patchSchema, ScimNamespace, userSchema, type ScimUser, type ScimUserInput } from "./scim-namespace.js";

type BaseRoute = "/api/organizations/{name}/scim/v2";
type UserRoute = `${BaseRoute}/Users/{userId}`;

/** `externalId` is who the user is at your identity provider; it must be unique in the organisation. */
export interface CreateScimUserInput extends OrganizationInput, Omit<Body<"post", `${BaseRoute}/Users`>, "schemas"> {}
/** The user as they shall be; what is not named is removed. */
export interface ReplaceScimUserInput extends ScimUserInput, Omit<Body<"put", UserRoute>, "schemas"> {}

export interface UpdateScimUserInput extends ScimUserInput, Omit<Body<"patch", UserRoute>, "Operations" | "schemas"> {
  operations: readonly ScimUserOperation[];
}

/** One change: `add`, `replace`, or `remove`, which only `externalId` can be. */
export type ScimUserOperation = Item<Body<"patch", UserRoute>["Operations"]>;

/** What of SCIM the Hub supports. */
export interface ScimServiceProviderConfig extends Result<"get", `${BaseRoute}/ServiceProviderConfig`> {}
/** A kind of resource, and the schema that describes it. */
export interface ScimResourceType extends Item<Result<"get", `${BaseRoute}/ResourceTypes`>> {}
/** Which attributes a kind of resource has, and what may be done with each. */
export interface ScimSchema extends Result<"get", `${BaseRoute}/Schemas/{schemaId}`> {}

export interface GetScimSchemaInput extends OrganizationInput {
  /** Such as `urn:ietf:params:scim:schemas:core:2.0:User`. */
  schemaId: string;
}

/** SCIM for organisations whose users are managed: they live and end with the organisation. */
export class Scim extends ScimNamespace {
  protected readonly family = "scim";

  /**
   * Creates a managed user. One who exists already only changes in `active`.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/scim/POST/api/organizations/%7Bname%7D/scim/v2/Users
   * @example
   * const { id } = await hub.scim.createUser({
   *   org: "my-org",
   *   userName: "ada-lovelace",
   *   name: { givenName: "Ada", familyName: "Lovelace" },
   *   emails: [{ value: "ada@example.com" }],
   *   externalId: "00u1a2b3",
   * });
   */
  async createUser({ org, ...body }: CreateScimUserInput, options?: RequestOptions): Promise<ScimUser> {
    return this.transport.json.post("/api/organizations/{name}/scim/v2/Users", {
      path: { name: org },
      body: { ...body, schemas: [userSchema] },
      ...options,
    });
  }

  /**
   * Changes a user by single operations; `active: false` takes them out of the organisation.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/scim/PATCH/api/organizations/%7Bname%7D/scim/v2/Users/%7BuserId%7D
   * @example
   * await hub.scim.updateUser({
   *   org: "my-org",
   *   userId: "65a1b2c3d4e5f60718293a4b",
   *   operations: [{ op: "replace", path: "active", value: false }],
   * });
   */
  async updateUser(
    { org, userId, operations, ...body }: UpdateScimUserInput,
    options?: RequestOptions,
  ): Promise<ScimUser> {
    return this.transport.json.patch("/api/organizations/{name}/scim/v2/Users/{userId}", {
      path: { name: org, userId },
      body: { ...body, Operations: operations, schemas: [patchSchema] },
      ...options,
    });
  }

  /**
   * Gives a user the attributes that are named; those that are not are removed.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/scim/PUT/api/organizations/%7Bname%7D/scim/v2/Users/%7BuserId%7D
   * @example
   * await hub.scim.replaceUser({
   *   org: "my-org",
   *   userId: "65a1b2c3d4e5f60718293a4b",
   *   userName: "ada-lovelace",
   *   name: { givenName: "Ada", familyName: "King" },
   *   emails: [{ value: "ada@example.com" }],
   *   externalId: "00u1a2b3",
   * });
   */
  async replaceUser({ org, userId, ...body }: ReplaceScimUserInput, options?: RequestOptions): Promise<ScimUser> {
    return this.transport.json.put("/api/organizations/{name}/scim/v2/Users/{userId}", {
      path: { name: org, userId },
      body: { ...body, schemas: [userSchema] },
      ...options,
    });
  }

  /**
   * Returns what the Hub supports of SCIM, and how clients prove who they are.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/scim/GET/api/organizations/%7Bname%7D/scim/v2/ServiceProviderConfig
   * @example
   * const { patch, filter } = await hub.scim.getServiceProviderConfig({ org: "my-org" });
   */
  async getServiceProviderConfig(
    { org }: OrganizationInput,
    options?: RequestOptions,
  ): Promise<ScimServiceProviderConfig> {
    return this.transport.json.get("/api/organizations/{name}/scim/v2/ServiceProviderConfig", {
      path: { name: org },
      ...options,
    });
  }

  /**
   * Returns the kinds of resources that SCIM keeps here: users and groups.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/scim/GET/api/organizations/%7Bname%7D/scim/v2/ResourceTypes
   * @example
   * const types = await hub.scim.listResourceTypes({ org: "my-org" });
   */
  async listResourceTypes({ org }: OrganizationInput, options?: RequestOptions): Promise<ScimResourceType[]> {
    return this.transport.json.get("/api/organizations/{name}/scim/v2/ResourceTypes", {
      path: { name: org },
      ...options,
    });
  }

  /**
   * Returns which attributes users and groups have.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/scim/GET/api/organizations/%7Bname%7D/scim/v2/Schemas
   * @example
   * const schemas = await hub.scim.listSchemas({ org: "my-org" });
   */
  async listSchemas({ org }: OrganizationInput, options?: RequestOptions): Promise<ScimSchema[]> {
    return this.transport.json.get("/api/organizations/{name}/scim/v2/Schemas", { path: { name: org }, ...options });
  }

  /**
   * Returns which attributes the resources of one schema have.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/scim/GET/api/organizations/%7Bname%7D/scim/v2/Schemas/%7BschemaId%7D
   * @example
   * const { attributes } = await hub.scim.getSchema({
   *   org: "my-org",
   *   schemaId: "urn:ietf:params:scim:schemas:core:2.0:User",
   * });
   */
  async getSchema({ org, schemaId }: GetScimSchemaInput, options?: RequestOptions): Promise<ScimSchema> {
    return this.transport.json.get("/api/organizations/{name}/scim/v2/Schemas/{schemaId}", {
      path: { name: org, schemaId },
      ...options,
    });
  }
}
