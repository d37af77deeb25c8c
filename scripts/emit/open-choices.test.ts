import ts from "typescript";
import { expect, it } from "vitest";
import { keepChoices } from "./open-choices.js";

function rewritten(source: string): string {
  const file = ts.createSourceFile("a.d.ts", source, ts.ScriptTarget.ES2022);
  return ts.createPrinter().printFile(keepChoices(ts, file)).replace(/\s+/g, " ").trim();
}

it.each([
  ["values beside any text", 'type A = "a" | string | null;', 'type A = "a" | (string & {}) | null;'],
  ["a named choice", "type A = { a: Flavor | string; };", "type A = { a: Flavor | (string & {}); };"],
  ["inside of lists", 'type A = ("a" | string)[];', 'type A = ("a" | (string & {}))[];'],
])("keeps %s", (_, source, expected) => {
  expect(rewritten(source)).toBe(expected);
});

it.each(["string | null", "string[] | string", "number | string", '"a" | null', "string"])(
  "leaves %s alone",
  (type) => {
    expect(rewritten(`type A = ${type};`)).toBe(`type A = ${type};`);
  },
);
