import type { Body, Query, Result, Schema } from "@hf-api/raw";
import { listCall, type ListInput } from "../lists/list-input.js";
import { linkedPages } from "../lists/loaders.js";
import type { RequestOptions } from "../options.js";
import type { Pages } from "../lists/pages.js";
import type { Item } from "../lists/item.js";
import { Namespace } from "../namespace.js";
import { ownedReposPageSize, type ListOwnedReposInput, type OwnedRepo } from "./owned-repos.js";
import { followersPageSize, minPeople, type UserSummary } from "./people.js";
import type { Avatar } from "./users.js";

export interface OrganizationInput {
  /** The organisation's name, as in its address. */
  org: string;
}

/** An organisation's public profile, with counts of what it owns. */
export interface OrganizationOverview extends Schema<"OrganizationOverview"> {}
/** The names that an organisation has in other networks. */
export interface OrganizationSocials extends Result<"get", "/api/organizations/{name}/socials"> {}
/** A member; what only admins may see is absent for others. */
export interface OrganizationMember extends Item<Result<"get", "/api/organizations/{name}/members">> {}
/** Which IP addresses an organisation is bound to, and which content is allowed or blocked. */
export interface NetworkSecurity extends Result<"get", "/api/organizations/{name}/settings/network-security"> {}
/** Something that happened in an organisation, and who did it. */
export interface AuditLogEvent extends Item<Result<"get", "/api/organizations/{name}/audit-log/export">> {}

export interface GetOrganizationAvatarInput
  extends OrganizationInput, Omit<Query<"get", "/api/organizations/{name}/avatar">, "redirect"> {}
export interface ListOrganizationFollowersInput
  extends
    OrganizationInput,
    Omit<Query<"get", "/api/organizations/{name}/followers">, keyof ListInput | "cursor">,
    ListInput {}
export interface ListMembersInput
  extends
    OrganizationInput,
    Omit<Query<"get", "/api/organizations/{name}/members">, keyof ListInput | "cursor">,
    ListInput {}
export interface SetMemberRoleInput
  extends OrganizationInput, Body<"put", "/api/organizations/{name}/members/{username}/role"> {
  username: string;
}
export interface ListOrganizationReposInput extends OrganizationInput, ListOwnedReposInput {}
export interface UpdateNetworkSecurityInput
  extends OrganizationInput, Body<"patch", "/api/organizations/{name}/settings/network-security"> {}
export interface ExportAuditLogInput
  extends OrganizationInput, Query<"get", "/api/organizations/{name}/audit-log/export"> {}
export interface RevokeMemberTokenInput extends OrganizationInput {
  /** As the organisation's token settings show it; not the token itself. */
  tokenId: string;
}

/** Organisations: their profiles, members and settings. */
export class Organizations extends Namespace {
  /**
   * Returns an organisation's public profile with counts of what it owns.
   *
   * @throws {HubResponseError} with code `NotFound` for no organisation, and for a user.
   * @remarks Not in the Hub's OpenAPI document.
   * @example
   * const { fullname, numUsers } = await hub.organizations.getOverview({ org: "huggingface" });
   */
  async getOverview({ org }: OrganizationInput, options?: RequestOptions): Promise<OrganizationOverview> {
    return this.transport.json.get("/api/organizations/{name}/overview", { path: { name: org }, ...options });
  }

  /**
   * Returns the names that an organisation has in other networks.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/orgs/GET/api/organizations/%7Bname%7D/socials
   * @example
   * const { socialHandles } = await hub.organizations.getSocials({ org: "huggingface" });
   */
  async getSocials({ org }: OrganizationInput, options?: RequestOptions): Promise<OrganizationSocials> {
    return this.transport.json.get("/api/organizations/{name}/socials", { path: { name: org }, ...options });
  }

  /**
   * Returns the address of an organisation's picture; `hub.users.downloadAvatar` fetches the picture.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/orgs/GET/api/organizations/%7Bname%7D/avatar
   * @example
   * const { avatarUrl } = await hub.organizations.getAvatar({ org: "huggingface" });
   */
  async getAvatar({ org, ...query }: GetOrganizationAvatarInput, options?: RequestOptions): Promise<Avatar> {
    return this.transport.json.get("/api/organizations/{name}/avatar", { path: { name: org }, query, ...options });
  }

  /**
   * Lists the members of an organisation, those whom the token may see. A page has 10 to 10,000 of them, 500 unless
   * `pageSize` or `limit` says otherwise.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/orgs/GET/api/organizations/%7Bname%7D/members
   * @example
   * for await (const { user, role } of hub.organizations.listMembers({ org: "my-org" })) console.log(user, role);
   */
  listMembers({ org, ...input }: ListMembersInput, options?: RequestOptions): Pages<OrganizationMember> {
    return linkedPages(this.transport, "/api/organizations/{name}/members", {
      path: { name: org },
      ...listCall(input, options, 10_000, minPeople),
    });
  }

  /**
   * Lists who follows an organisation. A page has at least 10 users.
   *
   * @remarks Not in the Hub's OpenAPI document.
   * @example
   * const followers = await hub.organizations.listFollowers({ org: "huggingface", limit: 20 }).toArray();
   */
  listFollowers({ org, ...input }: ListOrganizationFollowersInput, options?: RequestOptions): Pages<UserSummary> {
    return linkedPages(this.transport, "/api/organizations/{name}/followers", {
      path: { name: org },
      ...listCall(input, options, followersPageSize, minPeople),
    });
  }

  /**
   * Gives a member another role in the organisation, and in its resource groups where these are named. Needs a paid
   * plan.
   *
   * @throws {HubResponseError} with code `Forbidden` unless the token belongs to an admin.
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/orgs/PUT/api/organizations/%7Bname%7D/members/%7Busername%7D/role
   * @example
   * await hub.organizations.setMemberRole({ org: "my-org", username: "ada", role: "write" });
   */
  async setMemberRole({ org, username, ...body }: SetMemberRoleInput, options?: RequestOptions): Promise<void> {
    return this.transport.empty.put("/api/organizations/{name}/members/{username}/role", {
      path: { name: org, username },
      body,
      ...options,
    });
  }

  /**
   * Lists the repositories of an organisation of every kind, private ones as well; those that take most storage first
   * unless `sort` says otherwise.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/orgs/GET/api/organizations/%7Bname%7D/settings/repositories
   * @example
   * const largest = await hub.organizations.listRepos({ org: "my-org", limit: 10 }).toArray();
   */
  listRepos({ org, ...input }: ListOrganizationReposInput, options?: RequestOptions): Pages<OwnedRepo> {
    return linkedPages(this.transport, "/api/organizations/{name}/settings/repositories", {
      path: { name: org },
      ...listCall(input, options, ownedReposPageSize),
    });
  }

  /**
   * Returns from where, and with which contents, an organisation's members may work.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/orgs/GET/api/organizations/%7Bname%7D/settings/network-security
   * @example
   * const { ipRanges } = await hub.organizations.getNetworkSecurity({ org: "my-org" });
   */
  async getNetworkSecurity({ org }: OrganizationInput, options?: RequestOptions): Promise<NetworkSecurity> {
    return this.transport.json.get("/api/organizations/{name}/settings/network-security", {
      path: { name: org },
      ...options,
    });
  }

  /**
   * Changes an organisation's network security; what is left out keeps its value. Addresses outside `ipRanges` lose
   * access as soon as `enforceIpRestriction` is on, the caller's own included.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/orgs/PATCH/api/organizations/%7Bname%7D/settings/network-security
   * @example
   * await hub.organizations.updateNetworkSecurity({ org: "my-org", ipRanges: ["203.0.113.0/24"] });
   */
  async updateNetworkSecurity(
    { org, ...body }: UpdateNetworkSecurityInput,
    options?: RequestOptions,
  ): Promise<NetworkSecurity> {
    return this.transport.json.patch("/api/organizations/{name}/settings/network-security", {
      path: { name: org },
      body,
      ...options,
    });
  }

  /**
   * Returns what happened in an organisation: its last 100,000 events at most, all in one response. Needs a Team or
   * Enterprise plan.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/orgs/GET/api/organizations/%7Bname%7D/audit-log/export
   * @example
   * const events = await hub.organizations.exportAuditLog({ org: "my-org" }, { timeout: 300_000 });
   */
  async exportAuditLog({ org, ...query }: ExportAuditLogInput, options?: RequestOptions): Promise<AuditLogEvent[]> {
    return this.transport.json.get("/api/organizations/{name}/audit-log/export", {
      path: { name: org },
      query,
      ...options,
    });
  }

  /**
   * Shuts a member's token out of the organisation; elsewhere it goes on to work. Needs an Enterprise plan.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/orgs/POST/api/organizations/%7Bname%7D/settings/tokens/%7BtokenId%7D/revoke
   * @example
   * await hub.organizations.revokeMemberToken({ org: "my-org", tokenId: "65a1b2c3d4e5f60718293a4b" });
   */
  async revokeMemberToken({ org, tokenId }: RevokeMemberTokenInput, options?: RequestOptions): Promise<void> {
    return this.transport.empty.post("/api/organizations/{name}/settings/tokens/{tokenId}/revoke", {
      path: { name: org, tokenId },
      ...options,
    });
  }
}
