import { isObject, methods, resolvePointer, type Document, type Json, type JsonObject } from "./document.js";
import { PipelineError } from "./pipeline-error.js";

const maxDepth = 200;
const safePath = /^(\/[A-Za-z0-9._~{}$@:+-]+)+$/;
const safeName = /^[A-Za-z0-9_.$@:[\]-]+$/;
// A key ends up in a type, a comment or a file: nothing that could close one of those may pass.
const unsafeKey = /[`"'\\\u0000-\u001f\u2028\u2029]|\*\/|\$\{/;

/** Turns the text of a document into one that the rest of the pipeline may trust, or refuses it in one sentence. */
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

export function checkDocument(json: Json): Document {
  if (!isObject(json)) throw new PipelineError("The source is JSON but no object; expected an OpenAPI 3.1 document.");
  if (typeof json["openapi"] !== "string" || !/^3\.1\.\d+$/.test(json["openapi"])) {
    const found = typeof json["openapi"] === "string" ? `version ${json["openapi"].slice(0, 20)}` : "no openapi field";
    throw new PipelineError(`The source is no OpenAPI 3.1 document (${found}).`);
  }
  const paths = json["paths"];
  if (!isObject(paths) || Object.keys(paths).length === 0) throw new PipelineError("The document has no paths.");
  checkKeys(json, "#", 0);
  for (const [path, item] of Object.entries(paths)) checkPathItem(path, item);
  checkReferences(json, json, new Set());
  return json as Document;
}

function checkKeys(value: Json, at: string, depth: number): void {
  if (depth > maxDepth) throw new PipelineError(`The document is nested more than ${maxDepth} levels deep at ${at}.`);
  if (Array.isArray(value)) {
    value.forEach((member, index) => checkKeys(member, depth < 6 ? `${at}/${index}` : at, depth + 1));
  } else if (isObject(value)) {
    for (const [key, member] of Object.entries(value)) {
      if (key === "__proto__") throw new PipelineError(`The document has a __proto__ key at ${at}; refusing it.`);
      if (unsafeKey.test(key)) {
        throw new PipelineError(
          `The name ${JSON.stringify(key)} at ${at} could break out of generated code; refusing it.`,
        );
      }
      checkKeys(member, depth < 6 ? `${at}/${key}` : at, depth + 1);
    }
  }
}

function checkPathItem(path: string, item: Json): void {
  if (!safePath.test(path)) throw new PipelineError(`The path ${JSON.stringify(path)} is no plain path template.`);
  if (!isObject(item)) throw new PipelineError(`The path ${path} holds no path item.`);
  for (const [key, operation] of Object.entries(item)) {
    if (!(methods as readonly string[]).includes(key)) {
      throw new PipelineError(`The path ${path} has ${key}, which this pipeline does not know; teach it first.`);
    }
    if (!isObject(operation)) throw new PipelineError(`${key.toUpperCase()} ${path} is no operation object.`);
    checkOperation(`${key.toUpperCase()} ${path}`, operation);
  }
}

function checkOperation(label: string, operation: JsonObject): void {
  const summary = operation["summary"];
  if (typeof summary === "string" && /`|\*\//.test(summary)) {
    throw new PipelineError(`The summary of ${label} could break out of a comment; refusing it.`);
  }
  const parameters = operation["parameters"] ?? [];
  if (!Array.isArray(parameters)) throw new PipelineError(`${label} has parameters that are no list.`);
  for (const parameter of parameters) {
    if (!isObject(parameter) || typeof parameter["name"] !== "string" || typeof parameter["in"] !== "string") {
      throw new PipelineError(`${label} has a parameter without a name or a place.`);
    }
    if (!safeName.test(parameter["name"]) || parameter["name"] === "__proto__") {
      throw new PipelineError(`${label} has a parameter named ${JSON.stringify(parameter["name"])}; refusing it.`);
    }
  }
  const operationId = operation["operationId"];
  if (operationId !== undefined && (typeof operationId !== "string" || !/^[A-Za-z][A-Za-z0-9_]*$/.test(operationId))) {
    throw new PipelineError(`${label} has the operationId ${JSON.stringify(operationId)}; refusing it.`);
  }
}

function checkReferences(document: JsonObject, value: Json, settled: Set<string>): void {
  if (Array.isArray(value)) {
    for (const member of value) checkReferences(document, member, settled);
  } else if (isObject(value)) {
    for (const reference of [...directReferences(value), ...mappedReferences(value["discriminator"])]) {
      followReference(document, reference, settled, []);
    }
    for (const member of Object.values(value)) checkReferences(document, member, settled);
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

/** A generator loads what a discriminator maps to as it does a `$ref`, unless it is the plain name of a schema. */
function mappedReferences(discriminator: Json | undefined): string[] {
  if (!isObject(discriminator) || !isObject(discriminator["mapping"])) return [];
  return Object.values(discriminator["mapping"])
    .map(String)
    .filter((target) => !/^\w+$/.test(target));
}

function followReference(document: JsonObject, reference: string, settled: Set<string>, trail: string[]): void {
  if (settled.has(reference)) return;
  if (!reference.startsWith("#/")) {
    throw new PipelineError(`The $ref ${JSON.stringify(reference)} leaves the document; nothing outside it is read.`);
  }
  if (reference.includes("%")) throw new PipelineError(`The $ref ${reference} is percent-encoded; teach that first.`);
  if (trail.includes(reference)) throw new PipelineError(`The $ref ${reference} leads back to itself.`);
  if (trail.length > maxDepth) throw new PipelineError(`The $ref ${reference} is the end of a chain without end.`);
  const target = resolvePointer(document, reference);
  if (target === undefined) throw new PipelineError(`The $ref ${reference} points at nothing.`);
  for (const next of directReferences(target)) followReference(document, next, settled, [...trail, reference]);
  settled.add(reference);
}
