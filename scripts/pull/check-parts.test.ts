import { describe, expect, it } from "vitest";
import { checkDocument } from "./check-document.js";
import type { Json, JsonObject } from "../document/document.js";
import { PipelineError } from "../cli/pipeline-error.js";

const withOperation = (operation: JsonObject): JsonObject => ({
  openapi: "3.1.0",
  paths: { "/a": { get: operation } },
});
const answering = (schema: Json): JsonObject =>
  withOperation({ responses: { "200": { content: { json: { schema } } } } });
const response = "json in the response 200 of GET /a";

describe("a part that is made otherwise than its place demands is refused with its place", () => {
  it.each<[string, JsonObject, string]>([
    [
      "a response",
      withOperation({ responses: { "200": null } }),
      "an object as the response 200 of GET /a, found null",
    ],
    ["a body", withOperation({ requestBody: "x" }), 'an object as the body of GET /a, found "x"'],
    [
      "a media type",
      withOperation({ requestBody: { content: { json: [] } } }),
      "an object as json in the body of GET /a",
    ],
    [
      "a parameter's schema",
      withOperation({ parameters: [{ name: "q", in: "query", schema: 1 }] }),
      "a schema at schema of the query parameter q of GET /a, found 1",
    ],
    ["required names", answering({ required: true }), `a list at schema.required of ${response}, found true`],
    ["a union", answering({ anyOf: { a: 1 } }), `a list at schema.anyOf of ${response}, found {"a":1}`],
    ["properties", answering({ properties: [] }), `schemas by name at schema.properties of ${response}, found []`],
    [
      "a property",
      answering({ properties: { x: null } }),
      `a schema at schema.properties.x of ${response}, found null`,
    ],
    ["a reference", answering({ $ref: 5 }), `a text at schema.$ref of ${response}, found 5`],
    [
      "a header",
      withOperation({ responses: { "200": { headers: { "X-A": null } } } }),
      "an object as the header X-A in the response 200 of GET /a, found null",
    ],
    [
      "a type that is none",
      answering({ properties: { x: { type: "strnig" } } }),
      `one of array, boolean, integer, null, number, object and string at schema.properties.x.type of ${response}, found "strnig"`,
    ],
    [
      "a type among others",
      withOperation({ parameters: [{ name: "q", in: "query", schema: { type: ["string", "file"] } }] }),
      'one of array, boolean, integer, null, number, object and string at schema.type of the query parameter q of GET /a, found "file"',
    ],
    ["items", answering({ items: [{}] }), `a schema at schema.items of ${response}, found [{}]`],
    ["a member", answering({ oneOf: [1] }), `a schema at schema.oneOf.0 of ${response}, found 1`],
    [
      "a named schema",
      { ...answering({}), components: { schemas: { A: { enum: 1 } } } },
      "a list at schema.enum of the schema A, found 1",
    ],
  ])("%s", (_, document, message) => {
    expect(() => checkDocument(document)).toThrow(PipelineError);
    expect(() => checkDocument(document)).toThrow(`Expected ${message}`);
  });
});

it("what is called as a keyword is, and values, are no schemas", () => {
  const schema = {
    properties: { required: { type: "boolean" }, anyOf: true, type: { const: { type: "x", items: [] } } },
    default: { required: true },
    additionalProperties: false,
  };
  expect(() => checkDocument(answering(schema))).not.toThrow();
});
