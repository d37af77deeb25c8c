import { Refusal } from "./refusal.js";

/** A JSON object that came from outside: nothing is known about its members. */
export type Fields = Record<string, unknown>;

export function asFields(value: unknown): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw invalid("Expected a JSON object");
  return value as Fields;
}

export function requiredText(fields: Fields, name: string): string {
  return optionalText(fields, name) ?? missing(name);
}

/** Undefined when the member is absent or null, which the Hub treats alike. */
export function optionalText(fields: Fields, name: string): string | undefined {
  return optional(fields, name, "string");
}

export function optionalFlag(fields: Fields, name: string): boolean | undefined {
  return optional(fields, name, "boolean");
}

export function optionalNumber(fields: Fields, name: string): number | undefined {
  return optional(fields, name, "number");
}

export function requiredNumber(fields: Fields, name: string): number {
  return optionalNumber(fields, name) ?? missing(name);
}

export function optionalFields(fields: Fields, name: string): Fields | undefined {
  const value = fields[name];
  return value === undefined || value === null ? undefined : asFields(value);
}

export function requiredList(fields: Fields, name: string): unknown[] {
  return optionalList(fields, name) ?? missing(name);
}

export function optionalList(fields: Fields, name: string): unknown[] | undefined {
  const value = fields[name];
  if (value === undefined || value === null) return undefined;
  return Array.isArray(value) ? value : wrongType(name, "array");
}

/** One of the allowed texts; undefined when the member is absent. */
export function optionalChoice<T extends string>(fields: Fields, name: string, allowed: readonly T[]): T | undefined {
  const value = optionalText(fields, name);
  return value === undefined ? undefined : choice(value, name, allowed);
}

export function requiredChoice<T extends string>(fields: Fields, name: string, allowed: readonly T[]): T {
  return optionalChoice(fields, name, allowed) ?? missing(name);
}

/** The value itself if it is allowed, else a response that lists what is. */
export function choice<T extends string>(value: string, name: string, allowed: readonly T[]): T {
  const found = allowed.find((candidate) => candidate === value);
  if (found !== undefined) return found;
  throw invalid(`Invalid option: expected one of ${allowed.map((option) => JSON.stringify(option)).join("|")}`, name);
}

/** The value itself, unless neither a repository nor a bucket may have it as its name. */
export function repoName(value: string, place: string): string {
  if (/^(?!.*(--|\.\.))(?!.*\.git$)[A-Za-z0-9_.-]{1,96}$/.test(value)) return value;
  throw invalid("Invalid repo name", place);
}

/** The Hub marks a failed validation with this sign, then names the place. */
export function invalid(reason: string, place?: string): Refusal {
  return new Refusal(400, place ? `✖ ${reason}\n  → at ${place}` : `✖ ${reason}`);
}

interface Primitives {
  string: string;
  boolean: boolean;
  number: number;
}

function optional<T extends keyof Primitives>(fields: Fields, name: string, type: T): Primitives[T] | undefined {
  const value = fields[name];
  if (value === undefined || value === null) return undefined;
  return typeof value === type ? (value as Primitives[T]) : wrongType(name, type);
}

function missing(name: string): never {
  throw invalid("Invalid input: expected a value, received undefined", name);
}

function wrongType(name: string, type: string): never {
  throw invalid(`Invalid input: expected ${type}`, name);
}
