import {
  isObject,
  operationsOf,
  parametersOf,
  resolvePointer,
  type Document,
  type Json,
  type JsonObject,
} from "../document/document.js";
import { inputShapes } from "../document/input-shapes.js";
import { declarePathParameters } from "./path-templates.js";
import { walkSchemas } from "../document/walk-schemas.js";

/**
 * What is wrong with the Hub's document everywhere in the same way, corrected everywhere in the same way. A correction
 * of one place belongs into the overlay; a rule holds for operations that do not exist yet.
 */
export function applyRules(document: Document): Document {
  const result = structuredClone(document);
  for (const { path, operation } of operationsOf(result)) {
    declarePathParameters(path, operation);
    requireBodies(result, operation);
    typeFlags(operation);
    dropReservedHeaders(operation);
    const { responses } = operation;
    if (responses !== undefined) {
      dropEmptyBodies(responses);
      openAnswers({ responses });
    }
  }
  const schemas = isObject(result["components"]) ? result["components"]["schemas"] : undefined;
  if (isObject(schemas)) {
    dropUnusedSchemas(result, schemas);
    const given = inputShapes(result);
    for (const [name, schema] of Object.entries(schemas)) {
      if (given.has(name)) walkSchemas(schema, typeLooseFlag);
      else openAnswers(schema);
    }
  }
  dropUndeclaredNames(result);
  return result;
}

const failure = "#/components/responses/Failure";

/** The path of a file inside a repository keeps its slashes: the Hub matches the rest of the URL. */
export function markFilePaths(document: Document): Document {
  const result = structuredClone(document);
  for (const { operation } of operationsOf(result)) {
    for (const parameter of parametersOf(operation)) {
      if (parameter.in === "path" && parameter.name === "path") parameter["x-multi-segment"] = true;
    }
  }
  return result;
}

/** Any operation may be refused, which upstream says of a few only. */
export function declareFailures(document: Document): Document {
  if (resolvePointer(document, failure) === undefined) return document;
  const result = structuredClone(document);
  for (const { operation } of operationsOf(result)) {
    operation["responses"] = { default: { $ref: failure }, ...(operation["responses"] as JsonObject | undefined) };
  }
  return result;
}

/** Upstream never says that a body is required. It is where the empty object is not a valid body. */
function requireBodies(document: Document, operation: JsonObject): void {
  const body = operation["requestBody"];
  if (!isObject(body) || !isObject(body["content"])) return;
  const schemas = Object.values(body["content"]).map((mediaType) => (isObject(mediaType) ? mediaType["schema"] : {}));
  if (schemas.some((schema) => demandsContent(document, schema, []))) body["required"] = true;
}

function demandsContent(document: Document, schema: Json | undefined, trail: readonly string[]): boolean {
  if (!isObject(schema)) return false;
  const { $ref: reference, required, type, anyOf, oneOf, allOf } = schema;
  if (typeof reference === "string" && !trail.includes(reference)) {
    if (demandsContent(document, resolvePointer(document, reference), [...trail, reference])) return true;
  }
  if (Array.isArray(required) && required.length > 0) return true;
  if (typeof type === "string" && type !== "object") return true;
  const demands = (member: Json): boolean => demandsContent(document, member, trail);
  if (Array.isArray(allOf) && allOf.some(demands)) return true;
  return [anyOf, oneOf].some((members) => Array.isArray(members) && members.length > 0 && members.every(demands));
}

const annotations = ["default", "deprecated"];

/** A query parameter whose schema allows anything is a flag: the Hub reads it as true or false. */
function typeFlags(operation: JsonObject): void {
  for (const parameter of parametersOf(operation as never)) {
    const schema = parameter["schema"];
    if (parameter.in !== "query" || !isObject(schema)) continue;
    const { default: initial = false } = schema;
    if (typeof initial === "boolean" && allowsAnything(schema)) schema["type"] = "boolean";
  }
  for (const given of [operation["parameters"], operation["requestBody"]]) {
    if (given !== undefined) walkSchemas(given, typeLooseFlag);
  }
}

/** A choice between a boolean and anything is a boolean: the Hub reads whatever else it is given as one. */
function typeLooseFlag(schema: JsonObject): void {
  for (const union of ["anyOf", "oneOf"]) {
    const members = schema[union];
    if (!Array.isArray(members)) continue;
    const rest = members.filter((member) => !(isObject(member) && allowsAnything(member)));
    const [flag] = rest;
    if (rest.length !== 1 || rest.length === members.length || !isObject(flag) || flag["type"] !== "boolean") continue;
    delete schema[union];
    Object.assign(schema, { ...flag, ...schema });
  }
}

function allowsAnything(schema: JsonObject): boolean {
  return Object.keys(schema).every((keyword) => annotations.includes(keyword));
}

/** The specification ignores these three as parameters: media types and security schemes describe them. */
function dropReservedHeaders(operation: JsonObject): void {
  if (!Array.isArray(operation["parameters"])) return;
  operation["parameters"] = operation["parameters"].filter(
    (parameter) =>
      !isObject(parameter) ||
      parameter["in"] !== "header" ||
      !/^(accept|content-type|authorization)$/i.test(String(parameter["name"])),
  );
}

/** Upstream gives responses that never have a body one in JSON. A redirect may have one, if upstream tells what is in it. */
function dropEmptyBodies(responses: Json): void {
  for (const [status, response] of Object.entries(isObject(responses) ? responses : {})) {
    if (!isObject(response) || !isObject(response["content"])) continue;
    const media = Object.values(response["content"]);
    const isEmpty = media.every((it) => isObject(it) && (!isObject(it["schema"]) || allowsAnything(it["schema"])));
    if (/^(1..|204|205|304)$/.test(status) || (status.startsWith("3") && isEmpty)) delete response["content"];
  }
}

/** Upstream closes its responses, yet the Hub adds fields to them before the document knows. */
function openAnswers(value: Json): void {
  walkSchemas(value, (schema) => {
    if (schema["additionalProperties"] === false) delete schema["additionalProperties"];
  });
}

/** A named schema that nothing refers to describes nothing, and holds a name that a schema in use could have. */
function dropUnusedSchemas(document: Document, schemas: JsonObject): void {
  const text = JSON.stringify(document);
  for (const name of Object.keys(schemas)) {
    if (!text.includes(`"#/components/schemas/${name}"`)) delete schemas[name];
  }
}

/** An object that requires a name it does not declare: closed, it accepts nothing; open, no caller knows what to give. */
function dropUndeclaredNames(document: Document): void {
  // What an intersection joins may require what another part of it declares.
  const joined = new Set<Json>();
  walkSchemas(document, ({ allOf }) => {
    if (Array.isArray(allOf)) for (const member of allOf) joined.add(member);
  });
  walkSchemas(document, (schema) => {
    const { required, properties } = schema;
    if (!Array.isArray(required) || !isObject(properties) || joined.has(schema)) return;
    const declared = required.filter((name) => Object.hasOwn(properties, String(name)));
    if (declared.length === required.length) return;
    if (declared.length > 0) schema["required"] = declared;
    else delete schema["required"];
  });
}
