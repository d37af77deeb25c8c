import { Child } from "../lib/child.js";
import type { Benchmark } from "../lib/figure.js";
import { median, quiet } from "../lib/statistics.js";

const rounds = 15;

export const importing: Benchmark = {
  title: "Importing and constructing",

  async measure() {
    const packages = ["@hf-api/hub", "@hf-api/raw", "@huggingface/hub"] as const;
    const samples = {
      "@hf-api/hub": [] as number[],
      "@hf-api/raw": [] as number[],
      "@huggingface/hub": [] as number[],
    };
    for (let round = 0; round <= rounds; round += 1) {
      for (const name of packages) {
        const cpu = await once<number>("importing", name);
        // The first read the files from the disk.
        if (round > 0) samples[name].push(cpu / 1000);
      }
    }
    const [hub, raw, other] = packages.map((name) => quiet(samples[name])) as [number, number, number];
    const construction = await once<number[]>("constructing", { batches: 40, times: 2000 });
    return [
      {
        name: "CPU of importing @hf-api/hub ÷ @huggingface/hub",
        value: hub / other,
        atMost: 0.5,
        beside: `${hub.toFixed(1)} ÷ ${other.toFixed(1)} ms`,
      },
      { name: "CPU of importing @hf-api/raw ÷ @huggingface/hub", value: raw / other, beside: `${raw.toFixed(1)} ms` },
      // The first half warms up.
      { name: "new Hub()", value: median(construction.slice(20)), unit: "µs", atMost: 5 },
    ];
  },
};

async function once<T>(program: string, question: unknown): Promise<T> {
  const child = new Child(program);
  try {
    return await child.ask<T>(question);
  } finally {
    await child.stop();
  }
}
