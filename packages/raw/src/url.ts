import { InvalidInputError } from "./invalid-input-error.js";

export type PathValues = Record<string, string | number>;
type QueryScalar = string | number | boolean | Date;
export type QueryValues = Record<string, QueryScalar | readonly QueryScalar[] | undefined>;

/** The one parameter that holds a whole file path, in every operation that has it: its slashes stay slashes. */
const filePathParameter = "path";

/**
 * Fills a path template. Each value stays inside its segment, whatever it contains: a revision such as `refs/pr/1`
 * arrives as `refs%2Fpr%2F1`, while a file path keeps its slashes.
 *
 * @throws {InvalidInputError} when a value is missing or empty, or is one that servers resolve away (`.` and `..`).
 */
export function serializePath(template: string, values: PathValues = {}): string {
  let path = "";
  let end = 0;
  // By hand, since each call of the Hub comes along here: `replace` with a function costs several times as much.
  for (let start = template.indexOf("{"); start >= 0; start = template.indexOf("{", end)) {
    const close = template.indexOf("}", start);
    if (close < 0) break;
    path += template.slice(end, start) + encodeValue(template.slice(start + 1, close), values);
    end = close + 1;
  }
  return path + template.slice(end);
}

function encodeValue(name: string, values: PathValues): string {
  const value = Object.hasOwn(values, name) ? values[name] : undefined;
  if (typeof value !== "string" && typeof value !== "number") throw new InvalidInputError(`${name} is missing`);
  if (typeof value === "number" && !Number.isFinite(value)) throw new InvalidInputError(`${name} is ${value}`);
  if (name !== filePathParameter) return encodeSegment(name, String(value));
  return String(value)
    .split("/")
    .map((segment) => encodeSegment(name, segment))
    .join("/");
}

function encodeSegment(name: string, segment: string): string {
  if (segment === "") throw new InvalidInputError(`${name} is empty or has an empty segment`);
  if (segment === "." || segment === "..") throw new InvalidInputError(`${name} must not be or contain "${segment}"`);
  return encode(segment);
}

/**
 * Writes a query string: lists repeat their key, dates are ISO 8601 in UTC, undefined is left out.
 *
 * @throws {InvalidInputError} for null, objects, and numbers or dates that are none.
 */
export function serializeQuery(values: QueryValues): string {
  let query = "";
  for (const name of Object.keys(values)) {
    const value = values[name];
    if (value === undefined) continue;
    if (Array.isArray(value)) for (const member of value) query += pair(name, member);
    else query += pair(name, value as QueryScalar);
  }
  return query.slice(1);
}

function pair(name: string, value: QueryScalar): string {
  return `&${encode(name)}=${encode(scalarText(name, value))}`;
}

function scalarText(name: string, value: QueryScalar): string {
  if (typeof value === "string") return value;
  if (typeof value === "boolean" || Number.isFinite(value)) return String(value);
  if (value instanceof Date && !Number.isNaN(value.getTime())) return value.toISOString();
  throw new InvalidInputError(`${name} is ${describe(value)}; expected a string, a finite number, a boolean or a date`);
}

function describe(value: unknown): string {
  if (value === null || typeof value === "number") return String(value);
  return value instanceof Date ? "an invalid date" : `of type ${typeof value}`;
}

/** A lone surrogate has no UTF-8 form; it becomes the replacement character, as it does in every URL API. */
function encode(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    return encodeURIComponent(text.replace(/[\ud800-\udfff]/gu, "\ufffd"));
  }
}
