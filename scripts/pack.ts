import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { readArguments, run } from "./cli/cli.js";
import { packAll } from "./install/packed.js";
import { tagOf, versionList } from "./release/packages.js";
import { PipelineError } from "./cli/pipeline-error.js";
import { repositoryOf } from "./release/repository.js";

const usage = `Usage: pnpm pack-release --to <folder>

Builds and packs the packages, and lists what is to be published in versions.txt: a version and its file a line, first
those that others depend on. In a workflow each of them names the repository that it comes from; npm asks for that.
`;

const root = process.cwd();

async function main(): Promise<void> {
  const { values: options } = readArguments("pack-release", { to: { type: "string" } });
  if (options.help) return void process.stdout.write(usage);
  if (options.to === undefined) throw new PipelineError("Name a folder; see pnpm pack-release --help.");
  const folder = resolve(options.to);
  const packed = await packAll(root, folder, repositoryOf(process.env));
  for (const it of packed) process.stdout.write(`  pack     ${tagOf(it)}\n`);
  await writeFile(join(folder, "versions.txt"), versionList(packed));
}

await run("pack-release", main);
