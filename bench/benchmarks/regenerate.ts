import { fileURLToPath } from "node:url";
import type { Benchmark } from "../lib/figure.js";
import { programPath } from "../lib/programs.js";
import { runNode } from "../lib/run-node.js";
import { median } from "../lib/statistics.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const rounds = 5;

export const regenerate: Benchmark = {
  title: "Regenerating the types from a local file",

  async measure() {
    const noise = ["--import", "tsx", "scripts/regenerate.ts", "--from", "spec/upstream.json"];
    // With --check nothing is skipped, although the document is the one that was generated from.
    const whole = [...noise, "--check"];
    const printing = [programPath("openapi-typescript")];
    const times = { noise: [] as number[], whole: [] as number[], printing: [] as number[] };
    for (let round = 0; round <= rounds; round += 1) {
      const { seconds } = await runNode(whole, root);
      const same = await runNode(noise, root);
      const alone = await runNode(printing, root);
      // The first fills the caches of disk and compiler.
      if (round === 0) continue;
      times.whole.push(seconds);
      times.noise.push(same.seconds);
      times.printing.push(alone.seconds);
    }
    const [own, alone] = [median(times.whole), median(times.printing)];
    return [
      { name: "pnpm regenerate, all of it", value: own, unit: "s", atMost: 6 },
      { name: "pnpm regenerate, nothing new", value: median(times.noise), unit: "s", atMost: 2 },
      { name: "÷ openapi-typescript alone", value: own / alone, atMost: 1.25, beside: `${alone.toFixed(1)} s alone` },
    ];
  },
};
