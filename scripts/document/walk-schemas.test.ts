import { expect, it } from "vitest";
import type { Json } from "./document.js";
import { walkSchemas } from "./walk-schemas.js";

const visited = (value: Json): string[] => {
  const marks: string[] = [];
  walkSchemas(value, ({ mark }) => {
    if (mark !== undefined) marks.push(typeof mark === "string" ? mark : "a map");
  });
  return marks;
};

it.each(["properties", "patternProperties", "$defs", "schemas", "responses"])(
  "visits what a map of %s holds, not the map",
  (map) => {
    expect(visited({ mark: "a", [map]: { mark: { mark: "b" }, other: { items: { mark: "c" } } } })).toEqual([
      "a",
      "b",
      "c",
    ]);
  },
);

it("visits a response that is called default", () => {
  expect(visited({ responses: { default: { content: { json: { schema: { mark: "a" } } } } } })).toEqual(["a"]);
});

it("visits the members of a union, and a property that is named like a keyword", () => {
  const properties = { enum: { mark: "b" }, properties: { mark: "c", properties: { a: { mark: "d" } } } };
  expect(visited({ anyOf: [{ mark: "a" }, { properties }] })).toEqual(["a", "b", "c", "d"]);
});

it.each(["default", "const", "enum", "example", "examples"])("visits no value under %s", (keyword) => {
  expect(visited({ [keyword]: { mark: "a" }, items: { mark: "b" } })).toEqual(["b"]);
});
