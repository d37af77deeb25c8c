import { expect, it } from "vitest";
import type { Document, JsonObject } from "./document.js";
import { inlineReferences } from "./inline.js";
import { documentOf, json, object, text } from "./testing.js";

const using = (name: string, schemas: Record<string, JsonObject>): Document => ({
  ...documentOf({ "GET /a": json({ response: { $ref: `#/components/schemas/${name}` } }) }),
  components: { schemas },
});

it("puts what is named in the place of its name, at any depth", () => {
  const named = using("A", { A: object({ b: { $ref: "#/components/schemas/B" } }), B: text });
  expect(inlineReferences(named).document.paths).toEqual(
    documentOf({ "GET /a": json({ response: object({ b: text }) }) }).paths,
  );
});

it("cuts off a schema's second turn inside itself, wherever the walk began", () => {
  const schemas = {
    A: object({ "b?": { $ref: "#/components/schemas/B" } }),
    B: object({ "a?": { $ref: "#/components/schemas/A" } }),
  };
  const fromA = object({ "b?": object({ "a?": {} }) });
  expect(inlineReferences(using("A", schemas)).document.paths).toEqual(
    documentOf({ "GET /a": json({ response: fromA }) }).paths,
  );
  const both = { ...using("B", schemas) };
  both.paths = { ...using("A", schemas).paths, "/b": both.paths["/a"] ?? {} };
  const inlined = inlineReferences(both).document;
  expect(inlined.paths["/a"]).toEqual(documentOf({ "GET /a": json({ response: fromA }) }).paths["/a"]);
});

it("refuses schemas that double with every level instead of filling the memory", () => {
  const next = (i: number): JsonObject => ({ $ref: `#/components/schemas/S${i}` });
  const schemas = Object.fromEntries(
    // Each is part of a circle, so none of them can be written out once and for all.
    Array.from({ length: 40 }, (_, i) => [
      `S${i}`,
      object({ a: next((i + 1) % 40), b: next((i + 2) % 40), c: next((i + 3) % 40) }),
    ]),
  );
  expect(() => inlineReferences(using("S0", schemas))).toThrow("contain each other too often");
});
