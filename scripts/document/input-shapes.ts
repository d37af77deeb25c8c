import { isObject, operationsOf, resolvePointer, type Document, type Json } from "./document.js";

const shapes = "#/components/schemas/";

/** The shapes that callers give, and those that they get. */
export function shapeUses(document: Document): { given: Set<string>; got: Set<string> } {
  const given = new Set<string>();
  const got = new Set<string>();
  for (const { operation } of operationsOf(document)) {
    const { parameters = null, requestBody = null, responses = null } = operation;
    reach(document, [parameters, requestBody], given);
    reach(document, responses, got);
  }
  const namesIn = (references: Set<string>): Set<string> =>
    new Set([...references].filter((it) => it.startsWith(shapes)).map((it) => it.slice(shapes.length)));
  return { given: namesIn(given), got: namesIn(got) };
}

/** The shapes that callers give and never get. */
export function inputShapes(document: Document): Set<string> {
  const { given, got } = shapeUses(document);
  return new Set([...given].filter((name) => !got.has(name)));
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
