import { labels, type ContenderName } from "../contenders/contender.js";
import { compare } from "../lib/compare.js";
import type { Benchmark, Figure } from "../lib/figure.js";
import { Server } from "../lib/server.js";

const contenders = ["fetch", "raw", "hub", "openapi-fetch", "huggingface-hub"] as const satisfies ContenderName[];
const kinds = { whoami: "who am I", getModel: "one model" } as const;

export const call: Benchmark = {
  title: "CPU of one call ÷ fetch().json()",

  async measure() {
    const server = await Server.start();
    const figures: Figure[] = [];
    try {
      for (const kind of ["whoami", "getModel"] as const) {
        const result = await compare({
          endpoint: server.endpoint,
          contenders,
          batch: { kind, times: 100 },
          measure: "cpu",
          warmUp: 10,
          rounds: 15,
          repeats: 4,
        });
        for (const name of contenders) {
          figures.push({
            name: `${kinds[kind]}: ${labels[name]}`,
            value: result[name].ratio,
            ...(name === "hub" ? { atMost: 1.13 } : {}),
            beside: `${result[name].cost.toFixed(0)} µs`,
          });
        }
      }
    } finally {
      await server.stop();
    }
    return figures;
  },
};
