import { createHash } from "node:crypto";
import {
  canonical,
  isObject,
  methods,
  sortKeys,
  type Document,
  type Json,
  type JsonObject,
} from "../document/document.js";
import { inlineParts } from "../document/inline-parts.js";

/**
 * Reduces a document to its interface facts, so that two documents with the same meaning have the same bytes:
 * no prose, sorted keys, sorted order where order means nothing, no default that a server process makes up, and of the
 * named parts none but schemas. Normalising twice changes nothing.
 */
export function normalise(source: Document): Document {
  const document = inlineParts(source);
  return sortKeys({
    openapi: document.openapi,
    // The specification asks for a title and a version; the Hub's own are prose and never move.
    info: { title: "Hugging Face Hub", version: "1" },
    ...pick(document, "servers", (servers) => asArray(servers).map((server) => keep(server, ["url"]))),
    ...pick(document, "security", sortedSet),
    ...pick(document, "tags", (tags) => sortedSet(asArray(tags).map((tag) => keep(tag, ["name"])))),
    ...pick(document, "components", components),
    paths: mapValues(document.paths, pathItem),
  }) as Document;
}

/** Identifies what a document says; equal for any two documents that differ in noise alone. */
export function fingerprint(normalised: Document): string {
  return createHash("sha256").update(canonical(normalised)).digest("hex").slice(0, 16);
}

function pathItem(item: Json): Json {
  const operations = methods.filter((method) => isObject(item) && isObject(item[method]));
  return Object.fromEntries(
    operations.map((method) => [method, operation((item as JsonObject)[method] as JsonObject)]),
  );
}

function operation(source: JsonObject): Json {
  return {
    ...keep(source, ["operationId"]),
    ...(source["deprecated"] === true ? { deprecated: true } : {}),
    ...pick(source, "tags", sortedSet),
    ...pick(source, "security", sortedSet),
    ...pick(source, "parameters", (list) => sortBy(asArray(list).map(parameter), parameterOrder)),
    ...pick(source, "requestBody", requestBody),
    ...pick(source, "responses", (responses) => mapValues(responses, response)),
  };
}

const parameterOrder = (value: Json): string =>
  isObject(value) ? `${String(value["in"])} ${String(value["name"])}` : "";

function parameter(source: Json): Json {
  if (!isObject(source)) return source;
  const { required, deprecated } = source;
  return {
    // What points at nothing has a `$ref` still; so below.
    ...keep(source, ["$ref", "name", "in", "style", "explode", "allowReserved", "allowEmptyValue"]),
    // An absent flag and `false` say the same.
    ...(required === true ? { required } : {}),
    ...(deprecated === true ? { deprecated } : {}),
    ...pick(source, "schema", schema),
    ...pick(source, "content", content),
  };
}

function requestBody(source: Json): Json {
  if (!isObject(source)) return source;
  return {
    ...keep(source, ["$ref"]),
    ...(source["required"] === true ? { required: true } : {}),
    ...pick(source, "content", content),
  };
}

function response(source: Json): Json {
  if (!isObject(source)) return source;
  return {
    // The specification asks for a description; an empty one keeps the document valid without the prose.
    ...(source["$ref"] === undefined ? { description: "" } : keep(source, ["$ref"])),
    ...pick(source, "headers", (headers) => mapValues(headers, parameter)),
    ...pick(source, "content", content),
  };
}

/** By media type, without parameters such as `charset`, which no type shows, unless they tell two of them apart. */
function content(source: Json): Json {
  const bare = (type: string): string => type.replace(/\s*;.*/s, "");
  const names = isObject(source) ? Object.keys(source) : [];
  const isOnly = (type: string): boolean => names.filter((name) => bare(name) === bare(type)).length === 1;
  const media = mapValues(source, (mediaType) => (isObject(mediaType) ? pick(mediaType, "schema", schema) : mediaType));
  return Object.fromEntries(Object.entries(media).map(([type, value]) => [isOnly(type) ? bare(type) : type, value]));
}

function components(source: Json): Json {
  return {
    ...pick(source, "schemas", (schemas) => mapValues(schemas, schema)),
    ...pick(source, "securitySchemes", (schemes) =>
      mapValues(schemes, (scheme) => (isObject(scheme) ? without(scheme, ["description"]) : scheme)),
    ),
  };
}

// `id` is what draft 4 called `$id`; neither says anything about the values that a schema accepts.
const annotations = ["title", "description", "example", "examples", "externalDocs", "$schema", "$id", "id", "$comment"];
const schemaMaps = ["properties", "patternProperties", "$defs", "definitions", "dependentSchemas"];
const unions = ["anyOf", "oneOf", "allOf"];
const sets = ["required", "enum", "type"];
// What these hold is no schema, so no key of theirs is an annotation.
const plain = ["default", "const", "dependentRequired"];

/** Keeps apart what a keyword means from properties that happen to have a keyword's name. */
function schema(source: Json): Json {
  if (!isObject(source)) return source;
  return Object.fromEntries(
    Object.entries(source)
      .filter(
        ([keyword, value]) => !annotations.includes(keyword) && !(keyword === "default" && !isStable(value, source)),
      )
      .map(([keyword, value]) => {
        // What is made otherwise than it should be stays, for the check to refuse; so below.
        if (schemaMaps.includes(keyword)) return [keyword, isObject(value) ? mapValues(value, schema) : value];
        if (unions.includes(keyword)) return [keyword, Array.isArray(value) ? sortedSet(value.map(schema)) : value];
        if (sets.includes(keyword)) return [keyword, Array.isArray(value) ? sortedSet(value) : value];
        if (keyword === "prefixItems") return [keyword, asArray(value).map(schema)];
        if (plain.includes(keyword)) return [keyword, value];
        if (keyword === "discriminator") return [keyword, discriminator(value)];
        return [keyword, isObject(value) ? schema(value) : value];
      }),
  );
}

/** A schema may be mapped to by its plain name as well; the generator reads references alone. */
function discriminator(source: Json): Json {
  if (!isObject(source) || !isObject(source["mapping"])) return source;
  const reference = (target: Json): Json =>
    typeof target === "string" && /^[\w-]+$/.test(target) ? `#/components/schemas/${target}` : target;
  return { ...source, mapping: mapValues(source["mapping"], reference) };
}

/**
 * Whether a default is a fact of the interface. The Hub also publishes defaults that each server process makes up at
 * its start (timestamps, random names), so text counts only where the schema lists the texts it may be, and a number
 * only where it is too small to be a moment in time.
 */
function isStable(value: Json, schemaOfValue: JsonObject): boolean {
  if (typeof value === "number") return Math.abs(value) < 1e9;
  if (typeof value === "string") return value === "" || isListed(value, schemaOfValue);
  if (Array.isArray(value)) {
    const items = schemaOfValue["items"];
    return value.every((member) => isStable(member, isObject(items) ? items : {}));
  }
  if (isObject(value)) {
    const properties = schemaOfValue["properties"];
    return Object.entries(value).every(([name, member]) => {
      const property = isObject(properties) ? properties[name] : undefined;
      return isStable(member, isObject(property) ? property : {});
    });
  }
  return true;
}

function isListed(value: string, { const: constant, enum: values, anyOf, oneOf }: JsonObject): boolean {
  if (constant === value || (Array.isArray(values) && values.includes(value))) return true;
  return [anyOf, oneOf].flatMap(asArray).some((member) => isObject(member) && isListed(value, member));
}

function pick(source: Json, key: string, convert: (value: Json) => Json): JsonObject {
  const value = isObject(source) ? source[key] : undefined;
  return value === undefined ? {} : { [key]: convert(value) };
}

function keep(source: Json, keys: string[]): JsonObject {
  if (!isObject(source)) return {};
  return Object.fromEntries(Object.entries(source).filter(([key]) => keys.includes(key)));
}

function without(source: JsonObject, keys: string[]): JsonObject {
  return Object.fromEntries(Object.entries(source).filter(([key]) => !keys.includes(key)));
}

function mapValues(source: Json, convert: (value: Json) => Json): JsonObject {
  if (!isObject(source)) return {};
  return Object.fromEntries(Object.entries(source).map(([key, value]) => [key, convert(value)]));
}

function asArray(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

function sortBy(values: Json[], key: (value: Json) => string): Json[] {
  return values
    .map((value) => [key(value), value] as const)
    .sort(byKey)
    .map(([, value]) => value);
}

const byKey = ([a]: readonly [string, Json], [b]: readonly [string, Json]): number => (a < b ? -1 : a > b ? 1 : 0);

/** Sorted, without repeats: for lists whose order means nothing. */
function sortedSet(value: Json): Json {
  const unique = new Map(asArray(value).map((member) => [canonical(member), member]));
  return [...unique].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, member]) => member);
}
