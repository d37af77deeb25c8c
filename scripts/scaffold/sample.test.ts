import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import type { Document, JsonObject } from "../document/document.js";
import { fits, sampleOf } from "./sample.js";

const document: Document = { openapi: "3.1.0", paths: {} };
const ajv = new Ajv2020({ strict: false, formats: { date: /^\d{4}-\d\d-\d\d$/, uri: /^\w+:\/\// } });

const schemas: JsonObject[] = [
  { type: "integer", minimum: 1, maximum: 100 },
  { type: "integer", exclusiveMinimum: 0, exclusiveMaximum: 2 },
  { type: "integer", minimum: 10, multipleOf: 16 },
  { type: "number", minimum: 0, maximum: 0.5 },
  { type: "number", exclusiveMinimum: 0, maximum: 0.25 },
  { type: "string", minLength: 30 },
  { type: "string", maxLength: 3 },
  { type: "string", format: "date" },
  { type: "string", format: "uri" },
  { type: "string", pattern: "^[0-9a-f]{24}$" },
  { enum: ["a", "b"] },
  { type: "array", items: { type: "integer", minimum: 5 }, minItems: 2 },
  { type: "object", properties: { a: { type: "boolean" } }, required: ["a"] },
  { anyOf: [{ type: "null" }, { type: "string" }] },
];

describe("a sample", () => {
  it.each(schemas)("fits %j", (schema) => {
    const sample = sampleOf(document, schema);
    expect(sample).not.toBeUndefined();
    expect(ajv.validate(schema, sample), ajv.errorsText()).toBe(true);
  });
});

describe("a value of other calls", () => {
  const values = [
    0,
    1,
    3,
    5,
    16,
    100,
    250,
    0.25,
    0.5,
    "a",
    "example",
    "2026-01-31",
    "https://example.com/a",
    "x".repeat(40),
  ];
  it.each(schemas)("is taken for %j only where it fits", (schema) => {
    const wrong = values.filter((value) => fits(document, schema, value) && !ajv.validate(schema, value));
    expect(wrong).toEqual([]);
  });
});
