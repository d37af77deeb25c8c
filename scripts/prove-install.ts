import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readArguments, run } from "./cli/cli.js";
import { command } from "./cli/command.js";
import { allCells } from "./install/all-cells.js";
import { commandLine, type Cell, type Outcome } from "./install/cell.js";
import { packAll } from "./install/packed.js";
import { selectCells } from "./install/select-cells.js";
import { formatMarkdown, formatOutcome } from "./install/table.js";
import { serveTarballs } from "./install/tarball-registry.js";
import { twoAtOnce } from "./install/limit-concurrency.js";
import { InstallSandbox } from "./install/install-sandbox.js";
import { publicPackages } from "./release/packages.js";
import { PipelineError } from "./cli/pipeline-error.js";

const usage = `Usage: pnpm prove-install [name...] [options]

Builds and packs the packages, and proves in fresh projects outside of this workspace that package managers install
them, runtimes run them, compilers read their types and tools find nothing to complain of. Takes the network, and some
minutes. A name is that of a cell, such as node24, or of a group: install, run, types, require, package.

  --list       only shows the cells and their commands
  --markdown   prints the outcomes as a Markdown table as well
  --keep       leaves the projects behind
`;

const root = fileURLToPath(new URL("..", import.meta.url));

const options = { list: { type: "boolean" }, markdown: { type: "boolean" }, keep: { type: "boolean" } } as const;

async function main(): Promise<void> {
  const { values, positionals } = readArguments("prove-install", options, Infinity);
  if (values.help) return void process.stdout.write(usage);
  const names = (await publicPackages(root)).map(({ name }) => name);
  const cells = selectCells(allCells(names), positionals);
  if (values.list) return cells.forEach((cell) => say(`  ${cell.name.padEnd(20)} ${commandLine(cell)}`));
  const folder = await mkdtemp(join(tmpdir(), "hf-api-install-"));
  try {
    const outcomes = await prove(cells, folder);
    if (values.markdown) say(`\n${formatMarkdown(outcomes)}`);
    const failed = outcomes.filter(({ passed }) => !passed).map(({ cell }) => cell.name);
    if (failed.length > 0) throw new PipelineError(`${failed.length} of ${cells.length} failed: ${failed.join(", ")}.`);
    say(`  all ${cells.length} passed`);
  } finally {
    if (values.keep) say(`  kept ${folder}`);
    else await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function prove(cells: readonly Cell[], folder: string): Promise<Outcome[]> {
  const packed = await packAll(root, join(folder, "packed"));
  const registry = await serveTarballs(packed);
  const upstream = (await command("npm", ["config", "get", "registry"], { cwd: folder })).output;
  const sandbox = new InstallSandbox(folder, root, packed, registry, upstream);
  try {
    return await twoAtOnce(cells, async (cell) => {
      const outcome = await sandbox.prove(cell);
      say(formatOutcome(outcome));
      return outcome;
    });
  } finally {
    registry.close();
  }
}

const say = (text: string): void => void process.stdout.write(`${text}\n`);

await run("prove-install", main);
