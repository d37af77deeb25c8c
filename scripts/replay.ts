import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { changelog } from "./diff/changelog.js";
import { readArguments, run } from "./cli/cli.js";
import { comparable, type ComparableDocument } from "./diff/comparable.js";
import { describe, type Description } from "./diff/describe.js";
import { readHubSurface } from "./diff/hub-surface.js";
import type { Names } from "./merge/names.js";
import { PipelineError } from "./cli/pipeline-error.js";
import { readNames } from "./merge/knowledge.js";
import { documentsIn, readJsonText } from "./cli/read-folder.js";

const usage = `Usage: pnpm replay <folder> [options]

Goes through a folder of the Hub's documents (*.json, *.json.gz) in the order of their names and prints what each
step means for the packages: a row, and the changelog of the types.

  --table   the rows alone
  --json    one JSON object a step, with every change
`;

const root = fileURLToPath(new URL("..", import.meta.url));

async function main(): Promise<void> {
  const { values: options, positionals } = readArguments(
    "replay",
    {
      table: { type: "boolean" },
      json: { type: "boolean" },
    },
    1,
  );
  if (options.help) return void process.stdout.write(usage);
  const [folder] = positionals;
  if (folder === undefined) throw new PipelineError("Name one folder; see pnpm replay --help.");
  const files = await documentsIn(folder);
  if (files.length < 2) throw new PipelineError(`${folder} holds ${files.length} document(s); a step takes two.`);

  const names = await readNames(join(root, "spec"));
  const surface = await readHubSurface(root);
  const totals = new Map<string, number>();
  let before: ComparableDocument | undefined;
  let from = "";
  if (!options.json) process.stdout.write(row(["from", "to", "raw", "hub", "+", "-", "moved", "changes", "ms"]));
  for (const file of files) {
    const started = performance.now();
    const after = await read(file, names);
    if (after === undefined) continue;
    const to = basename(file).replace(/\.json(\.gz)?$/, "");
    if (before !== undefined) {
      const same = before.fingerprint === after.fingerprint;
      const description: Description = same
        ? { raw: "none", hub: "none", changes: [] }
        : await describe(before.document, after.document, surface);
      totals.set(description.raw, (totals.get(description.raw) ?? 0) + 1);
      if (options.json) process.stdout.write(`${JSON.stringify({ from, to, ...description })}\n`);
      else show(from, to, description, performance.now() - started, options.table !== true);
    }
    before = after;
    from = to;
  }
  const steps = [...totals.values()].reduce((sum, count) => sum + count, 0);
  if (steps === 0) throw new PipelineError(`${folder} holds no two documents of the Hub; a step takes two.`);
  const counted = [...totals].map(([severity, count]) => `${count} ${severity}`).join(", ");
  if (!options.json) process.stdout.write(`${steps} steps: ${counted}\n`);
}

/** A folder of documents may hold notes on them as well. */
async function read(file: string, names: Names): Promise<ComparableDocument | undefined> {
  try {
    return comparable(await readJsonText(file), names);
  } catch (error) {
    if (!(error instanceof PipelineError)) throw error;
    process.stderr.write(`skipped ${basename(file)}: ${error.message.replace(/\s+/g, " ")}\n`);
    return undefined;
  }
}

function show(from: string, to: string, { raw, hub, changes }: Description, ms: number, withText: boolean): void {
  const count = (...kinds: string[]): string => String(changes.filter(({ kind }) => kinds.includes(kind)).length);
  const counts = [count("operation-added"), count("operation-removed"), count("operation-moved", "operation-split")];
  process.stdout.write(row([from, to, raw, hub, ...counts, String(changes.length), String(Math.round(ms))]));
  if (!withText || changes.length === 0) return;
  const text = changelog(changes, "raw");
  process.stdout.write(`\n${text.replace(/^(?=.)/gm, "    ")}\n`);
}

const widths = [10, 10, 6, 6, 4, 4, 6, 8, 6];

const row = (cells: string[]): string =>
  `${cells.map((cell, index) => (index < 4 ? cell.padEnd(widths[index] ?? 0) : cell.padStart(widths[index] ?? 0))).join(" ")}\n`;

await run("replay", main);
