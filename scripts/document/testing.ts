import type { Document, JsonObject } from "./document.js";

/** A document of a few operations: verb and path → operation. */
export function documentOf(operations: Record<string, JsonObject>): Document {
  const paths: Document["paths"] = {};
  for (const [label, operation] of Object.entries(operations)) {
    const [verb = "", path = ""] = label.split(" ");
    paths[path] = { ...paths[path], [verb.toLowerCase()]: operation };
  }
  return { openapi: "3.1.0", info: { title: "Test", version: "1" }, paths };
}

/** An operation that takes and returns JSON. */
export function json({
  body,
  response,
  query,
}: {
  body?: JsonObject;
  response?: JsonObject;
  query?: JsonObject;
}): JsonObject {
  const content = (schema: JsonObject): JsonObject => ({ content: { "application/json": { schema } } });
  return {
    ...(query === undefined
      ? {}
      : { parameters: Object.entries(query).map(([name, schema]) => ({ in: "query", name, schema })) }),
    ...(body === undefined ? {} : { requestBody: { required: true, ...content(body) } }),
    responses: { "200": { description: "", ...(response === undefined ? {} : content(response)) } },
  };
}

/** An object schema; a name with a `?` is optional. */
export function object(properties: Record<string, JsonObject>): JsonObject {
  const names = Object.keys(properties);
  const required = names.filter((name) => !name.endsWith("?"));
  return {
    type: "object",
    properties: Object.fromEntries(names.map((name) => [name.replace("?", ""), properties[name] as JsonObject])),
    ...(required.length > 0 ? { required } : {}),
  };
}

export const text: JsonObject = { type: "string" };
export const number: JsonObject = { type: "number" };
export const oneOf = (...values: string[]): JsonObject => ({ type: "string", enum: values });
