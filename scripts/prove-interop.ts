import { rmSync } from "node:fs";
import { mkdir, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readArguments, run } from "./cli/cli.js";
import { PipelineError } from "./cli/pipeline-error.js";
import { build } from "./cli/run-built.js";
import { selectCells } from "./install/select-cells.js";
import { allCells } from "./interop/all-cells.js";
import type { Outcome } from "./interop/cell.js";
import { isFailure, prove } from "./interop/prove.js";
import { endStrangers } from "./interop/stranger.js";
import { formatMarkdown, formatOutcome } from "./interop/table.js";

const usage = `Usage: pnpm prove-interop [name...] [options]

Builds the packages, and runs clients that others wrote against the mock Hub, and our client against a server that others
wrote. Takes the network, and some minutes. A name is that of a cell, such as hfd, or of a group: javascript, python, go.
A cell whose tool is missing is reported as "not run".

  --list       only shows the cells
  --markdown   prints the outcomes as a Markdown table as well
  --need-all   fails if a cell cannot run, as NEED_STRANGERS=1 does
  --keep       leaves the folders behind
`;

const options = {
  list: { type: "boolean" },
  markdown: { type: "boolean" },
  "need-all": { type: "boolean" },
  keep: { type: "boolean" },
} as const;

const root = fileURLToPath(new URL("..", import.meta.url));
const cache = join(root, "node_modules/.cache/interop");

async function main(): Promise<void> {
  const { values, positionals } = readArguments("prove-interop", options, Infinity);
  if (values.help) return void process.stdout.write(usage);
  const cells = selectCells(allCells, positionals);
  if (values.list) return cells.forEach(({ name, about }) => say(`  ${name.padEnd(16)} ${about}`));
  const needAll = values["need-all"] ?? process.env["NEED_STRANGERS"] === "1";
  await build(root);
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(tmpdir(), "hf-api-interop-"));
  // However the run ends: strangers have process groups of their own, which a Ctrl-C in the terminal does not reach.
  process.once("exit", () => {
    endStrangers();
    if (values.keep) say(`  kept ${folder}`);
    else rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  });
  const outcomes: Outcome[] = [];
  for (const cell of cells) {
    const outcome = await prove(cell, folder, cache);
    say(formatOutcome(outcome));
    outcomes.push(outcome);
  }
  if (values.markdown) say(`\n${formatMarkdown(outcomes)}`);
  const failed = outcomes.filter((outcome) => isFailure(outcome, needAll)).map(({ cell }) => cell.name);
  if (failed.length > 0) throw new PipelineError(`${failed.length} of ${cells.length} failed: ${failed.join(", ")}.`);
}

const say = (text: string): void => void process.stdout.write(`${text}\n`);

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));

await run("prove-interop", main);
