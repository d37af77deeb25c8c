import type { Row } from "../row.js";

export const rows: Row[] = [
  {
    method: "serviceAccounts.list",
    operation: "listServiceAccounts",
    call: (hub) => hub.serviceAccounts.list({ org: "my-org" }),
    request: "GET /api/organizations/my-org/service-accounts",
    response: { body: [] },
  },
  {
    method: "serviceAccounts.get",
    operation: "getServiceAccount",
    call: (hub) => hub.serviceAccounts.get({ org: "my-org", serviceAccountId: "66670e5163145ca562cb1988" }),
    request: "GET /api/organizations/my-org/service-accounts/66670e5163145ca562cb1988",
  },
  {
    method: "serviceAccounts.create",
    operation: "createServiceAccount",
    call: (hub) => hub.serviceAccounts.create({ org: "my-org", name: "nightly", description: "Builds" }),
    request: "POST /api/organizations/my-org/service-accounts",
    body: { name: "nightly", description: "Builds" },
  },
  {
    method: "serviceAccounts.delete",
    operation: "deleteServiceAccount",
    call: (hub) => hub.serviceAccounts.delete({ org: "my-org", serviceAccountId: "66670e5163145ca562cb1988" }),
    request: "DELETE /api/organizations/my-org/service-accounts/66670e5163145ca562cb1988",
  },
  {
    method: "serviceAccounts.createToken",
    operation: "createServiceAccountToken",
    call: (hub) =>
      hub.serviceAccounts.createToken({
        org: "my-org",
        serviceAccountId: "66670e5163145ca562cb1988",
        permissions: ["org.read"],
        repoIds: ["65a1b2c3d4e5f60718293a4b"],
        repoPermissions: ["repo.write"],
      }),
    request: "POST /api/organizations/my-org/service-accounts/66670e5163145ca562cb1988/tokens",
    body: { permissions: ["org.read"], repoIds: ["65a1b2c3d4e5f60718293a4b"], repoPermissions: ["repo.write"] },
  },
  {
    method: "serviceAccounts.updateToken",
    operation: "updateServiceAccountToken",
    call: (hub) =>
      hub.serviceAccounts.updateToken({
        org: "my-org",
        serviceAccountId: "66670e5163145ca562cb1988",
        tokenId: "65a1b2c3d4e5f60718293a4b",
        displayName: "new",
      }),
    request:
      "PATCH /api/organizations/my-org/service-accounts/66670e5163145ca562cb1988/tokens/65a1b2c3d4e5f60718293a4b",
    body: { displayName: "new" },
  },
  {
    method: "serviceAccounts.deleteToken",
    operation: "deleteServiceAccountToken",
    call: (hub) =>
      hub.serviceAccounts.deleteToken({
        org: "my-org",
        serviceAccountId: "66670e5163145ca562cb1988",
        tokenId: "65a1b2c3d4e5f60718293a4b",
      }),
    request:
      "DELETE /api/organizations/my-org/service-accounts/66670e5163145ca562cb1988/tokens/65a1b2c3d4e5f60718293a4b",
  },
  {
    method: "serviceAccounts.rotateToken",
    operation: "rotateServiceAccountToken",
    call: (hub) =>
      hub.serviceAccounts.rotateToken({
        org: "my-org",
        serviceAccountId: "66670e5163145ca562cb1988",
        tokenId: "65a1b2c3d4e5f60718293a4b",
      }),
    request:
      "POST /api/organizations/my-org/service-accounts/66670e5163145ca562cb1988/tokens/65a1b2c3d4e5f60718293a4b/rotate",
  },
];
