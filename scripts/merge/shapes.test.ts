import { describe, expect, it } from "vitest";
import type { Document, Json, JsonObject } from "../document/document.js";
import { PipelineError } from "../cli/pipeline-error.js";
import { nameShapes, type ShapeRule } from "./shapes.js";

const author: JsonObject = { type: "object", properties: { name: { type: "string" }, kind: { const: "user" } } };
const group: JsonObject = { type: "object", properties: { name: { type: "string" }, kind: { const: "org" } } };
const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });

/** A document that holds each of the values in a place of its own. */
const holding = (values: Json[], schemas?: JsonObject): Document => ({
  openapi: "3.1.0",
  paths: { "/a": { get: { values: structuredClone(values) } } },
  ...(schemas === undefined ? {} : { components: { schemas: structuredClone(schemas) } }),
});

const values = ({ paths }: Document): Json => paths["/a"]?.["get"]?.["values"] as Json;
const schemas = ({ components }: Document): Json => (components as { schemas: Json }).schemas;

describe("a shape that stands in many places", () => {
  it("is named once and referred to everywhere", () => {
    const { document, places } = nameShapes(holding([author, { items: author }, { a: { b: author } }]), {
      Author: { properties: ["name"] },
    });
    expect(values(document)).toEqual([ref("Author"), { items: ref("Author") }, { a: { b: ref("Author") } }]);
    expect(schemas(document)).toEqual({ Author: author });
    expect(places).toEqual(new Map([["Author", 3]]));
  });

  it("is the same whatever the order of its keys", () => {
    const turned = { properties: { kind: { const: "user" }, name: { type: "string" } }, type: "object" };
    const { document } = nameShapes(holding([author, turned]), { Author: { properties: ["name"] } });
    expect(values(document)).toEqual([ref("Author"), ref("Author")]);
  });

  it("is the most frequent of those that fit; the others stay inline", () => {
    const { document, places } = nameShapes(holding([group, author, author]), { Author: { properties: ["name"] } });
    expect(values(document)).toEqual([group, ref("Author"), ref("Author")]);
    expect(places.get("Author")).toBe(2);
  });

  it("is the same one of two equally frequent ones on every run", () => {
    const rule = { Author: { properties: ["name"] } };
    const one = nameShapes(holding([author, group]), rule);
    expect(schemas(nameShapes(holding([group, author]), rule).document)).toEqual(schemas(one.document));
  });

  it("is replaced inside other named shapes, whichever of the two is named first", () => {
    const post = { type: "object", properties: { author, text: { type: "string" } } };
    const rules: [string, ShapeRule][] = [
      ["Author", { properties: ["name"] }],
      ["Post", { properties: ["text"] }],
    ];
    for (const order of [rules, rules.toReversed()]) {
      const { document } = nameShapes(holding([post, post, author]), Object.fromEntries(order));
      expect(values(document)).toEqual([ref("Post"), ref("Post"), ref("Author")]);
      expect(schemas(document)).toEqual({
        Author: author,
        Post: { type: "object", properties: { author: ref("Author"), text: { type: "string" } } },
      });
    }
  });

  it("counts in the one definition that is left of the places around it", () => {
    const post = { type: "object", properties: { author, text: { type: "string" } } };
    const rules: Record<string, ShapeRule> = { Post: { properties: ["text"] }, Author: { properties: ["name"] } };
    expect([...nameShapes(holding([post, post, author]), rules).places]).toEqual([
      ["Post", 2],
      ["Author", 2],
    ]);
  });

  it("takes the place of a schema that upstream named the same and wrote the same", () => {
    const { document, places } = nameShapes(holding([author, ref("Author")], { Author: author }), {
      Author: { properties: ["name"] },
    });
    expect(schemas(document)).toEqual({ Author: author });
    expect(values(document)).toEqual([ref("Author"), ref("Author")]);
    expect(places.get("Author")).toBe(1);
  });
});

describe("a rule recognises", () => {
  const fits = (rule: ShapeRule, value: Json): boolean => {
    try {
      return nameShapes(holding([value]), { Shape: rule }).places.get("Shape") === 1;
    } catch (error) {
      expect(error).toBeInstanceOf(PipelineError);
      return false;
    }
  };

  it.each<[string, ShapeRule, Json, Json]>([
    ["declared properties", { properties: ["name", "kind"] }, author, { type: "object", properties: { name: {} } }],
    ["properties of objects alone", { properties: ["name"] }, author, { properties: { name: {} } }],
    [
      "undeclared properties",
      { properties: ["name"], without: ["id"] },
      author,
      { type: "object", properties: { name: {}, id: {} } },
    ],
    ["own properties", { properties: ["name"] }, author, { type: "object", properties: { toString: {} } }],
    ["constants", { where: { kind: "user" } }, author, group],
    ["enums that list the values, among others", { enum: ["a", "b"] }, { enum: ["a", "b", "c"] }, { enum: ["a", "c"] }],
    ["enums alone", { enum: ["a"] }, { enum: ["a"] }, { properties: { enum: { const: "a" } } }],
  ])("%s", (_, rule, fitting, other) => {
    expect([fits(rule, fitting), fits(rule, other)]).toEqual([true, false]);
  });

  it.each(["anyOf", "oneOf"])("a union of named shapes under %s, in any order", (union) => {
    const rules: Record<string, ShapeRule> = {
      User: { where: { kind: "user" } },
      Org: { where: { kind: "org" } },
      Either: { union: ["User", "Org"] },
    };
    const { document } = nameShapes(holding([{ [union]: [group, author] }]), rules);
    expect(values(document)).toEqual([ref("Either")]);
    expect(schemas(document)).toEqual({ User: author, Org: group, Either: { [union]: [ref("Org"), ref("User")] } });
  });

  it("no union that joins more than the named shapes, or others", () => {
    const rules: Record<string, ShapeRule> = { User: { where: { kind: "user" } }, One: { union: ["User"] } };
    expect(() => nameShapes(holding([{ anyOf: [author, { type: "null" }] }]), rules)).toThrow(
      "No schema fits the shape One",
    );
    expect(() => nameShapes(holding([author, { anyOf: [{ type: "null" }] }]), rules)).toThrow(
      "No schema fits the shape One",
    );
  });
});

it("a shape that nothing fits is refused", () => {
  expect(() => nameShapes(holding([author]), { Author: { properties: ["email"] } })).toThrow(
    "No schema fits the shape Author; mend its rule in spec/shapes.yaml or delete it.",
  );
});

it.each<[string, unknown, string]>([
  ["no rules", null, "spec/shapes.yaml holds no rules"],
  ["no rule", { Author: null }, "needs a rule for Author"],
  [
    "a misspelt criterion",
    { Author: { propertys: ["name"] } },
    "knows no propertys, which stands at Author; there are properties, without, enum, union and where",
  ],
  ["a name that every object has", { Author: { constructor: [] } }, "knows no constructor"],
  ["a text for a list", { Author: { properties: "name" } }, "needs a list of names as properties of Author"],
  ["a constant that is no text", { Author: { where: { kind: 1 } } }, "needs names with a text each as where of Author"],
  ["nothing to recognise it by", { Author: { without: ["id"] } }, "needs to say how to recognise Author"],
  ["no criterion", { Author: {} }, "needs to say how to recognise Author"],
])("rules with %s are refused", (_, rules, message) => {
  expect(() => nameShapes(holding([author]), rules as Record<string, ShapeRule>)).toThrow(PipelineError);
  expect(() => nameShapes(holding([author]), rules as Record<string, ShapeRule>)).toThrow(message);
});

it("a name that upstream gave to another schema is refused", () => {
  expect(() => nameShapes(holding([author], { Author: group }), { Author: { where: { kind: "user" } } })).toThrow(
    "The shape Author would replace a different schema of that name; rename it in spec/shapes.yaml.",
  );
});

it("the document that was given is left alone", () => {
  const given = holding([author, group]);
  nameShapes(given, { Author: { properties: ["name"] } });
  expect(given).toEqual(holding([author, group]));
});
