import type { Row } from "../row.js";

export const rows: Row[] = [
  {
    method: "resourceGroups.list",
    operation: "listResourceGroups",
    call: (hub) => hub.resourceGroups.list({ org: "my-org" }),
    request: "GET /api/organizations/my-org/resource-groups",
    response: { body: [] },
  },
  {
    method: "resourceGroups.get",
    operation: "getResourceGroup",
    call: (hub) => hub.resourceGroups.get({ org: "my-org", resourceGroupId: "66670e5163145ca562cb1988" }),
    request: "GET /api/organizations/my-org/resource-groups/66670e5163145ca562cb1988",
  },
  {
    method: "resourceGroups.create",
    operation: "createResourceGroup",
    call: (hub) =>
      hub.resourceGroups.create({
        org: "my-org",
        name: "research",
        users: [{ user: "ada", role: "admin" }],
        autoJoin: { enabled: false },
      }),
    request: "POST /api/organizations/my-org/resource-groups",
    body: { name: "research", users: [{ user: "ada", role: "admin" }], autoJoin: { enabled: false } },
  },
  {
    method: "resourceGroups.update",
    operation: "updateResourceGroup",
    call: (hub) =>
      hub.resourceGroups.update({
        org: "my-org",
        resourceGroupId: "66670e5163145ca562cb1988",
        spendLimits: { total: 50_000, jobs: null },
      }),
    request: "PATCH /api/organizations/my-org/resource-groups/66670e5163145ca562cb1988",
    body: { spendLimits: { total: 50_000, jobs: null } },
  },
  {
    method: "resourceGroups.updateSettings",
    operation: "updateResourceGroupSettings",
    call: (hub) =>
      hub.resourceGroups.updateSettings({
        org: "my-org",
        resourceGroupId: "66670e5163145ca562cb1988",
        autoJoin: { enabled: true, role: "read" },
      }),
    request: "POST /api/organizations/my-org/resource-groups/66670e5163145ca562cb1988/settings",
    body: { autoJoin: { enabled: true, role: "read" } },
  },
  {
    method: "resourceGroups.delete",
    operation: "deleteResourceGroup",
    call: (hub) => hub.resourceGroups.delete({ org: "my-org", resourceGroupId: "66670e5163145ca562cb1988" }),
    request: "DELETE /api/organizations/my-org/resource-groups/66670e5163145ca562cb1988",
  },
  {
    method: "resourceGroups.addUsers",
    operation: "addResourceGroupUsers",
    call: (hub) =>
      hub.resourceGroups.addUsers({
        org: "my-org",
        resourceGroupId: "66670e5163145ca562cb1988",
        users: [{ user: "ada", role: "write" }],
      }),
    request: "POST /api/organizations/my-org/resource-groups/66670e5163145ca562cb1988/users",
    body: { users: [{ user: "ada", role: "write" }] },
  },
  {
    method: "resourceGroups.removeUser",
    operation: "removeResourceGroupUser",
    call: (hub) =>
      hub.resourceGroups.removeUser({ org: "my-org", resourceGroupId: "66670e5163145ca562cb1988", username: "ada" }),
    request: "DELETE /api/organizations/my-org/resource-groups/66670e5163145ca562cb1988/users/ada",
  },
  {
    method: "resourceGroups.setUserRole",
    operation: "setResourceGroupUserRole",
    call: (hub) =>
      hub.resourceGroups.setUserRole({
        org: "my-org",
        resourceGroupId: "66670e5163145ca562cb1988",
        username: "ada",
        role: "no_access",
      }),
    request: "PATCH /api/organizations/my-org/resource-groups/66670e5163145ca562cb1988/users/ada",
    body: { role: "no_access" },
  },
];
