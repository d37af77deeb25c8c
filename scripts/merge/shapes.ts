import { canonical, isObject, sortKeys, type Document, type Json, type JsonObject } from "../document/document.js";
import { PipelineError } from "../cli/pipeline-error.js";
import { listing } from "../cli/quote.js";

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

const isNames = (value: Json | undefined): boolean =>
  Array.isArray(value) && value.length > 0 && value.every((member) => typeof member === "string");

const criteria: Record<keyof ShapeRule, [text: string, test: (value: Json | undefined) => boolean]> = {
  properties: ["a list of names", isNames],
  without: ["a list of names", isNames],
  enum: ["a list of texts", isNames],
  union: ["a list of shapes", isNames],
  where: ["names with a text each", (value) => isObject(value) && isNames(Object.values(value))],
};

/** A misspelt criterion would let any schema fit. */
export function checkShapes(rules: unknown): asserts rules is Record<string, ShapeRule> {
  const refuse = (found: string): never => {
    throw new PipelineError(`spec/shapes.yaml ${found}.`);
  };
  if (!isObject(rules)) return refuse("holds no rules; take it from git, or start it anew with {}");
  for (const [name, rule] of Object.entries(rules)) {
    if (!isObject(rule)) return refuse(`needs a rule for ${name}`);
    for (const [key, value] of Object.entries(rule)) {
      const [text, test] = Object.hasOwn(criteria, key) ? criteria[key as keyof ShapeRule] : [];
      if (test === undefined)
        refuse(`knows no ${key}, which stands at ${name}; there are ${listing(Object.keys(criteria))}`);
      else if (!test(value)) refuse(`needs ${text} as ${key} of ${name}`);
    }
    if (Object.keys(rule).every((key) => key === "without")) {
      refuse(`needs to say how to recognise ${name}, by properties, where, enum or union`);
    }
  }
}

export interface NamedShapes {
  document: Document;
  /** How many places each name stands for. */
  places: Map<string, number>;
}

/** Moves recurring inline schemas to `components.schemas`, in the order of the rules, and refers to them by name. */
export function nameShapes(source: Document, rules: Record<string, ShapeRule>): NamedShapes {
  checkShapes(rules);
  const document = sortKeys(source) as Document;
  const components = (document["components"] ??= {}) as JsonObject;
  const schemas = (components["schemas"] ??= {}) as JsonObject;
  const nodes = new Nodes(document);
  const places = new Map<string, number>();
  for (const [name, rule] of Object.entries(rules)) {
    const existing = schemas[name];
    const [shape, found] = mostFrequent(nodes.all().filter(({ node }) => node !== existing && fits(node, rule)));
    if (shape === undefined || found === undefined) {
      throw new PipelineError(`No schema fits the shape ${name}; mend its rule in spec/shapes.yaml or delete it.`);
    }
    if (existing !== undefined && canonical(existing) !== shape) {
      throw new PipelineError(
        `The shape ${name} would replace a different schema of that name; rename it in spec/shapes.yaml.`,
      );
    }
    for (const place of found) nodes.replace(place, { $ref: `#/components/schemas/${name}` });
    if (existing === undefined) nodes.add(schemas, name, JSON.parse(shape) as JsonObject);
    places.set(name, found.length);
  }
  return { document: sortKeys(document) as Document, places };
}

function mostFrequent(places: Place[]): [string, Place[]] | [] {
  const groups = new Map<string, Place[]>();
  for (const place of places) {
    const text = JSON.stringify(place.node);
    const group = groups.get(text);
    if (group === undefined) groups.set(text, [place]);
    else group.push(place);
  }
  return [...groups].sort(([a, m], [b, n]) => n.length - m.length || (a < b ? -1 : 1))[0] ?? [];
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

/** Where an object stands: `holder[key]` is the node. */
interface Place {
  holder: JsonObject | Json[];
  key: string | number;
  node: JsonObject;
}

/** All objects of a document with their places, kept true while some of them are replaced: walking anew is slow. */
class Nodes {
  readonly #places = new Map<JsonObject, Place>();

  constructor(document: JsonObject) {
    this.#enter(document);
  }

  all(): Place[] {
    return [...this.#places.values()];
  }

  add(holder: JsonObject, key: string, node: JsonObject): void {
    holder[key] = node;
    this.#places.set(node, { holder, key, node });
    this.#enter(node);
  }

  replace({ holder, key, node }: Place, by: JsonObject): void {
    this.#leave(node);
    // The index of a list is a key as well; both kinds of holders are written alike.
    (holder as JsonObject)[key] = by;
  }

  #enter(holder: JsonObject | Json[]): void {
    const members: Iterable<[string | number, Json]> = Array.isArray(holder)
      ? holder.entries()
      : Object.entries(holder);
    for (const [key, member] of members) {
      if (isObject(member)) this.#places.set(member, { holder, key, node: member });
      if (typeof member === "object" && member !== null) this.#enter(member);
    }
  }

  #leave(value: Json): void {
    if (typeof value !== "object" || value === null) return;
    if (isObject(value)) this.#places.delete(value);
    for (const member of Array.isArray(value) ? value : Object.values(value)) this.#leave(member);
  }
}
