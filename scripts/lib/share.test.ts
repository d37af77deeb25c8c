import { expect, it } from "vitest";
import type { Document } from "./document.js";
import { inlineReferences } from "./inline.js";
import { shareSchemas } from "./share.js";
import { documentOf, json, object, text } from "./testing.js";

it("writes an object that stands in several places once, and means the same", () => {
  const person = object({ name: text, type: text });
  const { paths } = documentOf({
    "GET /a": json({ answer: object({ one: person, other: person }) }),
    "GET /b": json({ answer: { type: "array", items: structuredClone(person) } }),
  });
  const shared = shareSchemas(paths);
  expect(Object.values(shared.components["schemas"] ?? {})).toEqual([person]);
  expect(inlineReferences({ openapi: "3.1.0", ...shared } as Document).paths).toEqual(paths);
});
