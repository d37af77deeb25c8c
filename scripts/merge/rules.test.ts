import { describe, expect, it } from "vitest";
import type { Document, Json, JsonObject } from "../document/document.js";
import { applyRules, declareFailures, markFilePaths } from "./rules.js";

const withOperation = (operation: JsonObject, more: JsonObject = {}): Document => ({
  openapi: "3.1.0",
  paths: { "/a": { post: operation } },
  ...more,
});

/** The operation after the rules. */
const ruled = (operation: JsonObject): JsonObject =>
  applyRules(withOperation(operation)).paths["/a"]?.["post"] as JsonObject;

const json = (schema: Json): JsonObject => ({ content: { "application/json": { schema } } });

describe("a request body", () => {
  it.each<[string, Json]>([
    ["an object that requires a name", { type: "object", properties: { a: {} }, required: ["a"] }],
    ["an array", { type: "array" }],
    ["a text", { type: "string" }],
    ["a union of these", { anyOf: [{ type: "array" }, { properties: { a: {} }, required: ["a"] }] }],
    ["a choice of these", { oneOf: [{ type: "array" }, { type: "string" }] }],
    ["an intersection with one of these", { allOf: [{ type: "object" }, { properties: { a: {} }, required: ["a"] }] }],
  ])("becomes required where it is %s", (_, schema) => {
    expect(ruled({ requestBody: json(schema) })).toEqual({ requestBody: { ...json(schema), required: true } });
  });

  const referring = (schemas: JsonObject): Document =>
    withOperation({ requestBody: json({ $ref: "#/components/schemas/A" }) }, { components: { schemas } });
  const requiredOf = (schemas: JsonObject): Json | undefined =>
    (applyRules(referring(schemas)).paths["/a"]?.["post"]?.["requestBody"] as JsonObject | undefined)?.["required"];

  it("becomes required where its schema is named elsewhere, by whatever way", () => {
    const closed = { type: "object", properties: { a: {} }, required: ["a"] };
    expect(requiredOf({ A: closed })).toBe(true);
    expect(requiredOf({ A: { allOf: [{ $ref: "#/components/schemas/B" }] }, B: closed })).toBe(true);
    expect(requiredOf({ A: { type: "object", properties: { a: {} } } })).toBeUndefined();
  });

  it("is put right where its schema is named elsewhere as it is in its place", () => {
    const loose = {
      type: "object",
      properties: { flag: { anyOf: [{ type: "boolean" }, {}] } },
      additionalProperties: false,
    };
    expect(applyRules(referring({ A: loose }))["components"]).toEqual({
      schemas: { A: { ...loose, properties: { flag: { type: "boolean" } } } },
    });
  });

  it("stays optional where its schema is named in a circle", () => {
    const next = (name: string): JsonObject => ({ anyOf: [{ $ref: `#/components/schemas/${name}` }] });
    expect(requiredOf({ A: next("B"), B: next("A") })).toBeUndefined();
  });

  it.each<[string, Json]>([
    ["an object that requires nothing", { type: "object", properties: { a: {} } }],
    ["an object with an empty list of required names", { type: "object", required: [] }],
    ["a union with one of those", { anyOf: [{ type: "array" }, { type: "object" }] }],
    ["anything", {}],
    ["true", true],
    ["an empty union", { anyOf: [] }],
  ])("stays optional where it is %s", (_, schema) => {
    expect(ruled({ requestBody: json(schema) })).toEqual({ requestBody: json(schema) });
  });

  const flag = (schema: Json): Json => json({ type: "object", properties: { flag: schema } });

  it.each<[Json, Json]>([
    [{ anyOf: [{ type: "boolean" }, {}] }, { type: "boolean" }],
    [{ oneOf: [{ default: false }, { type: "boolean", default: false }] }, { type: "boolean", default: false }],
    [
      { anyOf: [{ type: "boolean", default: false }, {}], default: true },
      { type: "boolean", default: true },
    ],
  ])("holds %j as a flag", (given, expected) => {
    expect(ruled({ requestBody: flag(given) })).toEqual({ requestBody: flag(expected) });
  });

  it.each<[Json]>([
    [{}],
    [{ anyOf: [{ type: "string" }, {}] }],
    [{ anyOf: [{ type: "boolean" }, { type: "string" }] }],
    [{ anyOf: [{ type: "boolean" }, { type: "string" }, {}] }],
    [{ anyOf: [{}, {}] }],
    [{ anyOf: [{ type: "boolean" }] }],
  ])("holds %j as it is", (schema) => {
    expect(ruled({ requestBody: flag(schema) })).toEqual({ requestBody: flag(schema) });
  });

  it("stays closed, so that a misspelt field is found", () => {
    const schema = { type: "object", additionalProperties: false };
    expect(ruled({ requestBody: json(schema) })).toEqual({ requestBody: json(schema) });
  });
});

describe("a query parameter", () => {
  const parameter = (place: string, schema: Json): JsonObject => ({ parameters: [{ name: "q", in: place, schema }] });

  it.each<[Json]>([[{}], [{ default: true }], [{ deprecated: true }]])("with the schema %j is a flag", (schema) => {
    expect(ruled(parameter("query", schema))).toEqual(
      parameter("query", { ...(schema as JsonObject), type: "boolean" }),
    );
  });

  it.each<[string, Json]>([
    ["query", { type: "string" }],
    ["query", { enum: ["a"] }],
    ["query", { $ref: "#/components/schemas/A" }],
    ["query", { default: 3 }],
    ["query", true],
    ["path", {}],
    ["header", {}],
  ])("in %s with the schema %j is left alone", (place, schema) => {
    expect(ruled(parameter(place, schema))).toEqual(parameter(place, schema));
  });
});

it("a query parameter that is a boolean or anything is a flag", () => {
  const parameter = (schema: Json): JsonObject => ({ parameters: [{ name: "q", in: "query", schema }] });
  expect(ruled(parameter({ anyOf: [{ type: "boolean" }, {}], default: false }))).toEqual(
    parameter({ type: "boolean", default: false }),
  );
});

describe("a header parameter", () => {
  it.each(["Accept", "content-type", "AUTHORIZATION"])("named %s is dropped", (name) => {
    expect(ruled({ parameters: [{ name, in: "header" }] })).toEqual({ parameters: [] });
  });

  it.each([
    ["X-Accept", "header"],
    ["accept", "query"],
    ["range", "header"],
  ])("named %s in %s stays", (name, place) => {
    expect(ruled({ parameters: [{ name, in: place }] })).toEqual({ parameters: [{ name, in: place }] });
  });
});

describe("a response", () => {
  const closed = (properties: JsonObject): JsonObject => ({ additionalProperties: false, properties, type: "object" });
  const open = (properties: JsonObject): JsonObject => ({ properties, type: "object" });

  it("is open for fields that the document does not know, at any depth", () => {
    const before = closed({ list: { items: { anyOf: [closed({}), { type: "null" }] } } });
    const after = open({ list: { items: { anyOf: [open({}), { type: "null" }] } } });
    expect(ruled({ responses: { "200": json(before) } })).toEqual({ responses: { "200": json(after) } });
  });

  it("keeps a property that is named additionalProperties, and what describes more fields", () => {
    const schema = { ...open({ additionalProperties: false }), additionalProperties: { type: "string" } };
    expect(ruled({ responses: { "200": json(schema) } })).toEqual({ responses: { "200": json(schema) } });
  });

  it("may be a boolean or anything, as long as the Hub says no more", () => {
    const schema = open({ a: { anyOf: [{ type: "boolean" }, {}] } });
    expect(ruled({ responses: { "200": json(schema) } })).toEqual({ responses: { "200": json(schema) } });
  });

  it("requires no name that it does not declare", () => {
    const requiring = (...required: string[]): JsonObject => ({
      responses: { "200": json({ ...open({ a: {} }), required }) },
    });
    expect(ruled(requiring("a", "b"))).toEqual(requiring("a"));
    expect(ruled(requiring("b"))).toEqual({ responses: { "200": json(open({ a: {} })) } });
  });

  it("keeps required names where another part of the schema declares them", () => {
    const schema = { allOf: [open({ a: {} })], required: ["a"] };
    expect(ruled({ responses: { "200": json(schema) } })).toEqual({ responses: { "200": json(schema) } });
  });

  it("keeps required names where another part of an intersection declares them", () => {
    const schema = { allOf: [open({ a: {} }), { ...open({ b: {} }), required: ["a", "b"] }] };
    expect(ruled({ responses: { "200": json(schema) } })).toEqual({ responses: { "200": json(schema) } });
  });

  it("keeps required names that an object's prototype has as well", () => {
    const schema = { ...open({ constructor: {} }), required: ["constructor"] };
    expect(ruled({ responses: { "200": json(schema) } })).toEqual({ responses: { "200": json(schema) } });
  });
});

describe("a response without a body", () => {
  const nothing = json({});
  const something = json({ type: "object", properties: { a: { type: "string" } } });

  it.each([
    ["204", something, {}],
    ["304", something, {}],
    ["302", nothing, {}],
    ["308", { content: { "application/json": {} } }, {}],
    ["302", something, something],
    ["200", nothing, nothing],
  ])("with status %s and %j holds %j", (status, given, expected) => {
    expect(ruled({ responses: { [status]: given } })).toEqual({ responses: { [status]: expected } });
  });
});

it("the path of a file keeps its slashes in every operation, those of the overlay included", () => {
  const parameters = [
    { name: "path", in: "path" },
    { name: "path", in: "query" },
    { name: "rev", in: "path" },
  ];
  const marked = markFilePaths(withOperation({ parameters })).paths["/a"]?.["post"]?.["parameters"];
  expect(marked).toEqual([{ ...parameters[0], "x-multi-segment": true }, parameters[1], parameters[2]]);
});

describe("a named schema", () => {
  const used: JsonObject = { type: "object", properties: { a: { type: "string" } } };

  it("that nothing refers to is dropped; one in use stays and is open", () => {
    const document = withOperation(
      { responses: { "200": json({ $ref: "#/components/schemas/Used" }) } },
      { components: { schemas: { Used: { ...used, additionalProperties: false }, Use: {}, Unused: {} } } },
    );
    expect(applyRules(document)["components"]).toEqual({ schemas: { Used: used } });
  });
});

it("the document that was given is left alone", () => {
  const given = withOperation({
    requestBody: json({ type: "array" }),
    responses: { "200": json({ additionalProperties: false }) },
  });
  const copy = structuredClone(given);
  applyRules(given);
  expect(given).toEqual(copy);
});

describe("the response of an operation that fails", () => {
  const components = { responses: { Failure: json({}) } };
  const declared = (responses?: JsonObject): Json | undefined =>
    declareFailures(withOperation(responses === undefined ? {} : { responses }, { components })).paths["/a"]?.[
      "post"
    ]?.["responses"];
  const failure = { $ref: "#/components/responses/Failure" };

  it.each<[string, JsonObject | undefined, JsonObject]>([
    ["joins its successful one", { "200": json({}) }, { "200": json({}), default: failure }],
    ["stands where nothing was declared", undefined, { default: failure }],
    ["leaves what the operation itself declares", { default: json({}) }, { default: json({}) }],
  ])("%s", (_, responses, expected) => {
    expect(declared(responses)).toEqual(expected);
  });

  it("is left out of a document that has no such response", () => {
    const document = withOperation({ responses: {} });
    expect(declareFailures(document)).toEqual(document);
  });
});
