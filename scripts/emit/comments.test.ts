import { describe, expect, it } from "vitest";
import type { Json, JsonObject } from "../document/document.js";
import { writeDescriptions } from "./comments.js";
import { documentOf, json, object } from "../document/testing.js";

const told = (operation: JsonObject): Json => {
  const document = documentOf({ "GET /a": operation });
  writeDescriptions(document);
  return document.paths["/a"]?.["get"] ?? null;
};
const moment = "A moment in ISO 8601, UTC.";

describe("a field", () => {
  it.each<[string, JsonObject, JsonObject]>([
    ["its words as they are", { type: "string", description: "Words." }, { type: "string", title: "Words." }],
    ["the default next to its words", { default: 1, description: "Words." }, { default: 1, title: "Words." }],
    ["a moment in our words", { type: "string", format: "date-time" }, { type: "string", title: moment }],
    ["a day in our words", { type: "string", format: "date" }, { type: "string", title: "A day, as in `2026-01-31`." }],
    [
      "its own words before those of a moment",
      { type: "string", format: "date-time", description: "Words." },
      { type: "string", title: "Words." },
    ],
    ["nothing of an address", { type: "string", format: "uri" }, { type: "string" }],
    ["a format that we do not know", { type: "string", format: "iban" }, { type: "string", format: "iban" }],
    ["a format named like an object's own", { format: "toString" }, { format: "toString" }],
    ["nothing where nothing is said", { type: "string", description: "" }, { type: "string", description: "" }],
    [
      "what a reference is here",
      { $ref: "#/components/schemas/A", description: "Words." },
      { $ref: "#/components/schemas/A", title: "Words." },
    ],
  ])("tells %s", (_, schema, expected) => {
    expect(told(json({ response: object({ a: schema }) }))).toEqual(json({ response: object({ a: expected }) }));
  });

  it("tells that it is a moment, or null", () => {
    const either = { anyOf: [{ type: "string", format: "date-time" }, { type: "null" }] };
    expect(told(json({ response: object({ a: either }) }))).toMatchObject({
      responses: { "200": { content: { "application/json": { schema: { properties: { a: { title: moment } } } } } } },
    });
  });

  it("tells no format where there are several", () => {
    const either = { anyOf: [{ type: "string", format: "date-time" }, { type: "number" }] };
    expect(told(json({ response: object({ a: either }) }))).not.toMatchObject({
      responses: { "200": { content: { "application/json": { schema: { properties: { a: { title: moment } } } } } } },
    });
  });
});

describe("a parameter", () => {
  const parameter = (more: JsonObject, schema: JsonObject): JsonObject => ({
    parameters: [{ name: "p", in: "query", schema, ...more }],
  });

  it("tells its own words, or what its format is", () => {
    const schema = (): JsonObject => ({ type: "string", format: "date-time" });
    expect(told(parameter({ description: "Words." }, schema()))).toMatchObject({ parameters: [{ title: "Words." }] });
    expect(told(parameter({}, schema()))).toMatchObject({ parameters: [{ title: moment }] });
    expect(told(parameter({}, { type: "string", format: "uri" }))).toEqual(parameter({}, { type: "string" }));
  });
});
