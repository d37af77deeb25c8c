import { isObject, type Json } from "./document.js";

const width = 120;

/** JSON that people can read and diff: a value stands on one line where it fits. */
export function jsonText(value: Json, indent = ""): string {
  const flat = JSON.stringify(value);
  if (indent.length + flat.length <= width - 40 || (!Array.isArray(value) && !isObject(value))) return flat;
  const inner = `${indent} `;
  if (Array.isArray(value)) {
    return `[\n${value.map((member) => inner + jsonText(member, inner)).join(",\n")}\n${indent}]`;
  }
  const members = Object.entries(value).map(
    ([key, member]) => `${inner}${JSON.stringify(key)}: ${jsonText(member, inner)}`,
  );
  return `{\n${members.join(",\n")}\n${indent}}`;
}
