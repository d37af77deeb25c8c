import type { ContenderName } from "../contenders/contender.js";
import type { Batch, Cost } from "../programs/client.js";
import { Child } from "./child.js";
import { median, quiet } from "./statistics.js";

export interface Comparison {
  endpoint: string;
  contenders: readonly ContenderName[];
  batch: Batch | ((contender: ContenderName) => Batch);
  measure: keyof Cost;
  /** Batches that only warm up. */
  warmUp: number;
  /** Batches that count, in each process. */
  rounds: number;
  /** How often all of it is done again with new processes. */
  repeats: number;
}

/** What each contender costs, and that as a multiple of the first one. */
export type Result = Record<ContenderName, { cost: number; ratio: number }>;

/** Lets contenders, each in its own process, take turns: what the machine does besides hits all alike. */
export async function compare(comparison: Comparison): Promise<Result> {
  const costs = new Map<ContenderName, number[]>(comparison.contenders.map((name) => [name, []]));
  for (let repeat = 0; repeat < comparison.repeats; repeat += 1) {
    for (const [name, samples] of await takeTurns(comparison, repeat)) {
      // What disturbs CPU time only adds to it; the time on the clock also wins by luck.
      costs.get(name)?.push(comparison.measure === "cpu" ? quiet(samples) : median(samples));
    }
  }
  const base = costs.get(comparison.contenders[0] ?? "fetch") ?? [];
  const entries = [...costs].map(([name, own]) => {
    // Of each set of processes by itself: sets may run at different speeds.
    const ratios = own.map((cost, index) => cost / (base[index] ?? NaN));
    return [name, { cost: median(own), ratio: median(ratios) }] as const;
  });
  return Object.fromEntries(entries) as Result;
}

async function takeTurns(comparison: Comparison, repeat: number): Promise<Map<ContenderName, number[]>> {
  const { endpoint, contenders, batch, measure, warmUp, rounds } = comparison;
  const children = contenders.map((name) => ({ name, child: new Child("client", [name, endpoint]) }));
  const samples = new Map<ContenderName, number[]>(contenders.map((name) => [name, []]));
  try {
    for (let round = 0; round < warmUp + rounds; round += 1) {
      for (let turn = 0; turn < children.length; turn += 1) {
        // Nobody is always the first, or always behind the same other.
        const { name, child } = children[(turn + round + repeat) % children.length] ?? fail();
        const cost = await child.ask<Cost>(typeof batch === "function" ? batch(name) : batch);
        if (round >= warmUp) samples.get(name)?.push(cost[measure]);
      }
    }
  } finally {
    await Promise.all(children.map(({ child }) => child.stop()));
  }
  return samples;
}

function fail(): never {
  throw new Error("nobody to compare");
}
