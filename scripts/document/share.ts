import { isObject, type Json, type JsonObject } from "./document.js";

/**
 * The reverse of inlining: object schemas that stand in several places are written once and referred to. Nothing but
 * speed depends on it: whatever reads the document reads each of them once.
 */
export function shareSchemas(paths: JsonObject): { paths: JsonObject; components: JsonObject } {
  const ids = new Map<string, number>();
  const idOf = new Map<JsonObject | Json[], number>();
  const uses = new Map<number, number>();

  const count = (value: Json): string => {
    if (typeof value !== "object" || value === null) return JSON.stringify(value);
    const known = idOf.get(value);
    const text =
      known === undefined
        ? Array.isArray(value)
          ? `[${value.map(count).join()}]`
          : `{${Object.entries(value)
              .map(([key, member]) => `${JSON.stringify(key)}:${count(member)}`)
              .join()}}`
        : undefined;
    const id = known ?? ids.get(text ?? "") ?? ids.size;
    if (text !== undefined) ids.set(text, id);
    idOf.set(value, id);
    uses.set(id, (uses.get(id) ?? 0) + 1);
    return `#${id}`;
  };
  count(paths);

  const schemas: JsonObject = {};
  const write = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(write);
    if (!isObject(value)) return value;
    const id = idOf.get(value) ?? 0;
    if (!isObjectSchema(value) || (uses.get(id) ?? 0) < 2) return members(value);
    const name = `S${id}`;
    if (!Object.hasOwn(schemas, name)) {
      schemas[name] = {};
      schemas[name] = members(value);
    }
    return { $ref: `#/components/schemas/${name}` };
  };
  const members = (value: JsonObject): JsonObject =>
    Object.fromEntries(
      Object.entries(value)
        .filter(([key, member]) => !isDiscriminator(key, member))
        .map(([key, member]) => [key, write(member)]),
    );
  return { paths: members(paths), components: { schemas } };
}

// It tells schemas apart by names that are no longer there, and generators would believe those that are made up here.
const isDiscriminator = (key: string, value: Json): boolean =>
  key === "discriminator" && isObject(value) && typeof value["propertyName"] === "string";

// A map of properties may have one that is called `type`; that one is a schema, no word.
const isObjectSchema = (value: JsonObject): boolean => value["type"] === "object" && isObject(value["properties"]);
