import type { Row } from "../row.js";
import { scimRows } from "./scim-namespace.js";

export const rows: Row[] = [
  ...scimRows("scim", "scim", "Scim"),
  {
    method: "scim.createUser",
    operation: "createScimUser",
    call: (hub) =>
      hub.scim.createUser({
        org: "my-org",
        emails: [{ value: "ada@example.com" }],
        externalId: "x1",
        name: { givenName: "Ada", familyName: "L" },
        userName: "ada-l",
      }),
    request: "POST /api/organizations/my-org/scim/v2/Users",
    body: {
      emails: [{ value: "ada@example.com" }],
      externalId: "x1",
      name: { givenName: "Ada", familyName: "L" },
      userName: "ada-l",
      schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
    },
  },
  {
    method: "scim.updateUser",
    operation: "updateScimUser",
    call: (hub) =>
      hub.scim.updateUser({
        org: "my-org",
        userId: "65a1b2c3d4e5f60718293a4b",
        operations: [{ op: "replace", path: "active", value: false }],
      }),
    request: "PATCH /api/organizations/my-org/scim/v2/Users/65a1b2c3d4e5f60718293a4b",
    body: {
      Operations: [{ op: "replace", path: "active", value: false }],
      schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
    },
  },
  {
    method: "scim.replaceUser",
    operation: "replaceScimUser",
    call: (hub) =>
      hub.scim.replaceUser({
        org: "my-org",
        userId: "65a1b2c3d4e5f60718293a4b",
        emails: [{ value: "ada@example.com" }],
        externalId: "x1",
        name: { givenName: "Ada", familyName: "L" },
        userName: "ada-l",
        active: true,
      }),
    request: "PUT /api/organizations/my-org/scim/v2/Users/65a1b2c3d4e5f60718293a4b",
    body: {
      emails: [{ value: "ada@example.com" }],
      externalId: "x1",
      name: { givenName: "Ada", familyName: "L" },
      userName: "ada-l",
      active: true,
      schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
    },
  },
  {
    method: "scim.getServiceProviderConfig",
    operation: "getScimServiceProviderConfig",
    call: (hub) => hub.scim.getServiceProviderConfig({ org: "my-org" }),
    request: "GET /api/organizations/my-org/scim/v2/ServiceProviderConfig",
  },
  {
    method: "scim.listResourceTypes",
    operation: "listScimResourceTypes",
    call: (hub) => hub.scim.listResourceTypes({ org: "my-org" }),
    request: "GET /api/organizations/my-org/scim/v2/ResourceTypes",
    response: { body: [] },
  },
  {
    method: "scim.listSchemas",
    operation: "listScimSchemas",
    call: (hub) => hub.scim.listSchemas({ org: "my-org" }),
    request: "GET /api/organizations/my-org/scim/v2/Schemas",
    response: { body: [] },
  },
  {
    method: "scim.getSchema",
    operation: "getScimSchema",
    call: (hub) => hub.scim.getSchema({ org: "my-org", schemaId: "urn:ietf:params:scim:schemas:core:2.0:User" }),
    request: "GET /api/organizations/my-org/scim/v2/Schemas/urn%3Aietf%3Aparams%3Ascim%3Aschemas%3Acore%3A2.0%3AUser",
  },
];
