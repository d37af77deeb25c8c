import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Benchmark } from "../lib/figure.js";
import { runNode } from "../lib/run-node.js";

const folder = fileURLToPath(new URL("..", import.meta.url));
const compiler = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");

export const types: Benchmark = {
  title: "Type-checking a program of 25 calls",

  async measure() {
    const empty = await check("nothing");
    const hub = await check("hub");
    const raw = await check("raw");
    const own = hub.instantiations - empty.instantiations;
    return [
      {
        name: "instantiations, @hf-api/hub",
        value: own,
        count: true,
        atMost: 2500,
        beside: `${hub.seconds.toFixed(2)} s, ${hub.mebibytes.toFixed(0)} MiB`,
      },
      {
        name: "instantiations, @hf-api/raw",
        value: raw.instantiations - empty.instantiations,
        count: true,
        beside: `${raw.seconds.toFixed(2)} s, ${raw.mebibytes.toFixed(0)} MiB`,
      },
      { name: "@hf-api/hub ÷ @hf-api/raw", value: own / (raw.instantiations - empty.instantiations) },
    ];
  },
};

interface Check {
  instantiations: number;
  seconds: number;
  mebibytes: number;
}

async function check(consumer: string): Promise<Check> {
  const options =
    "--ignoreConfig --noEmit --strict --skipLibCheck --target es2022 --module nodenext --extendedDiagnostics";
  const { output } = await runNode([compiler, ...options.split(" "), `consumer/${consumer}.ts`], folder);
  return {
    instantiations: read(output, "Instantiations"),
    seconds: read(output, "Total time"),
    mebibytes: read(output, "Memory used") / 1024,
  };
}

function read(output: string, label: string): number {
  const value = new RegExp(`^${label}:\\s+([\\d.]+)`, "m").exec(output)?.[1];
  if (value === undefined) throw new Error(`the compiler says nothing of "${label}"\n${output}`);
  return Number(value);
}
