import { expect, it } from "vitest";
import type { Document, JsonObject } from "./document.js";
import { inlineReferences } from "./inline.js";
import { shareSchemas } from "./share.js";
import { documentOf, json, object, text } from "./testing.js";

it("writes an object that stands in several places once, and means the same", () => {
  const person = object({ name: text, type: text });
  const { paths } = documentOf({
    "GET /a": json({ response: object({ one: person, other: person }) }),
    "GET /b": json({ response: { type: "array", items: structuredClone(person) } }),
  });
  const shared = shareSchemas(paths);
  expect(Object.values(shared.components["schemas"] ?? {})).toEqual([person]);
  expect(inlineReferences({ openapi: "3.1.0", ...shared } as Document).document.paths).toEqual(paths);
});

it("leaves discriminators out, and nothing else that is called so", () => {
  const holding = (schema: JsonObject): JsonObject => documentOf({ "GET /a": json({ response: schema }) }).paths;
  const choice = { oneOf: [object({ kind: { const: "a" } })] };
  expect(shareSchemas(holding({ ...choice, discriminator: { propertyName: "kind" } })).paths).toEqual(holding(choice));
  const named = holding(object({ discriminator: text }));
  expect(shareSchemas(named).paths).toEqual(named);
});
