import { existsSync } from "node:fs";
import { appendFile, readFile, rm, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { announce, readMerged } from "./release/announce.js";
import { readVersions } from "./release/bump.js";
import { changelog } from "./diff/changelog.js";
import { pullRequestText } from "./release/changeset.js";
import { parseDocument } from "./pull/check-document.js";
import { operationsOf, type Document } from "./document/document.js";
import { checkFolderOf, readArguments, run, type Arguments } from "./cli/cli.js";
import { withKnownNames } from "./diff/comparable.js";
import { describe, type Description } from "./diff/describe.js";
import { readHubSurface } from "./diff/hub-surface.js";
import { rememberEtag, seenEtag } from "./pull/etag.js";
import { isCommitted } from "./cli/git.js";
import { jsonText } from "./document/json-text.js";
import { fingerprint } from "./pull/normalise.js";
import { PipelineError } from "./cli/pipeline-error.js";
import { attempt, Refusals } from "./cli/refusals.js";
import { reporting } from "./release/stop-report.js";
import { emit } from "./emit/emit.js";
import { merge, readKnowledge, type Knowledge, type Merged } from "./merge/merge.js";
import { applyRules } from "./merge/rules.js";
import { newTakers } from "./merge/shapes.js";
import { defaultSource, pull } from "./pull/pull.js";
import { checkShrinkage } from "./pull/shrinkage.js";
import { checklist } from "./scaffold/checklist.js";
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

  const knowledge = await readKnowledge(join(root, "spec"));
  const first = await mergeOrTell(news ? snapshot : undefined, upstream, knowledge, refusals, tellNews);
  const growth = news && !options.check ? await grow(first, upstream, knowledge) : undefined;
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
  for (const [path, text] of growth?.files ?? []) files.set(join(root, path), text);
  for (const [name, text] of await emit(upstream, merged.document)) files.set(join(generatedPath, name), text);
  const previous = news && !options.check ? await readMerged(generatedPath) : undefined;
  const remarks = [
    ...merged.news,
    ...(previous === undefined ? [] : newTakers(previous, merged.document, knowledge.shapes)),
  ];
  for (const remark of remarks) step("look at", remark);
  const announcement =
    previous && before ? await announce(root, { before, after }, previous, merged.document, growth?.grown) : undefined;
  for (const [path, text] of announcement?.files ?? []) files.set(path, text);
  const changed = options.check ? await differing(files) : await writeFiles(files);
  for (const path of announcement?.obsolete ?? []) await rm(path);
  for (const path of changed) step(options.check ? "differs" : "wrote", relative(root, path));
  for (const path of announcement?.obsolete ?? []) step("removed", relative(root, path));
  step("generate", changed.length === 0 ? "nothing to change" : `${changed.length} file(s)`);
  if (options.check && changed.length > 0)
    throw new PipelineError("Generated files are stale; run pnpm regenerate --offline.");
  const tasks = growth === undefined ? "" : growth.tasks;
  if (announcement !== undefined) await tell(announcement.description, remarks, tasks, options["pull-request"]);
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
async function grow(first: Merged, upstream: Document, knowledge: Knowledge): Promise<Growth | undefined> {
  if (first.provisional.length === 0 || !existsSync(join(root, "packages/hub/test/requests"))) return undefined;
  // It brings the compiler along, which a run without news need not wait for.
  const { growMethods, nameNew } = await import("./scaffold/grow.js");
  const named = await nameNew(root, first, knowledge);
  const merged = merge(upstream, named.knowledge);
  const labels = new Set(first.provisional.map(({ label }) => label));
  const added = [...operationsOf(merged.document)].filter(({ label }) => labels.has(label));
  const ids = added.map(({ operation }) => String(operation["operationId"]));
  const { files, grown, left } = await growMethods(root, merged.document, ids);
  for (const { methods } of grown) step("scaffold", methods.join(", "));
  for (const { operation, reason } of left) step("by hand", `${operation}: ${reason}`);
  return {
    merged: { ...merged, news: first.news },
    files: new Map([...named.files, ...files]),
    grown,
    tasks: checklist(grown, left),
  };
}

/** Where a new document no longer fits what we know of it, a person has to decide; show what upstream did. */
async function mergeOrTell(
  snapshot: Document | undefined,
  upstream: Document,
  knowledge: Knowledge,
  refusals: Refusals,
  tellNews: (text: string) => void,
): Promise<Merged> {
  try {
    return merge(upstream, knowledge, { previous: snapshot, refusals });
  } catch (error) {
    if (error instanceof PipelineError && snapshot !== undefined) {
      await tellChange(snapshot, upstream, knowledge, tellNews).catch((second: unknown) => {
        // What stops the run matters more than that its changes cannot be told.
        if (!(second instanceof PipelineError)) throw second;
        step("describe", second.message);
      });
    }
    throw error;
  }
}

async function tellChange(
  before: Document,
  after: Document,
  { names }: Knowledge,
  tellNews: (text: string) => void,
): Promise<void> {
  const description = await describe(
    withKnownNames(applyRules(before), names),
    withKnownNames(applyRules(after), names),
    await readHubSurface(root),
  );
  tellNews(changelog(description.changes, "raw"));
  await tell(description, [], "", undefined);
}

/** Prints what a change means for the packages, and writes it down for the pull request where one is requested. */
async function tell(
  description: Description,
  remarks: readonly string[],
  tasks: string,
  file: string | undefined,
): Promise<void> {
  const { title, body: text } = pullRequestText(description, await readVersions(root));
  const list = remarks.map((remark) => `- ${remark}\n`).join("");
  const body = [
    text,
    ...(list === "" ? [] : [`## Please look at\n\n${list}`]),
    ...(tasks === ""
      ? []
      : [
          `## Before you merge\n\nMethods that nobody wrote; they work as they are. Tick what you have looked at.\n\n${tasks}`,
        ]),
  ].join("\n");
  step("describe", title);
  process.stdout.write(`\n${changelog(description.changes, "raw").replace(/^(?=.)/gm, "    ")}\n`);
  if (file !== undefined) await writeFile(file, `${title}\n\n${body}`);
  const summary = process.env["GITHUB_STEP_SUMMARY"];
  if (summary !== undefined) await appendFile(summary, `# ${title}\n\n${body}`);
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

let last = performance.now();

/** Prints a step that is done, with the time since the one before. */
function step(name: string, outcome: string): void {
  const now = performance.now();
  process.stdout.write(`  ${name.padEnd(10)} ${`${Math.round(now - last)} ms`.padStart(8)}  ${outcome}\n`);
  last = now;
}

await run("regenerate", main);
