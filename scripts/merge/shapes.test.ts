import { describe, expect, it } from "vitest";
import { resolvePointer, type Document, type Json, type JsonObject } from "../document/document.js";
import { PipelineError } from "../cli/pipeline-error.js";
import { nameShapes, newTakers, type ShapeRule } from "./shapes.js";

const author: JsonObject = { type: "object", properties: { name: { type: "string" }, kind: { const: "user" } } };
const group: JsonObject = { type: "object", properties: { name: { type: "string" }, kind: { const: "org" } } };
const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });

/** A document that returns each of the values as a property of its own: v0, v1 and so on. */
const holding = (values: Json[], schemas?: JsonObject): Document => {
  const properties = Object.fromEntries(values.map((value, index) => [`v${index}`, value]));
  const content = { json: { schema: { properties } } };
  return structuredClone({
    openapi: "3.1.0",
    paths: { "/a": { get: { operationId: "getA", responses: { "200": { content } } } } },
    ...(schemas === undefined ? {} : { components: { schemas } }),
  });
};
const v0 = { at: "getA 200.v0" };
const v1 = { at: "getA 200.v1" };

const values = (document: Document): Json[] => {
  const schema = resolvePointer(document, "#/paths/~1a/get/responses/200/content/json/schema/properties");
  return Object.values(schema as JsonObject);
};
const schemas = ({ components }: Document): Json => (components as { schemas: Json }).schemas;

describe("a shape that stands in many places", () => {
  it("is named once and referred to everywhere", () => {
    const inside = { properties: { b: author } };
    const { document, places } = nameShapes(holding([author, { items: author }, inside]), {
      Author: { ...v0, properties: ["name"] },
    });
    expect(values(document)).toEqual([ref("Author"), { items: ref("Author") }, { properties: { b: ref("Author") } }]);
    expect(schemas(document)).toEqual({ Author: author });
    expect(places).toEqual(new Map([["Author", 3]]));
  });

  it("is the same whatever the order of its keys", () => {
    const turned = { properties: { kind: { const: "user" }, name: { type: "string" } }, type: "object" };
    const { document } = nameShapes(holding([author, turned]), { Author: { ...v0, properties: ["name"] } });
    expect(values(document)).toEqual([ref("Author"), ref("Author")]);
  });

  it("is what its holder is, however often others fit; those stay inline", () => {
    const rule = { Author: { ...v0, properties: ["name"] } };
    const { document, places } = nameShapes(holding([group, author, author]), rule);
    expect(values(document)).toEqual([ref("Author"), author, author]);
    expect(places.get("Author")).toBe(1);
  });

  it("is replaced inside other named shapes, whichever of the two is named first", () => {
    const post = { type: "object", properties: { author, text: { type: "string" } } };
    const rules: [string, ShapeRule][] = [
      ["Author", { at: "getA 200.v2", properties: ["name"] }],
      ["Post", { ...v0, properties: ["text"] }],
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
    const rules: Record<string, ShapeRule> = {
      Post: { ...v0, properties: ["text"] },
      Author: { at: "getA 200.v1.author", properties: ["name"] },
    };
    expect([...nameShapes(holding([post, post, author]), rules).places]).toEqual([
      ["Post", 2],
      ["Author", 2],
    ]);
  });

  it("takes the place of a schema that upstream named the same and wrote the same", () => {
    const { document, places } = nameShapes(holding([author, ref("Author")], { Author: author }), {
      Author: { ...v0, properties: ["name"] },
    });
    expect(schemas(document)).toEqual({ Author: author });
    expect(values(document)).toEqual([ref("Author"), ref("Author")]);
    expect(places.get("Author")).toBe(1);
  });
});

describe("a rule recognises", () => {
  const fits = (rule: ShapeRule, value: Json): boolean => {
    try {
      return nameShapes(holding([value]), { Shape: { ...v0, ...rule } }).places.get("Shape") === 1;
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
      User: { ...v0, where: { kind: "user" } },
      Org: { ...v0, where: { kind: "org" } },
      Either: { ...v0, union: ["User", "Org"] },
    };
    const { document } = nameShapes(holding([{ [union]: [group, author] }]), rules);
    expect(values(document)).toEqual([ref("Either")]);
    expect(schemas(document)).toEqual({ User: author, Org: group, Either: { [union]: [ref("Org"), ref("User")] } });
  });

  it("no union that joins more than the named shapes, or others", () => {
    const rules: Record<string, ShapeRule> = {
      User: { ...v0, where: { kind: "user" } },
      One: { ...v1, union: ["User"] },
    };
    for (const union of [{ anyOf: [author, { type: "null" }] }, { anyOf: [{ type: "null" }] }]) {
      expect(() => nameShapes(holding([author, union]), rules)).toThrow("what stands at getA 200.v1 no longer fits");
    }
  });
});

describe("a holder", () => {
  const byName: ShapeRule = { properties: ["name"] };

  it.each<[string, Document, string]>([
    ["a list and a map", holding([{ items: { additionalProperties: author } }]), "getA 200.v0[].*"],
    ["a tuple", holding([{ prefixItems: [{}, author] }]), "getA 200.v0[1]"],
    ["a union in a union", holding([{ anyOf: [{ type: "null" }, { oneOf: [author] }] }]), "getA 200.v0"],
    ["a reference", holding([ref("Other")], { Other: { properties: { in: author } } }), "getA 200.v0.in"],
    ["a name that is no word", holding([{ properties: { "a.b c": author } }]), 'getA 200.v0["a.b c"]'],
  ])("is found through %s", (_, document, at) => {
    expect(nameShapes(document, { Author: { at, ...byName } }).places.get("Author")).toBe(1);
  });

  it.each<[string, JsonObject, string]>([
    ["a parameter", { parameters: [{ in: "query", name: "author", schema: author }] }, "getB query.author"],
    ["a body", { requestBody: { content: { json: { schema: { items: author } } } } }, "getB body[]"],
  ])("is found in %s", (_, operation, at) => {
    const document: Document = { openapi: "3.1.0", paths: { "/b": { get: { ...operation, operationId: "getB" } } } };
    expect(nameShapes(document, { Author: { at, ...byName } }).places.get("Author")).toBe(1);
  });

  const refusals: [string, Json[], Record<string, ShapeRule>, string][] = [
    [
      "is not named",
      [author, author, group],
      { Author: byName },
      "spec/shapes.yaml: Author needs at: the place that holds it. It fits getA 200.v0 (2 places) and getA 200.v2 (1 place).",
    ],
    [
      "is gone",
      [author],
      { Author: { at: "getA 200.v7", ...byName } },
      "spec/shapes.yaml: there is no getA 200.v7, which holds the shape Author. If it has moved, name its new place; if it is gone, delete the shape, which is a break. It fits getA 200.v0 (1 place).",
    ],
    [
      "is of an operation that is gone",
      [author],
      { Author: { at: "getZ 200.v0", ...byName } },
      "there is no getZ 200.v0, which holds the shape Author.",
    ],
    [
      "is something else by now",
      [{ type: "object", properties: { id: {} } }],
      { Author: { ...v0, ...byName } },
      "what stands at getA 200.v0 no longer fits the shape Author. If it is the same thing, change how it is recognised; if it has moved, name its new place. It fits nothing.",
    ],
    [
      "is one of two that fit",
      [{ anyOf: [author, group] }],
      { Author: { ...v0, ...byName } },
      "2 schemas at getA 200.v0 fit the shape Author; say more of the one that is meant.",
    ],
    [
      "is claimed twice",
      [author],
      { Author: { ...v0, ...byName }, Writer: { ...v0, where: { kind: "user" } } },
      "Author and Writer claim the same schema at getA 200.v0; delete one of them, or say more of both.",
    ],
  ];

  it.each(refusals)("that %s is refused, and what to do is said", (_, given, rules, message) => {
    expect(() => nameShapes(holding(given), rules)).toThrow(PipelineError);
    expect(() => nameShapes(holding(given), rules)).toThrow(message);
  });

  it("is told with all others that are lost, without the unions that lack them", () => {
    const rules: Record<string, ShapeRule> = {
      User: { at: "getA 200.v7", where: { kind: "user" } },
      Org: { at: "getA 200.v8", where: { kind: "org" } },
      Either: { ...v0, union: ["User", "Org"] },
    };
    const refusal = (() => {
      try {
        return nameShapes(holding([{ anyOf: [author, group] }]), rules);
      } catch (error) {
        return error;
      }
    })();
    expect((refusal as PipelineError).message).toBe("2 shapes have lost their names:");
    expect((refusal as PipelineError).reasons.map((reason) => reason.split(",")[0])).toEqual([
      "spec/shapes.yaml: there is no getA 200.v7",
      "spec/shapes.yaml: there is no getA 200.v8",
    ]);
  });

  it("keeps its name where something more frequent comes to fit, which is told", () => {
    const rules = { Author: { ...v0, ...byName } };
    const [before, after] = [holding([author]), holding([author, group, { items: group }])].map(
      (document) => nameShapes(document, rules).document,
    );
    if (before === undefined || after === undefined) throw new Error("There are two documents.");
    expect(schemas(after)).toEqual(schemas(before));
    expect(values(after)).toEqual([ref("Author"), group, { items: group }]);
    expect(newTakers(before, after, rules)).toEqual([
      "`getA 200.v1` and `getA 200.v2[]` would fit the shape Author, which `getA 200.v0` holds, and differs from it: it stays inline.",
    ]);
    expect(newTakers(after, after, rules)).toEqual([]);
  });
});

it.each<[string, unknown, string]>([
  ["no rules", null, "spec/shapes.yaml holds no rules"],
  ["no rule", { Author: null }, "needs a rule for Author"],
  [
    "a misspelt criterion",
    { Author: { propertys: ["name"] } },
    "knows no propertys, which stands at Author; there are at, properties, without, enum, union and where",
  ],
  ["a name that every object has", { Author: { constructor: [] } }, "knows no constructor"],
  ["a text for a list", { Author: { properties: "name" } }, "needs a list of names as properties of Author"],
  ["a constant that is no text", { Author: { where: { kind: 1 } } }, "needs names with a text each as where of Author"],
  ["nothing to recognise it by", { Author: { without: ["id"] } }, "needs to say how to recognise Author"],
  ["a place that is no text", { Author: { at: 1, enum: ["a"] } }, "needs a place as at of Author, such as getJob 200"],
  ["no criterion", { Author: {} }, "needs to say how to recognise Author"],
])("rules with %s are refused", (_, rules, message) => {
  expect(() => nameShapes(holding([author]), rules as Record<string, ShapeRule>)).toThrow(PipelineError);
  expect(() => nameShapes(holding([author]), rules as Record<string, ShapeRule>)).toThrow(message);
});

it("a name that upstream gave to another schema is refused", () => {
  expect(() =>
    nameShapes(holding([author], { Author: group }), { Author: { ...v0, where: { kind: "user" } } }),
  ).toThrow(
    "spec/shapes.yaml: the shape Author would replace a different schema of that name, which is upstream's; give ours another name.",
  );
});

it("the document that was given is left alone", () => {
  const given = holding([author, group]);
  nameShapes(given, { Author: { ...v0, properties: ["name"] } });
  expect(given).toEqual(holding([author, group]));
});
