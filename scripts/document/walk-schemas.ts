import { isObject, type Json, type JsonObject } from "./document.js";

const maps = ["properties", "patternProperties", "$defs", "schemas", "responses"];
const values = ["default", "const", "enum", "example", "examples"];

/**
 * Visits objects that carry a schema's keywords; a map of names is looked through, never taken for a schema, and
 * neither is a value that a schema tells of.
 */
export function walkSchemas(value: Json, visit: (schema: JsonObject) => unknown, isMap = false): void {
  if (Array.isArray(value)) {
    for (const member of value) walkSchemas(member, visit);
  } else if (isObject(value)) {
    if (!isMap) visit(value);
    for (const [key, member] of Object.entries(value)) {
      if (isMap || !values.includes(key)) walkSchemas(member, visit, !isMap && maps.includes(key));
    }
  }
}
