import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import type { Document, Json } from "../document/document.js";
import { describeFields, type FieldWords } from "./fields.js";
import { nameOperations, type Names, type NamedDocument } from "./names.js";
import { applyOverlays, parseOverlay, type Overlay } from "./overlay.js";
import { PipelineError } from "../cli/pipeline-error.js";
import { checkPathParameters } from "./path-templates.js";
import { attempt, Refusals } from "../cli/refusals.js";
import { applyRules, declareFailures, markFilePaths } from "./rules.js";
import { nameShapes, type ShapeRule } from "./shapes.js";

/** What we know better than the Hub's document, as it lies in `spec/`. */
export interface Knowledge {
  overlays: Overlay[];
  names: Names;
  shapes: Record<string, ShapeRule>;
  fields: FieldWords;
}

export async function readKnowledge(folder: string): Promise<Knowledge> {
  const files = (await readdir(join(folder, "overlay"))).filter((file) => file.endsWith(".yaml")).sort();
  return {
    overlays: await Promise.all(
      files.map(async (file) => parseOverlay(`spec/overlay/${file}`, await readYaml(join(folder, "overlay", file)))),
    ),
    names: await readNames(folder),
    // Rules and words are checked where they are used, as names are.
    shapes: (await readYaml(join(folder, "shapes.yaml"))) as Record<string, ShapeRule>,
    fields: (await readYaml(join(folder, "fields.yaml"))) as FieldWords,
  };
}

/** The lock of names; the file is ours. */
export async function readNames(folder: string): Promise<Names> {
  return (await readYaml(join(folder, "names.yaml"))) as Names;
}

async function readYaml(path: string): Promise<Json> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new PipelineError(`Cannot read ${path} (${error.code}); take it from git.`);
  });
  try {
    return parse(text) as Json;
  } catch (error) {
    throw new PipelineError(`${path} is not valid YAML: ${(error as Error).message.split("\n")[0]}`);
  }
}

export interface Merged {
  document: Document;
  /** What a person should look at, though it stops nothing: a sentence each. */
  news: string[];
  provisional: NamedDocument["provisional"];
  /** How many places each named shape stands for. */
  shapes: Map<string, number>;
}

/** How to merge, beside what is merged. */
export interface MergeOptions {
  /** The document of the last run: with it, what is new or gone can be told by name. */
  previous?: Document | undefined;
  /** Collects what no longer fits, so that a person learns of all of it. */
  refusals?: Refusals;
}

/** The Hub's document with our rules, overlay, names, shapes and words on top; or everything that no longer fits it. */
export function merge(
  upstream: Document,
  { overlays, names, shapes, fields }: Knowledge,
  { previous, refusals = new Refusals() }: MergeOptions = {},
): Merged {
  const before = previous && ((): Document => applyRules(previous));
  const overlaid = applyOverlays(applyRules(upstream), overlays, before, refusals.in("overlay"));
  attempt(refusals.in("document"), () => checkPathParameters(overlaid.document));
  const named = nameOperations(declareFailures(markFilePaths(overlaid.document)), names, refusals.in("names"));
  const shaped = nameShapes(named.document, shapes, refusals.in("shapes"));
  const document = describeFields(shaped.document, fields, refusals.in("fields"));
  refusals.throwAny();
  return { document, news: overlaid.news, provisional: named.provisional, shapes: shaped.places };
}
