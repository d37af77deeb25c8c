import { labels } from "../contenders/contender.js";
import { Child } from "../lib/child.js";
import type { Benchmark, Figure } from "../lib/figure.js";
import { Server } from "../lib/server.js";
import type { Outcome } from "../programs/fan-out.js";

const lookups = 1000;
const quota = 300;
const windowSeconds = 4;
// Three whole windows have to pass before the last hundred may go.
const ideal = Math.floor((lookups - 1) / quota) * windowSeconds;

const contenders = {
  hub: labels.hub,
  "patient fetch": "Promise.all that waits on 429",
  "huggingface-hub": labels["huggingface-hub"],
};

export const fanOut: Benchmark = {
  title: `${lookups.toLocaleString("en")} lookups at once, ${quota} allowed in ${windowSeconds} s`,

  async measure() {
    const figures: Figure[] = [];
    // One after the other: a thousand new connections keep a machine busy enough.
    for (const [name, label] of Object.entries(contenders)) figures.push(...(await look(name, label)));
    return figures;
  },
};

async function look(name: string, label: string): Promise<Figure[]> {
  const server = await Server.start({ latency: 10, quota, window: windowSeconds * 1000 });
  const child = new Child("fan-out", [name, server.endpoint]);
  try {
    const { seconds, successes } = await child.ask<Outcome>(lookups);
    const own = name === "hub";
    return [
      {
        name: `${label}: time ÷ ideal`,
        value: seconds / ideal,
        ...(own ? { atMost: 1.08 } : {}),
        beside: `${seconds.toFixed(1)} s`,
      },
      { name: `${label}: refused`, value: await server.refusals(), count: true, ...(own ? { atMost: 5 } : {}) },
      { name: `${label}: successes`, value: successes, count: true, ...(own ? { atLeast: lookups } : {}) },
    ];
  } finally {
    await child.stop();
    await server.stop();
  }
}
