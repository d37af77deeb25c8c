import { inspect } from "node:util";

/** An expected rejection; the error has these properties. */
export class Rejection {
  readonly properties: object;

  constructor(properties: object) {
    this.properties = properties;
  }
}

export const rejects = (properties: object): Rejection => new Rejection(properties);

/**
 * Says where a value is not as expected, or nothing if it is. Of an object only the expected properties count; a list
 * has the same length; a regular expression and a function test what stands in their place.
 */
export function difference(actual: unknown, expected: unknown, place = "result"): string | undefined {
  if (expected instanceof Rejection) return difference(actual, expected.properties, "error");
  if (typeof expected === "function")
    return expected(actual) === true ? undefined : unexpected(place, actual, expected);
  if (expected instanceof RegExp) {
    return typeof actual === "string" && expected.test(actual) ? undefined : unexpected(place, actual, expected);
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length) return unexpected(place, actual, expected);
    return firstOf(expected.map((item, index) => difference(actual[index], item, `${place}[${index}]`)));
  }
  if (typeof expected === "object" && expected !== null) {
    if (typeof actual !== "object" || actual === null) return unexpected(place, actual, expected);
    const properties = new Map(Object.keys(expected).map((name) => [name, Reflect.get(actual, name) as unknown]));
    return firstOf(
      Object.entries(expected).map(([name, item]) => difference(properties.get(name), item, `${place}.${name}`)),
    );
  }
  return Object.is(actual, expected) ? undefined : unexpected(place, actual, expected);
}

const firstOf = (differences: readonly (string | undefined)[]): string | undefined =>
  differences.find((it) => it !== undefined);

const unexpected = (place: string, actual: unknown, expected: unknown): string =>
  `${place} is ${brief(actual)}, not ${typeof expected === "function" ? `one for which ${expected.toString()}` : brief(expected)}`;

export function brief(value: unknown): string {
  const text = inspect(value, { depth: 2, breakLength: Infinity, maxArrayLength: 10, maxStringLength: 200 });
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}
