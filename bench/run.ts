import { writeFile } from "node:fs/promises";
import { availableParallelism, cpus } from "node:os";
import { call } from "./benchmarks/call.js";
import { fanOut } from "./benchmarks/fan-out.js";
import { files } from "./benchmarks/files.js";
import { importing } from "./benchmarks/import.js";
import { pages } from "./benchmarks/pages.js";
import { regenerate } from "./benchmarks/regenerate.js";
import { size } from "./benchmarks/size.js";
import { snapshots } from "./benchmarks/snapshot.js";
import { soak } from "./benchmarks/soak.js";
import { types } from "./benchmarks/types.js";
import { drawChart } from "./lib/chart.js";
import { reached, type Benchmark } from "./lib/figure.js";
import { buildPrograms } from "./lib/programs.js";
import { formatTable } from "./lib/table.js";

const benchmarks: Record<string, Benchmark> = {
  call,
  pages,
  "fan-out": fanOut,
  files,
  snapshot: snapshots,
  import: importing,
  size,
  types,
  regenerate,
  soak,
};
// What takes too long for a plain run has to be asked for.
const plain = Object.keys(benchmarks).filter((name) => name !== "soak");

const asked = process.argv.slice(2).filter((argument) => argument !== "--");
const unknown = asked.filter((name) => !Object.hasOwn(benchmarks, name));
if (unknown.length > 0) {
  console.error(`bench: no ${unknown.join(", ")}; there are ${Object.keys(benchmarks).join(", ")}`);
  process.exit(1);
}

await buildPrograms();
const results: Record<string, object> = {
  machine: { node: process.version, processor: cpus()[0]?.model ?? "unknown", cores: availableParallelism() },
};
for (const [name, { title, measure }] of Object.entries(benchmarks)) {
  if (!(asked.length > 0 ? asked : plain).includes(name)) continue;
  console.log(`\n${name}: ${title}`);
  const figures = await measure();
  console.log(formatTable(figures));
  const entries = figures.map(({ name: of, ...figure }) => [of, { ...figure, reached: reached(figure) }] as const);
  results[name] = Object.fromEntries(entries);
}
await writeFile(new URL("results.json", import.meta.url), `${JSON.stringify(results, null, 2)}\n`);
// The chart shows all of them.
if (asked.length === 0) await writeFile(new URL("chart.svg", import.meta.url), drawChart(results));
