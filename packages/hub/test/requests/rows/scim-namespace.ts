import type { OperationId } from "@hf-api/raw/operations";
import type { Row } from "../row.js";

/** The methods that both ways to keep users by SCIM share: the same calls, each on its own paths. */
export function scimRows(name: "scim" | "scimProvisioning", family: string, noun: "Scim" | "ScimProvisioning"): Row[] {
  const base = `/api/organizations/my-org/${family}/v2`;
  const org = "my-org";
  const userId = "65a1b2c3d4e5f60718293a4b";
  const groupId = "66670e5163145ca562cb1988";
  const id = (verb: string, what: string): OperationId => `${verb}${noun}${what}` as OperationId;
  const list = { Resources: [], totalResults: 0, startIndex: 1, itemsPerPage: 0 };
  return [
    {
      method: `${name}.listUsers`,
      operation: id("list", "Users"),
      call: (hub) => hub[name].listUsers({ org, filter: "userName eq Bob" }).toArray(),
      request: `GET ${base}/Users?filter=userName%20eq%20Bob&startIndex=1`,
      response: { body: list },
    },
    {
      method: `${name}.listUsers`,
      operation: id("list", "Users"),
      call: (hub) => hub[name].listUsers({ org, limit: 2500 }).toArray(),
      request: `GET ${base}/Users?count=1000&startIndex=1`,
      response: { body: list },
    },
    {
      method: `${name}.getUser`,
      operation: id("get", "User"),
      call: (hub) => hub[name].getUser({ org, userId }),
      request: `GET ${base}/Users/${userId}`,
    },
    {
      method: `${name}.deleteUser`,
      operation: id("delete", "User"),
      call: (hub) => hub[name].deleteUser({ org, userId }),
      request: `DELETE ${base}/Users/${userId}`,
      response: { status: 204 },
    },
    {
      method: `${name}.listGroups`,
      operation: id("list", "Groups"),
      call: (hub) => hub[name].listGroups({ org, excludedAttributes: "members", pageSize: 10 }).toArray(),
      request: `GET ${base}/Groups?excludedAttributes=members&count=10&startIndex=1`,
      response: { body: list },
    },
    {
      method: `${name}.getGroup`,
      operation: id("get", "Group"),
      call: (hub) => hub[name].getGroup({ org, groupId, excludedAttributes: "members" }),
      request: `GET ${base}/Groups/${groupId}?excludedAttributes=members`,
    },
    {
      method: `${name}.createGroup`,
      operation: id("create", "Group"),
      call: (hub) => hub[name].createGroup({ org, displayName: "research", members: [{ value: userId }] }),
      request: `POST ${base}/Groups`,
      body: { displayName: "research", members: [{ value: userId }] },
    },
    {
      method: `${name}.updateGroup`,
      operation: id("update", "Group"),
      call: (hub) =>
        hub[name].updateGroup({ org, groupId, operations: [{ op: "replace", path: "displayName", value: "lab" }] }),
      request: `PATCH ${base}/Groups/${groupId}`,
      body: {
        Operations: [{ op: "replace", path: "displayName", value: "lab" }],
        schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
      },
    },
    {
      method: `${name}.replaceGroup`,
      operation: id("replace", "Group"),
      call: (hub) => hub[name].replaceGroup({ org, groupId, displayName: "lab", members: [] }),
      request: `PUT ${base}/Groups/${groupId}`,
      body: { displayName: "lab", members: [], schemas: ["urn:ietf:params:scim:schemas:core:2.0:Group"] },
    },
    {
      method: `${name}.deleteGroup`,
      operation: id("delete", "Group"),
      call: (hub) => hub[name].deleteGroup({ org, groupId }),
      request: `DELETE ${base}/Groups/${groupId}`,
      response: { status: 204 },
    },
  ];
}
