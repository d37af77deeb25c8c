import type { OperationId } from "@hf-api/raw/operations";
import type { RepoKind } from "../../../src/inputs/repo-id.js";
import type { Row } from "../row.js";
import { repoFilesRows } from "./repo-files.js";

/** The methods that models, datasets and Spaces share: the same calls, each on its own paths. */
export function repoRows(kind: RepoKind, noun: "Model" | "Dataset" | "Space"): Row[] {
  const base = `/api/${kind}/ns/repo`;
  // Every operation of a shared family is named after its kind; a wrong name shows as an operation without facts.
  const id = (name: string): OperationId => name.replace("Repo", noun) as OperationId;
  return [
    ...repoFilesRows(kind, id),
    {
      method: `${kind}.duplicate`,
      operation: "duplicateRepo",
      call: (hub) =>
        hub[kind].duplicate({
          repo: "ns/repo",
          to: "org/copy",
          visibility: "private",
          resourceGroupId: "66670e5163145ca562cb1988",
        }),
      request: `POST ${base}/duplicate`,
      body: { repository: "org/copy", visibility: "private", resourceGroupId: "66670e5163145ca562cb1988" },
    },
    {
      // With nothing to add, the commit is the only request.
      method: `${kind}.commit`,
      operation: id("createRepoCommit"),
      call: (hub) =>
        hub[kind].commit({
          repo: "ns/repo",
          branch: "refs/pr/1",
          title: "msg",
          createPullRequest: true,
          operations: [{ delete: "old.txt" }, { delete: "dir/" }],
        }),
      request: `POST ${base}/commit/refs%2Fpr%2F1?create_pr=1`,
      body: [
        '{"key":"header","value":{"summary":"msg"}}',
        '{"key":"deletedFile","value":{"path":"old.txt"}}',
        '{"key":"deletedFolder","value":{"path":"dir/"}}',
        "",
      ].join("\n"),
      response: { body: { success: true, commitOid: "0".repeat(40), commitUrl: "", hookOutput: "" } },
    },
    {
      method: `${kind}.createCommit`,
      operation: id("createRepoCommit"),
      call: (hub) =>
        hub[kind].createCommit({
          repo: "ns/repo",
          branch: "refs/pr/1",
          summary: "msg",
          description: "desc",
          parentCommit: "0000000000000000000000000000000000000000",
          createPullRequest: true,
          operations: [
            { key: "file", value: { content: "aGVsbG8=", path: "a b.txt", encoding: "base64" } },
            { key: "lfsFile", value: { path: "model.bin", algo: "sha256", oid: "a".repeat(64), size: 5 } },
            { key: "deletedFile", value: { path: "old.txt" } },
            { key: "deletedFolder", value: { path: "dir/" } },
          ],
        }),
      request: `POST ${base}/commit/refs%2Fpr%2F1?create_pr=1`,
      body: [
        '{"key":"header","value":{"summary":"msg","description":"desc","parentCommit":"0000000000000000000000000000000000000000"}}',
        '{"key":"file","value":{"content":"aGVsbG8=","path":"a b.txt","encoding":"base64"}}',
        `{"key":"lfsFile","value":{"path":"model.bin","algo":"sha256","oid":"${"a".repeat(64)}","size":5}}`,
        '{"key":"deletedFile","value":{"path":"old.txt"}}',
        '{"key":"deletedFolder","value":{"path":"dir/"}}',
        "",
      ].join("\n"),
    },
    {
      method: `${kind}.exists`,
      operation: id("getRepo"),
      call: (hub) => hub[kind].exists({ repo: "ns/repo" }),
      request: `GET ${base}?expand=author`,
    },
    {
      method: `${kind}.listCommits`,
      operation: id("listRepoCommits"),
      call: (hub) => hub[kind].listCommits({ repo: "ns/repo", expand: ["formatted"], limit: 1 }).toArray(),
      request: `GET ${base}/commits/main?expand=formatted&limit=1`,
    },
    {
      method: `${kind}.listCommits`,
      operation: id("listRepoCommits"),
      call: (hub) => hub[kind].listCommits({ repo: "ns/repo" }).toArray(),
      request: `GET ${base}/commits/main`,
    },
    {
      method: `${kind}.compare`,
      operation: id("compareRepoRevisions"),
      call: (hub) => hub[kind].compare({ repo: "ns/repo", base: "v1.0", head: "refs/pr/1", raw: true }),
      request: `GET ${base}/compare/v1.0..refs%2Fpr%2F1?raw=true`,
    },
    {
      method: `${kind}.superSquash`,
      operation: id("superSquashRepoHistory"),
      call: (hub) => hub[kind].superSquash({ repo: "ns/repo", branch: "feat/x", message: "sq" }),
      request: `POST ${base}/super-squash/feat%2Fx`,
      body: { message: "sq" },
    },
    {
      method: `${kind}.getRefs`,
      operation: id("getRepoRefs"),
      call: (hub) => hub[kind].getRefs({ repo: "ns/repo", includePullRequests: true }),
      request: `GET ${base}/refs?include_prs=true`,
    },
    {
      method: `${kind}.createBranch`,
      operation: id("createRepoBranch"),
      call: (hub) => hub[kind].createBranch({ repo: "ns/repo", branch: "feat/x", startingPoint: "main" }),
      request: `POST ${base}/branch/feat%2Fx`,
      body: { startingPoint: "main" },
    },
    {
      method: `${kind}.deleteBranch`,
      operation: id("deleteRepoBranch"),
      call: (hub) => hub[kind].deleteBranch({ repo: "ns/repo", branch: "feat/x" }),
      request: `DELETE ${base}/branch/feat%2Fx`,
    },
    {
      method: `${kind}.createTag`,
      operation: id("createRepoTag"),
      call: (hub) => hub[kind].createTag({ repo: "ns/repo", tag: "v1.0", message: "As published" }),
      request: `POST ${base}/tag/main`,
      body: { tag: "v1.0", message: "As published" },
    },
    {
      method: `${kind}.deleteTag`,
      operation: id("deleteRepoTag"),
      call: (hub) => hub[kind].deleteTag({ repo: "ns/repo", tag: "v1/0" }),
      request: `DELETE ${base}/tag/v1%2F0`,
    },
    {
      method: `${kind}.like`,
      operation: id("likeRepo"),
      call: (hub) => hub[kind].like({ repo: "ns/repo" }),
      request: `POST ${base}/like`,
    },
    {
      method: `${kind}.unlike`,
      operation: id("unlikeRepo"),
      call: (hub) => hub[kind].unlike({ repo: "ns/repo" }),
      request: `DELETE ${base}/like`,
    },
    {
      method: `${kind}.listLikers`,
      operation: id("listRepoLikers"),
      call: (hub) => hub[kind].listLikers({ repo: "ns/repo", limit: 5 }).toArray(),
      request: `GET ${base}/likers`,
    },
    {
      method: `${kind}.checkAccess`,
      operation: id("checkRepoAccess"),
      call: (hub) => hub[kind].checkAccess({ repo: "ns/repo" }),
      request: `GET ${base}/auth-check`,
    },
    {
      method: `${kind}.checkAccess`,
      operation: id("checkRepoWriteAccess"),
      call: (hub) => hub[kind].checkAccess({ repo: "ns/repo", perms: "write" }),
      request: `GET ${base}/auth-check/write`,
    },
    {
      method: `${kind}.getJwt`,
      operation: id("getRepoJwt"),
      call: (hub) => hub[kind].getJwt({ repo: "ns/repo", expires_in: 600, write: true }),
      request: `GET ${base}/jwt?expires_in=600&write=true`,
    },
    {
      method: `${kind}.getSecurityScan`,
      operation: id("getRepoSecurityScan"),
      call: (hub) => hub[kind].getSecurityScan({ repo: "ns/repo" }),
      request: `GET ${base}/scan`,
    },
    {
      method: `${kind}.updateSettings`,
      operation: id("updateRepoSettings"),
      call: (hub) => hub[kind].updateSettings({ repo: "ns/repo", gated: false, visibility: "public" }),
      request: `PUT ${base}/settings`,
      body: { gated: false, visibility: "public" },
    },
    ...resourceGroupRows(kind, id),
  ];
}

/** What repositories and buckets have in common. */
export function resourceGroupRows(kind: RepoKind | "buckets", id: (name: string) => OperationId): Row[] {
  return [
    {
      method: `${kind}.getResourceGroup`,
      operation: id("getRepoResourceGroup"),
      call: (hub) => hub[kind].getResourceGroup({ repo: "ns/repo" }),
      request: `GET /api/${kind}/ns/repo/resource-group`,
    },
    {
      method: `${kind}.setResourceGroup`,
      operation: id("setRepoResourceGroup"),
      call: (hub) => hub[kind].setResourceGroup({ repo: "ns/repo", resourceGroupId: null }),
      request: `POST /api/${kind}/ns/repo/resource-group`,
      body: { resourceGroupId: null },
    },
  ];
}
