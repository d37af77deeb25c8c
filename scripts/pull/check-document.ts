import { checkParts, checkSchema } from "./check-parts.js";
import { isObject, methods, operationsOf, parametersOf, resolvePointer } from "../document/document.js";
import type { Document, Json, JsonObject, Operation } from "../document/document.js";
import { normalise } from "./normalise.js";
import { PipelineError } from "../cli/pipeline-error.js";

const maxDepth = 200;
const safePath = /^(\/(?!\.{1,2}(\/|$))[A-Za-z0-9._~{}$@:+-]+)+$/;
const safeName = /^[A-Za-z0-9_.$@:[\]-]+$/;
// A key ends up in a type, a comment or a file: nothing that could close one of those may pass.
const unsafeKey = /[`"'\\\u0000-\u001f\u2028\u2029]|\*\/|\$\{/;
const component = /^#\/components\/\w+\/[\w.-]+$/;
// The generator looks names up in objects of its own, and calls what it finds there.
const inherited = Object.getOwnPropertyNames(Object.prototype);
const unprintable = new Set(inherited.filter((name) => name !== "constructor" && name !== "toString"));

/** Turns the text of a document into a normalised one that the rest of the pipeline may trust, or refuses it. */
export function parseDocument(text: string): Document {
  const trimmed = text.trimStart();
  if (trimmed === "") throw new PipelineError("The source is empty; expected an OpenAPI 3.1 document in JSON.");
  if (trimmed.startsWith("<")) {
    throw new PipelineError("The source is HTML, not JSON; check the address, or whether the Hub is in maintenance.");
  }
  let json: Json;
  try {
    json = JSON.parse(text) as Json;
  } catch (error) {
    throw new PipelineError(`The source is not complete JSON (${(error as Error).message}); pull it again.`);
  }
  return checkDocument(json);
}

/** The normalised document: what it leaves out is nobody's concern, so only the rest is looked at closely. */
export function checkDocument(json: Json): Document {
  if (!isObject(json)) throw new PipelineError("The source is JSON but no object; expected an OpenAPI 3.1 document.");
  if (typeof json["openapi"] !== "string" || !/^3\.1\.\d+$/.test(json["openapi"])) {
    const found = typeof json["openapi"] === "string" ? `version ${json["openapi"].slice(0, 20)}` : "no openapi field";
    throw new PipelineError(`The source is no OpenAPI 3.1 document (${found}).`);
  }
  const paths = json["paths"];
  if (!isObject(paths) || Object.keys(paths).length === 0) throw new PipelineError("The document has no paths.");
  refuseUnknown("The document", json, ["webhooks"]);
  checkNesting(json, []);
  for (const [path, item] of Object.entries(paths)) checkPathItem(path, item);
  const document = normalise(json as Document);
  checkKeys(document, []);
  for (const at of operationsOf(document)) {
    checkParameters(at.label, at.operation);
    checkParts(at);
  }
  for (const [name, schema] of Object.entries(schemasOf(document))) checkSchema(schema, `the schema ${name}`);
  checkAllReferences(document);
  return document;
}

/** Facts of the interface that no step after this one would tell anybody of. */
function refuseUnknown(holder: string, value: JsonObject, keys: readonly string[]): void {
  const key = keys.find((it) => value[it] !== undefined);
  if (key !== undefined) {
    throw new PipelineError(`${holder} has ${key}, which this pipeline does not know; teach it first.`);
  }
}

function checkNesting(value: Json, trail: string[]): void {
  if (trail.length > maxDepth) {
    throw new PipelineError(
      `The document is nested more than ${maxDepth} levels deep at ${pointerOf(trail.slice(0, 7))}.`,
    );
  }
  if (isObject(value) && Object.hasOwn(value, "__proto__")) {
    throw new PipelineError(`The document has a __proto__ key at ${pointerOf(trail)}; refusing it.`);
  }
  forEachMember(value, trail, checkNesting);
}

function checkKeys(value: Json, trail: string[]): void {
  // A pattern is printed as any name, so the pattern itself may be written in any way.
  const keys = isObject(value) && trail.at(-1) !== "patternProperties" ? Object.keys(value) : [];
  for (const key of keys) {
    if (unsafeKey.test(key)) {
      const place = pointerOf(trail);
      throw new PipelineError(
        `The name ${JSON.stringify(key)} at ${place} could break out of generated code; refusing it.`,
      );
    }
    if (unprintable.has(key)) {
      throw new PipelineError(
        `The name ${key} at ${pointerOf(trail)} is one that every object has, which no generator can print; refusing it.`,
      );
    }
  }
  forEachMember(value, trail, checkKeys);
}

function forEachMember(value: Json, trail: string[], visit: (member: Json, trail: string[]) => void): void {
  if (typeof value !== "object" || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    trail.push(key);
    visit(member, trail);
    trail.pop();
  }
}

/** Slashes stay as they are: people read it. */
function pointerOf(trail: readonly string[]): string {
  const text = ["#", ...trail].join("/");
  return text.length > 300 ? `${text.slice(0, 150)}…${text.slice(-149)}` : text;
}

function checkPathItem(path: string, item: Json): void {
  if (!safePath.test(path)) throw new PipelineError(`The path ${JSON.stringify(path)} is no plain path template.`);
  if (!isObject(item)) throw new PipelineError(`The path ${path} holds no path item.`);
  const others = Object.keys(item).filter((key) => !(methods as readonly string[]).includes(key));
  refuseUnknown(
    `The path ${path}`,
    item,
    others.filter((key) => !/^(summary|description|x-.*)$/.test(key)),
  );
  for (const method of methods) {
    const operation = item[method];
    if (operation === undefined) continue;
    const label = `${method.toUpperCase()} ${path}`;
    if (!isObject(operation)) throw new PipelineError(`${label} is no operation object.`);
    refuseUnknown(label, operation, ["servers", "callbacks"]);
    const { parameters = [], responses = {} } = operation;
    if (!Array.isArray(parameters)) throw new PipelineError(`${label} has parameters that are no list.`);
    if (!isObject(responses)) throw new PipelineError(`${label} has responses that are no object.`);
  }
}

function schemasOf({ components }: Document): JsonObject {
  return isObject(components) && isObject(components["schemas"]) ? components["schemas"] : {};
}

function checkParameters(label: string, operation: Operation): void {
  for (const parameter of parametersOf(operation)) {
    // The list may hold anything so far.
    if (!isObject(parameter) || typeof parameter.name !== "string" || typeof parameter.in !== "string") {
      throw new PipelineError(`${label} has a parameter without a name or a place.`);
    }
    if (!safeName.test(parameter.name) || parameter.name === "__proto__") {
      throw new PipelineError(`${label} has a parameter named ${JSON.stringify(parameter.name)}; refusing it.`);
    }
  }
}

function checkAllReferences(document: Document): void {
  const settled = new Set<string>();
  for (const { label, operation } of operationsOf(document)) checkReferences(document, operation, settled, label);
  checkReferences(document, document["components"] ?? null, settled, "the components");
}

function checkReferences(document: Document, value: Json, settled: Set<string>, label: string): void {
  if (Array.isArray(value)) {
    for (const member of value) checkReferences(document, member, settled, label);
  } else if (isObject(value)) {
    for (const reference of [...directReferences(value), ...mappedReferences(value["discriminator"])]) {
      followReference(document, reference, settled, [], label);
    }
    for (const member of Object.values(value)) checkReferences(document, member, settled, label);
  }
}

/** What a schema is nothing but another name for: a circle of these has no end that a type could have. */
function directReferences(schema: Json): string[] {
  if (!isObject(schema)) return [];
  if (typeof schema["$ref"] === "string") return [schema["$ref"]];
  return ["anyOf", "oneOf", "allOf"].flatMap((union) => {
    const members = schema[union];
    return Array.isArray(members) ? members.flatMap(directReferences) : [];
  });
}

/** A generator loads what a discriminator maps to as it does a `$ref`. */
function mappedReferences(discriminator: Json | undefined): string[] {
  if (!isObject(discriminator) || !isObject(discriminator["mapping"])) return [];
  return Object.values(discriminator["mapping"]).map(String);
}

function followReference(
  document: Document,
  reference: string,
  settled: Set<string>,
  trail: readonly string[],
  label: string,
): void {
  if (settled.has(reference)) return;
  if (!component.test(reference)) {
    throw new PipelineError(
      `${label} has the $ref ${JSON.stringify(reference)}, which names no component; only #/components/<kind>/<name> is followed.`,
    );
  }
  if (trail.includes(reference)) throw new PipelineError(`The $ref ${reference} leads back to itself.`);
  if (trail.length > maxDepth) throw new PipelineError(`The $ref ${reference} is the end of a chain without end.`);
  const target = resolvePointer(document, reference);
  if (target === undefined) throw new PipelineError(`The $ref ${reference} in ${label} points at nothing.`);
  for (const next of directReferences(target)) followReference(document, next, settled, [...trail, reference], label);
  settled.add(reference);
}
