import { canonical, isObject, sortKeys, type Document, type Json, type JsonObject } from "./document.js";
import { PipelineError } from "./pipeline-error.js";

/**
 * How to recognise a shape that the document repeats inline. Of the schemas that fit, the one that stands in most
 * places gets the name; a place that differs from it stays inline.
 */
export interface ShapeRule {
  /** Properties that the schema declares, among others. */
  properties?: string[];
  /** Properties that the schema must not declare. */
  without?: string[];
  /** Values that the schema lists, among others. */
  enum?: string[];
  /** Exactly the named shapes that the union joins. */
  union?: string[];
  /** Constant properties: name → value. */
  where?: Record<string, string>;
}

export interface NamedShapes {
  document: Document;
  /** How many places each name stands for. */
  places: Map<string, number>;
}

/** Moves recurring inline schemas to `components.schemas`, in the order of the rules, and refers to them by name. */
export function nameShapes(source: Document, rules: Record<string, ShapeRule>): NamedShapes {
  const document = sortKeys(source) as Document;
  const components = (document["components"] ??= {}) as JsonObject;
  const schemas = (components["schemas"] ??= {}) as JsonObject;
  const places = new Map<string, number>();
  for (const [name, rule] of Object.entries(rules)) {
    const shape = mostFrequent(document, rule, schemas, name);
    if (shape === undefined) {
      throw new PipelineError(`No schema fits the shape ${name}; mend its rule in spec/shapes.yaml or delete it.`);
    }
    const existing = schemas[name];
    if (existing !== undefined && canonical(existing) !== shape) {
      throw new PipelineError(`The shape ${name} would replace a different schema of that name; choose another name.`);
    }
    places.set(name, replace(document, rule, shape, { $ref: `#/components/schemas/${name}` }, schemas[name]));
    schemas[name] = existing ?? (JSON.parse(shape) as Json);
  }
  return { document: sortKeys(document) as Document, places };
}

function mostFrequent(document: Document, rule: ShapeRule, schemas: JsonObject, name: string): string | undefined {
  const counts = new Map<string, number>();
  visit(document, (node) => {
    if (!fits(node, rule) || node === schemas[name]) return;
    const text = JSON.stringify(node);
    counts.set(text, (counts.get(text) ?? 0) + 1);
  });
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))[0]?.[0];
}

function fits(node: JsonObject, { properties, without, enum: values, union, where }: ShapeRule): boolean {
  const declared = node["properties"];
  if (properties !== undefined || where !== undefined) {
    if (!isObject(declared) || node["type"] !== "object") return false;
    if (properties?.some((property) => !Object.hasOwn(declared, property))) return false;
    if (without?.some((property) => Object.hasOwn(declared, property))) return false;
    for (const [property, value] of Object.entries(where ?? {})) {
      const schema = declared[property];
      if (!isObject(schema) || schema["const"] !== value) return false;
    }
  }
  if (values !== undefined) {
    const listed = node["enum"];
    if (!Array.isArray(listed) || !values.every((value) => listed.includes(value))) return false;
  }
  if (union !== undefined) {
    const members = node["anyOf"] ?? node["oneOf"];
    if (!Array.isArray(members) || members.length !== union.length) return false;
    const names = members.map((member) => (isObject(member) ? String(member["$ref"]).split("/").at(-1) : undefined));
    if (!union.every((member) => names.includes(member))) return false;
  }
  return true;
}

function replace(
  root: Json,
  rule: ShapeRule,
  shape: string,
  reference: JsonObject,
  definition: Json | undefined,
): number {
  let count = 0;
  visit(root, (node) => {
    for (const [key, member] of Object.entries(node)) {
      const swap = (value: Json): Json => {
        if (value === definition || !isObject(value) || !fits(value, rule) || JSON.stringify(value) !== shape) return value;
        count += 1;
        return { ...reference };
      };
      if (Array.isArray(member)) node[key] = member.map(swap);
      else if (isObject(member)) node[key] = swap(member);
    }
  });
  return count;
}

/** Visits each object before its members, so that a replaced member is not entered. */
function visit(value: Json, see: (node: JsonObject) => void): void {
  if (Array.isArray(value)) {
    for (const member of value) visit(member, see);
  } else if (isObject(value)) {
    see(value);
    for (const member of Object.values(value)) visit(member, see);
  }
}
