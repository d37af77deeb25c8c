import { contenderNames, labels, type ContenderName } from "../contenders/contender.js";
import type { Benchmark, Figure } from "../lib/figure.js";
import { compareMixed, type MixedResult, type Mode } from "../lib/mixed.js";
import { Server } from "../lib/server.js";

const peers = contenderNames.filter((name) => name !== "fetch");

/** As users meet a call: among other code of their program, from the first one on, one by one and many at once. */
const modes = {
  "one by one": { calls: 100, warmUp: 10, rounds: 20, repeats: 4 },
  "50 at once": { calls: 200, atOnce: 50, warmUp: 8, rounds: 15, repeats: 4 },
  "first thousand of a process": { calls: 100, warmUp: 0, rounds: 10, repeats: 6 },
  "without a network": { withoutNetwork: true, calls: 1000, warmUp: 10, rounds: 20, repeats: 4 },
  "without a network, not optimised": {
    withoutNetwork: true,
    calls: 500,
    warmUp: 2,
    rounds: 10,
    repeats: 3,
    nodeOptions: ["--no-opt"],
  },
} as const satisfies Record<string, Mode>;

export const call: Benchmark = {
  title: "One call ÷ fetch().json(), all clients in one process",

  async measure() {
    const server = await Server.start();
    const figures: Figure[] = [];
    try {
      for (const [title, mode] of Object.entries(modes)) {
        const result = await compareMixed(contenderNames, server.endpoint, mode);
        const goal = goalOf(title, result);
        for (const name of peers) {
          figures.push({ name: `CPU, ${title}: ${labels[name]}`, value: result[name].cpu, ...atMost(name, goal) });
        }
        if (title === "without a network") {
          for (const name of peers) {
            figures.push({ name: `bytes allocated: ${labels[name]}`, value: result[name].bytes, ...atMost(name, 1.1) });
          }
        }
      }
    } finally {
      await server.stop();
    }
    return figures;
  },
};

/** The two that hold still from run to run: work of an interpreter that optimises nothing, and bytes. */
export const steadyCall: Benchmark = {
  title: "One call ÷ fetch().json(), without a network",

  async measure() {
    const names = ["fetch", "hub"] as const;
    const nowhere = "http://127.0.0.1:8080";
    const unoptimised = await compareMixed(names, nowhere, modes["without a network, not optimised"]);
    const { hub } = await compareMixed(names, nowhere, { ...modes["without a network"], repeats: 1 });
    return [
      { name: "CPU of a call, not optimised", value: unoptimised.hub.cpu },
      { name: "bytes allocated by a call", value: hub.bytes },
    ];
  },
};

function goalOf(title: string, result: MixedResult): number | undefined {
  if (title === "one by one") return result["openapi-fetch"].cpu + 0.03;
  const goals: Record<string, number> = {
    "50 at once": 1.2,
    "without a network": 1.18,
    "without a network, not optimised": 1.4,
  };
  return goals[title];
}

const atMost = (name: ContenderName, goal: number | undefined): { atMost?: number } =>
  name === "hub" && goal !== undefined ? { atMost: goal } : {};
