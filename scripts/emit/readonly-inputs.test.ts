import ts from "typescript";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../document/document.js";
import { inputShapes } from "../document/input-shapes.js";
import { acceptReadonly } from "./readonly-inputs.js";
import { documentOf, json, object, text } from "../document/testing.js";

const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });

describe("the shapes that callers give and never get", () => {
  const shapes = (operations: Record<string, JsonObject>, schemas: JsonObject): string[] => {
    const document = {
      ...documentOf(operations),
      components: { schemas, responses: { Failure: json({ response: ref("F") }) } },
    };
    return [...inputShapes(document)].sort();
  };

  it("are those of bodies and parameters, and those inside them", () => {
    const operations = { "POST /a": json({ body: ref("A"), query: { c: ref("C") } }) };
    expect(shapes(operations, { A: object({ b: { items: ref("B") } }), B: text, C: text, D: text })).toEqual([
      "A",
      "B",
      "C",
    ]);
  });

  it("are none that a response holds, at any depth, of any operation", () => {
    const operations = {
      "POST /a": json({ body: object({ a: ref("A"), b: ref("B") }) }),
      "GET /b": json({ response: { items: ref("C") } }),
    };
    expect(shapes(operations, { A: text, B: text, C: object({ b: ref("B") }) })).toEqual(["A"]);
  });

  it("are none of a response that is a reference itself", () => {
    const operation = {
      ...json({ body: ref("F") }),
      responses: { default: { $ref: "#/components/responses/Failure" } },
    };
    expect(shapes({ "POST /a": operation }, { F: text })).toEqual([]);
  });

  it("are no other parts of the components", () => {
    const parameters = [{ $ref: "#/components/parameters/P" }];
    expect(shapes({ "POST /a": { ...json({ body: ref("A") }), parameters } }, { A: text })).toEqual(["A"]);
  });

  it("may hold themselves", () => {
    expect(shapes({ "POST /a": json({ body: ref("A") }) }, { A: object({ a: ref("A") }) })).toEqual(["A"]);
  });
});

describe("in the types", () => {
  const rewritten = (source: string, inputs: string[] = []): string => {
    const file = ts.createSourceFile("a.d.ts", source, ts.ScriptTarget.ES2022);
    const printer = ts.createPrinter();
    return acceptReadonly(ts, [...file.statements], new Set(inputs))
      .map((node) => printer.printNode(ts.EmitHint.Unspecified, node, file).replace(/\s+/g, " "))
      .join(" ");
  };
  const operation = (part: string): string => `export interface operations { a: { ${part} }; }`;

  it.each([
    ["parameters: { query?: { a?: string[]; }; };", "parameters: { query?: { a?: readonly string[]; }; };"],
    ['requestBody?: { content: ("a" | "b")[]; };', 'requestBody?: { content: readonly ("a" | "b")[]; };'],
    ["requestBody: string[][];", "requestBody: readonly (readonly string[])[];"],
    ["requestBody: [string, { a: 1[]; }];", "requestBody: readonly [ string, { a: readonly 1[]; } ];"],
  ])("%s takes lists that are constant", (given, expected) => {
    expect(rewritten(operation(given))).toBe(operation(expected));
  });

  it("so do the parameters of a path", () => {
    const path = (type: string): string => `export interface paths { "/a": { parameters: { query: ${type}; }; }; }`;
    expect(rewritten(path("string[]"))).toBe(path("readonly string[]"));
  });

  it("a response is the caller's own, whatever its fields are called", () => {
    const response = operation("responses: { 200: { parameters: string[]; requestBody: string[]; }; };");
    expect(rewritten(response)).toBe(response);
  });

  it("so is a shape, unless callers alone give it", () => {
    const shapes = (a: string, b: string): string => `export interface components { schemas: { A: ${a}; B: ${b}; }; }`;
    expect(rewritten(shapes("string[]", "string[]"), ["A"])).toBe(shapes("readonly string[]", "string[]"));
  });
});
