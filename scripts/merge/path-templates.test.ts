import { describe, expect, it } from "vitest";
import type { Document, JsonObject } from "../document/document.js";
import { PipelineError } from "../cli/pipeline-error.js";
import { merge } from "./merge.js";

const declared = (...names: string[]): JsonObject[] =>
  names.map((name) => ({ name, in: "path", required: true, schema: { enum: ["x"] } }));

const at = (path: string, ...names: string[]): Document => ({
  openapi: "3.1.0",
  paths: { [path]: { get: { parameters: declared(...names), responses: {} } } },
});

const merged = (document: Document): Document =>
  merge(document, { overlays: [], names: {}, shapes: {}, fields: {} }).document;

describe("a path parameter", () => {
  it("is declared where upstream has it in the path alone", () => {
    const operation = merged(at("/a/{x}/{y}", "x")).paths["/a/{x}/{y}"]?.["get"];
    expect(operation?.["parameters"]).toEqual([
      ...declared("x"),
      { name: "y", in: "path", required: true, schema: { type: "string" } },
    ]);
  });

  it("is declared where upstream lists no parameter at all", () => {
    const document: Document = { openapi: "3.1.0", paths: { "/a/{x}": { get: { responses: {} } } } };
    expect(merged(document).paths["/a/{x}"]?.["get"]?.["parameters"]).toHaveLength(1);
  });

  it.each<[Document, string]>([
    [at("/a/{x}", "x", "y"), "GET /a/{x} declares the path parameter y, which is not in its path; correct it in spec/"],
    [at("/a/{x}/{x}", "x"), "GET /a/{x}/{x} has {x} twice in its path; correct it in spec/overlay, or remove the"],
    [at("/a/{x}", "x", "x"), "GET /a/{x} declares the path parameter x twice; correct it in spec/overlay"],
  ])("that does not fit its path is refused with its place", (document, message) => {
    expect(() => merged(document)).toThrow(PipelineError);
    expect(() => merged(document)).toThrow(message);
  });

  it("that does not fit is told together with all others", () => {
    const document: Document = {
      openapi: "3.1.0",
      paths: { ...at("/a/{x}", "x", "y").paths, ...at("/b/{x}/{x}", "x").paths },
    };
    const refusal = (() => {
      try {
        return merged(document);
      } catch (error) {
        return error;
      }
    })();
    expect((refusal as PipelineError).reasons).toEqual([
      "GET /a/{x} declares the path parameter y, which is not in its path.",
      "GET /b/{x}/{x} has {x} twice in its path.",
    ]);
  });
});
