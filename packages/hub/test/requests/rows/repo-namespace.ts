import type { OperationId } from "@hf-api/raw/operations";
import type { RepoKind } from "../../../src/namespaces/repo-namespace.js";
import type { Row } from "../row.js";

/** The methods that models, datasets and Spaces share: the same calls, each on its own paths. */
export function repoRows(kind: RepoKind, noun: "Model" | "Dataset" | "Space"): Row[] {
  const base = `/api/${kind}/ns/repo`;
  // Every operation of a shared family is named after its kind; a wrong name shows as an operation without facts.
  const id = (name: string): OperationId => name.replace("Repo", noun) as OperationId;
  return [
    {
      method: `${kind}.listTree`,
      operation: id("listRepoRootTree"),
      call: (hub) => hub[kind].listTree({ repo: "ns/repo", recursive: true }).take(),
      request: `GET ${base}/tree/main?recursive=true`,
    },
    {
      method: `${kind}.listTree`,
      operation: id("listRepoTree"),
      call: (hub) =>
        hub[kind].listTree({ repo: "ns/repo", revision: "refs/pr/1", path: "dir/x y", limit: 5000 }).take(),
      request: `GET ${base}/tree/refs%2Fpr%2F1/dir/x%20y?limit=1000`,
    },
    {
      method: `${kind}.listCommits`,
      operation: id("listRepoCommits"),
      call: (hub) => hub[kind].listCommits({ repo: "ns/repo", expand: ["formatted"], limit: 1 }).take(),
      request: `GET ${base}/commits/main?expand=formatted&limit=1`,
    },
    {
      method: `${kind}.getRefs`,
      operation: id("getRepoRefs"),
      call: (hub) => hub[kind].getRefs({ repo: "ns/repo", includePullRequests: true }),
      request: `GET ${base}/refs?include_prs=true`,
    },
    {
      method: `${kind}.updateSettings`,
      operation: id("updateRepoSettings"),
      call: (hub) => hub[kind].updateSettings({ repo: "ns/repo", gated: false, visibility: "public" }),
      request: `PUT ${base}/settings`,
      body: { gated: false, visibility: "public" },
    },
    {
      method: `${kind}.getResourceGroup`,
      operation: id("getRepoResourceGroup"),
      call: (hub) => hub[kind].getResourceGroup({ repo: "ns/repo" }),
      request: `GET ${base}/resource-group`,
    },
    {
      method: `${kind}.setResourceGroup`,
      operation: id("setRepoResourceGroup"),
      call: (hub) => hub[kind].setResourceGroup({ repo: "ns/repo", resourceGroupId: null }),
      request: `POST ${base}/resource-group`,
      body: { resourceGroupId: null },
    },
  ];
}
