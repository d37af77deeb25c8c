import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { resolvePointer, type Document, type Json, type JsonObject, type Schema } from "../document/document.js";
import { jsonText } from "../document/json-text.js";
import { fingerprint, normalise } from "./normalise.js";

/** A document with one operation that responses the schema. */
const answering = (schema: Schema): Document => ({
  openapi: "3.1.0",
  paths: { "/a": { get: { responses: { "200": { content: { "application/json": { schema } } } } } } },
});
const withOperation = (operation: JsonObject): Document => ({ openapi: "3.1.0", paths: { "/a": { get: operation } } });

const at = (kind: string): JsonObject => ({ $ref: `#/components/${kind}/A` });
const text = (document: Document): string => jsonText(normalise(document));

/** What is left of a schema. */
function normalised(schema: Schema): Json | undefined {
  return resolvePointer(normalise(answering(schema)), "#/paths/~1a/get/responses/200/content/application~1json/schema");
}

describe("noise that leaves the bytes as they are", () => {
  it.each<[string, Schema, Schema]>([
    ["order of keys", { type: "string", minLength: 1 }, { minLength: 1, type: "string" }],
    ["order of required names", { required: ["a", "b"] }, { required: ["b", "a"] }],
    ["order of enum members", { enum: ["a", "b", 1, null] }, { enum: [null, "b", 1, "a"] }],
    ["order of types", { type: ["string", "null"] }, { type: ["null", "string"] }],
    ["order of anyOf", { anyOf: [{ type: "string" }, { const: 1 }] }, { anyOf: [{ const: 1 }, { type: "string" }] }],
    ["order of oneOf", { oneOf: [{ const: 1 }, { const: 2 }] }, { oneOf: [{ const: 2 }, { const: 1 }] }],
    ["order of allOf", { allOf: [{ minimum: 1 }, { maximum: 2 }] }, { allOf: [{ maximum: 2 }, { minimum: 1 }] }],
    ["a repeated union member", { anyOf: [{ const: 1 }, { const: 1 }] }, { anyOf: [{ const: 1 }] }],
    ["a title", { type: "string" }, { type: "string", title: "Name" }],
    ["a description, deep inside", { items: { not: {} } }, { items: { not: { description: "No." } } }],
    ["examples", { type: "string" }, { type: "string", example: "a", examples: ["a"] }],
    ["a comment and a dialect", { type: "string" }, { type: "string", $comment: "x", $schema: "https://x.y/z" }],
    ["an identifier", { type: "string" }, { type: "string", $id: "https://x.y/z", id: "z" }],
    ["outside documentation", { type: "string" }, { type: "string", externalDocs: { url: "https://x.y" } }],
    ["prose in a union", { anyOf: [{ const: 1 }] }, { anyOf: [{ const: 1, description: "One." }] }],
    ["prose in a tuple", { prefixItems: [{ const: 1 }] }, { prefixItems: [{ const: 1, title: "One" }] }],
    ["prose of a pattern", { patternProperties: { "^a": {} } }, { patternProperties: { "^a": { title: "A" } } }],
  ])("%s", (_, one, other) => {
    expect(text(answering(other))).toBe(text(answering(one)));
  });

  it.each<[string, JsonObject, JsonObject]>([
    [
      "order of parameters",
      {
        parameters: [
          { name: "a", in: "query" },
          { name: "b", in: "path" },
        ],
      },
      {
        parameters: [
          { name: "b", in: "path" },
          { name: "a", in: "query" },
        ],
      },
    ],
    ["order of tags", { tags: ["a", "b"] }, { tags: ["b", "a"] }],
    ["prose of an operation", { tags: [] }, { tags: [], summary: "A", description: "B", externalDocs: {} }],
    ["a flag that is off", { parameters: [] }, { parameters: [], deprecated: false }],
    [
      "a parameter's flags that are off, its prose and its examples",
      { parameters: [{ name: "a", in: "query" }] },
      { parameters: [{ name: "a", in: "query", required: false, deprecated: false, description: "A", example: 1 }] },
    ],
    [
      "prose of a body",
      { requestBody: { content: {} } },
      { requestBody: { description: "A", required: false, content: {} } },
    ],
    ["prose of a response", { responses: { "200": {} } }, { responses: { "200": { description: "Fine." } } }],
    [
      "prose of a header",
      { responses: { "200": { headers: { Link: { schema: {} } } } } },
      { responses: { "200": { headers: { Link: { description: "Next.", schema: { title: "Link" } } } } } },
    ],
    [
      "examples of a media type",
      { requestBody: { content: { json: { schema: {} } } } },
      { requestBody: { content: { json: { schema: {}, examples: { a: { value: 1 } } } } } },
    ],
  ])("%s", (_, one, other) => {
    expect(text(withOperation(other))).toBe(text(withOperation(one)));
  });

  it.each<[string, JsonObject, JsonObject, JsonObject]>([
    [
      "a parameter",
      { parameters: [{ name: "a", in: "query" }] },
      { parameters: [at("parameters")] },
      { name: "a", in: "query" },
    ],
    ["a body", { requestBody: { required: true } }, { requestBody: at("requestBodies") }, { required: true }],
    [
      "a response",
      { responses: { "200": { content: {} } } },
      { responses: { "200": at("responses") } },
      { content: {} },
    ],
    [
      "a header",
      { responses: { "200": { headers: { Link: { schema: {} } } } } },
      { responses: { "200": { headers: { Link: at("headers") } } } },
      { schema: {} },
    ],
  ])("%s that moved to the components", (_, one, other, part) => {
    const kinds = ["parameters", "requestBodies", "responses", "headers"];
    const components = Object.fromEntries(
      kinds.map((kind) => [kind, { A: { $ref: `#/components/${kind}/B` }, B: part }]),
    );
    const moved = { ...withOperation(other), components };
    expect(text(moved)).toBe(text({ ...withOperation(one), components: {} }));
  });

  it("parts that refer to each other in a circle are refused", () => {
    const components = { responses: { A: at("responses") } };
    expect(() => normalise({ ...withOperation({ responses: { "200": at("responses") } }), components })).toThrow(
      "The $ref #/components/responses/A leads back to itself.",
    );
  });

  it("the parameters of a media type, unless they tell two of them apart", () => {
    const body = (...types: string[]): JsonObject => ({
      requestBody: { content: Object.fromEntries(types.map((type) => [type, { schema: {} }])) },
    });
    expect(text(withOperation(body("a/json; charset=utf-8")))).toBe(text(withOperation(body("a/json"))));
    const two = body("a/json;v=1", "a/json;v=2");
    expect(normalise(withOperation(two)).paths["/a"]?.["get"]).toEqual(two);
  });

  it("whether a discriminator maps to a schema by its name or its place", () => {
    const mapped = (target: string): Document =>
      answering({ discriminator: { propertyName: "a", mapping: { a: target } } });
    expect(text(mapped("Cat"))).toBe(text(mapped("#/components/schemas/Cat")));
  });

  it("title, version and prose of the document, its tags and its security schemes", () => {
    const scheme = { type: "http", scheme: "bearer" };
    const one = {
      ...withOperation({}),
      tags: [{ name: "a" }, { name: "b" }],
      components: { securitySchemes: { s: scheme } },
    };
    const other: Document = {
      ...withOperation({}),
      info: { title: "New", version: "2", description: "Much." },
      tags: [{ name: "b", description: "B" }, { name: "a" }],
      components: { securitySchemes: { s: { ...scheme, description: "A token." } } },
    };
    expect(text(other)).toBe(text(one));
  });

  it.each<[string, JsonObject]>([
    ["a moment in time", { type: "string", default: "2026-08-17T10:00:00.000Z" }],
    ["milliseconds since 1970", { type: "integer", default: 1_786_000_000_000 }],
    ["seconds since 1970", { type: "integer", default: 1_786_000_000 }],
    ["a random name", { type: "string", default: "brave-otter-42" }],
    ["one in an object", { type: "object", properties: { a: { type: "string" } }, default: { a: "x7f" } }],
    ["one in an object without a description of it", { default: { a: 1, b: "x7f" } }],
    ["one in an array", { type: "array", items: { type: "string" }, default: ["x7f"] }],
    ["one in an object in an array", { items: { properties: { a: {} } }, default: [{ a: 1.7e12 }] }],
    ["a text that the enum does not list", { enum: ["a"], default: "b" }],
  ])("a default that a process makes up: %s", (_, schema) => {
    expect(normalised(schema)).not.toHaveProperty("default");
  });
});

describe("facts that stay", () => {
  it.each<[string, JsonObject]>([
    ["a listed text", { default: "a", enum: ["a", "b"] }],
    ["a constant", { const: "a", default: "a" }],
    ["a text listed in a union", { anyOf: [{ enum: ["a"] }, { type: "null" }], default: "a" }],
    ["the empty text", { default: "", type: "string" }],
    ["a boolean", { default: false, type: "boolean" }],
    ["null", { default: null }],
    ["a small number", { default: 500, type: "integer" }],
    ["an empty list", { default: [], type: "array" }],
    ["listed texts in an array", { default: ["b", "a"], items: { enum: ["a", "b"] } }],
    ["listed texts in an object", { default: { a: "x" }, properties: { a: { enum: ["x"] } } }],
  ])("a default that belongs to the interface: %s", (_, schema) => {
    expect(normalised(schema)).toEqual(schema);
  });

  const names = ["properties", "required", "title", "description", "examples", "default", "id", "enum", "$schema"];

  it("properties that are named as a keyword is", () => {
    const schema = {
      properties: Object.fromEntries(names.map((name) => [name, { type: "string" }])),
      required: [...names].sort(),
    };
    expect(normalised({ ...schema, title: "T", description: "D" })).toEqual(schema);
  });

  it("such properties inside of `properties` inside of `properties`", () => {
    const schema = { properties: { properties: { properties: { properties: { type: "string" } } } } };
    expect(normalised(schema)).toEqual(schema);
  });

  it("constants, dependencies and discriminators with such names", () => {
    const schema = {
      const: { title: "x", description: "y" },
      dependentRequired: { title: ["id"] },
      discriminator: { propertyName: "id", mapping: { title: "#/components/schemas/A" } },
    };
    expect(normalised(schema)).toEqual(schema);
  });

  it("the order of a tuple and of a default", () => {
    const schema = { default: [2, 1], prefixItems: [{ type: "string" }, { type: "integer" }] };
    expect(normalised(schema)).toEqual(schema);
  });

  it("limits, formats, patterns and references", () => {
    const schema = { format: "email", maxLength: 3, minimum: 0, pattern: "^a", type: "string", items: { $ref: "#/x" } };
    expect(normalised(schema)).toEqual(schema);
  });

  it("what an operation, its parameters, body and responses demand", () => {
    const operation = {
      deprecated: true,
      operationId: "getA",
      parameters: [
        { explode: false, in: "query", name: "q", required: true, schema: { type: "string" }, style: "form" },
      ],
      requestBody: { content: { "application/json": { schema: true } }, required: true },
      responses: { "200": { content: {}, description: "", headers: { Link: { schema: { type: "string" } } } } },
      security: [{ bearerAuth: [] }],
      tags: ["a"],
    };
    expect(normalise(withOperation(operation)).paths).toEqual({ "/a": { get: operation } });
  });

  it("servers, security and components", () => {
    const parts = {
      servers: [{ url: "https://huggingface.co" }],
      security: [{ bearerAuth: [] }],
      components: {
        schemas: { title: { type: "string" } },
        securitySchemes: { bearerAuth: { type: "http", scheme: "bearer" } },
      },
    };
    expect(normalise({ ...withOperation({}), ...parts })).toMatchObject(parts);
  });

  it.each<[string, Schema, Schema]>([
    ["another type", { type: "string" }, { type: "integer" }],
    ["another required name", { required: ["a"] }, { required: ["b"] }],
    ["another default", { default: 1 }, { default: 2 }],
    ["a property named title", { properties: {} }, { properties: { title: {} } }],
  ])("and so %s has another fingerprint", (_, one, other) => {
    expect(fingerprint(normalise(answering(one)))).not.toBe(fingerprint(normalise(answering(other))));
  });
});

it("leaves the document it was given alone", () => {
  const given = answering({ title: "T", required: ["b", "a"], anyOf: [{ const: 2 }, { const: 1 }], default: "x7f" });
  const copy = structuredClone(given);
  normalise(given);
  expect(given).toEqual(copy);
});

describe("any small document", () => {
  const name = fc.constantFrom("properties", "required", "title", "description", "examples", "default", "id", "a", "b");
  const { schema } = fc.letrec<{ schema: JsonObject }>((tie) => ({
    schema: fc.oneof(
      { maxDepth: 3 },
      fc.record({ type: fc.constantFrom("string", "integer"), default: fc.oneof(fc.nat(99), fc.string()) }),
      fc.record({ enum: fc.uniqueArray(fc.oneof(fc.string(), fc.integer(), fc.constant(null)), { minLength: 1 }) }),
      fc.record({
        properties: fc.dictionary(name, tie("schema"), { noNullPrototype: true }),
        required: fc.uniqueArray(name),
      }),
      fc.record({ anyOf: fc.array(tie("schema"), { minLength: 1, maxLength: 3 }) }),
      fc.record({ items: tie("schema") }),
    ),
  }));

  it("keeps its fingerprint when its order and its prose change", () => {
    fc.assert(
      fc.property(schema, fc.integer(), (source, seed) => {
        const other = restate(source, generator(seed));
        expect(text(answering(other))).toBe(text(answering(source)));
        expect(fingerprint(normalise(answering(other)))).toBe(fingerprint(normalise(answering(source))));
      }),
    );
  });

  it("stays as it is when it is normalised again", () => {
    fc.assert(
      fc.property(schema, (source) => {
        const once = normalise(answering(source));
        expect(jsonText(normalise(once))).toBe(jsonText(once));
      }),
    );
  });
});

type Random = () => number;

/** The same schema in other words: keys and order-free lists shuffled, prose added. */
function restate(schema: JsonObject, random: Random): JsonObject {
  const members = Object.entries(schema).map(([keyword, value]): [string, Json] => {
    if (keyword === "properties") return [keyword, mapObject(value as JsonObject, random)];
    if (keyword === "items") return [keyword, restate(value as JsonObject, random)];
    if (keyword === "anyOf") {
      return [
        keyword,
        shuffle(
          (value as JsonObject[]).map((member) => restate(member, random)),
          random,
        ),
      ];
    }
    return [keyword, Array.isArray(value) ? shuffle(value, random) : value];
  });
  return Object.fromEntries(shuffle([...members, ["title", `T${random()}`], ["examples", [random()]]], random));
}

function mapObject(map: JsonObject, random: Random): JsonObject {
  const members = Object.entries(map).map(([key, value]): [string, Json] => [
    key,
    restate(value as JsonObject, random),
  ]);
  return Object.fromEntries(shuffle(members, random));
}

function shuffle<T>(list: T[], random: Random): T[] {
  const keyed = list.map((member) => [random(), member] as const);
  return keyed.sort(([a], [b]) => a - b).map(([, member]) => member);
}

/** Numbers from 0 to 1 that only the seed decides. */
function generator(seed: number): Random {
  let state = seed >>> 0;
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
}
