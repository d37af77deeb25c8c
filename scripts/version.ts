import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { checkFolderOf, readArguments, run } from "./cli/cli.js";
import { command } from "./cli/command.js";
import { PipelineError } from "./cli/pipeline-error.js";
import { publicPackages, tagOf } from "./release/packages.js";

const usage = `Usage: pnpm bump --pull-request <file>

Turns the pending changesets into versions and changelogs, and writes title and text of a pull request about them.
`;

const root = fileURLToPath(new URL("..", import.meta.url));

async function main(): Promise<void> {
  const { values: options } = readArguments("bump", { "pull-request": { type: "string" } });
  if (options.help) return void process.stdout.write(usage);
  const file = options["pull-request"];
  if (file === undefined) throw new PipelineError("Name a file; see pnpm bump --help.");
  checkFolderOf("pull-request", file);
  const before = new Set((await publicPackages(root)).map(tagOf));
  await command("npx", ["changeset", "version"], { cwd: root });
  const bumped = (await publicPackages(root)).map(tagOf).filter((tag) => !before.has(tag));
  if (bumped.length === 0) return void process.stdout.write("  version  nothing is pending\n");
  const body = "Merging this releases what the changelogs in it tell.\n";
  await writeFile(file, `Release ${bumped.join(", ")}\n\n${body}`);
  for (const tag of bumped) process.stdout.write(`  version  ${tag}\n`);
}

await run("bump", main);
