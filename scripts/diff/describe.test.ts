import { describe as group, expect, it } from "vitest";
import { changelog } from "./changelog.js";
import { describe } from "./describe.js";
import type { Document, JsonObject } from "../document/document.js";
import { noSurface, type HubSurface } from "./hub-surface.js";
import { documentOf, json, number, object, oneOf, text } from "../document/testing.js";

const at = "POST /api/things";

async function rated(before: Document, after: Document): Promise<string> {
  const { raw, hub } = await describe(before, after);
  return `${raw} ${hub}`;
}

const bodies = (before: JsonObject, after: JsonObject): [Document, Document] => [
  documentOf({ [at]: json({ body: before }) }),
  documentOf({ [at]: json({ body: after }) }),
];
const responses = (before: JsonObject, after: JsonObject): [Document, Document] => [
  documentOf({ [at]: json({ response: before }) }),
  documentOf({ [at]: json({ response: after }) }),
];
const a = object({ a: text });

group("what callers give", () => {
  it.each<[string, JsonObject, JsonObject, string]>([
    ["a new optional property", a, object({ a: text, "b?": text }), "minor"],
    ["a new required property", a, object({ a: text, b: text }), "major"],
    ["an optional property that is gone", object({ a: text, "b?": text }), a, "major"],
    ["a property that became required", object({ "a?": text }), a, "major"],
    ["a property that became optional", a, object({ "a?": text }), "minor"],
    ["a property that may be null", a, object({ a: { type: ["null", "string"] } }), "minor"],
    ["a property that may no longer be null", object({ a: { type: ["null", "string"] } }), a, "major"],
    ["a value more", oneOf("x"), oneOf("x", "y"), "minor"],
    ["a value less", oneOf("x", "y"), oneOf("x"), "major"],
    ["a wider type", object({ a: text }), object({ a: { anyOf: [number, text] } }), "minor"],
    ["another type", object({ a: text }), object({ a: number }), "major"],
    ["a list that opens to any text", object({ a: oneOf("x") }), a, "minor"],
    ["text that closes to a list", a, object({ a: oneOf("x") }), "major"],
    ["a lower maximum", object({ a: number }), object({ a: { ...number, maximum: 5 } }), "patch"],
    ["another property by pattern only", object({ a: text }), object({ a: { ...text, pattern: "^a" } }), "patch"],
  ])("%s", async (_, before, after, expected) => {
    expect(await rated(...bodies(before, after))).toBe(`${expected} ${expected}`);
  });

  it("a query parameter that is gone breaks, although the types are assignable", async () => {
    const query = (parameters: JsonObject): Document => documentOf({ [at]: json({ query: parameters }) });
    expect(await rated(query({ a: text, b: text }), query({ a: text }))).toBe("major major");
    expect(await rated(query({ a: text }), query({ a: text, b: text }))).toBe("minor minor");
  });

  it("a query parameter that is deprecated is news", async () => {
    const query = (more: JsonObject): Document =>
      documentOf({ [at]: { parameters: [{ in: "query", name: "a", schema: text, ...more }] } });
    expect(await rated(query({}), query({ deprecated: true }))).toBe("minor minor");
    expect(await rated(query({ deprecated: true }), query({}))).toBe("patch patch");
  });

  it("a parameter that moves is told with both its places, once", async () => {
    const placed = (place: string): Document =>
      documentOf({
        [at]: {
          parameters: [
            { in: place, name: "a", schema: text },
            { in: "query", name: "b", schema: text },
          ],
        },
      });
    const { raw, changes } = await describe(placed("query"), placed("header"));
    expect(raw).toBe("major");
    expect(changes.map(({ kind, subject, detail }) => [kind, subject, detail])).toEqual([
      ["parameter-moved", "a", "`query` → `header`"],
    ]);
    expect(changelog(changes, "raw")).toContain("has moved, `query` → `header` in `POST /api/things`; send it there");
  });

  it("another media type of the body is news, one less is a break, and what stays is still compared", async () => {
    const taking = (content: Record<string, JsonObject>): Document => {
      const types = Object.entries(content).map(([type, schema]) => [type, { schema }]);
      return documentOf({ [at]: { requestBody: { required: true, content: Object.fromEntries(types) } } });
    };
    const [one, two] = [taking({ json: a }), taking({ json: a, form: object({ file: text }) })];
    expect(await rated(one, two)).toBe("minor minor");
    expect(await rated(two, one)).toBe("major major");
    expect(await rated(one, taking({ json: object({ a: number }), form: a }))).toBe("major major");
    const { changes } = await describe(one, two);
    expect(changelog(changes, "raw")).toContain("- The body that you send to `POST /api/things` may also be `form`");
  });

  it("a member of a union that another member covers is no loss", async () => {
    const union = (...members: JsonObject[]): JsonObject => object({ a: { anyOf: members } });
    const [before, after] = bodies(
      union({ ...text, maxLength: 5 }, { ...text, pattern: "^x" }),
      union({ ...text, maxLength: 5 }),
    );
    expect(await rated(before, after)).toBe("patch patch");
  });
});

group("what callers get", () => {
  it.each<[string, JsonObject, JsonObject, string]>([
    ["a property more", a, object({ a: text, b: text }), "minor"],
    ["an optional property that is gone", object({ a: text, "b?": text }), a, "major"],
    ["a property that may be missing", a, object({ "a?": text }), "major"],
    ["a property that is always there", object({ "a?": text }), a, "minor"],
    ["a property that may be null", a, object({ a: { type: ["null", "string"] } }), "major"],
    ["a value more, which code must expect", object({ a: oneOf("x") }), object({ a: oneOf("x", "y") }), "minor"],
    [
      "a value more inside an open list",
      object({ a: { anyOf: [oneOf("x"), text] } }),
      object({ a: { anyOf: [oneOf("x", "y"), text] } }),
      "minor",
    ],
    ["a list that opens to any text", object({ a: oneOf("x") }), object({ a: { anyOf: [oneOf("x"), text] } }), "major"],
    [
      "another shape in a union",
      object({ a: { anyOf: [a, number] } }),
      object({ a: { anyOf: [a, number, text] } }),
      "major",
    ],
    ["another type", a, object({ a: number }), "major"],
    ["another format", a, object({ a: { ...text, format: "uri" } }), "patch"],
  ])("%s", async (_, before, after, expected) => {
    expect(await rated(...responses(before, after))).toBe(`${expected} ${expected}`);
  });

  it("a new value does not hide a break next to it", async () => {
    const [before, after] = responses(object({ a: oneOf("x"), b: text }), object({ a: oneOf("x", "y"), b: number }));
    expect(await rated(before, after)).toBe("major major");
  });

  it("what the compiler finds broken is major, whether or not a rule can tell why", async () => {
    const map = (schema: JsonObject): JsonObject => ({ type: "object", patternProperties: { "^a": schema } });
    const [before, after] = responses(object({ a: map(text) }), object({ a: map(number) }));
    const { raw, changes } = await describe(before, after);
    expect(raw).toBe("major");
    expect(changes.map(({ kind }) => kind)).toContain("type-incompatible");
  });

  const list = (items: JsonObject): JsonObject => ({ type: "array", items });
  const nestings: Record<string, (inner: JsonObject, level: number) => JsonObject> = {
    "lists of objects": (inner, level) => list(object({ [`level${level}`]: inner })),
    "lists of lists": list,
    tuples: (inner, level) => ({ type: "array", prefixItems: [object({ [`level${level}`]: inner }), number] }),
    "maps of lists": (inner, level) => ({ additionalProperties: list(object({ [`level${level}`]: inner })) }),
  };
  const nested = (kind: string, depth: number, leaf: JsonObject): JsonObject =>
    Array.from({ length: depth }).reduce<JsonObject>((inner, _, level) => nestings[kind]?.(inner, level) ?? {}, leaf);
  const depths = [1, 2, 3, 4, 5, 6];

  it.each(Object.keys(nestings))("a break is one under up to six %s, alone and beside equal ones", async (kind) => {
    const nullable: JsonObject = { type: ["null", "string"] };
    for (const depth of depths) {
      const alone = (leaf: JsonObject): JsonObject => nested(kind, depth, leaf);
      expect([depth, await rated(...responses(alone(text), alone(number)))]).toEqual([depth, "major major"]);
      expect([depth, await rated(...responses(alone(text), alone(nullable)))]).toEqual([depth, "major major"]);
      expect([depth, await rated(...responses(alone(nullable), alone(text)))]).toEqual([depth, "minor minor"]);
      expect([depth, await rated(...bodies(alone(text), alone(nullable)))]).toEqual([depth, "minor minor"]);
    }
    const batch = (leaf: JsonObject): Document =>
      documentOf(
        Object.fromEntries(
          depths.flatMap((depth) => [
            [`GET /api/a${depth}`, json({ response: nested(kind, depth, leaf) })],
            [`GET /api/b${depth}`, json({ response: object({ inside: nested(kind, depth, leaf) }) })],
            [`PUT /api/c${depth}`, json({ body: object({ inside: nested(kind, depth, leaf) }) })],
          ]),
        ),
      );
    const { changes } = await describe(batch(text), batch(number));
    const broken = changes.filter(({ raw }) => raw === "major").map(({ operation }) => operation?.path);
    expect(new Set(broken).size).toBe(depths.length * 3);
  });

  it("a list is no object with unnamed properties, nor a list a tuple", async () => {
    const others: JsonObject = { type: "object", additionalProperties: {} };
    const pair: JsonObject = { type: "array", prefixItems: [text, text] };
    expect(await rated(...responses(object({ a: others }), object({ a: list(text) })))).toBe("major major");
    expect(await rated(...responses(object({ a: list(text) }), object({ a: others })))).toBe("major major");
    expect(await rated(...bodies(object({ a: list(text) }), object({ a: pair })))).toBe("major major");
    expect(await rated(...bodies(object({ a: pair }), object({ a: list(text) })))).toBe("minor minor");
  });

  it("describing a response for the first time breaks nobody", async () => {
    const bare = documentOf({ [at]: json({}) });
    const none = documentOf({ [at]: {} });
    const full = documentOf({ [at]: json({ response: a }) });
    expect(await rated(bare, full)).toBe("minor minor");
    expect(await rated(none, full)).toBe("minor minor");
    expect(await rated(full, none)).toBe("major major");
  });
});

group("whole operations", () => {
  const one = { "GET /api/a": json({ response: a }) };

  it("a new one is minor for the types and nothing for the methods", async () => {
    expect(await rated(documentOf(one), documentOf({ ...one, "GET /api/b": json({}) }))).toBe("minor none");
  });

  it("one that is gone breaks both", async () => {
    expect(await rated(documentOf({ ...one, "GET /api/b": json({}) }), documentOf(one))).toBe("major major");
  });

  it("one that moved breaks the types and not the methods, whose names stay", async () => {
    const before = documentOf({ "POST /api/discussions/mark-as-read": json({ body: a }) });
    const after = documentOf({ "POST /api/notifications/mark-as-read": json({ body: a }) });
    expect(await rated(before, after)).toBe("major patch");
  });

  it("one that is split by kind breaks the types and not the methods", async () => {
    const before = documentOf({ "GET /api/{repoType}/{repo}/refs": json({ response: a }) });
    const kinds = ["models", "datasets", "spaces"].map((kind) => [
      `GET /api/${kind}/{repo}/refs`,
      json({ response: a }),
    ]);
    expect(await rated(before, documentOf(Object.fromEntries(kinds)))).toBe("major patch");
  });

  it("one that needs no token any more is news for the methods, and a note for the types", async () => {
    const [before, after] = [documentOf(one), documentOf({ "GET /api/a": { ...json({ response: a }), security: [] } })];
    expect(await rated(before, after)).toBe("patch minor");
    expect(await rated(after, before)).toBe("patch patch");
  });

  it("the same document is no change", async () => {
    expect(await rated(documentOf(one), documentOf(one))).toBe("none none");
  });

  it("a difference that nobody taught it to name is a patch all the same", async () => {
    const after = documentOf({ "GET /api/a": { ...json({ response: a }), "x-unheard-of": 1 } });
    expect(await rated(documentOf(one), after)).toBe("patch patch");
  });
});

group("named schemas", () => {
  const named = (name: string, properties: Record<string, JsonObject>): Document => ({
    ...documentOf({ [at]: json({ response: { $ref: `#/components/schemas/${name}` } }) }),
    components: { schemas: { [name]: object(properties) } },
  });

  it("a change inside one shows in the operations that use it", async () => {
    const { raw, changes } = await describe(named("A", { a: text }), named("A", { a: number }));
    expect(raw).toBe("major");
    expect(changes.map(({ operation, place }) => `${operation?.name} ${place}`)).toEqual([`${at} response 200.a`]);
  });

  it("a name that is gone breaks the types and not the methods", async () => {
    expect(await rated(named("A", { a: text }), named("B", { a: text }))).toBe("major patch");
  });

  it("a name that is gone breaks the methods as well, where their package exports it", async () => {
    const surface: HubSurface = { ...noSurface, shapes: new Set(["A"]) };
    const { raw, hub } = await describe(named("A", { a: text }), named("B", { a: text }), surface);
    expect({ raw, hub }).toEqual({ raw: "major", hub: "major" });
  });

  it("a name that goes to another schema breaks who writes it, though every operation is as it was", async () => {
    const holding = (inline: string, schema: JsonObject, more: Record<string, JsonObject>): Document => ({
      ...documentOf({
        [at]: json({ response: inline === "" ? { $ref: "#/components/schemas/A" } : object({ a: text }) }),
        ...more,
      }),
      components: { schemas: { A: schema } },
    });
    const taker = json({ response: { $ref: "#/components/schemas/A" } });
    const before = holding("", object({ a: text }), {});
    const after = holding("inline", object({ a: text, b: text }), { "GET /api/new": taker });
    const narrower = holding("inline", object({ "a?": text }), { "GET /api/new": taker });
    expect(await rated(before, after)).toBe("minor none");
    expect(await rated(before, narrower)).toBe("major patch");
    const { raw, hub, changes } = await describe(before, narrower, { ...noSurface, shapes: new Set(["A"]) });
    expect({ raw, hub }).toEqual({ raw: "major", hub: "major" });
    expect(changes.map(({ kind, operation, shape, subject }) => [kind, operation?.name, shape, subject])).toEqual([
      ["operation-added", "GET /api/new", undefined, ""],
      ["property-optional", undefined, "A", "a"],
    ]);
  });

  it("a change of a named type is told once, by its operations, and with its name", async () => {
    const { changes } = await describe(named("A", { a: text }), named("A", { a: number }));
    expect(changes.map(({ kind, shape }) => [kind, shape])).toEqual([["type-changed", "A"]]);
  });

  it("a choice with a discriminator is compared by what it chooses from, however its schemas are called", async () => {
    const cat = (name: string, extra: Record<string, JsonObject> = {}): [string, JsonObject] => [
      name,
      object({ kind: { const: "cat" }, ...extra }),
    ];
    const dog: [string, JsonObject] = ["Dog", object({ kind: { const: "dog" } })];
    const choice = (first: [string, JsonObject], target = `#/components/schemas/${first[0]}`): Document => {
      const pet = {
        oneOf: [{ $ref: `#/components/schemas/${first[0]}` }, { $ref: "#/components/schemas/Dog" }],
        discriminator: { propertyName: "kind", mapping: { cat: target, dog: "#/components/schemas/Dog" } },
      };
      const operations = {
        "GET /a": json({ response: object({ pet }) }),
        "GET /b": json({ response: object({ pet, b: text }) }),
      };
      return { ...documentOf(operations), components: { schemas: Object.fromEntries([first, dog]) } };
    };
    expect(await rated(choice(cat("Cat")), choice(cat("Cat", { "name?": text })))).toBe("minor minor");
    expect(await rated(choice(cat("Cat", { name: number })), choice(cat("Cat", { name: text })))).toBe("major major");
    const { changes } = await describe(choice(cat("Cat")), choice(cat("Tom")));
    expect(new Set(changes.map(({ kind, raw }) => `${kind} ${raw}`))).toEqual(
      new Set(["operation-changed patch", "shape-removed major", "shape-added minor"]),
    );
  });

  it("one that contains itself comes to an end", async () => {
    const tree = (extra: Record<string, JsonObject>): Document =>
      named("A", { "children?": { type: "array", items: { $ref: "#/components/schemas/A" } }, ...extra });
    expect(await rated(tree({}), tree({ b: text }))).toBe("minor minor");
  });
});
