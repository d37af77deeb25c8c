import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import type { Document, Json } from "../document/document.js";
import { describeFields, type FieldWords } from "./fields.js";
import { nameOperations, type Names, type NamedDocument } from "./names.js";
import { applyOverlays, parseOverlay, type Overlay } from "./overlay.js";
import { PipelineError } from "../cli/pipeline-error.js";
import { checkPathParameters } from "./path-templates.js";
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
    throw new PipelineError(`${path} is no valid YAML: ${(error as Error).message.split("\n")[0]}`);
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

/**
 * The Hub's document with our rules, overlay, names, shapes and words on top. With the document of the last run, what is
 * new or gone can be told by name.
 */
export function merge(upstream: Document, { overlays, names, shapes, fields }: Knowledge, previous?: Document): Merged {
  const before = previous && ((): Document => applyRules(previous));
  const overlaid = applyOverlays(applyRules(upstream), overlays, before);
  checkPathParameters(overlaid.document);
  const named = nameOperations(declareFailures(markFilePaths(overlaid.document)), names);
  const shaped = nameShapes(named.document, shapes);
  return {
    document: describeFields(shaped.document, fields),
    news: overlaid.news,
    provisional: named.provisional,
    shapes: shaped.places,
  };
}
