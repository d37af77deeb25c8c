import { isObject, resolvePointer, type Document, type Json } from "./document.js";
import { PipelineError } from "../cli/pipeline-error.js";

// The Hub's document has some 60,000 parts when everything is written out.
const maxParts = 3_000_000;

/** A document without references. */
export interface Inlined {
  document: Document;
  /** The named schemas, without references as well. */
  shapes: Map<string, Json>;
  /** What a schema of the document was called where it was referred to. */
  names: ReadonlyMap<Json, string>;
}

const schemas = "#/components/schemas/";

/**
 * The document with every reference replaced by what it names, so that moving a schema to `components`, or renaming it
 * there, is no difference. Where a schema contains itself, its second turn says nothing new and stands as anything.
 * Parts are shared, not copied: read only.
 */
export function inlineReferences(document: Document): Inlined {
  const names = new Map<Json, string>();
  const done = new Map<string, Json>();
  const open: string[] = [];
  /** How far out the references reach that were cut off, as positions in `open`. */
  let cut = Infinity;
  let parts = 0;

  const inline = (value: Json): Json => {
    parts += 1;
    if (parts > maxParts) throw new PipelineError("The document's schemas contain each other too often to compare.");
    if (Array.isArray(value)) return value.map(inline);
    if (!isObject(value)) return value;
    const { $ref: reference, ...rest } = value;
    if (typeof reference === "string") {
      const target = named(reference);
      if (Object.keys(rest).length === 0 || !isObject(target)) return target;
      const whole = { ...target, ...(inline(rest) as object) };
      const name = names.get(target);
      if (name !== undefined) names.set(whole, name);
      return whole;
    }
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, inline(member)]));
  };

  const named = (reference: string): Json => {
    const earlier = done.get(reference);
    if (earlier !== undefined) return earlier;
    const depth = open.indexOf(reference);
    if (depth >= 0) {
      cut = Math.min(cut, depth);
      return {};
    }
    const outer = cut;
    cut = Infinity;
    open.push(reference);
    const target = inline(resolvePointer(document, reference) ?? {});
    open.pop();
    // What was cut off further out depends on where this walk began, so it is true for this walk only.
    if (cut >= open.length) done.set(reference, target);
    cut = Math.min(outer, cut);
    // What is but another name for something has that one's name.
    if (isObject(target) && reference.startsWith(schemas) && !names.has(target)) {
      names.set(target, reference.slice(schemas.length));
    }
    return target;
  };

  const paths = inline(document.paths) as Document["paths"];
  const { components } = document;
  const known = isObject(components) && isObject(components["schemas"]) ? Object.keys(components["schemas"]) : [];
  const shapes = new Map(known.map((name) => [name, named(schemas + name)]));
  return { document: { ...document, paths }, shapes, names };
}
