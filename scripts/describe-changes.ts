import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readVersions } from "./release/bump.js";
import { pullRequestText } from "./release/changeset.js";
import { checkFolderOf, readArguments, run } from "./cli/cli.js";
import { comparable } from "./diff/comparable.js";
import { describe } from "./diff/describe.js";
import { readHubSurface } from "./diff/hub-surface.js";
import { PipelineError } from "./cli/pipeline-error.js";
import { readNames } from "./merge/knowledge.js";
import { readJsonText } from "./cli/read-folder.js";

const usage = `Usage: pnpm describe <before> <after>

Tells what the step from one of the Hub's documents to another means for the packages, as the pull request would.
Nothing is written.

  --json <file>  every change with its severity, besides
`;

const root = fileURLToPath(new URL("..", import.meta.url));

async function main(): Promise<void> {
  const { values: options, positionals } = readArguments("describe", { json: { type: "string" } }, 2);
  if (options.help) return void process.stdout.write(usage);
  const [from, to] = positionals;
  if (from === undefined || to === undefined) {
    throw new PipelineError("Name two documents; see pnpm describe --help.");
  }
  checkFolderOf("json", options.json);
  const names = await readNames(join(root, "spec"));
  const [before, after] = [comparable(await readJsonText(from), names), comparable(await readJsonText(to), names)];
  if (before.fingerprint === after.fingerprint) {
    return void process.stdout.write(`The documents say the same (${after.fingerprint}).\n`);
  }
  const description = await describe(before.document, after.document, await readHubSurface(root));
  const { title, body } = pullRequestText(description, await readVersions(root));
  process.stdout.write(`# ${title}\n\n${body}`);
  if (options.json !== undefined) await writeFile(options.json, `${JSON.stringify(description, null, 2)}\n`);
}

await run("describe", main);
