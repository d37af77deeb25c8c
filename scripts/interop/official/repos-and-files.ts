import * as official from "@huggingface/hub";
import { rejects } from "../matches.js";
import type { Row } from "../rows.js";
import { bucket, checkpoints, collect, model, oid, repo, some, takesNoXet, type Context } from "./context.js";

const text = (words: string): Blob => new Blob([words]);
const add = (path: string, words: string) => ({ operation: "addOrUpdate", path, content: text(words) }) as const;
/** Repositories, commits, files, downloads and branches. */
export const reposAndFiles: readonly Row<Context>[] = [
  {
    call: "whoAmI",
    run: (c) => official.whoAmI(c),
    expect: { name: "ada", type: "user", auth: { type: "access_token" } },
  },
  {
    call: "whoAmI with a wrong token",
    run: (c) => official.whoAmI({ ...c, accessToken: "hf_nobody" }),
    expect: rejects({ statusCode: 401 }),
  },

  { call: "createRepo", run: (c) => official.createRepo({ ...c, repo }), expect: { repoUrl: new RegExp(`/${repo}$`) } },
  { call: "createRepo twice", run: (c) => official.createRepo({ ...c, repo }), expect: rejects({ statusCode: 409 }) },
  {
    call: "createRepo of a private dataset",
    run: (c) => official.createRepo({ ...c, repo: { type: "dataset", name: "ada/numbers" }, visibility: "private" }),
    expect: { id: /^[0-9a-f]{24}$/ },
  },
  {
    call: "createRepo of a Space",
    run: (c) => official.createRepo({ ...c, repo: { type: "space", name: "ada/demo" }, sdk: "static" }),
    expect: { repoUrl: /\/spaces\/ada\/demo$/ },
  },
  {
    call: "createRepo of a bucket",
    run: (c) => official.createRepo({ ...c, repo: bucket }),
    expect: { repoUrl: /\/buckets\/acme-research\/copies$/ },
  },
  { call: "repoExists", run: (c) => official.repoExists({ ...c, repo }), expect: true },
  { call: "repoExists of none", run: (c) => official.repoExists({ ...c, repo: "ada/none" }), expect: false },
  { call: "checkRepoAccess", run: (c) => official.checkRepoAccess({ ...c, repo }), expect: undefined },
  {
    call: "checkRepoAccess without a token",
    run: ({ hubUrl }) => official.checkRepoAccess({ hubUrl, repo: { type: "dataset", name: "ada/numbers" } }),
    expect: rejects({ statusCode: 401 }),
  },

  {
    call: "uploadFile",
    run: (c) => official.uploadFile({ ...c, repo, file: { path: "hello.txt", content: text("hi there") } }),
    expect: { commit: { oid } },
  },
  {
    call: "uploadFiles small and large",
    run: (c) =>
      official.uploadFiles({
        ...c,
        repo,
        useXet: false,
        files: [
          { path: "data/a.txt", content: text("a") },
          { path: "data/large.bin", content: new Blob([new Uint8Array(100_000)]) },
        ],
      }),
    expect: { commit: { oid } },
  },
  {
    call: "uploadFiles by Xet",
    run: (c) =>
      official.uploadFiles({ ...c, repo, files: [{ path: "xet.bin", content: new Blob([new Uint8Array(70_000)]) }] }),
    expect: { commit: { oid } },
  },
  {
    call: "uploadFilesWithProgress",
    run: async (c) =>
      (
        await collect(official.uploadFilesWithProgress({ ...c, repo, files: [{ path: "b.txt", content: text("b") }] }))
      ).map(({ event }) => event),
    expect: (events: unknown) => some(events) && JSON.stringify(events).includes("phase"),
  },
  {
    call: "commit",
    run: (c) =>
      official.commit({
        ...c,
        repo,
        title: "Add and remove",
        operations: [add("c.txt", "c"), { operation: "delete", path: "b.txt" }],
      }),
    expect: { commit: { oid, url: new RegExp(`/${repo}/commit/[0-9a-f]{40}$`) } },
  },
  {
    call: "commit of an edit",
    run: (c) =>
      official.commit({
        ...c,
        repo,
        title: "Edit",
        operations: [
          {
            operation: "edit",
            path: "c.txt",
            originalContent: text("c"),
            edits: [{ content: text("C"), start: 0, end: 1 }],
          },
        ],
      }),
    expect: { commit: { oid } },
  },
  {
    call: "commit as a pull request",
    run: (c) => official.commit({ ...c, repo, title: "Propose", isPullRequest: true, operations: [add("d.txt", "d")] }),
    expect: { pullRequestUrl: new RegExp(`/${repo}/discussions/1$`) },
  },
  {
    call: "commit on an old parent",
    run: (c) =>
      official.commit({ ...c, repo, title: "Late", parentCommit: "0".repeat(40), operations: [add("e.txt", "e")] }),
    expect: rejects({ statusCode: 412 }),
  },
  {
    call: "commitIter",
    run: async (c) =>
      (await collect(official.commitIter({ ...c, repo, title: "Step by step", operations: [add("f.txt", "f")] }))).map(
        (it) => (it.event === "phase" ? it.phase : it.event),
      ),
    expect: ["preuploading", "uploadingLargeFiles", "committing"],
  },
  {
    call: "commitIterBucket",
    run: (c) => collect(official.commitIterBucket({ ...c, repo: bucket, title: "", operations: [add("a.txt", "a")] })),
    expect: some,
    differs: { ...takesNoXet, expect: rejects({ message: /URL/ }) },
  },
  {
    call: "commitIterBucket of a deletion",
    run: (c) =>
      collect(
        official.commitIterBucket({
          ...c,
          repo: checkpoints,
          title: "",
          operations: [{ operation: "delete", path: "README.md" }],
        }),
      ),
    expect: Array.isArray,
  },
  {
    call: "deleteFile",
    run: (c) => official.deleteFile({ ...c, repo, path: "f.txt" }),
    expect: { commit: { oid } },
  },
  {
    call: "deleteFiles",
    run: (c) => official.deleteFiles({ ...c, repo, paths: ["c.txt", "data/a.txt"] }),
    expect: { commit: { oid } },
  },

  {
    call: "listFiles",
    run: async (c) => (await collect(official.listFiles({ ...c, repo, recursive: true }))).map(({ path }) => path),
    expect: [".gitattributes", "data", "data/large.bin", "hello.txt", "xet.bin"],
  },
  {
    call: "listFiles expanded",
    run: (c) => collect(official.listFiles({ ...c, repo, expand: true, path: "data" })),
    expect: [{ path: "data/large.bin", size: 100_000, lfs: { size: 100_000 }, lastCommit: { title: /./ } }],
  },
  {
    call: "listFiles of a bucket",
    run: async (c) => (await collect(official.listFiles({ ...c, repo: checkpoints, recursive: true }))).length,
    expect: 4,
  },
  {
    call: "pathsInfo",
    run: (c) => official.pathsInfo({ ...c, repo, paths: ["hello.txt", "none"], expand: true }),
    expect: [{ path: "hello.txt", size: 8, type: "file", lastCommit: { title: "Add hello.txt" } }],
  },
  {
    call: "pathsInfo of a bucket",
    run: (c) => official.pathsInfo({ ...c, repo: checkpoints, paths: ["run-1/step-100/state.json"] }),
    expect: [{ path: "run-1/step-100/state.json", xetHash: /^[0-9a-f]{64}$/ }],
  },
  { call: "fileExists", run: (c) => official.fileExists({ ...c, repo, path: "hello.txt" }), expect: true },
  { call: "fileExists of none", run: (c) => official.fileExists({ ...c, repo, path: "none" }), expect: false },
  {
    call: "fileDownloadInfo",
    run: (c) => official.fileDownloadInfo({ ...c, repo, path: "hello.txt" }),
    expect: { size: 8, etag: /./ },
  },
  {
    call: "fileDownloadInfo of a large file",
    run: (c) => official.fileDownloadInfo({ ...c, repo, path: "data/large.bin" }),
    expect: { size: 100_000, etag: /[0-9a-f]{64}/ },
  },
  {
    call: "fileDownloadInfo of a pointer",
    run: (c) => official.fileDownloadInfo({ ...c, repo, path: "data/large.bin", raw: true }),
    expect: { size: (size: unknown) => Number(size) < 200 },
  },
  {
    call: "downloadFile",
    run: async (c) => (await official.downloadFile({ ...c, repo, path: "hello.txt" }))?.text(),
    expect: "hi there",
  },
  {
    call: "downloadFile, a slice of a large one",
    run: async (c) =>
      (await (await official.downloadFile({ ...c, repo, path: "data/large.bin" }))?.slice(10, 30).arrayBuffer())
        ?.byteLength,
    expect: 20,
  },
  {
    call: "downloadFile from a bucket",
    run: async (c) =>
      (await official.downloadFile({ ...c, repo: checkpoints, path: "run-1/step-100/state.json" }))?.text(),
    expect: /"step":100/,
  },
  { call: "downloadFile of none", run: (c) => official.downloadFile({ ...c, repo, path: "none" }), expect: null },
  {
    call: "downloadFileToCacheDir",
    run: (c) => official.downloadFileToCacheDir({ ...c, repo, path: "hello.txt" }),
    expect: /snapshots\/[0-9a-f]{40}\/hello\.txt$/,
  },
  {
    call: "snapshotDownload",
    run: (c) => official.snapshotDownload({ ...c, repo }),
    expect: /models--ada--by-the-official-client\/snapshots\/[0-9a-f]{40}$/,
  },
  {
    call: "snapshotDownload of a dataset",
    run: (c) => official.snapshotDownload({ ...c, repo: { type: "dataset", name: "ada/numbers" } }),
    expect: /datasets--ada--numbers/,
  },
  {
    call: "parseSafetensorsMetadata",
    run: (c) => official.parseSafetensorsMetadata({ ...c, repo: model, computeParametersCount: true }),
    expect: { sharded: false, parameterCount: { F32: (count: unknown) => Number(count) > 0 } },
  },

  { call: "createBranch", run: (c) => official.createBranch({ ...c, repo, branch: "next" }), expect: undefined },
  {
    call: "createBranch twice",
    run: (c) => official.createBranch({ ...c, repo, branch: "next" }),
    expect: rejects({ statusCode: 409 }),
  },
  {
    call: "createBranch over another",
    run: (c) => official.createBranch({ ...c, repo, branch: "next", overwrite: true }),
    expect: undefined,
  },
  {
    call: "createBranch without files",
    run: (c) => official.createBranch({ ...c, repo, branch: "blank", empty: true }),
    expect: undefined,
  },
  { call: "deleteBranch", run: (c) => official.deleteBranch({ ...c, repo, branch: "next" }), expect: undefined },
  {
    call: "deleteBranch of none",
    run: (c) => official.deleteBranch({ ...c, repo, branch: "next" }),
    expect: rejects({ statusCode: 404 }),
  },
  { call: "countCommits", run: (c) => official.countCommits({ ...c, repo }), expect: 10 },
  {
    call: "listCommits",
    run: async (c) => (await collect(official.listCommits({ ...c, repo, batchSize: 3 }))).map(({ title }) => title),
    expect: (titles: unknown) => Array.isArray(titles) && titles.length === 10 && titles.at(-1) === "initial commit",
  },
];
