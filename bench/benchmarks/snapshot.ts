import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Child } from "../lib/child.js";
import type { Benchmark, Figure } from "../lib/figure.js";
import { median, quiet } from "../lib/statistics.js";
import type { SnapshotContender, SnapshotCost } from "../programs/snapshot.js";

const rounds = 7;
const contenders = ["hub", "huggingface-hub"] as const satisfies SnapshotContender[];

interface Costs {
  first: SnapshotCost[];
  second: SnapshotCost[];
}

export const snapshots: Benchmark = {
  title: "a snapshot of 500 files of 32 KiB into an empty cache, and once more",

  async measure() {
    const folder = await mkdtemp(join(tmpdir(), "bench-snapshot-"));
    const server = new Child("snapshot-server");
    const children: Child[] = [];
    try {
      const endpoint = await server.ask<string>();
      const costs: Record<SnapshotContender, Costs> = {
        hub: { first: [], second: [] },
        "huggingface-hub": { first: [], second: [] },
      };
      const child = Object.fromEntries(
        contenders.map((name) => [name, new Child("snapshot", [name, endpoint])]),
      ) as Record<SnapshotContender, Child>;
      children.push(...Object.values(child));
      // The first round warms up, and does not count.
      for (let round = 0; round <= rounds; round += 1) {
        for (const name of round % 2 === 0 ? contenders : contenders.toReversed()) {
          const cache = join(folder, `${name}-${round}`);
          const first = await child[name].ask<SnapshotCost>(cache);
          const second = await child[name].ask<SnapshotCost>(cache);
          if (round > 0) {
            costs[name].first.push(first);
            costs[name].second.push(second);
          }
          await rm(cache, { recursive: true });
        }
      }
      return figures(costs);
    } finally {
      await Promise.all([server, ...children].map((it) => it.stop()));
      await rm(folder, { recursive: true });
    }
  },
};

function figures({ hub, "huggingface-hub": known }: Record<SnapshotContender, Costs>): Figure[] {
  const time = (costs: SnapshotCost[]): number => median(costs.map(({ milliseconds }) => milliseconds));
  const cpu = (costs: SnapshotCost[]): number => quiet(costs.map((cost) => cost.cpu));
  const beside = (ours: number, theirs: number): string => `${ours.toFixed(0)} and ${theirs.toFixed(0)} ms`;
  return [
    {
      name: "speed ÷ @huggingface/hub",
      value: time(known.first) / time(hub.first),
      atLeast: 1.5,
      beside: beside(time(hub.first), time(known.first)),
    },
    {
      name: "CPU ÷ @huggingface/hub",
      value: cpu(hub.first) / cpu(known.first),
      atMost: 0.5,
      beside: beside(cpu(hub.first), cpu(known.first)),
    },
    {
      name: "second run",
      value: time(hub.second) / 1000,
      unit: "s",
      atMost: 0.2,
      beside: beside(time(hub.second), time(known.second)),
    },
  ];
}
