import { longestTimer } from "../async/abortable.js";
import { HubInputError } from "../errors.js";

/** Milliseconds that the caller gave; Infinity for what no timer can count. */
export function duration(name: string, value: number | undefined, fallback: number): number {
  if (value === undefined) return fallback;
  if (!(typeof value === "number" && value > 0))
    throw new HubInputError(`${name} is ${shown(value)}; expected milliseconds above 0`);
  return value > longestTimer ? Infinity : value;
}

export function count(name: string, value: number): number {
  if (!Number.isSafeInteger(value) || value < 0)
    throw new HubInputError(`${name} is ${shown(value)}; expected a whole number from 0`);
  return value;
}

/** A number in quotes looks like one in a message unless the quotes are shown. */
const shown = (value: unknown): string =>
  typeof value === "string" ? `the string ${JSON.stringify(value.slice(0, 40))}` : String(value);

/** What a header or a cursor says in digits. */
export const wholeNumber = (text: string | null | undefined): number | undefined =>
  typeof text === "string" && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
