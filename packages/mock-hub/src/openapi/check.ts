import { resolveSchema, type OpenApiDocument, type Schema } from "./document.js";

/**
 * Says what is wrong with a value, or nothing. Objects may have members that the schema does not name: the Hub adds
 * and ignores them too.
 */
export function check(value: unknown, schema: Schema, document: OpenApiDocument, place = ""): string | undefined {
  const rules = resolveSchema(schema, document);
  const again = (part: unknown, under: Schema, at: string): string | undefined =>
    check(part, under, document, place + at);
  return (
    checkChoice(value, rules, place) ??
    checkType(value, rules, place) ??
    first(rules.allOf ?? [], (part) => again(value, part, "")) ??
    checkAlternatives(rules.anyOf ?? rules.oneOf, (part) => again(value, part, "")) ??
    (rules.not && again(value, rules.not, "") === undefined ? `${place || "value"} is not allowed` : undefined) ??
    (typeof value === "string" ? checkText(value, rules, place) : undefined) ??
    (typeof value === "number" ? checkNumber(value, rules, place) : undefined) ??
    (Array.isArray(value) ? checkArray(value, rules, place, again) : undefined) ??
    (isObject(value) ? checkObject(value, rules, place, again) : undefined)
  );
}

type Again = (part: unknown, under: Schema, at: string) => string | undefined;

function checkChoice(value: unknown, { const: only, enum: options }: Schema, place: string): string | undefined {
  if (only !== undefined && value !== only) return `expected ${JSON.stringify(only)}${at(place)}`;
  if (!options || options.includes(value)) return undefined;
  return `expected one of ${options.map((option) => JSON.stringify(option)).join("|")}${at(place)}`;
}

function checkType(value: unknown, { type }: Schema, place: string): string | undefined {
  if (type === undefined) return undefined;
  const allowed = typeof type === "string" ? [type] : type;
  if (allowed.some((name) => isOfType(value, name))) return undefined;
  return `expected ${allowed.join(" or ")}, received ${value === undefined ? "nothing" : typeName(value)}${at(place)}`;
}

function isOfType(value: unknown, type: string): boolean {
  return type === "integer" ? Number.isInteger(value) : type === typeName(value);
}

function typeName(value: unknown): string {
  return value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
}

function checkAlternatives(
  parts: readonly Schema[] | undefined,
  test: (part: Schema) => string | undefined,
): string | undefined {
  const reasons = (parts ?? []).map(test);
  // The last reason is the most telling one: nulls and literals tend to come first.
  return reasons.length === 0 || reasons.includes(undefined) ? undefined : reasons.at(-1);
}

function checkText(
  value: string,
  { pattern, minLength = 0, maxLength = Infinity }: Schema,
  place: string,
): string | undefined {
  if (value.length < minLength) return `expected at least ${minLength} characters${at(place)}`;
  if (value.length > maxLength) return `expected at most ${maxLength} characters${at(place)}`;
  return pattern === undefined || patternOf(pattern).test(value) ? undefined : `must match ${pattern}${at(place)}`;
}

function checkNumber(value: number, { minimum, maximum, exclusiveMinimum }: Schema, place: string): string | undefined {
  if (minimum !== undefined && value < minimum) return `expected number to be >=${minimum}${at(place)}`;
  if (maximum !== undefined && value > maximum) return `expected number to be <=${maximum}${at(place)}`;
  return exclusiveMinimum !== undefined && value <= exclusiveMinimum
    ? `expected number to be >${exclusiveMinimum}${at(place)}`
    : undefined;
}

function checkArray(value: unknown[], rules: Schema, place: string, again: Again): string | undefined {
  const { items, prefixItems = [], minItems = 0, maxItems = Infinity } = rules;
  if (value.length < minItems) return `expected at least ${minItems} items${at(place)}`;
  if (value.length > maxItems) return `expected at most ${maxItems} items${at(place)}`;
  return first([...value.entries()], ([index, item]) => {
    const under = prefixItems[index] ?? items;
    return under && again(item, under, `/${index}`);
  });
}

function checkObject(value: Record<string, unknown>, rules: Schema, place: string, again: Again): string | undefined {
  const { properties = {}, required = [], additionalProperties, propertyNames } = rules;
  const missing = required.find((name) => value[name] === undefined);
  if (missing !== undefined) return `expected a value, received nothing${at(`${place}/${missing}`)}`;
  return first(Object.entries(value), ([name, member]) => {
    if (member === undefined) return undefined;
    if (Object.hasOwn(properties, name)) return again(member, properties[name] ?? {}, `/${name}`);
    if (propertyNames && again(name, propertyNames, "") !== undefined) return `unexpected name "${name}"${at(place)}`;
    return typeof additionalProperties === "object" ? again(member, additionalProperties, `/${name}`) : undefined;
  });
}

const patterns = new Map<string, RegExp>();

/** Dates and ids come by the hundred, so each pattern is compiled once. */
export function patternOf(source: string): RegExp {
  let pattern = patterns.get(source);
  if (!pattern) patterns.set(source, (pattern = new RegExp(source)));
  return pattern;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function first<T>(items: readonly T[], test: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const reason = test(item);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

function at(place: string): string {
  return place === "" ? "" : ` at ${place}`;
}
