import { check } from "./check.js";
import { resolveSchema, type OpenApiDocument, type Schema } from "./document.js";

/** Where a value is not what its schema says. It holds nothing of the value but its kind, and words of a choice. */
export interface Problem {
  /** A JSON pointer in which `[]` stands for any item of a list and `*` for any name that the schema does not give. */
  readonly place: string;
  readonly expected: string;
  readonly got: string;
}

/** All that is wrong with a value. Objects may have members that the schema does not name, as the Hub adds them. */
export function problemsOf(value: unknown, schema: Schema, document: OpenApiDocument, place = ""): Problem[] {
  const { anyOf, oneOf, allOf = [], ...rules } = resolveSchema(schema, document);
  const alternatives = anyOf ?? oneOf;
  const own = [
    ...allOf.flatMap((part) => problemsOf(value, part, document, place)),
    ...(alternatives === undefined ? [] : closest(value, alternatives, document, place)),
  ];
  const { properties, required, additionalProperties, propertyNames, items, prefixItems, ...leaf } = rules;
  if (check(value, leaf, document) !== undefined)
    return [...own, { place, expected: wordsOf(leaf), got: kindOf(value, leaf) }];
  if (Array.isArray(value)) return [...own, ...ofItems(value, { items, prefixItems }, document, place)];
  if (isObject(value)) {
    return [
      ...own,
      ...ofMembers(value, { properties, required, additionalProperties, propertyNames }, document, place),
    ];
  }
  return own;
}

type Part<K extends keyof Schema> = { readonly [N in K]: Schema[N] | undefined };

function ofItems(
  value: readonly unknown[],
  { items, prefixItems = [] }: Part<"items" | "prefixItems">,
  document: OpenApiDocument,
  place: string,
): Problem[] {
  return value.flatMap((item, index) => {
    const under = prefixItems[index] ?? items;
    return under === undefined ? [] : problemsOf(item, under, document, `${place}/[]`);
  });
}

function ofMembers(
  value: Readonly<Record<string, unknown>>,
  rules: Part<"properties" | "required" | "additionalProperties" | "propertyNames">,
  document: OpenApiDocument,
  place: string,
): Problem[] {
  const { properties = {}, required = [], additionalProperties, propertyNames } = rules;
  const missing = required.filter((name) => value[name] === undefined);
  return [
    ...missing.map((name) => {
      const wanted = properties[name] === undefined ? "a value" : wordsOf(resolveSchema(properties[name], document));
      return { place: `${place}/${name}`, expected: wanted, got: "nothing" };
    }),
    ...Object.entries(value).flatMap(([name, member]) => {
      if (member === undefined) return [];
      if (Object.hasOwn(properties, name)) {
        return problemsOf(member, properties[name] ?? {}, document, `${place}/${name}`);
      }
      const ofName = propertyNames === undefined ? [] : problemsOf(name, propertyNames, document, `${place}/*`);
      const under = typeof additionalProperties === "object" ? additionalProperties : {};
      return [
        ...ofName.map((problem) => ({ ...problem, got: "another name" })),
        ...problemsOf(member, under, document, `${place}/*`),
      ];
    }),
  ];
}

/** Nothing if one of the alternatives fits, else what is wrong by the one that was most likely meant. */
function closest(value: unknown, alternatives: readonly Schema[], document: OpenApiDocument, place: string): Problem[] {
  let best: Problem[] | undefined;
  let least = Infinity;
  for (const alternative of alternatives) {
    const found = problemsOf(value, alternative, document, place);
    if (found.length === 0) return [];
    const weight = found.reduce((sum, problem) => sum + weightOf(problem, place), 0);
    if (weight < least) [best, least] = [found, weight];
  }
  // Where no alternative is of the value's kind, all of them are what was expected.
  const isOfNone = best?.every((problem) => problem.place === place) ?? false;
  if (!isOfNone) return best ?? [];
  const words = alternatives.map((alternative) => wordsOf(resolveSchema(alternative, document)));
  const got = alternatives.map((alternative) => kindOf(value, resolveSchema(alternative, document)));
  return [
    {
      place,
      expected: [...new Set(words)].join(" or "),
      got: got.find((word) => word.startsWith('"')) ?? got[0] ?? "",
    },
  ];
}

/** A value of another kind weighs most, then a wrong word in a field of its own, which tells alternatives apart. */
function weightOf(problem: Problem, place: string): number {
  if (problem.place === place) return 1_000_000;
  const isOwnField = !problem.place.slice(place.length + 1).includes("/");
  return isOwnField && problem.expected.startsWith('"') && problem.got !== "nothing" ? 1000 : 1;
}

/** What a schema demands of a value itself, not of its parts. */
function wordsOf({ type, const: only, enum: options, anyOf, oneOf, ...rules }: Schema): string {
  if (only !== undefined) return JSON.stringify(only);
  if (options !== undefined) return options.map((option) => JSON.stringify(option)).join(" or ");
  if (anyOf !== undefined || oneOf !== undefined || type === undefined) return "a value";
  const { minLength, maxLength, pattern, minimum, maximum, exclusiveMinimum, minItems, maxItems } = rules;
  const limits = [
    pattern === undefined ? [] : `matching ${pattern}`,
    minLength === undefined && maxLength === undefined
      ? []
      : `of ${minLength ?? 0} to ${maxLength ?? "any"} characters`,
    minimum === undefined ? [] : `from ${minimum}`,
    exclusiveMinimum === undefined ? [] : `above ${exclusiveMinimum}`,
    maximum === undefined ? [] : `to ${maximum}`,
    minItems === undefined && maxItems === undefined ? [] : `of ${minItems ?? 0} to ${maxItems ?? "any"} items`,
  ];
  return [[type].flat().join(" or "), ...limits.flat()].join(" ");
}

/** Words of a choice are the Hub's, and show what it has added. All else may be somebody's. */
function kindOf(value: unknown, { const: only, enum: options }: Schema): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return `array of ${value.length}`;
  if (typeof value !== "string") return typeof value;
  const isWord = (only !== undefined || options !== undefined) && /^[a-z][a-z0-9_-]{0,30}$/i.test(value);
  return isWord && !/^hf_/i.test(value) ? JSON.stringify(value) : `string of ${value.length} characters`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
