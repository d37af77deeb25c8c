import type { Row } from "../row.js";

export const rows: Row[] = [
  {
    method: "account.listRepos",
    operation: "listMyRepos",
    call: (hub) => hub.account.listRepos().toArray(),
    request: "GET /api/settings/repositories",
  },
  {
    method: "account.listRepos",
    operation: "listMyRepos",
    call: (hub) =>
      hub.account
        .listRepos({ type: "dataset", search: "s", sort: "updatedAt", direction: "asc", limit: 2500 })
        .toArray(),
    request: "GET /api/settings/repositories?type=dataset&search=s&sort=updatedAt&direction=asc&limit=2500",
  },
  {
    method: "account.getMcpTools",
    operation: "getMcpTools",
    call: (hub) => hub.account.getMcpTools(),
    request: "GET /api/settings/mcp",
  },
  {
    method: "account.updateWatched",
    operation: "updateWatchSettings",
    call: (hub) => hub.account.updateWatched({ add: [{ type: "org", id: "65a1b2c3d4e5f60718293a4b" }], delete: [] }),
    request: "PATCH /api/settings/watch",
    body: { add: [{ type: "org", id: "65a1b2c3d4e5f60718293a4b" }], delete: [] },
  },
];
