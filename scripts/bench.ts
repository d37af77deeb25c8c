import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { readArguments, run } from "./cli/cli.js";
import { closest } from "./cli/closest.js";
import { PipelineError } from "./cli/pipeline-error.js";
import { runBuilt } from "./cli/run-built.js";

const root = process.cwd();

await run("bench", async () => {
  const { values, positionals } = readArguments("bench", {}, Infinity);
  const files = await readdir(join(root, "bench/benchmarks"));
  const names = files.map((file) => file.replace(/\.ts$/, ""));
  if (values.help) {
    const usage =
      "Usage: pnpm bench [name...]\n\nMeasures against peers; without a name all but soak, which takes long.";
    return void process.stdout.write(`${usage}\n\n  ${names.join(", ")}\n`);
  }
  const unknown = positionals.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    const meant = closest(unknown, names);
    const advice = meant === undefined ? `there are ${names.join(", ")}.` : `did you mean ${meant}?`;
    throw new PipelineError(`There is no benchmark ${unknown}; ${advice}`);
  }
  await runBuilt(root, "bench/run.ts", positionals);
});
