import type { Row } from "../row.js";

export const rows: Row[] = [
  {
    method: "organizations.getOverview",
    operation: "getOrganizationOverview",
    call: (hub) => hub.organizations.getOverview({ org: "my-org" }),
    request: "GET /api/organizations/my-org/overview",
  },
  {
    method: "organizations.getSocials",
    operation: "getOrganizationSocials",
    call: (hub) => hub.organizations.getSocials({ org: "my-org" }),
    request: "GET /api/organizations/my-org/socials",
  },
  {
    method: "organizations.getAvatar",
    operation: "getOrganizationAvatar",
    call: (hub) => hub.organizations.getAvatar({ org: "my-org" }),
    request: "GET /api/organizations/my-org/avatar",
  },
  {
    method: "organizations.listMembers",
    operation: "listOrganizationMembers",
    call: (hub) => hub.organizations.listMembers({ org: "my-org" }).toArray(),
    request: "GET /api/organizations/my-org/members",
  },
  {
    method: "organizations.listMembers",
    operation: "listOrganizationMembers",
    call: (hub) =>
      hub.organizations.listMembers({ org: "my-org", search: "a", email: "ada@example.com", limit: 5 }).toArray(),
    request: "GET /api/organizations/my-org/members?search=a&email=ada%40example.com&limit=10",
  },
  {
    method: "organizations.listFollowers",
    operation: "listOrganizationFollowers",
    call: (hub) => hub.organizations.listFollowers({ org: "my-org", pageSize: 20 }).toArray(),
    request: "GET /api/organizations/my-org/followers?limit=20",
  },
  {
    method: "organizations.setMemberRole",
    operation: "setOrganizationMemberRole",
    call: (hub) =>
      hub.organizations.setMemberRole({
        org: "my-org",
        username: "ada",
        role: "write",
        resourceGroups: [{ id: "66670e5163145ca562cb1988", role: "admin" }],
      }),
    request: "PUT /api/organizations/my-org/members/ada/role",
    body: { role: "write", resourceGroups: [{ id: "66670e5163145ca562cb1988", role: "admin" }] },
  },
  {
    method: "organizations.listRepos",
    operation: "listOrganizationRepos",
    call: (hub) => hub.organizations.listRepos({ org: "my-org", type: "bucket", limit: 10 }).toArray(),
    request: "GET /api/organizations/my-org/settings/repositories?type=bucket&limit=10",
  },
  {
    method: "organizations.getNetworkSecurity",
    operation: "getOrganizationNetworkSecurity",
    call: (hub) => hub.organizations.getNetworkSecurity({ org: "my-org" }),
    request: "GET /api/organizations/my-org/settings/network-security",
  },
  {
    method: "organizations.updateNetworkSecurity",
    operation: "updateOrganizationNetworkSecurity",
    call: (hub) =>
      hub.organizations.updateNetworkSecurity({ org: "my-org", ipRanges: ["203.0.113.0/24"], enforceAuth: true }),
    request: "PATCH /api/organizations/my-org/settings/network-security",
    body: { ipRanges: ["203.0.113.0/24"], enforceAuth: true },
  },
  {
    method: "organizations.exportAuditLog",
    operation: "exportOrganizationAuditLog",
    call: (hub) => hub.organizations.exportAuditLog({ org: "my-org", q: "repo.create" }),
    request: "GET /api/organizations/my-org/audit-log/export?q=repo.create",
    response: { body: [] },
  },
  {
    method: "organizations.revokeMemberToken",
    operation: "revokeOrganizationMemberToken",
    call: (hub) => hub.organizations.revokeMemberToken({ org: "my-org", tokenId: "65a1b2c3d4e5f60718293a4b" }),
    request: "POST /api/organizations/my-org/settings/tokens/65a1b2c3d4e5f60718293a4b/revoke",
  },
];
