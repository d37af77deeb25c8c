import { existsSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { announce, readMerged } from "./release/announce.js";
import { parseDocument } from "./pull/check-document.js";
import { operationsOf, type Document } from "./document/document.js";
import { checkFolderOf, readArguments, run, type Arguments } from "./cli/cli.js";
import { rememberEtag, seenEtag } from "./pull/etag.js";
import { isCommitted } from "./cli/git.js";
import { jsonText } from "./document/json-text.js";
import { fingerprint } from "./pull/normalise.js";
import { PipelineError } from "./cli/pipeline-error.js";
import { step } from "./cli/step.js";
import { quote } from "./cli/quote.js";
import { attempt, Refusals } from "./cli/refusals.js";
import { decisionsText } from "./release/draft.js";
import { reporting } from "./release/stop-report.js";
import { tell, tellUnmerged } from "./release/tell.js";
import { emit } from "./emit/emit.js";
import { lostFile, readKnowledge, type Knowledge } from "./merge/knowledge.js";
import { keepLost, lostText, type Kept } from "./merge/lost.js";
import { merge, type Merged, type MergeOptions } from "./merge/merge.js";
import { checkNames } from "./merge/names.js";
import { applyRules } from "./merge/rules.js";
import { newTakers } from "./merge/shapes.js";
import { defaultSource, pull } from "./pull/pull.js";
import { checkShrinkage } from "./pull/shrinkage.js";
import { checklist } from "./scaffold/checklist.js";
import { deprecateMethods } from "./scaffold/deprecate.js";
import { followMoves } from "./scaffold/follow-moves.js";
import { readSources } from "./scaffold/read-sources.js";
import type { Workspace } from "./scaffold/grow.js";
import type { Grown } from "./scaffold/scaffold.js";
import { writeFiles } from "./cli/write-files.js";

const usage = `Usage: pnpm regenerate [options]

Pulls the Hub's OpenAPI document, merges it with spec/, and writes packages/raw/src/generated.

  --from <url|file>  where the document comes from (default: the Hub, or HF_ENDPOINT)
  --offline          take the snapshot in spec/upstream.json instead
  --check            write nothing; fail if a file would change
  --pull-request <file>  write title and text of a pull request there, if the Hub's document changed
  --report <file>    if the run is refused, write title and text of an issue about it there
  --accept-loss      take a document that lost operations, an area or its security scheme
`;

const root = fileURLToPath(new URL("..", import.meta.url));
const snapshotPath = join(root, "spec/upstream.json");
const generatedPath = join(root, "packages/raw/src/generated");

// What the generated files are made of, and what makes them.
const sources = [
  "spec",
  "scripts/regenerate.ts",
  ...["cli", "document", "pull", "merge", "emit"].map((folder) => `scripts/${folder}`),
  ":!scripts/**/*.test.ts",
  "packages/raw/src/generated",
];

const known = {
  from: { type: "string" },
  offline: { type: "boolean" },
  check: { type: "boolean" },
  "accept-loss": { type: "boolean" },
  "pull-request": { type: "string" },
  report: { type: "string" },
} as const;

type Options = Arguments<typeof known>["values"];

async function main(): Promise<void> {
  const { values: options } = readArguments("regenerate", known);
  if (options.help) return void process.stdout.write(usage);
  if (options.offline && options.from !== undefined) {
    throw new PipelineError("--offline takes the snapshot, --from another document; give one of them.");
  }
  checkFolderOf("pull-request", options["pull-request"]);
  checkFolderOf("report", options.report);
  let news: string | undefined;
  const tellNews = (text: string): void => void (news = text);
  await reporting(
    options.report,
    "document",
    () => news,
    () => regenerate(options, tellNews),
  );
}

async function regenerate(options: Options, tellNews: (text: string) => void): Promise<void> {
  const snapshot = await readSnapshot(options.offline === true);
  const before = snapshot === undefined ? undefined : fingerprint(snapshot);
  const source = options.offline ? snapshotPath : (options.from ?? defaultSource(process.env));
  const pulled = await pull(source, before === undefined ? undefined : await seenEtag(root, source, before));
  const upstream = pulled === undefined ? snapshot : parseDocument(pulled.text);
  if (upstream === undefined) throw new PipelineError(`${source} sent nothing, and there is no snapshot.`);
  step(
    "pull",
    pulled === undefined ? "nothing newer upstream" : options.offline ? relative(root, snapshotPath) : source,
  );

  const refusals = new Refusals();
  if (snapshot !== undefined && !options["accept-loss"])
    attempt(refusals.in("document"), () => checkShrinkage(snapshot, upstream));
  const after = fingerprint(upstream);
  const news = before !== undefined && before !== after;
  step(
    "normalise",
    `${countOperations(upstream)} operations, document ${after}${before === after ? " (no change)" : ""}`,
  );
  if (pulled?.etag !== undefined && !options.check)
    await rememberEtag(root, { source, etag: pulled.etag, fingerprint: after });
  if (before === after && !options.offline && !options.check && (await isCommitted(root, sources))) {
    return step("done", "the Hub says what it said before; every file is left alone");
  }

  const previous = news ? snapshot : undefined;
  const known = await readKnowledge(join(root, "spec"));
  checkNames(known.names);
  const [ruledBefore, ruled] = [applyRules(previous ?? upstream), applyRules(upstream)];
  const followed = await followMoves(root, ruledBefore, ruled, known);
  for (const { from, to } of followed.moves) step("moved", `${from} → ${to}`);
  const kept = keepLost(ruledBefore, ruled, followed.knowledge);
  const { knowledge } = kept;
  for (const { label } of kept.lost) step("lost", `${label}: kept as an addition`);
  for (const { label } of kept.returned) step("returned", `${label}: described again`);
  // A pull request can say what has to be decided; a person who runs this sees it at once.
  const isDraft = previous !== undefined && options["pull-request"] !== undefined && !options.check;
  const first = await mergeOrTell(previous, upstream, knowledge, { refusals, isDraft }, tellNews);
  for (const sentence of isDraft ? (refusals.stop?.sentences ?? []) : []) step("decide", sentence);
  const growth =
    news && !options.check ? await grow({ root, pending: followed.files }, first, upstream, knowledge) : undefined;
  const merged = growth?.merged ?? first;
  const actions = sum(knowledge.overlays.map((overlay) => overlay.actions.length));
  step(
    "overlay",
    `${knowledge.overlays.length} files, ${actions} actions, ${countOperations(merged.document)} operations now`,
  );
  step("names", `${merged.shapes.size} shapes for ${sum(merged.shapes.values())} places`);
  for (const { label, id } of merged.provisional)
    step("new", `${label}: provisionally ${id}; name it in spec/names.yaml`);

  const files = new Map([[snapshotPath, `${jsonText(upstream)}\n`]]);
  for (const [path, text] of followed.files) files.set(join(root, path), text);
  const obsolete: string[] = [];
  if (kept.lost.length + kept.returned.length > 0) {
    const text = await lostText(knowledge);
    if (text === undefined) obsolete.push(join(root, lostFile));
    else files.set(join(root, lostFile), text);
  }
  for (const [path, text] of growth?.files ?? []) files.set(join(root, path), text);
  if (!options.check) for (const [path, text] of await deprecate(kept, files)) files.set(path, text);
  for (const [name, text] of await emit(upstream, merged.document)) files.set(join(generatedPath, name), text);
  const published = news && !options.check ? await readMerged(generatedPath) : undefined;
  const remarks = [
    ...followed.moves.map(({ from, to }) => `${quote(from)} moved to ${quote(to)}, and its methods follow.`),
    ...merged.news,
    ...(published === undefined ? [] : newTakers(published, merged.document, knowledge.shapes)),
  ];
  for (const remark of remarks) step("look at", remark);
  const announcement =
    published && before
      ? await announce(root, { before, after }, published, merged.document, growth?.grown)
      : undefined;
  for (const [path, text] of announcement?.files ?? []) files.set(path, text);
  const changed = options.check ? await differing(files) : await writeFiles(files);
  obsolete.push(...(announcement?.obsolete ?? []));
  if (!options.check) for (const path of obsolete) await rm(path, { force: true });
  for (const path of changed) step(options.check ? "differs" : "wrote", relative(root, path));
  for (const path of obsolete) step("removed", relative(root, path));
  step("generate", changed.length === 0 ? "nothing to change" : `${changed.length} file(s)`);
  if (options.check && changed.length > 0)
    throw new PipelineError("Generated files are stale; run pnpm regenerate --offline.");
  if (announcement === undefined) return;
  const decisions = decisionsText({ stop: refusals.stop, lost: kept.lost });
  const further = { remarks, decisions, tasks: growth?.tasks ?? "" };
  await tell(root, announcement.description, further, options["pull-request"]);
}

/** What a run writes for operations that are new, beside what it generates. */
interface Growth {
  merged: Merged;
  files: Map<string, string>;
  grown: readonly Grown[];
  /** What a person should look at. */
  tasks: string;
}

/** Names what is new, and writes its methods. */
async function grow(
  workspace: Workspace,
  first: Merged,
  upstream: Document,
  knowledge: Knowledge,
): Promise<Growth | undefined> {
  if (first.provisional.length === 0 || !existsSync(join(root, "packages/hub/test/requests"))) return undefined;
  // It brings the compiler along, which a run without news need not wait for.
  const { growMethods, nameNew } = await import("./scaffold/grow.js");
  const named = await nameNew(workspace, first, knowledge);
  // What does not fit was told of the first turn.
  const merged = merge(upstream, named.knowledge, { isDraft: true });
  const labels = new Set(first.provisional.map(({ label }) => label));
  const added = [...operationsOf(merged.document)].filter(({ label }) => labels.has(label));
  const ids = added.map(({ operation }) => String(operation["operationId"]));
  const { files, grown, left } = await growMethods(workspace, merged.document, ids);
  for (const { methods } of grown) step("scaffold", methods.join(", "));
  for (const { operation, reason } of left) step("by hand", `${operation}: ${reason}`);
  return {
    merged: { ...merged, news: first.news },
    files: new Map([...named.files, ...files]),
    grown,
    tasks: checklist(grown, left),
  };
}

/** The files in which methods are deprecated whose operations are lost, or are no longer where these are back. */
async function deprecate(kept: Kept, files: ReadonlyMap<string, string>): Promise<Map<string, string>> {
  const hub = join(root, "packages/hub");
  if (kept.lost.length + kept.returned.length === 0 || !existsSync(join(hub, "src"))) return new Map();
  const sources = await readSources(hub);
  for (const file of sources.keys()) sources.set(file, files.get(join(hub, file)) ?? sources.get(file) ?? "");
  return new Map([...deprecateMethods(sources, kept)].map(([file, text]) => [join(hub, file), text]));
}

/** Where a new document no longer fits what we know of it, a person has to decide; show what upstream did. */
async function mergeOrTell(
  previous: Document | undefined,
  upstream: Document,
  knowledge: Knowledge,
  options: Pick<MergeOptions, "refusals" | "isDraft">,
  tellNews: (text: string) => void,
): Promise<Merged> {
  try {
    return merge(upstream, knowledge, { previous, ...options });
  } catch (error) {
    if (!(error instanceof PipelineError) || previous === undefined) throw error;
    const text = await tellUnmerged(root, previous, upstream, knowledge.names);
    if (text !== undefined) tellNews(text);
    throw error;
  }
}

/** What was pulled last. Where it is broken, as a merge leaves it, what is pulled now takes its place. */
async function readSnapshot(needed: boolean): Promise<Document | undefined> {
  const text = await readFile(snapshotPath, "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return parseDocument(text);
  } catch (error) {
    if (!(error instanceof PipelineError)) throw error;
    const name = relative(root, snapshotPath);
    const advice = "settle its conflicts, or pull it again with pnpm regenerate";
    if (needed) throw new PipelineError(`${name} is broken; ${advice}. ${error.message}`);
    step("snapshot", `${name} is broken and taken for none: nothing can be compared with it`);
    return undefined;
  }
}

async function differing(files: ReadonlyMap<string, string>): Promise<string[]> {
  const texts = await Promise.all([...files.keys()].map((path) => readFile(path, "utf8").catch(() => undefined)));
  return [...files].filter(([, text], index) => texts[index] !== text).map(([path]) => path);
}

const countOperations = (document: Document): number => [...operationsOf(document)].length;

const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0);

await run("regenerate", main);
