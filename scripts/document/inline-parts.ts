import { isObject, resolvePointer, type Document, type Json, type JsonObject, type Operation } from "./document.js";
import { PipelineError } from "../cli/pipeline-error.js";

const part = /^#\/components\/(parameters|responses|requestBodies|headers)\//;

/**
 * Writes parameters, bodies, responses and headers out where they are referred to, so that moving one to `components` is
 * no change. Schemas stay references: their names are names of types.
 */
export function inlineParts(document: Document): Document {
  const named = (value: Json, trail: readonly string[] = []): Json => {
    const reference = isObject(value) ? value["$ref"] : undefined;
    if (typeof reference !== "string" || !part.test(reference)) return value;
    if (trail.includes(reference)) throw new PipelineError(`The $ref ${reference} leads back to itself.`);
    const target = resolvePointer(document, reference);
    // What points at nothing stays, for the check to refuse.
    return target === undefined ? value : named(target, [...trail, reference]);
  };
  const response = (value: Json): Json => {
    const found = named(value);
    return isObject(found) ? { ...found, ...mapped(found, "headers", named) } : found;
  };
  const operation = (source: Operation): Operation => ({
    ...source,
    ...(Array.isArray(source["parameters"]) ? { parameters: source["parameters"].map((it) => named(it)) } : {}),
    ...(source["requestBody"] === undefined ? {} : { requestBody: named(source["requestBody"]) }),
    ...mapped(source, "responses", response),
  });
  const paths = Object.entries(document.paths).map(([path, item]): [string, Document["paths"][string]] => [
    path,
    Object.fromEntries(Object.entries(item).map(([key, value]) => [key, isObject(value) ? operation(value) : value])),
  ]);
  return { ...document, paths: Object.fromEntries(paths) };
}

function mapped(holder: JsonObject, key: string, convert: (value: Json) => Json): JsonObject {
  const map = holder[key];
  if (!isObject(map)) return {};
  return { [key]: Object.fromEntries(Object.entries(map).map(([name, value]) => [name, convert(value)])) };
}
