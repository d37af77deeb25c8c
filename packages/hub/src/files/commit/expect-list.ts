import { HubError } from "../../errors.js";

/** @throws {HubError} when a response lacks a list of objects that it must have. */
export function expectList<T>(list: readonly T[] | undefined, what: string): readonly T[] {
  const isList = Array.isArray(list) && list.every((item) => typeof item === "object" && item !== null);
  if (isList) return list as readonly T[];
  throw new HubError(`the Hub's response holds no list of ${what}`);
}
