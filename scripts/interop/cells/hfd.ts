import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { Hub, HubResponseError } from "@hf-api/hub";
import { NotRun, type CallOutcome, type Workplace } from "../cell.js";
import { rejects } from "../matches.js";
import { runRows, type Row } from "../rows.js";
import { freePort, withServer } from "../server.js";
import { lastOf, MissingProgram, runStranger } from "../stranger.js";

const version = "v0.0.0-20260313080511-1e4f46786585";
const module = `github.com/matrixhub-ai/hfd/cmd/hfd@${version}`;

const repo = "ada/model";
const oid = /^[0-9a-f]{40}$/;
const large = new Uint8Array(3_000_000).map((_, index) => (index * 31 + (index >> 9)) % 256);
const isSame = (bytes: Uint8Array, from = 0, to = large.length): boolean =>
  Buffer.from(bytes).equals(large.subarray(from, to));
const paths = async (list: { toArray(): Promise<{ path: string }[]> }): Promise<string[]> =>
  (await list.toArray()).map(({ path }) => path).sort();

const noBody = {
  whose: "stranger",
  because: "it sends no body where the Hub's document has JSON",
  expect: rejects({ status: 200, code: "UnexpectedResponse" }),
} as const;

/** A session of our client with a server that is empty at first. */
export const session: readonly Row<Hub>[] = [
  { call: "auth.whoami", run: (hub) => hub.auth.whoami(), expect: { name: /./ } },
  { call: "repos.create", run: (hub) => hub.repos.create({ repo }), expect: { url: /\/ada\/model$/ } },
  {
    call: "repos.create of a dataset",
    run: (hub) => hub.repos.create({ repo: "ada/data", type: "dataset" }),
    expect: { url: /\/datasets\/ada\/data$/ },
  },
  {
    call: "repos.create of a Space",
    run: (hub) => hub.repos.create({ repo: "ada/space", type: "space", sdk: "static" }),
    expect: { url: /\/spaces\/ada\/space$/ },
  },
  { call: "models.get", run: (hub) => hub.models.get({ repo }), expect: { id: repo, sha: oid } },
  { call: "datasets.get", run: (hub) => hub.datasets.get({ repo: "ada/data" }), expect: { id: "ada/data", sha: oid } },
  { call: "models.get of none", run: (hub) => hub.models.get({ repo: "ada/none" }), expect: rejects({ status: 404 }) },
  {
    call: "models.list",
    run: async (hub) => (await hub.models.list({ author: "ada" }).toArray()).some(({ id }) => id === repo),
    expect: true,
  },
  {
    call: "models.commit of small files",
    run: (hub) =>
      hub.models.commit({
        repo,
        title: "Add texts",
        description: "Two of them.",
        operations: [
          { add: "README.md", content: "# Model\n" },
          { add: "docs/a ä.txt", content: "a\n" },
        ],
      }),
    expect: { commitOid: oid },
  },
  {
    call: "models.commit of a large file",
    run: (hub) =>
      hub.models.commit({
        repo,
        title: "Add weights",
        operations: [{ add: "weights/model.safetensors", content: large }],
      }),
    expect: { commitOid: oid },
  },
  {
    call: "datasets.files.upload",
    run: (hub) => hub.datasets.files.upload({ repo: "ada/data", path: "rows.jsonl", content: "{}\n" }),
    expect: { commitOid: oid },
  },
  {
    call: "files.list",
    run: (hub) => paths(hub.models.files.list({ repo, recursive: true })),
    expect: (found: unknown) =>
      Array.isArray(found) &&
      [".gitattributes", "README.md", "docs/a ä.txt", "weights/model.safetensors"].every((path) =>
        found.includes(path),
      ),
  },
  {
    call: "files.list of a folder",
    run: (hub) => hub.models.files.list({ repo, path: "weights" }).toArray(),
    expect: [{ path: "weights/model.safetensors", size: large.length, lfs: { size: large.length } }],
  },
  {
    call: "files.list expanded",
    run: async (hub) =>
      (await hub.models.files.list({ repo, path: "weights", expand: true }).toArray())[0]?.lastCommit?.title,
    expect: "Add weights",
  },
  {
    call: "files.info",
    run: async (hub) => (await hub.models.files.info({ repo, paths: ["README.md", "none"] })).map(({ path }) => path),
    expect: ["README.md"],
  },
  {
    call: "files.exists",
    run: (hub) => hub.models.files.exists({ repo, path: "README.md" }),
    expect: true,
  },
  {
    call: "files.getTreeSize",
    run: async (hub) => (await hub.models.files.getTreeSize({ repo, path: "weights" })).size,
    expect: large.length,
  },
  {
    call: "files.download",
    run: async (hub) => (await hub.models.files.download({ repo, path: "docs/a ä.txt" })).text(),
    expect: "a\n",
  },
  {
    call: "files.download of a large file, and its check",
    run: async (hub) =>
      isSame(await (await hub.models.files.download({ repo, path: "weights/model.safetensors" })).bytes()),
    expect: true,
  },
  {
    call: "files.download of a range",
    run: async (hub) => {
      const range = { start: 1_000_000, end: 1_999_999 };
      return isSame(
        await (await hub.models.files.download({ repo, path: "weights/model.safetensors", range })).bytes(),
        1_000_000,
        2_000_000,
      );
    },
    expect: true,
  },
  {
    call: "files.download from a dataset",
    run: async (hub) => (await hub.datasets.files.download({ repo: "ada/data", path: "rows.jsonl" })).text(),
    expect: "{}\n",
  },
  {
    call: "files.download of none",
    run: (hub) => hub.models.files.download({ repo, path: "none" }),
    expect: rejects({ status: 404 }),
  },
  {
    call: "models.listCommits",
    run: async (hub) => (await hub.models.listCommits({ repo }).toArray()).map(({ title }) => title).slice(0, 2),
    expect: ["Add weights", "Add texts"],
  },
  { call: "models.createBranch", run: (hub) => hub.models.createBranch({ repo, branch: "next" }), expect: undefined },
  {
    call: "models.createBranch twice",
    run: (hub) => hub.models.createBranch({ repo, branch: "next" }),
    expect: rejects({ status: 409 }),
  },
  {
    call: "models.commit on a branch, with a deletion",
    run: (hub) =>
      hub.models.commit({
        repo,
        branch: "next",
        title: "On the branch",
        operations: [{ add: "next.txt", content: "next\n" }, { delete: "docs/a ä.txt" }],
      }),
    expect: { commitOid: oid },
  },
  {
    call: "files.list of the branch",
    run: (hub) => paths(hub.models.files.list({ repo, revision: "next" })),
    expect: (found: unknown) => Array.isArray(found) && found.includes("next.txt") && !found.includes("docs"),
  },
  {
    call: "models.compare",
    run: (hub) => hub.models.compare({ repo, base: "main", head: "next", raw: true }),
    expect: /^diff --git [^]*\+next\n/m,
  },
  {
    call: "models.createTag",
    run: (hub) => hub.models.createTag({ repo, tag: "v1", message: "First" }),
    expect: undefined,
  },
  {
    call: "files.download at a tag",
    run: async (hub) => (await hub.models.files.download({ repo, path: "README.md", revision: "v1" })).text(),
    expect: "# Model\n",
  },
  {
    call: "models.getRefs",
    run: async (hub) => {
      const { branches, tags } = await hub.models.getRefs({ repo });
      return [branches.map(({ name }) => name).sort(), tags.map(({ name }) => name)];
    },
    expect: [["main", "next"], ["v1"]],
  },
  { call: "models.deleteTag", run: (hub) => hub.models.deleteTag({ repo, tag: "v1" }), expect: undefined },
  {
    call: "models.superSquash",
    run: (hub) => hub.models.superSquash({ repo, branch: "next", message: "One" }),
    expect: { commitId: oid },
    differs: noBody,
  },
  {
    call: "models.listCommits of a squashed branch",
    run: async (hub) => (await hub.models.listCommits({ repo, revision: "next" }).toArray()).map(({ title }) => title),
    expect: ["One"],
  },
  { call: "models.deleteBranch", run: (hub) => hub.models.deleteBranch({ repo, branch: "next" }), expect: undefined },
  {
    call: "models.updateSettings",
    run: (hub) => hub.models.updateSettings({ repo, visibility: "private" }),
    expect: { private: true },
    differs: noBody,
  },
  {
    call: "discussions.create",
    run: (hub) => hub.discussions.create({ repo, title: "Why", description: "How?" }),
    expect: { num: 1 },
  },
  { call: "repos.move", run: (hub) => hub.repos.move({ from: repo, to: "ada/moved" }), expect: undefined },
  {
    call: "files.download once moved",
    run: async (hub) => (await hub.models.files.download({ repo: "ada/moved", path: "README.md" })).text(),
    expect: "# Model\n",
  },
  { call: "repos.delete", run: (hub) => hub.repos.delete({ repo: "ada/moved" }), expect: undefined },
  {
    call: "repos.delete twice",
    run: (hub) => hub.repos.delete({ repo: "ada/moved" }),
    expect: rejects({ status: 404 }),
  },
  {
    call: "models.get of what is deleted",
    run: (hub) => hub.models.get({ repo: "ada/moved" }),
    expect: rejects({ status: 404 }),
  },
];

/** What Go's router says where there is no such route, other than a handler that misses a repository or a file. */
export const isUnserved = (error: unknown): boolean =>
  error instanceof HubResponseError &&
  (error.status === 405 ||
    error.status === 501 ||
    (error.status === 404 && String(error.body).includes("404 page not found")));

/** Runs our client against hfd, a server in Go, on loopback and with an empty folder. */
export async function run(place: Workplace): Promise<CallOutcome[]> {
  const program = await build(place);
  const port = await freePort();
  const [data, url] = [join(place.folder, "data"), `http://127.0.0.1:${port}`];
  const token = "hf_for_this_run";
  const args = [
    `-addr=127.0.0.1:${port}`,
    `-host-url=${url}`,
    "-ssh-addr=",
    `-data=${data}`,
    "-username=ada",
    `-token=${token}`,
  ];
  await mkdir(data);
  return await withServer({ program, args, url, cwd: place.folder }, () =>
    runRows(session, new Hub({ endpoint: url, token, retries: 0 }), isUnserved),
  );
}

/** Built once for each version, which takes minutes. */
async function build({ folder, cache }: Workplace): Promise<string> {
  const bin = join(cache, `hfd-${version}`);
  const program = join(bin, process.platform === "win32" ? "hfd.exe" : "hfd");
  if (existsSync(program)) return program;
  const env = { ...process.env, GOBIN: bin, GOTOOLCHAIN: "local" };
  const { code, output } = await runStranger("go", ["install", module], { cwd: folder, env, limit: 600_000 }).catch(
    (error: unknown) => {
      if (!(error instanceof MissingProgram)) throw error;
      throw new NotRun(`${error.message}; install Go 1.25 or later`);
    },
  );
  if (code !== 0) throw new NotRun(`go cannot install ${module}: ${lastOf(output)}`);
  return program;
}
