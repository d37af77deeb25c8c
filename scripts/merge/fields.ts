import {
  isObject,
  operationsOf,
  parametersOf,
  resolvePointer,
  type Document,
  type Json,
  type JsonObject,
  type Operation,
} from "../document/document.js";
import { listing } from "../cli/quote.js";
import { PipelineError } from "../cli/pipeline-error.js";
import { attempt, refuseAtOnce, type Refuse } from "../cli/refusals.js";
import { walkSchemas } from "../document/walk-schemas.js";

const file = "spec/fields.yaml";

/**
 * `spec/fields.yaml`: what has fields → field → words. What has fields is a shape (`Job`), what an operation takes
 * (`listModels`) or what it responds (`listJobHardware.response`), or several of these with commas; a field inside a field
 * is written with a dot.
 */
export type FieldWords = Record<string, Record<string, string>>;

/** The document with our words as the descriptions of its fields; a field that is not there is refused. */
export function describeFields(source: Document, words: FieldWords, refuseOne: Refuse = refuseAtOnce): Document {
  if (!isObject(words)) refuse("it has to be a map of shapes and operations");
  // Written out, so that no two places are one object: words for one are no words for the other.
  const document = JSON.parse(JSON.stringify(source)) as Document;
  for (const [holders, fields] of Object.entries(words)) {
    if (!isObject(fields)) refuse(`${holders} needs fields with a sentence each`);
    for (const holder of holders.split(",").map((name) => name.trim())) {
      attempt(refuseOne, () => {
        const found = holderOf(document, holder);
        for (const [field, text] of Object.entries(fields))
          attempt(refuseOne, () => describeField(found, holder, field, text));
      });
    }
  }
  return document;
}

function describeField(found: Holder, holder: string, field: string, text: string): void {
  checkWords(`${holder}.${field}`, text);
  for (const place of fieldsOf(found, holder, field)) {
    // Operations that take the same shape say the same of its fields.
    if (place["description"] !== undefined && place["description"] !== text)
      refuse(`${holder}.${field} is described already; delete one of the two`);
    place["description"] = text;
  }
}

/** The document without the words of its fields, which are no facts of the interface. */
export function withoutWords(source: Document): Document {
  const document = structuredClone(source);
  walkSchemas(document, (schema) => delete schema["description"]);
  return document;
}

function refuse(found: string): never {
  throw new PipelineError(`${file}: ${found}.`);
}

function checkWords(place: string, text: Json): void {
  if (typeof text !== "string" || !/^[A-Z0-9`"][^\n\r]*[.]$/.test(text) || text.includes("*/")) {
    refuse(`${place} needs a plain sentence on one line, without */`);
  }
}

interface Holder {
  parameters: JsonObject[];
  schemas: Json[];
}

function holderOf(document: Document, name: string): Holder {
  const advice = "correct the name, or delete the entry";
  if (/^[A-Z]/.test(name)) {
    const { components } = document;
    const shapes = isObject(components) && isObject(components["schemas"]) ? components["schemas"] : {};
    if (!Object.hasOwn(shapes, name)) refuse(`there is no shape ${name}; ${advice}`);
    return { parameters: [], schemas: [shapes[name] as Json] };
  }
  const [id, part, ...more] = name.split(".");
  const operation = [...operationsOf(document)].find((at) => at.operation["operationId"] === id)?.operation;
  if (operation === undefined) return refuse(`there is no operation ${id}; ${advice}`);
  if (more.length > 0 || (part !== undefined && part !== "response")) {
    refuse(`${name} is none of Shape, operation and operation.response; ${advice}`);
  }
  if (part === "response") return { parameters: [], schemas: responsesOf(operation) };
  // Upstream may give a body a name at any time, which makes no other field of one.
  const schemas = schemasIn(operation["requestBody"]).map((schema) => shapeOf(document, schema));
  return { parameters: parametersOf(operation), schemas };
}

function shapeOf(document: Document, schema: Json): Json {
  const reference = isObject(schema) ? schema["$ref"] : undefined;
  return typeof reference === "string" ? (resolvePointer(document, reference) ?? schema) : schema;
}

function responsesOf({ responses }: Operation): Json[] {
  if (!isObject(responses)) return [];
  return Object.entries(responses).flatMap(([status, response]) => (status.startsWith("2") ? schemasIn(response) : []));
}

function schemasIn(holder: Json | undefined): Json[] {
  if (!isObject(holder) || !isObject(holder["content"])) return [];
  return Object.values(holder["content"]).flatMap((media) => (isObject(media) ? [media["schema"] ?? {}] : []));
}

/** All places of a field: members of a union may declare it each for itself. */
function fieldsOf({ parameters, schemas }: Holder, holder: string, field: string): JsonObject[] {
  let at = holder;
  let given = parameters;
  let inside = schemas;
  let places: JsonObject[] = [];
  for (const name of field.split(".")) {
    const { objects, references } = lookInto(inside);
    const declared = objects.flatMap((properties) => {
      const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
      return isObject(property) ? [property] : [];
    });
    // A parameter may be called as a field of the body is, and be something else: the owner of what the body names.
    const named = declared.length > 0 ? [] : given.filter((parameter) => parameter["name"] === name);
    places = [...named, ...declared];
    if (places.length === 0) {
      const known = [...given.map((parameter) => String(parameter["name"])), ...objects.flatMap(Object.keys)];
      const own = listing([...new Set(known)].sort(), 40);
      const others = references.length === 0 ? "" : `those of ${listing(references)}, which are described there`;
      const has = [own, others].filter((part) => part !== "").join("; and ") || "none";
      refuse(`${at} has no field ${name}; it has ${has}. Correct the name, or delete the entry`);
    }
    at = `${at}.${name}`;
    given = [];
    inside = places.map((place) => (named.includes(place) ? (place["schema"] ?? {}) : place));
  }
  return places;
}

/** The properties that schemas declare, and the shapes that they refer to; lists, maps and unions are looked through. */
function lookInto(schemas: readonly Json[]): { objects: JsonObject[]; references: string[] } {
  const objects: JsonObject[] = [];
  const references: string[] = [];
  const look = (schema: Json | undefined): void => {
    if (!isObject(schema)) return;
    const { properties, $ref: reference, items, additionalProperties, anyOf, oneOf, allOf } = schema;
    if (isObject(properties)) objects.push(properties);
    if (typeof reference === "string") references.push(reference.split("/").at(-1) ?? reference);
    [items, additionalProperties, ...[anyOf, oneOf, allOf].filter(Array.isArray).flat()].forEach(look);
  };
  schemas.forEach(look);
  return { objects, references };
}
