import ts from "typescript";
import { expect, it } from "vitest";
import { acceptUndefined } from "./optional-properties.js";

function rewritten(source: string): string {
  const file = ts.createSourceFile("a.d.ts", source, ts.ScriptTarget.ES2022);
  return ts.createPrinter().printFile(acceptUndefined(ts, file)).replace(/\s+/g, " ").trim();
}

it.each([
  ["an optional property", "interface A { a?: string; }", "interface A { a?: string | undefined; }"],
  [
    "each member of a union stays what it was",
    'type A = { a?: "b" | null; }',
    'type A = { a?: "b" | null | undefined; };',
  ],
  [
    "properties inside optional properties",
    "type A = { a?: { b?: 1; }[]; };",
    "type A = { a?: { b?: 1 | undefined; }[] | undefined; };",
  ],
  ["no required property", "interface A { a: string; }", "interface A { a: string; }"],
  ["no property that must be absent", "interface A { a?: never; }", "interface A { a?: never; }"],
])("%s", (_, source, expected) => {
  expect(rewritten(source)).toBe(expected);
});
