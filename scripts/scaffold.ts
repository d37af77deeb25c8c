import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readArguments, run } from "./cli/cli.js";
import { closest } from "./cli/closest.js";
import { PipelineError } from "./cli/pipeline-error.js";
import { quote } from "./cli/quote.js";
import { writeFiles } from "./cli/write-files.js";
import { readHubSurface } from "./diff/hub-surface.js";
import { operationsOf, type Document } from "./document/document.js";
import { emit } from "./emit/emit.js";
import { readKnowledge } from "./merge/knowledge.js";
import { merge, type Merged } from "./merge/merge.js";
import { parseDocument } from "./pull/check-document.js";
import { readVersions } from "./release/bump.js";
import { changesetOf } from "./scaffold/changeset.js";
import { checklist } from "./scaffold/checklist.js";
import { growMethods, nameNew } from "./scaffold/grow.js";

const usage = `Usage: pnpm scaffold <operationId>…

Writes the method of each operation, with its types, comment, example, row, list case, line in llms.txt and changeset, in
the namespace that path and tag point to; and a name in spec/names.yaml for what has none yet, such as a new addition of
the overlay. What it cannot place is told, and nothing of that is written.
`;

const root = fileURLToPath(new URL("..", import.meta.url));

async function main(): Promise<void> {
  const { values: options, positionals: wanted } = readArguments("scaffold", {}, 100);
  if (options.help) return void process.stdout.write(usage);
  if (wanted.length === 0) throw new PipelineError("Name an operation; see pnpm scaffold --help.");
  const upstream = parseDocument(await readFile(join(root, "spec/upstream.json"), "utf8"));
  const knowledge = await readKnowledge(join(root, "spec"));
  const merged = merge(upstream, knowledge);
  const chosen = { ...merged, provisional: merged.provisional.filter(({ id }) => wanted.includes(id)) };
  const workspace = { root, pending: new Map<string, string>() };
  const named = await nameNew(workspace, chosen, knowledge);
  const { document } = merge(upstream, named.knowledge);
  const ids = wanted.map((id) => finalId(id, merged, document));
  const { methods } = await readHubSurface(root);
  for (const id of ids) for (const method of methods.get(id) ?? []) say(`${method} calls ${id} already`);
  const {
    files: code,
    grown,
    left,
  } = await growMethods(
    workspace,
    document,
    ids.filter((id) => !methods.has(id)),
  );

  const files = new Map<string, string>();
  if (grown.length > 0) {
    for (const [file, text] of [...named.files, ...code]) files.set(join(root, file), text);
    for (const [name, text] of await emit(upstream, document))
      files.set(join(root, "packages/raw/src/generated", name), text);
    const [name, text] = changesetOf(grown, await readVersions(root));
    files.set(join(root, ".changeset", name), text);
  }
  await writeFiles(files);
  if (grown.length > 0) process.stdout.write(`\n${checklist(grown, [])}\n`);
  if (left.length > 0)
    throw new PipelineError(
      "Some operations need a method by hand:",
      left.map(({ operation, reason }) => `${operation}: ${reason}`),
    );
}

/** What an operation is called once it is named. */
function finalId(id: string, merged: Merged, document: Document): string {
  const label = merged.provisional.find((it) => it.id === id)?.label;
  const all = [...operationsOf(document)].map((at) => [at.label, String(at.operation["operationId"])] as const);
  const found = all.find(([one, own]) => (label === undefined ? own === id : one === label));
  if (found !== undefined) return found[1];
  const meant = closest(
    id,
    all.map(([, own]) => own),
  );
  throw new PipelineError(`There is no operation ${quote(id)}${meant === undefined ? "" : `; did you mean ${meant}?`}`);
}

const say = (text: string): void => void process.stdout.write(`  scaffold  ${text}\n`);

await run("scaffold", main);
