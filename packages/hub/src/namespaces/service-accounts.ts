import type { Body, Result } from "@hf-api/raw";
import type { RequestOptions } from "../options.js";
import type { Item } from "../lists/item.js";
import { Namespace } from "../namespace.js";
import type { OrganizationInput } from "./organizations.js";

type AllRoute = "/api/organizations/{name}/service-accounts";
type TokensRoute = `${AllRoute}/{serviceAccountId}/tokens`;

export interface ServiceAccountInput extends OrganizationInput {
  serviceAccountId: string;
}

export interface ServiceAccountTokenInput extends ServiceAccountInput {
  /** The token's id; not the token itself. */
  tokenId: string;
}

/** A service account, without what is known of its tokens. */
export interface ServiceAccountListItem extends Item<Result<"get", AllRoute>> {}
/** A service account with what is known of its tokens, never the tokens themselves. */
export interface ServiceAccount extends Result<"get", `${AllRoute}/{serviceAccountId}`> {}
export interface CreatedServiceAccount extends Result<"post", AllRoute> {}
/** `token` is shown this once. */
export interface CreatedServiceAccountToken extends Result<"post", TokensRoute> {}
export interface UpdatedServiceAccountToken extends Result<"patch", `${TokensRoute}/{tokenId}`> {}
/** `token` is shown this once. */
export interface RotatedServiceAccountToken extends Result<"post", `${TokensRoute}/{tokenId}/rotate`> {}

export interface CreateServiceAccountInput extends OrganizationInput, Body<"post", AllRoute> {}
/** `permissions` hold in the whole organisation; `repoPermissions` replace them for the repositories of `repoIds`. */
export interface CreateServiceAccountTokenInput extends ServiceAccountInput, Body<"post", TokensRoute> {}
/** `permissions` hold in the whole organisation; `repoPermissions` replace them for the repositories of `repoIds`. */
export interface UpdateServiceAccountTokenInput
  extends ServiceAccountTokenInput, Body<"patch", `${TokensRoute}/{tokenId}`> {}

/** Accounts of an organisation that belong to no person, for machines. */
export class ServiceAccounts extends Namespace {
  /**
   * Returns all service accounts of an organisation.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/service-accounts/GET/api/organizations/%7Bname%7D/service-accounts
   * @example
   * const accounts = await hub.serviceAccounts.list({ org: "my-org" });
   */
  async list({ org }: OrganizationInput, options?: RequestOptions): Promise<ServiceAccountListItem[]> {
    return this.transport.json.get("/api/organizations/{name}/service-accounts", { path: { name: org }, ...options });
  }

  /**
   * Returns a service account with what is known of its tokens.
   *
   * @throws {HubResponseError} with code `NotFound` when the organisation has none of this id.
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/service-accounts/GET/api/organizations/%7Bname%7D/service-accounts/%7BserviceAccountId%7D
   * @example
   * const { accessTokens } = await hub.serviceAccounts.get({
   *   org: "my-org",
   *   serviceAccountId: "66670e5163145ca562cb1988",
   * });
   */
  async get({ org, serviceAccountId }: ServiceAccountInput, options?: RequestOptions): Promise<ServiceAccount> {
    return this.transport.json.get("/api/organizations/{name}/service-accounts/{serviceAccountId}", {
      path: { name: org, serviceAccountId },
      ...options,
    });
  }

  /**
   * Creates a service account. It has no rights before it has a token.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/service-accounts/POST/api/organizations/%7Bname%7D/service-accounts
   * @example
   * const { _id } = await hub.serviceAccounts.create({ org: "my-org", name: "nightly build" });
   */
  async create({ org, ...body }: CreateServiceAccountInput, options?: RequestOptions): Promise<CreatedServiceAccount> {
    return this.transport.json.post("/api/organizations/{name}/service-accounts", {
      path: { name: org },
      body,
      ...options,
    });
  }

  /**
   * Deletes a service account and all its tokens for good.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/service-accounts/DELETE/api/organizations/%7Bname%7D/service-accounts/%7BserviceAccountId%7D
   * @example
   * await hub.serviceAccounts.delete({ org: "my-org", serviceAccountId: "66670e5163145ca562cb1988" });
   */
  async delete({ org, serviceAccountId }: ServiceAccountInput, options?: RequestOptions): Promise<void> {
    return this.transport.empty.delete("/api/organizations/{name}/service-accounts/{serviceAccountId}", {
      path: { name: org, serviceAccountId },
      ...options,
    });
  }

  /**
   * Creates a token for a service account. Keep it well: nobody can read it again.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/service-accounts/POST/api/organizations/%7Bname%7D/service-accounts/%7BserviceAccountId%7D/tokens
   * @example
   * const { token } = await hub.serviceAccounts.createToken({
   *   org: "my-org",
   *   serviceAccountId: "66670e5163145ca562cb1988",
   *   permissions: ["repo.content.read"],
   * });
   */
  async createToken(
    { org, serviceAccountId, ...body }: CreateServiceAccountTokenInput,
    options?: RequestOptions,
  ): Promise<CreatedServiceAccountToken> {
    return this.transport.json.post("/api/organizations/{name}/service-accounts/{serviceAccountId}/tokens", {
      path: { name: org, serviceAccountId },
      body,
      ...options,
    });
  }

  /**
   * Changes the name or the rights of a token; the token itself stays the same.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/service-accounts/PATCH/api/organizations/%7Bname%7D/service-accounts/%7BserviceAccountId%7D/tokens/%7BtokenId%7D
   * @example
   * await hub.serviceAccounts.updateToken({
   *   org: "my-org",
   *   serviceAccountId: "66670e5163145ca562cb1988",
   *   tokenId: "65a1b2c3d4e5f60718293a4b",
   *   permissions: ["repo.write"],
   * });
   */
  async updateToken(
    { org, serviceAccountId, tokenId, ...body }: UpdateServiceAccountTokenInput,
    options?: RequestOptions,
  ): Promise<UpdatedServiceAccountToken> {
    return this.transport.json.patch("/api/organizations/{name}/service-accounts/{serviceAccountId}/tokens/{tokenId}", {
      path: { name: org, serviceAccountId, tokenId },
      body,
      ...options,
    });
  }

  /**
   * Deletes a token for good; whoever uses it is shut out at once.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/service-accounts/DELETE/api/organizations/%7Bname%7D/service-accounts/%7BserviceAccountId%7D/tokens/%7BtokenId%7D
   * @example
   * await hub.serviceAccounts.deleteToken({
   *   org: "my-org",
   *   serviceAccountId: "66670e5163145ca562cb1988",
   *   tokenId: "65a1b2c3d4e5f60718293a4b",
   * });
   */
  async deleteToken({ org, ...place }: ServiceAccountTokenInput, options?: RequestOptions): Promise<void> {
    return this.transport.empty.delete(
      "/api/organizations/{name}/service-accounts/{serviceAccountId}/tokens/{tokenId}",
      { path: { name: org, ...place }, ...options },
    );
  }

  /**
   * Replaces a token by a new one of the same rights; the old one stops to work at once.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/service-accounts/POST/api/organizations/%7Bname%7D/service-accounts/%7BserviceAccountId%7D/tokens/%7BtokenId%7D/rotate
   * @example
   * const { token } = await hub.serviceAccounts.rotateToken({
   *   org: "my-org",
   *   serviceAccountId: "66670e5163145ca562cb1988",
   *   tokenId: "65a1b2c3d4e5f60718293a4b",
   * });
   */
  async rotateToken(
    { org, ...place }: ServiceAccountTokenInput,
    options?: RequestOptions,
  ): Promise<RotatedServiceAccountToken> {
    return this.transport.json.post(
      "/api/organizations/{name}/service-accounts/{serviceAccountId}/tokens/{tokenId}/rotate",
      { path: { name: org, ...place }, ...options },
    );
  }
}
