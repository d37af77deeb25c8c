import type { OperationId } from "@hf-api/raw/operations";
import type { RepoKind } from "../../../src/inputs/repo-id.js";
import type { XetKind } from "../../../src/files/xet-files.js";
import type { Row } from "../row.js";

const sha = "a".repeat(64);

/** The files of models, datasets and Spaces: the same calls, each on its own paths. */
export function repoFilesRows(kind: RepoKind, id: (name: string) => OperationId): Row[] {
  const base = `/api/${kind}/ns/repo`;
  const pages = pagesOf(kind);
  return [
    ...revisionFilesRows(kind, id),
    {
      method: `${kind}.files.info`,
      operation: id("getRepoPathsInfo"),
      call: (hub) => hub[kind].files.info({ repo: "ns/repo", paths: ["README.md"] }),
      request: `POST ${base}/paths-info/main`,
      body: { paths: ["README.md"], expand: false },
      response: { body: [{ type: "file", path: "README.md", oid: "0".repeat(40), size: 1 }] },
    },
    {
      method: `${kind}.files.info`,
      operation: id("getRepoPathsInfo"),
      call: (hub) => hub[kind].files.info({ repo: "ns/repo", revision: "v1/0", paths: ["a", "b/c"], expand: true }),
      request: `POST ${base}/paths-info/v1%2F0`,
      body: { paths: ["a", "b/c"], expand: true },
      response: { body: [] },
    },
    {
      method: `${kind}.files.exists`,
      operation: id("getRepoPathsInfo"),
      call: (hub) => hub[kind].files.exists({ repo: "ns/repo", path: "dir/a b.txt" }),
      request: `POST ${base}/paths-info/main`,
      body: { paths: ["dir/a b.txt"], expand: false },
      response: { body: [] },
    },
    {
      method: `${kind}.files.getTreeSize`,
      operation: id("getRepoTreeSize"),
      call: (hub) => hub[kind].files.getTreeSize({ repo: "ns/repo", path: "dir/x" }),
      request: `GET ${base}/treesize/main/dir/x`,
    },
    {
      method: `${kind}.files.downloadCached`,
      operation: id("resolveCachedRepoFile"),
      call: async (hub) => {
        const revision = "0".repeat(40);
        return (await hub[kind].files.downloadCached({ repo: "ns/repo", revision, path: "config.json" })).text();
      },
      request: `GET /api/resolve-cache/${kind}/ns/repo/${"0".repeat(40)}/config.json`,
    },
    {
      method: `${kind}.files.getNotebookUrl`,
      operation: id("getRepoNotebookUrl"),
      call: (hub) => hub[kind].files.getNotebookUrl({ repo: "ns/repo", path: "nb/train.ipynb" }),
      request: `GET ${base}/notebook/main/nb/train.ipynb`,
    },
    {
      method: `${kind}.files.preupload`,
      operation: id("preuploadRepoFiles"),
      call: (hub) =>
        hub[kind].files.preupload({
          repo: "ns/repo",
          revision: "refs/pr/1",
          createPullRequest: true,
          files: [{ path: "a b.txt", sample: "aGVsbG8=", size: 5 }],
        }),
      request: `POST ${base}/preupload/refs%2Fpr%2F1?create_pr=1`,
      body: { files: [{ path: "a b.txt", sample: "aGVsbG8=", size: 5 }] },
    },
    {
      // Of a file that `.gitignore` rules out, the question is all that is sent.
      method: `${kind}.files.upload`,
      operation: id("preuploadRepoFiles"),
      call: (hub) => hub[kind].files.upload({ repo: "ns/repo", path: "notes.tmp", content: "hello", branch: "a/b" }),
      request: `POST ${base}/preupload/a%2Fb`,
      body: { files: [{ path: "notes.tmp", size: 5, sample: "aGVsbG8=" }] },
      response: {
        body: { commitOid: sha, files: [{ path: "notes.tmp", uploadMode: "regular", shouldIgnore: true }] },
      },
    },
    {
      method: `${kind}.files.getLfsTransfers`,
      operation: id("getRepoLfsTransfers"),
      call: (hub) =>
        hub[kind].files.getLfsTransfers({
          repo: "ns/repo",
          revision: "refs/pr/1",
          operation: "upload",
          transfers: ["basic", "multipart"],
          objects: [{ oid: sha, size: 5 }],
        }),
      request: `POST ${pages}/ns/repo.git/info/lfs/objects/batch`,
      body: {
        operation: "upload",
        transfers: ["basic", "multipart"],
        objects: [{ oid: sha, size: 5 }],
        hash_algo: "sha256",
        ref: { name: "refs/pr/1" },
      },
      response: { body: { transfer: "basic", objects: [] } },
    },
    {
      method: `${kind}.files.listLfs`,
      operation: id("listRepoLfsFiles"),
      call: (hub) => hub[kind].files.listLfs({ repo: "ns/repo" }).toArray(),
      request: `GET ${base}/lfs-files`,
    },
    {
      method: `${kind}.files.listLfs`,
      operation: id("listRepoLfsFiles"),
      call: (hub) => hub[kind].files.listLfs({ repo: "ns/repo", xet: true, pageSize: 50 }).toArray(),
      request: `GET ${base}/lfs-files?xet=true&limit=50`,
    },
    {
      method: `${kind}.files.deleteLfs`,
      operation: id("deleteRepoLfsFile"),
      call: (hub) => hub[kind].files.deleteLfs({ repo: "ns/repo", sha, rewriteHistory: false }),
      request: `DELETE ${base}/lfs-files/${sha}?rewriteHistory=false`,
    },
    {
      method: `${kind}.files.deleteLfsBatch`,
      operation: id("deleteRepoLfsFiles"),
      call: (hub) => hub[kind].files.deleteLfsBatch({ repo: "ns/repo", sha: [sha], rewriteHistory: false }),
      request: `POST ${base}/lfs-files/batch`,
      body: { deletions: { sha: [sha], rewriteHistory: false } },
    },
    {
      method: `${kind}.files.getXetReadToken`,
      operation: id("getRepoXetReadToken"),
      call: (hub) => hub[kind].files.getXetReadToken({ repo: "ns/repo" }),
      request: `GET ${base}/xet-read-token/main`,
    },
    {
      method: `${kind}.files.getXetWriteToken`,
      operation: id("getRepoXetWriteToken"),
      call: (hub) => hub[kind].files.getXetWriteToken({ repo: "ns/repo", revision: "feat/x" }),
      request: `GET ${base}/xet-write-token/feat%2Fx`,
    },
    duplicateXetRow(kind, id),
  ];
}

/** What everything with files in Xet has in common. */
export function duplicateXetRow(kind: XetKind, id: (name: string) => OperationId): Row {
  const files = [{ sha256: sha, xetHash: "b".repeat(64), filename: "model.bin" }];
  return {
    method: `${kind}.files.duplicateXet`,
    operation: id("duplicateRepoXetFiles"),
    call: (hub) => hub[kind].files.duplicateXet({ repo: "ns/repo", target: { type: "model", name: "ns/copy" }, files }),
    request: `POST /api/${kind}/ns/repo/lfs-files/duplicate`,
    body: { target: { type: "model", name: "ns/copy" }, files },
    response: { status: 207, body: { success: false, processed: 1, succeeded: 0, failed: [] } },
  };
}

/** What kernels have of these as well. */
export function revisionFilesRows(kind: RepoKind | "kernels", id: (name: string) => OperationId): Row[] {
  const base = `/api/${kind}/ns/repo`;
  return [
    {
      method: `${kind}.files.list`,
      operation: id("listRepoRootTree"),
      call: (hub) => hub[kind].files.list({ repo: "ns/repo", recursive: true }).toArray(),
      request: `GET ${base}/tree/main?recursive=true`,
    },
    {
      method: `${kind}.files.list`,
      operation: id("listRepoTree"),
      call: (hub) =>
        hub[kind].files.list({ repo: "ns/repo", revision: "refs/pr/1", path: "dir/x y", limit: 5000 }).toArray(),
      request: `GET ${base}/tree/refs%2Fpr%2F1/dir/x%20y?limit=1000`,
    },
    {
      method: `${kind}.files.list`,
      operation: id("listRepoTree"),
      call: (hub) => hub[kind].files.list({ repo: "ns/repo", path: "dir", expand: true, limit: 500 }).toArray(),
      request: `GET ${base}/tree/main/dir?expand=true&limit=100`,
    },
    {
      method: `${kind}.files.download`,
      operation: id("resolveRepoFile"),
      call: async (hub) => (await hub[kind].files.download({ repo: "ns/repo", path: "dir/a b#?.txt" })).text(),
      request: `GET ${pagesOf(kind)}/ns/repo/resolve/main/dir/a%20b%23%3F.txt`,
    },
    {
      method: `${kind}.files.download`,
      operation: id("resolveRepoFile"),
      call: async (hub) => {
        const range = { start: 0, end: 3 };
        const file = await hub[kind].files.download({
          repo: "ns/repo",
          revision: "refs/pr/1",
          path: "model.bin",
          range,
        });
        return file.bytes();
      },
      request: `GET ${pagesOf(kind)}/ns/repo/resolve/refs%2Fpr%2F1/model.bin`,
      response: { status: 206, headers: { "content-range": "bytes 0-3/9" }, body: "part" },
    },
  ];
}

const pagesOf = (kind: string): string => (kind === "models" ? "" : `/${kind}`);
