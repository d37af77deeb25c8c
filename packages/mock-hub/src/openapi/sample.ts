import type { Random } from "../random.js";
import { check, patternOf } from "./check.js";
import { resolveSchema, type OpenApiDocument, type Schema } from "./document.js";

/** Below this depth optional members and items are left out: some shapes contain themselves. */
const maxDepth = 5;

/** Makes a value that the schema allows. The same random numbers give the same value. */
export function sample(schema: Schema, random: Random, document: OpenApiDocument, depth = 0): unknown {
  const rules = resolveSchema(schema, document);
  const again = (part: Schema): unknown => sample(part, random, document, depth + 1);
  if (rules.const !== undefined) return rules.const;
  if (rules.enum) return pick(rules.enum, random);
  const alternatives = rules.anyOf ?? rules.oneOf;
  if (rules.allOf || alternatives) {
    const parts = [...(rules.allOf ?? []), ...(alternatives ? [chooseOne(alternatives, random, document)] : [])];
    return combine([...(rules.properties ? [sampleObject(rules, random, again, depth)] : []), ...parts.map(again)]);
  }
  const type = typeof rules.type === "object" ? rules.type[0] : (rules.type ?? (rules.properties && "object"));
  switch (type) {
    case "object":
      return sampleObject(rules, random, again, depth);
    case "array":
      return sampleArray(rules, random, again, depth);
    case "string":
      return sampleText(rules, random, document);
    case "integer":
    case "number":
      return sampleNumber(rules, random);
    case "boolean":
      return random.chance(0.5);
    case "null":
      return null;
    default:
      return {};
  }
}

/** Never an alternative that nothing satisfies, and a value rather than null. */
function chooseOne(parts: readonly Schema[], random: Random, document: OpenApiDocument): Schema {
  const usable = parts.filter((part) => {
    const rules = resolveSchema(part, document);
    return rules.not === undefined && rules.type !== "null";
  });
  return pick(usable.length > 0 ? usable : parts, random) ?? {};
}

function combine(values: readonly unknown[]): unknown {
  if (values.every((value) => typeof value === "object" && value !== null && !Array.isArray(value))) {
    return Object.assign({}, ...values) as unknown;
  }
  return values.at(-1);
}

function sampleObject(
  rules: Schema,
  random: Random,
  again: (part: Schema) => unknown,
  depth: number,
): Record<string, unknown> {
  const { properties = {}, required = [], additionalProperties, propertyNames } = rules;
  const result: Record<string, unknown> = {};
  for (const [name, part] of Object.entries(properties)) {
    if (required.includes(name) || (depth < maxDepth && random.chance(0.6))) result[name] = again(part);
  }
  if (typeof additionalProperties === "object" && Object.keys(properties).length === 0 && depth < maxDepth) {
    result[String(propertyNames ? again(propertyNames) : "example")] = again(additionalProperties);
  }
  return result;
}

function sampleArray(rules: Schema, random: Random, again: (part: Schema) => unknown, depth: number): unknown[] {
  const { items, prefixItems = [], minItems = 0, maxItems = Infinity } = rules;
  const wanted = depth >= maxDepth ? minItems : Math.min(maxItems, Math.max(minItems, random.integer(1, 3)));
  const length = Math.max(wanted, prefixItems.length);
  return Array.from({ length }, (_, index) => again(prefixItems[index] ?? items ?? {}));
}

function sampleNumber({ type, minimum, maximum, exclusiveMinimum }: Schema, random: Random): number {
  const low = Math.max(minimum ?? 0, exclusiveMinimum === undefined ? -Infinity : exclusiveMinimum + 1, -1000);
  const value = random.integer(low, Math.min(maximum ?? Infinity, low + 1000));
  return type === "integer" ? Math.trunc(value) : value;
}

const words = ["amber", "birch", "cobalt", "delta", "ember", "fjord"] as const;

/** The first of some likely texts that fits: a generator for any pattern would be a large thing for twenty patterns. */
function sampleText(rules: Schema, random: Random, document: OpenApiDocument): string {
  const word = random.pick(words);
  const length = rules.minLength ?? 0;
  const byFormat = formats[rules.format ?? ""]?.(random);
  if (byFormat !== undefined && check(byFormat, rules, document) === undefined) return byFormat;
  const { maxLength = Infinity, pattern } = rules;
  const fits = (text: string): boolean =>
    text.length >= length && text.length <= maxLength && (pattern === undefined || patternOf(pattern).test(text));
  const plain = word.padEnd(length, "x").slice(0, maxLength);
  const likely = [
    plain,
    random.hex(24),
    random.hex(40),
    random.hex(64),
    ...Object.values(formats).map((make) => make(random)),
    ...oddities(word),
  ];
  return likely.find(fits) ?? plain;
}

const formats: Record<string, (random: Random) => string> = {
  "date-time": (random) => new Date(Date.UTC(2025, random.integer(0, 11), random.integer(1, 28))).toISOString(),
  date: () => "2025-11-03",
  uri: (random) => `https://example.com/${random.pick(words)}`,
  email: (random) => `${random.pick(words)}@example.com`,
  cidrv4: () => "10.0.0.0/8",
  cidrv6: () => "0:0:0:0:0:0:0:1/64",
};

function oddities(word: string): string[] {
  return [`/${word}`, `${word}=${word}`, `models/ada/${word}`, "2511.10000", "@daily", "2025-W40", "2025-11"];
}

function pick<T>(items: readonly T[], random: Random): T | undefined {
  return items[random.integer(0, items.length - 1)];
}
