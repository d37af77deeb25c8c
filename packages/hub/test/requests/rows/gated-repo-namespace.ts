import type { OperationId } from "@hf-api/raw/operations";
import type { Row } from "../row.js";

/** What models and datasets share beyond other repositories. */
export function gatedRepoRows(kind: "models" | "datasets", noun: "Model" | "Dataset"): Row[] {
  const requests = `/api/${kind}/ns/repo/user-access-request`;
  const page = kind === "models" ? "/ns/repo" : "/datasets/ns/repo";
  const id = (name: string): OperationId => name.replace("Repo", noun) as OperationId;
  return [
    {
      method: `${kind}.requestAccess`,
      operation: id("requestRepoAccess"),
      call: (hub) => hub[kind].requestAccess({ repo: "ns/repo", fields: { Affiliation: "ACME", agreed: true } }),
      request: `POST ${page}/ask-access`,
      body: { Affiliation: "ACME", agreed: true },
      response: { status: 303, headers: { location: "/ns/repo" } },
    },
    {
      method: `${kind}.cancelAccessRequest`,
      operation: id("cancelRepoAccessRequest"),
      call: (hub) => hub[kind].cancelAccessRequest({ repo: "ns/repo" }),
      request: `POST ${requests}/cancel`,
    },
    {
      method: `${kind}.listAccessRequests`,
      operation: id("listRepoAccessRequests"),
      call: (hub) => hub[kind].listAccessRequests({ repo: "ns/repo", status: "pending" }).toArray(),
      request: `GET ${requests}/pending`,
    },
    {
      method: `${kind}.listAccessRequests`,
      operation: id("listRepoAccessRequests"),
      call: (hub) =>
        hub[kind]
          .listAccessRequests({
            repo: "ns/repo",
            status: "accepted",
            after: new Date("2026-01-31T12:00:00Z"),
            before: "2026-02-01T00:00:00Z",
            limit: 3,
          })
          .toArray(),
      request: `GET ${requests}/accepted?after=2026-01-31T12%3A00%3A00.000Z&before=2026-02-01T00%3A00%3A00Z&limit=10`,
    },
    {
      method: `${kind}.handleAccessRequest`,
      operation: id("handleRepoAccessRequest"),
      call: (hub) => hub[kind].handleAccessRequest({ repo: "ns/repo", user: "u", status: "accepted" }),
      request: `POST ${requests}/handle`,
      body: { user: "u", status: "accepted" },
    },
    {
      method: `${kind}.handleAccessRequests`,
      operation: id("handleRepoAccessRequests"),
      call: (hub) =>
        hub[kind].handleAccessRequests({
          repo: "ns/repo",
          requests: [{ user: "u" }, { userId: "0123456789abcdef01234567" }],
          status: "rejected",
          rejectionReason: "Not this time",
        }),
      request: `POST ${requests}/batch`,
      body: {
        requests: [{ user: "u" }, { userId: "0123456789abcdef01234567" }],
        status: "rejected",
        rejectionReason: "Not this time",
      },
      response: { body: [{ ok: true, user: "u" }] },
    },
    {
      method: `${kind}.grantAccess`,
      operation: id("grantRepoAccess"),
      call: (hub) => hub[kind].grantAccess({ repo: "ns/repo", user: "u" }),
      request: `POST ${requests}/grant`,
      body: { user: "u" },
    },
    {
      method: `${kind}.exportAccessReport`,
      operation: id("exportRepoAccessReport"),
      call: (hub) => hub[kind].exportAccessReport({ repo: "ns/repo" }),
      request: `GET ${page}/user-access-report`,
      response: { body: [] },
    },
  ];
}
