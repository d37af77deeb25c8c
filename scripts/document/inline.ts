import { isObject, resolvePointer, type Document, type Json } from "./document.js";
import { PipelineError } from "../cli/pipeline-error.js";

// The Hub's document has some 60,000 parts when everything is written out.
const maxParts = 3_000_000;

/**
 * The document with every reference replaced by what it names, so that moving a schema to `components`, or renaming it
 * there, is no difference. Where a schema contains itself, its second turn says nothing new and stands as anything.
 * Parts are shared, not copied: read only.
 */
export function inlineReferences(document: Document): Document {
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
      return Object.keys(rest).length === 0 || !isObject(target) ? target : { ...target, ...(inline(rest) as object) };
    }
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, inline(member)]));
  };

  const named = (reference: string): Json => {
    const known = done.get(reference);
    if (known !== undefined) return known;
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
    return target;
  };

  return { ...document, paths: inline(document.paths) as Document["paths"] };
}
