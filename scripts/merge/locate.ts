import { exec } from "jsonpath-rfc9535";
import { isObject, methods, type Json, type JsonObject } from "../document/document.js";
import { quote } from "../cli/quote.js";

/** Where a query found something. */
export interface Location {
  value: Json;
  path: (string | number)[];
}

export function locate(document: JsonObject, query: string): Location[] {
  const found: Location[] = [];
  exec(document, query.trim(), (value, path) => found.push({ value: value as Json, path: [...path] }));
  return found;
}

/** Of the names that a query lists, those under which it finds nothing. */
export function missingNames(document: JsonObject, query: string): string[] {
  const [list = "", names = ""] = /\[\s*('[^']*'(?:\s*,\s*'[^']*')+)\s*\]/.exec(query) ?? [];
  const each = names.split(/\s*,\s*(?=')/).filter((name) => name !== "");
  return each.filter(
    (name) =>
      locate(
        document,
        query.replace(list, () => `[${name}]`),
      ).length === 0,
  );
}

/** A node as people name it: `GET /api/models parameters.limit`; members of a list by their own names. */
export function placeOf(document: JsonObject, path: readonly (string | number)[]): string {
  let node: Json | undefined = document;
  const steps = path.map((step) => {
    node = typeof node === "object" && node !== null ? (node as JsonObject)[step] : undefined;
    const name = isObject(node) ? node["name"] : node;
    return typeof step === "number" && typeof name === "string" ? name : String(step);
  });
  const [head, address = "", verb = "", ...rest] = steps;
  const isOperation = head === "paths" && (methods as readonly string[]).includes(verb);
  if (!isOperation) return quote(steps.join("."), 200);
  const inside = rest.join(".");
  return quote(`${verb.toUpperCase()} ${address}${inside === "" ? "" : ` ${inside}`}`, 200);
}
