import ts from "typescript";
import { describe, expect, it } from "vitest";
import { hoistShapes } from "./shape-types.js";

/** The file's statements afterwards, one each, on one line. */
function raised(source: string): string[] {
  const file = ts.createSourceFile("a.d.ts", source, ts.ScriptTarget.ES2022);
  const printer = ts.createPrinter();
  return hoistShapes(ts, [...file.statements]).map((node) =>
    printer.printNode(ts.EmitHint.Unspecified, node, file).replace(/\s+/g, " "),
  );
}

/** A file of these shapes, which one operation returns. */
const withShapes = (shapes: string, response = "never"): string =>
  `export interface components { schemas: { ${shapes} }; headers: never; } export interface operations { a: ${response}; }`;

describe("a shape", () => {
  it("that is an object becomes an interface, anything else a type, in front of the components", () => {
    expect(raised(withShapes('A: { a?: string; }; B: "a" | null;'))).toEqual([
      "export interface A { a?: string; }",
      'export type B = "a" | null;',
      "export interface components { schemas: { A: A; B: B; }; headers: never; }",
      "export interface operations { a: never; }",
    ]);
  });

  it("is called by its name wherever it stands, in itself and in others too", () => {
    const reference = (name: string): string => `components["schemas"]["${name}"]`;
    const shapes = `A: { b?: ${reference("B")}[]; a: ${reference("A")} | null; }; B: ${reference("A")}["a"];`;
    expect(raised(withShapes(shapes, `${reference("B")}[]`))).toEqual([
      "export interface A { b?: B[]; a: A | null; }",
      'export type B = A["a"];',
      "export interface components { schemas: { A: A; B: B; }; headers: never; }",
      "export interface operations { a: B[]; }",
    ]);
  });

  it("is no other part of the components", () => {
    const other = 'components["headers"]["A"]';
    expect(raised(withShapes("A: { a: string; };", other))).toContain(`export interface operations { a: ${other}; }`);
  });

  it.each([
    ["the file declares itself", "Mine: { a: string; };", "export type Mine = never; "],
    ["the file takes from outside", "Record: { a: Record<string, never>; };", ""],
    ["is no plain name", '"a b": { a: string; };', ""],
    ["could be a word of the language", "default: { a: string; };", ""],
  ])("stays in its place where its name is one that %s", (_, shape, before) => {
    const source = before + withShapes(shape, 'components["schemas"]["x"]');
    const untouched = ts.createSourceFile("a.d.ts", source, ts.ScriptTarget.ES2022);
    const printer = ts.createPrinter();
    expect(raised(source)).toEqual(
      untouched.statements.map((node) =>
        printer.printNode(ts.EmitHint.Unspecified, node, untouched).replace(/\s+/g, " "),
      ),
    );
  });
});

it.each([
  ["no components", "export type webhooks = never;"],
  ["no shapes", "export interface components { schemas: never; }"],
])("a file with %s stays as it is", (_, source) => {
  expect(raised(source)).toEqual([source]);
});
