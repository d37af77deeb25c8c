import {
  canonical,
  isObject,
  resolvePointer,
  sortKeys,
  type Document,
  type Json,
  type JsonObject,
} from "../document/document.js";
import { Nodes } from "./nodes.js";
import { ownPlacesOf, placesOf, schemasAt, type Place } from "../document/places.js";
import { PipelineError } from "../cli/pipeline-error.js";
import { listing, quote } from "../cli/quote.js";
import { refuseAtOnce, type Refuse } from "../cli/refusals.js";

/**
 * How to recognise a shape that the document repeats inline, and the place that holds its name: the schema there gets
 * it, with all places of the same schema; whatever else fits stays inline.
 */
export interface ShapeRule {
  /** The holder. */
  at?: Place;
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

const criteria: Record<Exclude<keyof ShapeRule, "at">, [text: string, test: (value: Json | undefined) => boolean]> = {
  properties: ["a list of names", isNames],
  without: ["a list of names", isNames],
  enum: ["a list of texts", isNames],
  union: ["a list of shapes", isNames],
  where: ["names with a text each", (value) => isObject(value) && isNames(Object.values(value))],
};

/** A misspelt criterion would let any schema fit. */
function checkShapes(rules: unknown): asserts rules is Record<string, ShapeRule> {
  const refuse = (found: string): never => {
    throw new PipelineError(`spec/shapes.yaml ${found}.`);
  };
  if (!isObject(rules)) return refuse("holds no rules; take it from git, or start it anew with {}");
  for (const [name, rule] of Object.entries(rules)) {
    if (!isObject(rule)) return refuse(`needs a rule for ${name}`);
    const { at, ...others } = rule;
    for (const [key, value] of Object.entries(others)) {
      const [text, test] = Object.hasOwn(criteria, key) ? criteria[key as keyof typeof criteria] : [];
      if (test === undefined)
        refuse(`knows no ${key}, which stands at ${name}; there are ${listing(["at", ...Object.keys(criteria)])}`);
      else if (!test(value)) refuse(`needs ${text} as ${key} of ${name}`);
    }
    if (at !== undefined && typeof at !== "string") refuse(`needs a place as at of ${name}, such as getJob 200.status`);
    if (Object.keys(others).every((key) => key === "without")) {
      refuse(`needs to say how to recognise ${name}, by properties, where, enum or union`);
    }
  }
}

export interface NamedShapes {
  document: Document;
  /** How many places each name stands for. */
  places: Map<string, number>;
}

/**
 * Moves recurring inline schemas to `components.schemas`, in the order of the rules, and refers to them by name; or
 * refuses all names that their holders lost.
 */
export function nameShapes(
  source: Document,
  rules: Record<string, ShapeRule>,
  refuse: Refuse = refuseAtOnce,
): NamedShapes {
  checkShapes(rules);
  const document = sortKeys(source) as Document;
  const components = (document["components"] ??= {}) as JsonObject;
  const schemas = (components["schemas"] ??= {}) as JsonObject;
  const nodes = new Nodes(document);
  const places = new Map<string, number>();
  const refusals = new Map<string, string>();
  for (const [name, rule] of Object.entries(rules)) {
    // What a union lacks is told where it was lost.
    if (rule.union?.some((member) => refusals.has(member))) continue;
    const existing = schemas[name];
    const holder = holderOf(document, name, rule, places);
    if (typeof holder === "string") {
      refusals.set(name, holder);
      continue;
    }
    const shape = JSON.stringify(holder);
    if (existing !== undefined && canonical(existing) !== shape) {
      const found = `the shape ${name} would replace a different schema of that name, which is upstream's`;
      refusals.set(name, `${found}; give ours another name`);
      continue;
    }
    const found = nodes.those((node) => node !== existing && fits(node, rule) && JSON.stringify(node) === shape);
    for (const place of found) nodes.replace(place, { $ref: `#/components/schemas/${name}` });
    if (existing === undefined) nodes.add(schemas, name, JSON.parse(shape) as JsonObject);
    places.set(name, found.length);
  }
  const reasons = [...refusals.values()].map((text) => `spec/shapes.yaml: ${text}.`);
  if (reasons.length === 1) refuse(new PipelineError(reasons[0] ?? ""));
  if (reasons.length > 1) refuse(new PipelineError(`${reasons.length} shapes have lost their names:`, reasons));
  return { document: sortKeys(document) as Document, places };
}

/**
 * The schema that holds the name, or why there is none and what to do. A name is locked to its holder: what fits as well
 * but is another type never takes it over.
 */
function holderOf(
  document: Document,
  name: string,
  rule: ShapeRule,
  taken: ReadonlyMap<string, number>,
): JsonObject | string {
  const { at } = rule;
  const elsewhere = (): string => `It fits ${fittingPlaces(document, rule)}`;
  if (at === undefined) return `${name} needs at: the place that holds it. ${elsewhere()}`;
  const there = schemasAt(document, at);
  if (there.length === 0) {
    const advice = "If it has moved, name its new place; if it is gone, delete the shape, which is a break";
    return `there is no ${at}, which holds the shape ${name}. ${advice}. ${elsewhere()}`;
  }
  const held = there.filter((schema) => fits(schema, rule));
  const named = new Map(
    [...taken.keys()].map((shape) => [resolvePointer(document, `#/components/schemas/${shape}`), shape]),
  );
  const own = distinct(held.filter((schema) => !named.has(schema)));
  const [holder] = own;
  if (own.length > 1) return `${own.length} schemas at ${at} fit the shape ${name}; say more of the one that is meant`;
  if (holder !== undefined) return holder;
  const claimed = held.map((schema) => named.get(schema)).find((shape) => shape !== undefined);
  if (claimed !== undefined) {
    return `${claimed} and ${name} claim the same schema at ${at}; delete one of them, or say more of both`;
  }
  const advice = "If it is the same thing, change how it is recognised; if it has moved, name its new place";
  return `what stands at ${at} no longer fits the shape ${name}. ${advice}. ${elsewhere()}`;
}

const distinct = (schemas: readonly JsonObject[]): JsonObject[] => [
  ...new Map(schemas.map((schema) => [JSON.stringify(schema), schema])).values(),
];

/** Where else a rule fits, the schema that stands in most places first. */
function fittingPlaces(document: Document, rule: ShapeRule): string {
  const groups = new Map<string, Place[]>();
  for (const { place, schema } of placesOf(document)) {
    if (!fits(schema, rule)) continue;
    const text = JSON.stringify(schema);
    groups.set(text, [...(groups.get(text) ?? []), place]);
  }
  const byCount = [...groups.values()].sort((a, b) => b.length - a.length);
  const shown = byCount
    .slice(0, 3)
    .map((places) => `${places[0]} (${places.length} ${places.length === 1 ? "place" : "places"})`);
  return shown.length === 0 ? "nothing" : listing(shown);
}

/** What fits a shape since the last run without being of its type: it stays inline, and the shape as it is. */
export function newTakers(before: Document, after: Document, rules: Record<string, ShapeRule>): string[] {
  const known = takersOf(before, rules);
  return [...takersOf(after, rules)].flatMap(([name, places]) => {
    const come = [...places].filter((place) => known.get(name)?.has(place) !== true).map((place) => quote(place, 120));
    if (come.length === 0) return [];
    const holder = `${name}, which ${quote(rules[name]?.at ?? "", 120)} holds`;
    return [`${listing(come)} would fit the shape ${holder}, and differs from it: it stays inline.`];
  });
}

function takersOf(shaped: Document, rules: Record<string, ShapeRule>): Map<string, Set<Place>> {
  const takers = new Map<string, Set<Place>>();
  const schemas = (shaped["components"] as JsonObject | undefined)?.["schemas"];
  const named = new Set(Object.values(isObject(schemas) ? schemas : {}));
  const byMark = new Map<string, [string, ShapeRule][]>();
  for (const [name, rule] of Object.entries(rules)) {
    const mark = markOf(rule);
    byMark.set(mark, [...(byMark.get(mark) ?? []), [name, rule]]);
  }
  for (const { place, schema } of ownPlacesOf(shaped)) {
    if (named.has(schema)) continue;
    for (const [name, rule] of marksIn(schema).flatMap((mark) => byMark.get(mark) ?? [])) {
      if (fits(schema, rule)) takers.set(name, (takers.get(name) ?? new Set()).add(place));
    }
  }
  return takers;
}

/** One thing that whatever fits a rule has: most schemas have it of no rule, and need not be compared with any. */
function markOf({ properties, where, enum: values }: ShapeRule): string {
  const property = properties?.[0] ?? Object.keys(where ?? {})[0];
  if (property !== undefined) return `.${property}`;
  return values === undefined ? "|" : `=${values[0]}`;
}

function marksIn({ properties, enum: values, anyOf, oneOf }: JsonObject): string[] {
  return [
    ...(isObject(properties) ? Object.keys(properties).map((name) => `.${name}`) : []),
    ...(Array.isArray(values) ? values.map((value) => `=${String(value)}`) : []),
    ...(anyOf === undefined && oneOf === undefined ? [] : ["|"]),
  ];
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
