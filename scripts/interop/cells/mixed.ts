import { Hub } from "@hf-api/hub";
import { localFolder } from "@hf-api/hub/node";
import * as official from "@huggingface/hub";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { CallOutcome, Workplace } from "../cell.js";
import { rejects } from "../matches.js";
import { withMock } from "../mock.js";
import { runRows, type Row } from "../rows.js";

interface Context {
  hub: Hub;
  theirs: { hubUrl: string; accessToken: string };
  folder: string;
}

const ours = "ada/written-by-ours";
const theirs = "ada/written-by-theirs";
const oid = /^[0-9a-f]{40}$/;
const large = new Uint8Array(300_000).map((_, index) => (index * 31 + (index >> 8)) % 256);

async function paths(files: AsyncIterable<{ path: string }>): Promise<string[]> {
  const all: string[] = [];
  for await (const { path } of files) all.push(path);
  return all;
}

async function sameBytes(read: Promise<Blob | null>): Promise<boolean> {
  const blob = await read;
  return blob !== null && Buffer.from(await blob.arrayBuffer()).equals(large);
}

/** Each line of a pair writes with one client and reads with the other one. */
const rows: readonly Row<Context>[] = [
  { call: "ours creates", run: ({ hub }) => hub.repos.create({ repo: ours }), expect: { name: ours } },
  { call: "theirs finds it", run: (c) => official.repoExists({ ...c.theirs, repo: ours }), expect: true },
  {
    call: "ours commits small and large",
    run: ({ hub }) =>
      hub.models.commit({
        repo: ours,
        title: "Add a text and weights",
        description: "In one commit.",
        operations: [
          { add: "text ä.md", content: "# Text" },
          { add: "weights/model.safetensors", content: large },
        ],
      }),
    expect: { commitOid: oid },
  },
  {
    call: "theirs lists it",
    run: (c) => paths(official.listFiles({ ...c.theirs, repo: ours, recursive: true })),
    expect: [".gitattributes", "text ä.md", "weights", "weights/model.safetensors"],
  },
  {
    call: "theirs reads the text",
    run: async (c) => (await official.downloadFile({ ...c.theirs, repo: ours, path: "text ä.md" }))?.text(),
    expect: "# Text",
  },
  {
    call: "theirs reads the weights",
    run: (c) => sameBytes(official.downloadFile({ ...c.theirs, repo: ours, path: "weights/model.safetensors" })),
    expect: true,
  },
  {
    call: "theirs reads the history",
    run: async (c) => {
      for await (const { title, message } of official.listCommits({ ...c.theirs, repo: ours }))
        return { title, message };
      return undefined;
    },
    expect: { title: "Add a text and weights", message: "In one commit." },
  },
  {
    call: "ours uploads a folder",
    run: async ({ hub, folder }) => {
      await mkdir(join(folder, "out/deep"), { recursive: true });
      await writeFile(join(folder, "out/a.txt"), "a");
      await writeFile(join(folder, "out/deep/b.bin"), large);
      return hub.models.files.upload({ repo: ours, files: localFolder(join(folder, "out")), path: "out" });
    },
    expect: { commitOid: oid },
  },
  {
    call: "theirs reads a file of the folder",
    run: (c) => sameBytes(official.downloadFile({ ...c.theirs, repo: ours, path: "out/deep/b.bin" })),
    expect: true,
  },
  {
    call: "ours opens a pull request",
    run: ({ hub }) =>
      hub.models.commit({
        repo: ours,
        title: "Propose",
        createPullRequest: true,
        operations: [{ add: "p.txt", content: "p" }],
      }),
    expect: { pullRequestUrl: /\/discussions\/1$/ },
  },
  {
    call: "theirs reads it at the pull request",
    run: async (c) =>
      (await official.downloadFile({ ...c.theirs, repo: ours, path: "p.txt", revision: "refs/pr/1" }))?.text(),
    expect: "p",
  },
  {
    call: "ours branches",
    run: ({ hub }) => hub.models.createBranch({ repo: ours, branch: "side" }),
    expect: undefined,
  },
  {
    call: "theirs commits on the branch",
    run: (c) =>
      official.commit({
        ...c.theirs,
        repo: ours,
        branch: "side",
        title: "On the side",
        operations: [{ operation: "addOrUpdate", path: "side.txt", content: new Blob(["side"]) }],
      }),
    expect: { commit: { oid } },
  },
  {
    call: "ours reads what is on the branch",
    run: async ({ hub }) =>
      (await hub.models.files.download({ repo: ours, path: "side.txt", revision: "side" })).text(),
    expect: "side",
  },
  {
    call: "ours compares the branch",
    run: ({ hub }) => hub.models.compare({ repo: ours, base: "main", head: "side", raw: true }),
    expect: (diff: unknown) => String(diff).includes("side.txt"),
  },
  {
    call: "ours runs a job",
    run: ({ hub }) => hub.jobs.run({ dockerImage: "python:3.12", flavor: "cpu-basic", command: ["true"] }),
    expect: { id: /./ },
  },
  {
    call: "theirs finds it among the jobs",
    run: async (c) => (await official.listJobs({ ...c.theirs, namespace: "ada" })).map((job) => job.command),
    expect: (commands: unknown) => JSON.stringify(commands).includes('["true"]'),
  },
  {
    call: "ours makes a collection",
    run: ({ hub }) =>
      hub.collections.create({
        namespace: "ada",
        title: "Shared",
        item: { type: "model", id: "openai-community/gpt2" },
      }),
    expect: { slug: /^ada\/shared-/ },
  },
  {
    call: "theirs finds the collection",
    run: async (c) => {
      for await (const { title } of official.listCollections({ ...c.theirs, search: { owner: ["ada"], q: "Shared" } }))
        return title;
      return undefined;
    },
    expect: "Shared",
  },

  {
    call: "theirs creates",
    run: (c) => official.createRepo({ ...c.theirs, repo: { type: "dataset", name: theirs }, visibility: "private" }),
    expect: { repoUrl: /\/datasets\/ada\/written-by-theirs$/ },
  },
  {
    call: "ours finds it, private",
    run: ({ hub }) => hub.datasets.get({ repo: theirs }),
    expect: { id: theirs, private: true },
  },
  {
    call: "theirs uploads small and large",
    run: (c) =>
      official.uploadFiles({
        ...c.theirs,
        repo: { type: "dataset", name: theirs },
        commitTitle: "Add data",
        files: [
          { path: "train/rows #1.jsonl", content: new Blob(["{}\n"]) },
          { path: "train/rows.parquet", content: new Blob([large]) },
        ],
      }),
    expect: { commit: { oid } },
  },
  {
    call: "ours lists it",
    run: ({ hub }) => paths(hub.datasets.files.list({ repo: theirs, recursive: true })),
    expect: [".gitattributes", "train", "train/rows #1.jsonl", "train/rows.parquet"],
  },
  {
    call: "ours reads the small file",
    run: async ({ hub }) => (await hub.datasets.files.download({ repo: theirs, path: "train/rows #1.jsonl" })).text(),
    expect: "{}\n",
  },
  {
    call: "ours reads the large file, and checks it",
    run: async ({ hub }) =>
      Buffer.from(
        await (await hub.datasets.files.download({ repo: theirs, path: "train/rows.parquet" })).bytes(),
      ).equals(large),
    expect: true,
  },
  {
    call: "ours reads a range of it",
    run: async ({ hub }) =>
      Buffer.from(
        await (
          await hub.datasets.files.download({
            repo: theirs,
            path: "train/rows.parquet",
            range: { start: 1000, end: 1099 },
          })
        ).bytes(),
      ).equals(large.subarray(1000, 1100)),
    expect: true,
  },
  {
    call: "ours reads the history of theirs",
    run: async ({ hub }) => (await hub.datasets.listCommits({ repo: theirs }).toArray()).map(({ title }) => title),
    expect: ["Add data", "initial commit"],
  },
  {
    call: "theirs schedules a job",
    run: (c) =>
      official.createScheduledJob({
        ...c.theirs,
        namespace: "ada",
        schedule: "@hourly",
        jobSpec: { dockerImage: "python:3.12", flavor: "cpu-basic", command: ["true"] },
      }),
    expect: { schedule: "@hourly" },
  },
  {
    call: "ours finds the schedule",
    run: async ({ hub }) => (await hub.scheduledJobs.list()).map(({ schedule }) => schedule),
    expect: ["@hourly"],
  },
  {
    call: "ours deletes what theirs made",
    run: ({ hub }) => hub.repos.delete({ repo: theirs, type: "dataset" }),
    expect: undefined,
  },
  {
    call: "theirs finds it gone",
    run: (c) => official.repoExists({ ...c.theirs, repo: { type: "dataset", name: theirs } }),
    expect: false,
  },
  {
    call: "theirs deletes what ours made",
    run: (c) => official.deleteRepo({ ...c.theirs, repo: ours }),
    expect: undefined,
  },
  {
    call: "ours finds it gone",
    run: ({ hub }) => hub.models.get({ repo: ours }),
    expect: rejects({ code: "RepoNotFound" }),
  },
];

/** Has each of two clients read what the other one wrote. */
export const run = ({ folder }: Workplace): Promise<CallOutcome[]> =>
  withMock(async ({ hub: mock, url }) => {
    const hub = new Hub({ endpoint: url, token: mock.tokens.write });
    return await runRows(rows, { hub, theirs: { hubUrl: url, accessToken: mock.tokens.write }, folder });
  });
