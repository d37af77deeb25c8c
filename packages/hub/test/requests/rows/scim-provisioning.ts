import type { Row } from "../row.js";
import { scimRows } from "./scim-namespace.js";

export const rows: Row[] = [
  ...scimRows("scimProvisioning", "scim-provisioning", "ScimProvisioning"),
  {
    method: "scimProvisioning.createUser",
    operation: "createScimProvisioningUser",
    call: (hub) =>
      hub.scimProvisioning.createUser({
        org: "my-org",
        emails: [{ value: "ada@example.com" }],
        externalId: "x1",
        userName: "ada",
      }),
    request: "POST /api/organizations/my-org/scim-provisioning/v2/Users",
    body: {
      emails: [{ value: "ada@example.com" }],
      externalId: "x1",
      userName: "ada",
      schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
    },
  },
  {
    method: "scimProvisioning.updateUser",
    operation: "updateScimProvisioningUser",
    call: (hub) =>
      hub.scimProvisioning.updateUser({
        org: "my-org",
        userId: "65a1b2c3d4e5f60718293a4b",
        operations: [{ op: "replace", path: "active", value: false }],
      }),
    request: "PATCH /api/organizations/my-org/scim-provisioning/v2/Users/65a1b2c3d4e5f60718293a4b",
    body: {
      Operations: [{ op: "replace", path: "active", value: false }],
      schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
    },
  },
  {
    method: "scimProvisioning.replaceUser",
    operation: "replaceScimProvisioningUser",
    call: (hub) =>
      hub.scimProvisioning.replaceUser({
        org: "my-org",
        userId: "65a1b2c3d4e5f60718293a4b",
        externalId: "x1",
        active: true,
      }),
    request: "PUT /api/organizations/my-org/scim-provisioning/v2/Users/65a1b2c3d4e5f60718293a4b",
    body: { externalId: "x1", active: true, schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"] },
  },
];
