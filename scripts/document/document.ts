/** The parts of an OpenAPI 3.1 document that the pipeline touches. */

export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

/** A JSON Schema: `true`, `false` or keywords. */
export type Schema = boolean | JsonObject;

export interface Parameter extends JsonObject {
  name: string;
  in: string;
}

export interface Operation extends JsonObject {}

type PathItem = { [method: string]: Operation };

export interface Document extends JsonObject {
  openapi: string;
  paths: { [path: string]: PathItem };
}

export const methods = ["get", "put", "post", "delete", "patch"] as const;
export type Method = (typeof methods)[number];

export interface OperationAt {
  method: Method;
  path: string;
  operation: Operation;
  /** `GET /api/models`, the way people name an operation that has no operationId. */
  label: string;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Every operation, in the order in which the document lists them. */
export function* operationsOf(document: Document): Generator<OperationAt> {
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of methods) {
      const operation = item[method];
      if (operation !== undefined) yield { method, path, operation, label: `${method.toUpperCase()} ${path}` };
    }
  }
}

/** The operation's parameters; a document that passed its check holds no other kind of entry there. */
export function parametersOf(operation: Operation): Parameter[] {
  return Array.isArray(operation["parameters"]) ? (operation["parameters"] as Parameter[]) : [];
}

/** The text that two equal values share, whatever the order of their keys. */
export function canonical(value: Json): string {
  return JSON.stringify(sortKeys(value));
}

/** Keys in code-unit order at every level; arrays keep theirs. */
export function sortKeys(value: Json): Json {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sortKeys(value[key] as Json)]),
  );
}

/** What a `#/…` pointer names, or undefined. */
export function resolvePointer(document: JsonObject, pointer: string): Json | undefined {
  let node: Json | undefined = document;
  for (const raw of pointer.replace(/^#?\/?/, "").split("/")) {
    const key = raw.replaceAll("~1", "/").replaceAll("~0", "~");
    if (Array.isArray(node)) node = node[Number(key)];
    else if (isObject(node) && Object.hasOwn(node, key)) node = node[key];
    else return undefined;
  }
  return node;
}
