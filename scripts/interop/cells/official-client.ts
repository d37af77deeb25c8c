import { join } from "node:path";
import * as official from "@huggingface/hub";
import type { CallOutcome, Workplace } from "../cell.js";
import { rejects } from "../matches.js";
import { withMock } from "../mock.js";
import { runRows, type Row } from "../rows.js";

interface Context {
  hubUrl: string;
  accessToken: string;
  cacheDir: string;
  /** What earlier calls made. */
  made: Map<string, string>;
}

const repo = "ada/by-the-official-client";
const model = "openai-community/gpt2";
const dataset = { type: "dataset", name: "rajpurkar/squad" } as const;
const bucket = { type: "bucket", name: "acme-research/copies" } as const;
const checkpoints = { type: "bucket", name: "acme-research/checkpoints" } as const;
const namespace = "ada";
const oid = /^[0-9a-f]{40}$/;

const text = (words: string): Blob => new Blob([words]);
const add = (path: string, words: string) => ({ operation: "addOrUpdate", path, content: text(words) }) as const;
const some = (value: unknown): boolean => Array.isArray(value) && value.length > 0;

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** Remembers a property of what a call made, for the calls after it. */
async function make<T extends object>(made: Context["made"], name: string, key: keyof T, call: Promise<T>): Promise<T> {
  const result = await call;
  made.set(name, String(result[key]));
  return result;
}

const id = ({ made }: Context, name: string): string => made.get(name) ?? `no ${name} was made`;

/** All that the package may ask for and the Hub's API page names. */
const fields = {
  model: official.MODEL_EXPANDABLE_KEYS.filter(isAdditional),
  dataset: official.DATASET_EXPANDABLE_KEYS.filter(isAdditional),
  space: official.SPACE_EXPANDABLE_KEYS.filter(isAdditional),
};

/** The fields that it asks for anyway are not additional ones for its types. */
type Always = (typeof official)[`${"MODEL" | "DATASET" | "SPACE"}_EXPAND_KEYS`][number];

function isAdditional<Key extends string>(key: Key): key is Exclude<Key, "gitalyUid" | Always> {
  const always: readonly string[] = [
    ...official.MODEL_EXPAND_KEYS,
    ...official.DATASET_EXPAND_KEYS,
    ...official.SPACE_EXPAND_KEYS,
  ];
  return key !== "gitalyUid" && !always.includes(key);
}

const noXet = {
  whose: "mock",
  because: "it takes no Xet uploads, and buckets take no others",
  expect: rejects({ message: /./ }),
} as const;

const callback = (c: Context): { redirectedUrl: string; nonce: string; codeVerifier: string; hubUrl: string } => {
  const state = JSON.stringify({ nonce: "n", redirectUri: "https://app.example/", state: "mine" });
  const query = new URLSearchParams({ code: "code-of-a-login", state });
  return { redirectedUrl: `https://app.example/?${query}`, nonce: "n", codeVerifier: "v".repeat(43), hubUrl: c.hubUrl };
};

/** In the order of a session: later calls build on what earlier ones made. */
const rows: readonly Row<Context>[] = [
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
    differs: noXet,
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

  {
    call: "modelInfo",
    run: (c) => official.modelInfo({ ...c, name: model }),
    expect: { name: model, task: "text-generation" },
  },
  {
    call: "modelInfo with all fields",
    run: (c) => official.modelInfo({ ...c, name: model, additionalFields: fields.model }),
    expect: { name: model, author: "openai-community", sha: oid, tags: some },
  },
  {
    call: "modelInfo with the field gitalyUid",
    run: (c) => official.modelInfo({ ...c, name: model, additionalFields: ["gitalyUid"] }),
    expect: { name: model },
    differs: {
      whose: "stranger",
      because: "it offers a field that the Hub's API page does not name, and that Python's client no longer mentions",
      expect: rejects({ statusCode: 400 }),
    },
  },
  {
    call: "datasetInfo",
    run: (c) => official.datasetInfo({ ...c, name: dataset.name }),
    expect: { name: dataset.name },
  },
  {
    call: "datasetInfo with all fields",
    run: (c) =>
      official.datasetInfo({
        ...c,
        name: dataset.name,
        additionalFields: fields.dataset,
      }),
    expect: { name: dataset.name, author: "rajpurkar", tags: some },
  },
  {
    call: "spaceInfo",
    run: (c) => official.spaceInfo({ ...c, name: "ada/demo" }),
    expect: { name: "ada/demo", sdk: "static" },
  },
  {
    call: "spaceInfo with all fields",
    run: (c) =>
      official.spaceInfo({
        ...c,
        name: "ada/demo",
        additionalFields: fields.space,
      }),
    expect: { name: "ada/demo", author: "ada", subdomain: "ada-demo" },
  },
  {
    call: "listModels",
    run: async (c) => (await collect(official.listModels({ ...c, limit: 7 }))).length,
    expect: 7,
  },
  {
    call: "listModels by owner, task and tag, with all fields",
    run: (c) =>
      collect(
        official.listModels({
          ...c,
          search: { owner: "openai-community", task: "text-generation", query: "gpt2" },
          sort: "downloads",
          additionalFields: fields.model,
        }),
      ),
    expect: (models: unknown) => some(models) && JSON.stringify(models).includes(model),
  },
  {
    call: "listDatasets",
    run: async (c) =>
      (await collect(official.listDatasets({ ...c, search: { owner: "rajpurkar" } }))).map(({ name }) => name),
    expect: (names: unknown) => Array.isArray(names) && names.includes(dataset.name),
  },
  {
    call: "listSpaces",
    run: (c) =>
      collect(official.listSpaces({ ...c, search: { owner: "ada", query: "demo" }, additionalFields: ["subdomain"] })),
    expect: [{ name: "ada/demo", subdomain: "ada-demo" }],
  },

  {
    call: "createCollection",
    run: (c) =>
      make(
        c.made,
        "collection",
        "slug",
        official.createCollection({
          ...c,
          collection: { title: "Ours", namespace, description: "Mine", private: false },
        }),
      ),
    expect: { slug: /^ada\/ours-[0-9a-f]{24}$/ },
  },
  {
    call: "listCollections",
    run: (c) =>
      collect(official.listCollections({ ...c, search: { owner: ["ada"], q: "Ours" }, sort: "lastModified" })),
    expect: (all: unknown) => some(all) && JSON.stringify(all).includes("ada/ours-"),
  },
  {
    call: "deleteCollection",
    run: (c) => official.deleteCollection({ ...c, slug: id(c, "collection") }),
    expect: undefined,
  },

  {
    call: "copyFile",
    run: (c) =>
      official.copyFile({
        ...c,
        source: { repo: checkpoints, path: "run-1/step-100/state.json" },
        destination: { repo: bucket, path: "state.json" },
      }),
    expect: undefined,
  },
  {
    call: "copyFileIter of a small file",
    run: (c) =>
      collect(
        official.copyFileIter({
          ...c,
          source: { repo, path: "hello.txt" },
          destination: { repo: bucket, path: "hello.txt" },
        }),
      ),
    expect: [{ event: "fileDownloaded", path: "hello.txt" }],
    differs: noXet,
  },
  {
    call: "copyFiles",
    run: (c) =>
      official.copyFiles({
        ...c,
        destination: bucket,
        files: [{ source: { repo: checkpoints, path: "run-1/step-200/state.json" }, destinationPath: "200.json" }],
      }),
    expect: undefined,
  },
  {
    call: "copyFilesIter of a large file",
    run: (c) =>
      collect(
        official.copyFilesIter({
          ...c,
          destination: bucket,
          files: [{ source: { repo, path: "data/large.bin" }, destinationPath: "large.bin" }],
        }),
      ),
    expect: [],
    differs: { ...noXet, because: "it has no Xet hashes of files in repositories" },
  },
  {
    call: "copyFolder",
    run: (c) =>
      official.copyFolder({
        ...c,
        source: { repo: checkpoints, path: "run-1" },
        destination: { repo: bucket, path: "run" },
      }),
    expect: undefined,
  },
  {
    call: "copyFolderIter",
    run: (c) =>
      collect(
        official.copyFolderIter({ ...c, source: { repo: checkpoints }, destination: { repo: bucket, path: "all" } }),
      ),
    expect: [],
  },
  {
    call: "listFiles of what was copied",
    run: async (c) => (await collect(official.listFiles({ ...c, repo: bucket, recursive: true }))).length,
    // Two files alone, the four of a folder, and the whole bucket, whose README was deleted above.
    expect: 10,
  },

  {
    call: "listJobHardware",
    run: async (c) => (await official.listJobHardware(c)).map(({ name }) => name),
    expect: (names: unknown) => Array.isArray(names) && names.includes("cpu-basic"),
  },
  {
    call: "runJob",
    run: (c) =>
      make(
        c.made,
        "job",
        "id",
        official.runJob({
          ...c,
          namespace,
          dockerImage: "python:3.12",
          flavor: "cpu-basic",
          command: ["python", "-V"],
          environment: { A: "1" },
          secrets: { S: "s" },
          timeoutSeconds: 60,
          labels: { run: "1" },
          volumes: [{ source: { type: "model", name: model }, mountPath: "/model" }],
        }),
      ),
    expect: {
      id: /./,
      dockerImage: "python:3.12",
      flavor: "cpu-basic",
      command: ["python", "-V"],
      labels: { run: "1" },
    },
  },
  {
    call: "getJob",
    run: (c) => official.getJob({ ...c, namespace, jobId: id(c, "job") }),
    expect: { status: { stage: /^[A-Z]+$/ } },
  },
  {
    call: "listJobs",
    run: async (c) => (await official.listJobs({ ...c, namespace })).some((job) => job.id === id(c, "job")),
    expect: true,
  },
  {
    call: "streamJobLogs",
    run: (c) => collect(official.streamJobLogs({ ...c, namespace, jobId: id(c, "job") })),
    expect: (lines: unknown) => some(lines) && JSON.stringify(lines).includes("Job started"),
  },
  {
    call: "streamJobEvents",
    run: (c) => collect(official.streamJobEvents({ ...c, namespace, jobId: id(c, "job") })),
    expect: (events: unknown) => some(events) && JSON.stringify(events).includes("COMPLETED"),
  },
  {
    call: "streamJobMetrics",
    run: (c) => collect(official.streamJobMetrics({ ...c, namespace, jobId: id(c, "job") })),
    expect: some,
  },
  {
    call: "duplicateJob",
    run: (c) => make(c.made, "copy", "id", official.duplicateJob({ ...c, namespace, jobId: id(c, "job") })),
    expect: { dockerImage: "python:3.12" },
  },
  {
    call: "cancelJob",
    run: (c) => official.cancelJob({ ...c, namespace, jobId: id(c, "copy") }),
    expect: { status: { stage: "CANCELED" } },
  },
  {
    call: "createScheduledJob",
    run: (c) =>
      make(
        c.made,
        "schedule",
        "id",
        official.createScheduledJob({
          ...c,
          namespace,
          schedule: "@daily",
          jobSpec: { dockerImage: "python:3.12", flavor: "cpu-basic", command: ["python", "-V"] },
        }),
      ),
    expect: { schedule: "@daily", suspend: false },
  },
  {
    call: "getScheduledJob",
    run: (c) => official.getScheduledJob({ ...c, namespace, jobId: id(c, "schedule") }),
    expect: { jobSpec: { dockerImage: "python:3.12" } },
  },
  {
    call: "listScheduledJobs",
    run: async (c) => (await official.listScheduledJobs({ ...c, namespace })).some((it) => it.id === id(c, "schedule")),
    expect: true,
  },
  {
    call: "suspendScheduledJob",
    run: (c) => official.suspendScheduledJob({ ...c, namespace, jobId: id(c, "schedule") }),
    expect: undefined,
  },
  {
    call: "resumeScheduledJob",
    run: (c) => official.resumeScheduledJob({ ...c, namespace, jobId: id(c, "schedule") }),
    expect: undefined,
  },
  {
    call: "runScheduledJob",
    run: (c) => official.runScheduledJob({ ...c, namespace, jobId: id(c, "schedule") }),
    expect: { dockerImage: "python:3.12" },
  },
  {
    call: "deleteScheduledJob",
    run: (c) => official.deleteScheduledJob({ ...c, namespace, jobId: id(c, "schedule") }),
    expect: undefined,
  },

  {
    call: "oauthLoginUrl",
    run: (c) =>
      official.oauthLoginUrl({
        hubUrl: c.hubUrl,
        clientId: "app",
        redirectUrl: "https://app.example/",
        scopes: "openid profile",
        localStorage: {},
      }),
    expect: /^http:\/\/127\.0\.0\.1:\d+\/oauth\/authorize\?client_id=app&.*code_challenge_method=S256/,
  },
  {
    call: "oauthHandleRedirect",
    run: (c) => official.oauthHandleRedirect(callback(c)),
    expect: { accessToken: /^hf_/, state: "mine", scope: "openid profile", userInfo: { preferred_username: "ada" } },
  },
  {
    call: "oauthHandleRedirectIfPresent without a code",
    run: (c) => official.oauthHandleRedirectIfPresent({ ...callback(c), redirectedUrl: "https://app.example/" }),
    expect: false,
  },

  {
    call: "oauthHandleRedirectIfPresent with a code",
    run: (c) => official.oauthHandleRedirectIfPresent(callback(c)),
    expect: { accessToken: /^hf_/ },
    differs: {
      whose: "stranger",
      because: "it takes the whole address for a query, and misses its first parameter",
      expect: false,
    },
  },

  {
    call: "deleteRepo of a bucket",
    run: (c) => official.deleteRepo({ ...c, repo: bucket }),
    expect: undefined,
  },
  { call: "deleteRepo", run: (c) => official.deleteRepo({ ...c, repo }), expect: undefined },
  { call: "deleteRepo twice", run: (c) => official.deleteRepo({ ...c, repo }), expect: rejects({ statusCode: 404 }) },
];

/** What the package exports besides: it computes, or reads the disk. */
const local = new Set(
  `assertSafeShardFilename computeNumOfParamsByDtypeSingleFile encodeShardFilename getBlobStat getHFHubCachePath
  getQuantizationMultiplier getRepoFolderName globMatch isQuantizedTensor matchesCompressedTensorsTarget parseRepoType
  parseSafetensorsShardFilename parseTotalParameters relativeUnderFolder scanCacheDir scanCachedRepo scanRefsDir
  scanSnapshotDir streamJson validateTensorEntry __internal_sha256`.split(/\s+/),
);

/** A row of its own for each function that a new version of the package may bring. */
const complete: Row<Context> = {
  call: "every function that talks to the Hub",
  run: () => {
    const called = new Set(rows.map(({ call }) => call.split(" ")[0]));
    const functions = Object.entries(official).filter(
      ([, value]) => typeof value === "function" && !/^class/.test(`${value}`),
    );
    return functions.map(([name]) => name).filter((name) => !called.has(name) && !local.has(name));
  },
  expect: [],
};

/** Runs `@huggingface/hub` of npm against the mock Hub. */
export const run = ({ folder }: Workplace): Promise<CallOutcome[]> =>
  withMock(async ({ hub, url }) => {
    const context = { hubUrl: url, accessToken: hub.tokens.write, cacheDir: join(folder, "cache"), made: new Map() };
    return await quietly(() => runRows([complete, ...rows], context));
  });

/** The package tells of each download on the console. */
async function quietly<T>(work: () => Promise<T>): Promise<T> {
  const { debug } = console;
  console.debug = () => {};
  try {
    return await work();
  } finally {
    console.debug = debug;
  }
}
