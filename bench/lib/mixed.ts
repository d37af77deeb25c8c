import type { CallerName } from "../contenders/contender.js";
import type { Turn, TurnCost } from "../programs/mixed.js";
import { Child } from "./child.js";
import { median, quiet } from "./statistics.js";

/** How calls are made: in a process that runs all clients side by side. */
export interface Mode {
  /** Whether fetch gets its responses without sockets and a server: what is left is work of the client and of fetch. */
  withoutNetwork?: boolean;
  /** Calls of a turn, and how many of them at a time. */
  calls: number;
  atOnce?: number;
  /** Turns that only warm up. */
  warmUp: number;
  /** Turns that count, in each process. */
  rounds: number;
  /** How often all of it is done again in a new process. */
  repeats: number;
  nodeOptions?: readonly string[];
}

/** What each client costs as a multiple of fetch, in the same process and the same round. */
export type MixedResult<Name extends CallerName = CallerName> = Record<Name, { cpu: number; bytes: number }>;

/** Lets the clients, with fetch among them, take turns in one process: they share what a program's parts share. */
export async function compareMixed<Name extends CallerName>(
  names: readonly Name[],
  endpoint: string,
  mode: Mode,
): Promise<MixedResult<Name>> {
  const ratios = new Map<CallerName, { cpu: number[]; bytes: number[] }>(
    names.map((name) => [name, { cpu: [], bytes: [] }]),
  );
  for (let repeat = 0; repeat < mode.repeats; repeat += 1) {
    const costs = await takeTurns(names, endpoint, mode, repeat);
    const base = costs.get("fetch");
    for (const [name, samples] of costs) {
      // What disturbs a turn only adds to its time, while bytes are what they are but for a collection.
      ratios.get(name)?.cpu.push(quiet(samples.map(({ cpu }) => cpu)) / quiet((base ?? []).map(({ cpu }) => cpu)));
      ratios.get(name)?.bytes.push(bytesOf(samples) / bytesOf(base ?? []));
    }
  }
  const entries = [...ratios].map(
    ([name, { cpu, bytes }]) => [name, { cpu: median(cpu), bytes: median(bytes) }] as const,
  );
  return Object.fromEntries(entries) as MixedResult<Name>;
}

const bytesOf = (samples: readonly TurnCost[]): number => median(samples.map(({ bytes }) => bytes));

async function takeTurns<Name extends CallerName>(
  names: readonly Name[],
  endpoint: string,
  mode: Mode,
  repeat: number,
): Promise<Map<CallerName, TurnCost[]>> {
  // A large young generation keeps the collector out of most turns.
  const nodeOptions = ["--max-semi-space-size=128", ...(mode.nodeOptions ?? [])];
  const child = new Child("mixed", [endpoint, mode.withoutNetwork === true ? "none" : "loopback"], nodeOptions);
  const samples = new Map<CallerName, TurnCost[]>(names.map((name) => [name, []]));
  try {
    for (let round = 0; round < mode.warmUp + mode.rounds; round += 1) {
      for (let turn = 0; turn < names.length; turn += 1) {
        // Nobody is always the first, or always behind the same other.
        const contender = names[(turn + round + repeat) % names.length] ?? "fetch";
        const question: Turn = { contender, calls: mode.calls, atOnce: mode.atOnce ?? 1 };
        const cost = await child.ask<TurnCost>(question);
        if (round >= mode.warmUp) samples.get(contender)?.push(cost);
      }
    }
  } finally {
    await child.stop();
  }
  return samples;
}
