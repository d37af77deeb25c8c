import type { Change, Direction } from "./change.js";
import { isObject, type Json, type JsonObject } from "../document/document.js";
import { listing, quote } from "../cli/quote.js";
import { listedValues, pairMembers, propertiesOf, typeText, viewOf } from "../document/schema-view.js";

export interface SchemaDiff {
  direction: Direction;
  report(change: Pick<Change, "kind" | "place" | "subject" | "detail" | "shape">): void;
  /** What a schema is called; undefined for one that has no name. */
  nameOf(schema: Json | undefined): string | undefined;
  /**
   * Called for a list that a response widens. Callers have to expect values that they do not know, so a type without
   * the new ones is what the compiler is asked about.
   */
  tolerate(after: JsonObject, without: JsonObject): void;
}

/** Reports how two schemas differ; two that accept the same values in the same words do not. */
export function diffSchemas(
  before: Json | undefined,
  after: Json | undefined,
  place: string,
  outer: string,
  context: SchemaDiff,
): void {
  if (JSON.stringify(before) === JSON.stringify(after)) return;
  diffAnnotations(before, after, place, outer, context);
  const name = keptName(before, after, context);
  const diff = within(name, context);
  // What has a name is called by it, whatever the properties are called that hold it.
  const subject = name ?? outer;
  const [from, to] = [viewOf(before), viewOf(after)];
  if (from.nullable !== to.nullable) {
    diff.report({ kind: to.nullable ? "null-added" : "null-removed", place, subject, detail: "" });
  }
  const listed = from.values.length > 0 && to.values.length > 0;
  if (listed) diffValues(from.values, to.values, after, place, subject, diff);
  // A list on one side only is a type like any other.
  const members = (values: Json[], own: JsonObject[]): JsonObject[] =>
    listed || values.length === 0 ? own : [{ enum: values }, ...own];
  const [left, right] = [members(from.values, from.members), members(to.values, to.members)];
  const pairs = pairMembers(left, right);
  for (const [a, b] of pairs) diffMembers(a, b, place, subject, diff);
  const gone = left.filter((member) => !pairs.some(([a]) => a === member));
  const come = right.filter((member) => !pairs.some(([, b]) => b === member));
  const [only, instead] = [gone[0], come[0]];
  if (gone.length === 1 && come.length === 1 && only !== undefined && instead !== undefined) {
    diff.report({ kind: "type-changed", place, subject, detail: apart(only, instead) });
    return;
  }
  for (const member of gone) {
    diff.report({ kind: "member-removed", place, subject, detail: quote(describeMember(member)) });
  }
  for (const member of come) {
    diff.report({ kind: "member-added", place, subject, detail: quote(describeMember(member)) });
  }
}

/** The name that a schema kept: what changes there, changes the type of that name. */
function keptName(before: Json | undefined, after: Json | undefined, { nameOf }: SchemaDiff): string | undefined {
  const name = nameOf(after);
  return name === nameOf(before) ? name : undefined;
}

/** Tells of what is in a named type with its name. */
function within(shape: string | undefined, diff: SchemaDiff): SchemaDiff {
  return shape === undefined ? diff : { ...diff, report: (change) => diff.report({ shape, ...change }) };
}

/** `{ type: "a", name }`: one object of a union looks like the next without its constants and names. */
function describeMember(member: JsonObject): string {
  const properties = propertiesOf(member);
  const names = Object.keys(properties);
  return names.length === 0 ? typeText(member) : objectText(names, properties);
}

/** Constants come first: they tell the members of a union apart. */
function objectText(names: readonly string[], properties: JsonObject): string {
  const constant = (name: string): string | undefined => {
    const { values, members } = viewOf(properties[name]);
    return values.length === 1 && members.length === 0 ? JSON.stringify(values[0]) : undefined;
  };
  const marked = names.flatMap((name) => (constant(name) === undefined ? [] : [`${name}: ${constant(name)}`]));
  const texts = [...marked, ...names.filter((name) => constant(name) === undefined)];
  return `{ ${texts.slice(0, 3).join(", ")}${texts.length > 3 ? ", …" : ""} }`;
}

/** `from → to`, in words that differ. */
function apart(before: JsonObject, after: JsonObject): string {
  const arrow = (from: string, to: string): string => `${quote(from)} → ${quote(to)}`;
  const [from, to] = [typeText(before), typeText(after)];
  if (from !== to) return arrow(from, to);
  if (isObject(before["items"]) && isObject(after["items"])) return apart(before["items"], after["items"]);
  const own = (schema: JsonObject, other: JsonObject): string[] =>
    Object.keys(propertiesOf(schema)).filter((name) => !Object.hasOwn(propertiesOf(other), name));
  const object = (schema: JsonObject, names: string[]): string => objectText(names, propertiesOf(schema));
  const [left, right] = [own(before, after), own(after, before)];
  if (left.length + right.length > 0) return arrow(object(before, left), object(after, right));
  const [old, now] = [describeMember(before), describeMember(after)];
  if (old !== now) return arrow(old, now);
  return arrow(...differingParts(JSON.stringify(before), JSON.stringify(after)));
}

function diffValues(
  before: Json[],
  after: Json[],
  holder: Json | undefined,
  place: string,
  subject: string,
  diff: SchemaDiff,
): void {
  const known = new Set(before.map((value) => JSON.stringify(value)));
  const kept = new Set(after.map((value) => JSON.stringify(value)));
  const added = after.filter((value) => !known.has(JSON.stringify(value)));
  for (const value of added) diff.report({ kind: "value-added", place, subject, detail: quote(String(value)) });
  for (const value of before) {
    if (kept.has(JSON.stringify(value))) continue;
    diff.report({ kind: "value-removed", place, subject, detail: quote(String(value)) });
  }
  if (diff.direction === "output" && added.length > 0 && isObject(holder)) {
    diff.tolerate(holder, withoutValues(holder, added) ?? { enum: before });
  }
}

/** The schema without some of the values that it lists; undefined when nothing is left. */
function withoutValues(schema: JsonObject, values: Json[]): JsonObject | undefined {
  const listed = listedValues(schema);
  if (listed !== undefined) {
    const { const: _, ...rest } = schema;
    const left = listed.filter((value) => !values.includes(value));
    return left.length === 0 ? undefined : { ...rest, enum: left };
  }
  const result = { ...schema };
  for (const union of ["anyOf", "oneOf"]) {
    const members = schema[union];
    if (!Array.isArray(members)) continue;
    const left = members.map((member) => (isObject(member) ? withoutValues(member, values) : member));
    result[union] = left.filter((member): member is Json => member !== undefined);
  }
  return result;
}

/** What is said of a value as a whole, next to what it may be. */
function diffAnnotations(
  before: Json | undefined,
  after: Json | undefined,
  place: string,
  subject: string,
  { report }: SchemaDiff,
): void {
  const [from, to] = [isObject(before) ? before : {}, isObject(after) ? after : {}];
  if (from["deprecated"] !== true && to["deprecated"] === true) {
    report({ kind: "property-deprecated", place, subject, detail: "" });
  }
  if (JSON.stringify(from["default"]) !== JSON.stringify(to["default"])) {
    report({ kind: "constraint-changed", place, subject, detail: fromTo("default", from, to) });
  }
}

const constraints = words(`
  minimum maximum exclusiveMinimum exclusiveMaximum multipleOf format pattern
  minLength maxLength minItems maxItems uniqueItems minProperties maxProperties
`);
const compared = words(`
  type properties required items prefixItems additionalProperties propertyNames
  enum const anyOf oneOf allOf default deprecated
`);

function words(text: string): string[] {
  return text.trim().split(/\s+/);
}

/** Two members of the same type. */
function diffMembers(before: JsonObject, after: JsonObject, place: string, outer: string, context: SchemaDiff): void {
  const name = keptName(before, after, context);
  const diff = within(name, context);
  const subject = name ?? outer;
  diffProperties(before, after, place, diff);
  diffOthers(before["additionalProperties"], after["additionalProperties"], place, subject, diff);
  if (before["items"] !== undefined || after["items"] !== undefined) {
    diffSchemas(before["items"], after["items"], `${place}[]`, subject, diff);
  }
  diffTuples(before["prefixItems"], after["prefixItems"], place, subject, diff);
  diffNames(before["propertyNames"], after["propertyNames"], place, subject, diff);
  diffParts(before["allOf"], after["allOf"], place, subject, diff);
  for (const keyword of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (compared.includes(keyword) || JSON.stringify(before[keyword]) === JSON.stringify(after[keyword])) continue;
    const kind = constraints.includes(keyword) ? "constraint-changed" : "detail-changed";
    const detail = kind === "constraint-changed" ? fromTo(keyword, before, after) : quote(keyword);
    diff.report({ kind, place, subject, detail });
  }
}

/** The items of a list that has its own schema for each of the first. */
function diffTuples(
  before: Json | undefined,
  after: Json | undefined,
  place: string,
  subject: string,
  diff: SchemaDiff,
): void {
  const [from, to] = [before, after].map((items) => (Array.isArray(items) ? items : []));
  for (const [index, item] of (from ?? []).entries()) {
    if (to?.[index] !== undefined) diffSchemas(item, to[index], `${place}[${index}]`, subject, diff);
  }
  if (from?.length === to?.length) return;
  const text = (items: Json[] | undefined): string => `[${(items ?? []).map((item) => typeText(item)).join(", ")}]`;
  diff.report({ kind: "type-changed", place, subject, detail: `${quote(text(from))} → ${quote(text(to))}` });
}

/** Which names an object without fixed ones may have, which no generated type tells. */
function diffNames(
  before: Json | undefined,
  after: Json | undefined,
  place: string,
  subject: string,
  diff: SchemaDiff,
): void {
  if (JSON.stringify(before) === JSON.stringify(after)) return;
  const [from, to] = [viewOf(before).values, viewOf(after).values];
  const without = (values: Json[], others: Json[]): string[] =>
    values.filter((value) => !others.includes(value)).map((value) => quote(String(value)));
  const [come, gone] = [without(to, from), without(from, to)];
  const details = [
    ...(come.length > 0 ? [`names may also be ${listing(come, 12, "or")}`] : []),
    ...(gone.length > 0 ? [`names may no longer be ${listing(gone, 12, "or")}`] : []),
  ];
  const detail = details.join(", ") || "another rule for names";
  diff.report({ kind: "constraint-changed", place, subject, detail });
}

/** All of which a value has to be. */
function diffParts(
  before: Json | undefined,
  after: Json | undefined,
  place: string,
  subject: string,
  diff: SchemaDiff,
) {
  const parts = (value: Json | undefined): JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);
  const [left, right] = [parts(before), parts(after)];
  const pairs = pairMembers(left, right);
  for (const [a, b] of pairs) diffSchemas(a, b, place, subject, diff);
  if (pairs.length < left.length || pairs.length < right.length) {
    diff.report({ kind: "type-changed", place, subject, detail: `${quote("allOf")} has other parts` });
  }
}

function fromTo(keyword: string, before: JsonObject, after: JsonObject): string {
  const [from, to] = [before[keyword], after[keyword]];
  const text = (value: Json): string => (typeof value === "string" ? value : JSON.stringify(value));
  if (from === undefined) return `${keyword} ${quote(text(to ?? null))} is new`;
  if (to === undefined) return `${keyword} ${quote(text(from))} is gone`;
  const [old, now] = differingParts(text(from), text(to));
  return `${keyword} ${quote(old)} → ${quote(now)}`;
}

const shown = 60;

/** Two long texts from where they differ: cut off at the same length, they might look the same. */
function differingParts(from: string, to: string): [string, string] {
  if (from.length <= shown && to.length <= shown) return [from, to];
  let start = 0;
  while (start < from.length && from[start] === to[start]) start += 1;
  start = Math.max(start - 10, 0);
  const part = (text: string): string => `${start > 0 ? "…" : ""}${text.slice(start)}`;
  return [part(from), part(to)];
}

function diffProperties(before: JsonObject, after: JsonObject, place: string, diff: SchemaDiff): void {
  const [from, to] = [propertiesOf(before), propertiesOf(after)];
  const [neededBefore, neededAfter] = [requiredOf(before), requiredOf(after)];
  for (const [name, schema] of Object.entries(from)) {
    const at = { place: `${place}.${name}`, subject: name, detail: "" };
    const now = Object.hasOwn(to, name) ? to[name] : undefined;
    if (now === undefined) {
      diff.report({ kind: "property-removed", ...at });
      continue;
    }
    if (neededBefore.has(name) !== neededAfter.has(name)) {
      diff.report({ kind: neededAfter.has(name) ? "property-required" : "property-optional", ...at });
    }
    diffSchemas(schema, now, at.place, name, diff);
  }
  for (const name of Object.keys(to)) {
    if (Object.hasOwn(from, name)) continue;
    const demanded = diff.direction === "input" && neededAfter.has(name);
    const kind = demanded ? "property-added-required" : "property-added";
    diff.report({ kind, place: `${place}.${name}`, subject: name, detail: "" });
  }
}

function requiredOf(schema: JsonObject): Set<string> {
  const required = schema["required"];
  return new Set(Array.isArray(required) ? required.map(String) : []);
}

/** Whether and how an object takes properties that it does not name. */
function diffOthers(
  before: Json | undefined,
  after: Json | undefined,
  place: string,
  subject: string,
  diff: SchemaDiff,
): void {
  if (JSON.stringify(before) === JSON.stringify(after)) return;
  if (isObject(before) && isObject(after)) return diffSchemas(before, after, `${place}.*`, subject, diff);
  const text = (others: Json | undefined): string => {
    if (others === false) return "no other properties";
    return isObject(others) ? `others: ${typeText(others)}` : "any other properties";
  };
  const detail = `${quote(text(before))} → ${quote(text(after))}`;
  diff.report({ kind: "type-changed", place, subject, detail });
}
