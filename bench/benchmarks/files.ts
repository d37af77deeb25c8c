import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FileContenderName } from "../contenders/file-contender.js";
import { Child } from "../lib/child.js";
import type { Benchmark, Figure } from "../lib/figure.js";
import { median, quiet } from "../lib/statistics.js";
import type { FileCost, FileTask } from "../programs/files.js";

const downloaded = "256.bin";
const smallFiles = 1000;

interface Runner {
  /** As the table names it. */
  label: string;
  contender: FileContenderName;
  task: FileTask;
  goal?: number;
}

export const files: Benchmark = {
  title: "downloads of 256 MiB, memory for 2 GB, a commit of a thousand files",

  async measure() {
    const folder = await mkdtemp(join(tmpdir(), "bench-files-"));
    const server = new Child("file-server");
    try {
      const endpoint = await server.ask<string>();
      return [
        ...(await downloads(endpoint, join(folder, "saved"))),
        ...(await peaks(endpoint, folder)),
        ...(await commits(endpoint)),
      ];
    } finally {
      await server.stop();
      await rm(folder, { recursive: true });
    }
  },
};

async function downloads(endpoint: string, local: string): Promise<Figure[]> {
  const drain: FileTask = { kind: "drain", path: downloaded };
  const save: FileTask = { kind: "save", path: downloaded, local };
  const runners: Runner[] = [
    { label: "fetch, drained", contender: "fetch", task: drain },
    { label: "@hf-api/hub, drained, not verified", contender: "hub-unverified", task: drain, goal: 1.3 },
    { label: "@hf-api/hub, drained", contender: "hub", task: drain },
    { label: "@huggingface/hub, drained, not verified", contender: "huggingface-hub", task: drain },
    { label: "@hf-api/hub, to disk, not verified", contender: "hub-unverified", task: save },
    { label: "@hf-api/hub, to disk", contender: "hub", task: save },
    { label: "@huggingface/hub, to disk, not verified", contender: "huggingface-hub", task: save },
  ];
  const costs = await takeTurns(endpoint, runners, { warmUp: 1, rounds: 7 });
  return ratios(costs, "CPU of a download", ({ cpu }) => cpu, quiet);
}

async function commits(endpoint: string): Promise<Figure[]> {
  const task: FileTask = { kind: "commit", files: smallFiles };
  const runners: Runner[] = [
    { label: "@huggingface/hub", contender: "huggingface-hub", task },
    { label: "@hf-api/hub", contender: "hub", task, goal: 1 },
  ];
  const costs = await takeTurns(endpoint, runners, { warmUp: 3, rounds: 15 });
  return ratios(costs, `time of ${smallFiles} small files`, ({ milliseconds }) => milliseconds, median);
}

/** Each in its own process; what the machine does besides hits all alike. */
async function takeTurns(
  endpoint: string,
  runners: readonly Runner[],
  { warmUp, rounds }: { warmUp: number; rounds: number },
): Promise<Map<Runner, FileCost[]>> {
  const children = runners.map((runner) => ({ runner, child: new Child("files", [runner.contender, endpoint]) }));
  const costs = new Map<Runner, FileCost[]>(runners.map((runner) => [runner, []]));
  try {
    for (let round = 0; round < warmUp + rounds; round += 1) {
      for (const { runner, child } of round % 2 === 0 ? children : children.toReversed()) {
        const cost = await child.ask<FileCost>(runner.task);
        if (round >= warmUp) costs.get(runner)?.push(cost);
      }
    }
  } finally {
    await Promise.all(children.map(({ child }) => child.stop()));
  }
  return costs;
}

/** All costs as multiples of the first one. */
function ratios(
  costs: Map<Runner, FileCost[]>,
  what: string,
  costOf: (cost: FileCost) => number,
  summary: (samples: readonly number[]) => number,
): Figure[] {
  const sums = [...costs].map(([runner, samples]) => ({ runner, cost: summary(samples.map(costOf)) }));
  const base = sums[0]?.cost ?? NaN;
  return sums.map(({ runner: { label, goal }, cost }) => ({
    name: `${what}: ${label}`,
    value: cost / base,
    ...(goal === undefined ? {} : { atMost: goal }),
    beside: `${cost.toFixed(0)} ms`,
  }));
}

/** How much memory a large file takes, each time in a process that did the same with a small one before. */
async function peaks(endpoint: string, folder: string): Promise<Figure[]> {
  const sources = { warm: join(folder, "warm"), large: join(folder, "large"), inline: join(folder, "inline") };
  // The files have holes instead of bytes, which read as zeros.
  for (const [path, mebibytes] of [
    [sources.warm, 10],
    [sources.large, 2048],
    [sources.inline, 256],
  ] as const) {
    const file = await open(path, "w");
    await file.truncate(mebibytes * 1024 * 1024);
    await file.close();
  }
  const local = join(folder, "saved");
  const works = [
    ["download of 2 GiB to disk", { kind: "save", path: "10.bin", local }, { kind: "save", path: "2048.bin", local }],
    [
      "upload of 2 GiB from disk",
      { kind: "upload", path: "large.bin", local: sources.warm },
      { kind: "upload", path: "large.bin", local: sources.large },
    ],
    [
      "commit with 256 MiB inside",
      { kind: "upload", path: "small.txt", local: sources.warm },
      { kind: "upload", path: "small.txt", local: sources.inline },
    ],
  ] as const satisfies [string, FileTask, FileTask][];
  const figures: Figure[] = [];
  for (const [what, warmUp, task] of works) {
    for (const contender of ["hub", "huggingface-hub"] as const) {
      const child = new Child("files", [contender, endpoint]);
      try {
        await child.ask<FileCost>(warmUp);
        const { growth, milliseconds } = await child.ask<FileCost>(task);
        figures.push({
          name: `memory for ${what}: ${contender === "hub" ? "@hf-api/hub" : "@huggingface/hub"}`,
          value: growth,
          unit: "MiB",
          ...(contender === "hub" ? { atMost: 64 } : {}),
          beside: `${(milliseconds / 1000).toFixed(1)} s`,
        });
      } finally {
        await child.stop();
      }
    }
  }
  return figures;
}
