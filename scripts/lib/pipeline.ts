import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { operationsOf, type Document, type Json } from "./document.js";
import { emitOperations, emitSchema } from "./emit.js";
import { describeFields, type FieldWords } from "./fields.js";
import { jsonText } from "./json-text.js";
import { nameOperations, type Names, type NamedDocument } from "./names.js";
import { fingerprint } from "./normalise.js";
import { applyOverlays, parseOverlay, type Overlay } from "./overlay.js";
import { PipelineError } from "./pipeline-error.js";
import { applyRules, declareFailures } from "./rules.js";
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
  provisional: NamedDocument["provisional"];
  /** How many places each named shape stands for. */
  shapes: Map<string, number>;
}

/** The Hub's document with our rules, overlay, names, shapes and words on top. */
export function merge(upstream: Document, { overlays, names, shapes, fields }: Knowledge): Merged {
  const overlaid = applyOverlays(applyRules(upstream), overlays);
  const named = nameOperations(declareFailures(overlaid), names);
  const shaped = nameShapes(named.document, shapes);
  return { document: describeFields(shaped.document, fields), provisional: named.provisional, shapes: shaped.places };
}

/** The generated files, by name. The fingerprint is upstream's: it tells which document they speak of. */
export async function emit(upstream: Document, merged: Document): Promise<Map<string, string>> {
  const mark = fingerprint(upstream);
  return new Map([
    ["schema.d.ts", await emitSchema(merged, mark)],
    ["operations.ts", emitOperations(withOperationIds(merged), mark)],
    ["openapi.json", `${jsonText({ ...merged, "x-generated-by": `pnpm regenerate, from document ${mark}` })}\n`],
  ]);
}

/** The overlay names a twin by verb and path; the table by operationId. */
function withOperationIds(document: Document): Document {
  const ids = new Map([...operationsOf(document)].map(({ label, operation }) => [label, operation["operationId"]]));
  const result = structuredClone(document);
  for (const { label, operation } of operationsOf(result)) {
    const twin = operation["x-same-as"];
    if (twin === undefined) continue;
    const id = ids.get(String(twin));
    if (id === undefined) throw new PipelineError(`${label} is said to be the same as ${String(twin)}, which is gone.`);
    operation["x-same-as"] = id;
  }
  return result;
}
