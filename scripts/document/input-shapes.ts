import { isObject, operationsOf, resolvePointer, type Document, type Json } from "./document.js";

const shapes = "#/components/schemas/";

/** The shapes that callers give and never get. */
export function inputShapes(document: Document): Set<string> {
  const given = new Set<string>();
  const got = new Set<string>();
  for (const { operation } of operationsOf(document)) {
    const { parameters = null, requestBody = null, responses = null } = operation;
    reach(document, [parameters, requestBody], given);
    reach(document, responses, got);
  }
  const only = [...given].filter((reference) => reference.startsWith(shapes) && !got.has(reference));
  return new Set(only.map((reference) => reference.slice(shapes.length)));
}

/** Adds all references that a value makes, itself or through others. */
function reach(document: Document, value: Json, references: Set<string>): void {
  if (Array.isArray(value)) {
    for (const member of value) reach(document, member, references);
  } else if (isObject(value)) {
    const reference = value["$ref"];
    if (typeof reference === "string" && !references.has(reference)) {
      references.add(reference);
      reach(document, resolvePointer(document, reference) ?? null, references);
    }
    for (const member of Object.values(value)) reach(document, member, references);
  }
}
