import { isObject, type Document, type Json } from "../document/document.js";
import { resolved, type Taken } from "./facts.js";

/** The first of what texts are usually made of that a schema takes. */
const texts = [
  "example",
  "66670e5163145ca562cb1988",
  "0123456789abcdef0123456789abcdef01234567",
  "a".repeat(64),
  "c9bf9e57-1685-4c89-bafb-ff5af830be8a",
  "2026-01-31",
  "2026-01-31T12:00:00.000Z",
  "https://example.com/a",
  "ada@example.com",
  "ns/repo",
  "1",
  "EXAMPLE",
];

const byFormat: Record<string, string> = {
  uri: "https://example.com/a",
  url: "https://example.com/a",
  email: "ada@example.com",
  uuid: "c9bf9e57-1685-4c89-bafb-ff5af830be8a",
  date: "2026-01-31",
  "date-time": "2026-01-31T12:00:00.000Z",
};

/** A value that a schema takes; undefined where none is found. */
export function sampleOf(document: Document, given: Json | undefined, depth = 0): Json | undefined {
  const schema = resolved(document, given);
  if (!isObject(schema)) return "example";
  if (depth > 6) return undefined;
  if (schema["const"] !== undefined) return schema["const"];
  if (Array.isArray(schema["enum"])) return schema["enum"].find((value) => value !== null) ?? null;
  for (const key of ["anyOf", "oneOf"]) {
    const parts = schema[key];
    if (!Array.isArray(parts)) continue;
    const values = parts.map((part) => sampleOf(document, part, depth + 1));
    return values.find((value) => value !== undefined && value !== null) ?? (values.includes(null) ? null : undefined);
  }
  const [type] = [schema["type"] ?? (schema["properties"] === undefined ? "string" : "object")].flat();
  if (type === "boolean") return true;
  if (type === "integer" || type === "number") return sampleNumber(schema);
  if (type === "null") return null;
  if (type === "array") return sampleList(document, schema, depth);
  if (type === "object") return sampleObject(document, schema, depth);
  return sampleText(schema);
}

/** Whether a value that others use fits here as well. */
export function fits(document: Document, given: Json | undefined, value: Json): boolean {
  const schema = resolved(document, given);
  if (!isObject(schema)) return true;
  const parts = [schema["anyOf"], schema["oneOf"]].find(Array.isArray);
  if (parts !== undefined) return parts.some((part) => fits(document, part, value));
  if (schema["const"] !== undefined) return schema["const"] === value;
  if (Array.isArray(schema["enum"])) return schema["enum"].includes(value);
  const types = [schema["type"] ?? "string"].flat();
  if (typeof value === "string") return types.includes("string") && fitsText(schema, value);
  if (typeof value !== "number") return false;
  return (
    (types.includes("number") || (types.includes("integer") && Number.isInteger(value))) && fitsNumber(schema, value)
  );
}

function fitsNumber(schema: { [key: string]: Json }, value: number): boolean {
  const bound = (name: string, none: number): number => Number(schema[name] ?? none);
  return (
    value >= bound("minimum", -Infinity) &&
    value <= bound("maximum", Infinity) &&
    value > bound("exclusiveMinimum", -Infinity) &&
    value < bound("exclusiveMaximum", Infinity) &&
    value % bound("multipleOf", value || 1) === 0
  );
}

const formats: Record<string, RegExp> = {
  uri: /^[a-z][a-z0-9+.-]*:\/\//i,
  url: /^https?:\/\//i,
  email: /^[^@\s]+@[^@\s]+$/,
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  date: /^\d{4}-\d\d-\d\d$/,
  "date-time": /^\d{4}-\d\d-\d\dT/,
};

function fitsText(schema: { [key: string]: Json }, text: string): boolean {
  const least = Number(schema["minLength"] ?? 0);
  const most = Number(schema["maxLength"] ?? Infinity);
  if (text.length < least || text.length > most) return false;
  const format = String(schema["format"] ?? "");
  if (Object.hasOwn(formats, format) && formats[format]?.test(text) === false) return false;
  if (typeof schema["pattern"] !== "string") return true;
  try {
    return new RegExp(schema["pattern"]).test(text);
  } catch {
    return false;
  }
}

function sampleText(schema: { [key: string]: Json }): string | undefined {
  const format = String(schema["format"] ?? "");
  const likely = Object.hasOwn(byFormat, format) ? [byFormat[format] ?? "", ...texts] : texts;
  const padded = "example"
    .padEnd(Number(schema["minLength"] ?? 0), "x")
    .slice(0, Number(schema["maxLength"] ?? Infinity));
  return [...likely, padded].find((text) => fitsText(schema, text));
}

function sampleNumber(schema: { [key: string]: Json }): number | undefined {
  const least = Number(schema["minimum"] ?? Number(schema["exclusiveMinimum"] ?? 0) + 1);
  const step = Number(schema["multipleOf"] ?? 1);
  const likely = [Math.max(1, Math.ceil(least)), Math.ceil(least / step) * step, Number(schema["maximum"] ?? 1), least];
  return likely.find((value) => fitsNumber(schema, value));
}

function sampleList(document: Document, schema: { [key: string]: Json }, depth: number): Json | undefined {
  const count = Math.max(1, Number(schema["minItems"] ?? 0));
  const item = sampleOf(document, schema["items"], depth + 1);
  return item === undefined ? undefined : Array.from({ length: count }, () => item);
}

function sampleObject(document: Document, schema: { [key: string]: Json }, depth: number): Json | undefined {
  const properties = isObject(schema["properties"]) ? schema["properties"] : {};
  const required = Array.isArray(schema["required"]) ? schema["required"].map(String) : [];
  const entries = required.map((name) => [name, sampleOf(document, properties[name], depth + 1)] as const);
  if (entries.some(([, value]) => value === undefined)) return undefined;
  return Object.fromEntries(entries) as { [key: string]: Json };
}

/** What a call has to give, and of what it may give a little, so that it shows how. */
export const worthShowing = (taken: readonly Taken[], most: number): Taken[] => [
  ...taken.filter(({ required }) => required),
  ...taken.filter(({ required }) => !required).slice(0, most),
];
