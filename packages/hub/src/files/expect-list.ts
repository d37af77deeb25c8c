import { HubError } from "../errors.js";

/** @throws {HubError} when an answer lacks a list that it must have. */
export function expectList<T>(list: readonly T[] | undefined, what: string): readonly T[] {
  if (Array.isArray(list)) return list as readonly T[];
  throw new HubError(`the Hub's answer holds no list of ${what}`);
}
