import { resolve } from "node:path";
import { readArguments, run } from "./cli/cli.js";
import { packAll } from "./install/packed.js";
import { PipelineError } from "./cli/pipeline-error.js";
import { repositoryOf } from "./release/repository.js";

const usage = `Usage: pnpm pack-release --to <folder>

Builds and packs the packages for pnpm publish-release. In a workflow each of them names the repository that it comes
from; npm asks for that.
`;

const root = process.cwd();

async function main(): Promise<void> {
  const { values: options } = readArguments("pack-release", { to: { type: "string" } });
  if (options.help) return void process.stdout.write(usage);
  if (options.to === undefined) throw new PipelineError("Name a folder; see pnpm pack-release --help.");
  const packed = await packAll(root, resolve(options.to), repositoryOf(process.env));
  for (const { name, version } of packed) process.stdout.write(`  pack     ${name}@${version}\n`);
}

await run("pack-release", main);
