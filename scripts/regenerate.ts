import { readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { checkDocument, parseDocument } from "./lib/check-document.js";
import { operationsOf, type Document, type Json } from "./lib/document.js";
import { jsonText } from "./lib/json-text.js";
import { fingerprint, normalise } from "./lib/normalise.js";
import { PipelineError } from "./lib/pipeline-error.js";
import { emit, merge, readKnowledge } from "./lib/pipeline.js";
import { defaultSource, pull } from "./lib/pull.js";
import { checkShrinkage } from "./lib/shrinkage.js";
import { writeFiles } from "./lib/write-files.js";

const usage = `Usage: pnpm regenerate [options]

Pulls the Hub's OpenAPI document, merges it with spec/, and writes packages/raw/src/generated.

  --from <url|file>  where the document comes from (default: the Hub, or HF_ENDPOINT)
  --offline          take the snapshot in spec/upstream.json instead
  --check            write nothing; fail if a file would change
  --accept-loss      take a document that lost operations, an area or its security scheme
`;

const root = fileURLToPath(new URL("..", import.meta.url));
const snapshotPath = join(root, "spec/upstream.json");
const generatedPath = join(root, "packages/raw/src/generated");

async function main(): Promise<void> {
  const { values: options } = readOptions();
  if (options.help) return void process.stdout.write(usage);
  const snapshot = await readSnapshot();
  const source = options.offline ? snapshotPath : (options.from ?? defaultSource(process.env));
  const pulled = await pull(source);
  if (pulled === undefined) return step("pull", "nothing newer upstream");
  step("pull", options.offline ? relative(root, snapshotPath) : source);

  const upstream = normalise(parseDocument(pulled.text));
  if (snapshot !== undefined && !options["accept-loss"]) checkShrinkage(snapshot, upstream);
  const before = snapshot === undefined ? undefined : fingerprint(snapshot);
  const after = fingerprint(upstream);
  step(
    "normalise",
    `${countOperations(upstream)} operations, document ${after}${before === after ? " (no change)" : ""}`,
  );

  const knowledge = await readKnowledge(join(root, "spec"));
  const merged = merge(upstream, knowledge);
  const actions = sum(knowledge.overlays.map((overlay) => overlay.actions.length));
  step(
    "overlay",
    `${knowledge.overlays.length} files, ${actions} actions, ${countOperations(merged.document)} operations now`,
  );
  step("names", `${merged.shapes.size} shapes for ${sum(merged.shapes.values())} places`);
  for (const { label, id } of merged.provisional)
    step("new", `${label}: provisionally ${id}; name it in spec/names.yaml`);

  const files = new Map([[snapshotPath, `${jsonText(upstream)}\n`]]);
  for (const [name, text] of await emit(upstream, merged.document)) files.set(join(generatedPath, name), text);
  const changed = options.check ? await differing(files) : await writeFiles(files);
  for (const path of changed) step(options.check ? "differs" : "wrote", relative(root, path));
  step("generate", changed.length === 0 ? "nothing to change" : `${changed.length} file(s)`);
  if (options.check && changed.length > 0)
    throw new PipelineError("Generated files are stale; run pnpm regenerate --offline.");
}

function readOptions() {
  try {
    return parseArgs({
      // pnpm hands a separating `--` through.
      args: process.argv.slice(2).filter((argument) => argument !== "--"),
      options: {
        from: { type: "string" },
        offline: { type: "boolean" },
        check: { type: "boolean" },
        "accept-loss": { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (error) {
    throw new PipelineError(`${(error as Error).message.split(".")[0]}; see pnpm regenerate --help.`);
  }
}

async function readSnapshot(): Promise<Document | undefined> {
  const text = await readFile(snapshotPath, "utf8").catch(() => undefined);
  return text === undefined ? undefined : checkDocument(JSON.parse(text) as Json);
}

async function differing(files: ReadonlyMap<string, string>): Promise<string[]> {
  const texts = await Promise.all([...files.keys()].map((path) => readFile(path, "utf8").catch(() => undefined)));
  return [...files].filter(([, text], index) => texts[index] !== text).map(([path]) => path);
}

const countOperations = (document: Document): number => [...operationsOf(document)].length;

const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0);

let last = performance.now();

/** Prints a step that is done, with the time since the one before. */
function step(name: string, outcome: string): void {
  const now = performance.now();
  process.stdout.write(`  ${name.padEnd(10)} ${`${Math.round(now - last)} ms`.padStart(8)}  ${outcome}\n`);
  last = now;
}

try {
  await main();
} catch (error) {
  if (!(error instanceof PipelineError)) throw error;
  process.stderr.write(`regenerate: ${error.message}\n`);
  process.exitCode = 1;
}
