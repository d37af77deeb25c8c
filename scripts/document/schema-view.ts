import { isObject, type Json, type JsonObject } from "./document.js";

/** A schema as a set of things that a value may be, however its author wrote the union down. */
export interface SchemaView {
  /** The listed values, without null. */
  values: Json[];
  nullable: boolean;
  /** What is no list: each with at most one type. An empty one allows anything. */
  members: JsonObject[];
}

export function viewOf(schema: Json | undefined): SchemaView {
  if (!isObject(schema)) return { values: [], nullable: false, members: schema === false ? [] : [{}] };
  const union = [schema["anyOf"], schema["oneOf"]].filter(Array.isArray).flat();
  if (union.length > 0) {
    const views = union.map(viewOf);
    return {
      values: distinct(views.flatMap(({ values }) => values)),
      nullable: views.some(({ nullable }) => nullable),
      members: views.flatMap(({ members }) => members),
    };
  }
  const listed = listedValues(schema);
  if (listed !== undefined) {
    return { values: listed.filter((value) => value !== null), nullable: listed.includes(null), members: [] };
  }
  const types = [schema["type"] ?? []].flat();
  const others = types.filter((type) => type !== "null");
  const nullable = types.includes("null");
  if (nullable && others.length === 0) return { values: [], nullable, members: [] };
  const merged = mergeParts(schema);
  const members = others.length > 1 ? others.map((type) => ({ ...merged, type })) : [withType(merged, others[0])];
  return { values: [], nullable, members };
}

export function listedValues(schema: JsonObject): Json[] | undefined {
  if (schema["const"] !== undefined) return [schema["const"]];
  return Array.isArray(schema["enum"]) ? schema["enum"] : undefined;
}

const withType = (schema: JsonObject, type: Json | undefined): JsonObject =>
  type === undefined || schema["type"] === type ? schema : { ...schema, type };

const mergeable = ["type", "properties", "required", "additionalProperties"];

/** `allOf` of plain objects is one object; anything else stays as it is. */
function mergeParts(schema: JsonObject): JsonObject {
  const { allOf: parts, ...own } = schema;
  if (!Array.isArray(parts)) return schema;
  const objects = [
    own,
    ...parts.map((part) => (isObject(part) && Array.isArray(part["allOf"]) ? mergeParts(part) : part)),
  ];
  if (!objects.slice(1).every((part) => isObject(part) && Object.keys(part).every((key) => mergeable.includes(key)))) {
    return schema;
  }
  return {
    ...own,
    type: "object",
    properties: Object.assign({}, ...objects.map((part) => (part as JsonObject)["properties"] ?? {})) as JsonObject,
    required: distinct(objects.flatMap((part) => ((part as JsonObject)["required"] ?? []) as Json[])),
  };
}

const distinct = (values: Json[]): Json[] => [
  ...new Map(values.map((value) => [JSON.stringify(value), value])).values(),
];

/** Pairs the members of two unions that are the same member, changed or not. */
export function pairMembers(before: JsonObject[], after: JsonObject[]): [JsonObject, JsonObject][] {
  const pairs: [JsonObject, JsonObject][] = [];
  const left = new Set(before);
  const right = new Set(after);
  const take = (fits: (a: JsonObject, b: JsonObject) => boolean): void => {
    for (const a of left) {
      const b = [...right].find((candidate) => fits(a, candidate));
      if (b === undefined) continue;
      pairs.push([a, b]);
      left.delete(a);
      right.delete(b);
    }
  };
  take((a, b) => JSON.stringify(a) === JSON.stringify(b));
  if (before.length === 1 && after.length === 1) take((a, b) => a["type"] === b["type"]);
  take((a, b) => a["type"] === "object" && b["type"] === "object" && marksAgree(a, b) === true);
  take((a, b) => a["type"] === b["type"] && a["type"] !== "object");
  take((a, b) => a["type"] === "object" && b["type"] === "object" && marksAgree(a, b) !== false && alike(a, b));
  return pairs;
}

/** Whether the constant properties tell that two objects are the same member; undefined when there is none to tell. */
function marksAgree(a: JsonObject, b: JsonObject): boolean | undefined {
  const [first, second] = [propertiesOf(a), propertiesOf(b)];
  const verdicts = Object.keys(first).flatMap((name) => {
    const [left, right] = [constantOf(first[name]), constantOf(second[name])];
    return left === undefined || right === undefined ? [] : [JSON.stringify(left) === JSON.stringify(right)];
  });
  return verdicts.length === 0 ? undefined : verdicts.every(Boolean);
}

function constantOf(schema: Json | undefined): Json | undefined {
  const values = isObject(schema) ? listedValues(schema) : undefined;
  return values?.length === 1 ? values[0] : undefined;
}

function alike(a: JsonObject, b: JsonObject): boolean {
  const [first, second] = [Object.keys(propertiesOf(a)), Object.keys(propertiesOf(b))];
  const shared = first.filter((name) => second.includes(name)).length;
  return shared * 2 >= new Set([...first, ...second]).size;
}

export function propertiesOf(schema: JsonObject): JsonObject {
  return isObject(schema["properties"]) ? schema["properties"] : {};
}

/** A schema in a few words, the way a type would say it. */
export function typeText(schema: Json | undefined): string {
  const { values, nullable, members } = viewOf(schema);
  const words = [
    ...values.slice(0, 3).map((value) => JSON.stringify(value)),
    ...(values.length > 3 ? ["…"] : []),
    ...members.map(memberText),
    ...(nullable ? ["null"] : []),
  ];
  return [...new Set(words)].join(" | ") || "never";
}

function memberText(member: JsonObject): string {
  if (member["type"] === "array") {
    const items = typeText(member["items"]);
    return items.includes("|") ? `(${items})[]` : `${items}[]`;
  }
  return typeof member["type"] === "string" ? member["type"] : "unknown";
}
