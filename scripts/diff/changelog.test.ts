import { describe as group, expect, it } from "vitest";
import { changelog, headline } from "./changelog.js";
import { describe } from "./describe.js";
import type { Document, JsonObject } from "../document/document.js";
import type { HubSurface } from "./hub-surface.js";
import { documentOf, json, number, object, oneOf, text } from "../document/testing.js";

const lines = (markdown: string): string[] => markdown.split("\n").filter((line) => line.startsWith("- "));

async function told(before: Document, after: Document): Promise<string> {
  return changelog((await describe(before, after)).changes, "raw");
}

const many = (count: number, operation: (index: number) => JsonObject): Document =>
  documentOf(Object.fromEntries(Array.from({ length: count }, (_, i) => [`GET /api/thing${i}`, operation(i)])));

group("the changelog", () => {
  it("tells one concept in one line, however many places show it", async () => {
    const roles = (...values: string[]): Document =>
      many(5, (i) => json({ response: object({ [i % 2 === 0 ? "role" : "userRole"]: oneOf(...values) }) }));
    expect(lines(await told(roles("read"), roles("no_access", "read")))).toEqual([
      "- `role` and `userRole` that you get from `GET /api/thing0`, `GET /api/thing2`, `GET /api/thing4`, `GET /api/thing1` and `GET /api/thing3` may also be `no_access`; handle it",
    ]);
  });

  it("tells siblings in one line", async () => {
    const operations = (properties: Record<string, JsonObject>): Document =>
      documentOf({ "GET /api/a": { ...json({ response: object(properties) }), operationId: "getA" } });
    expect(lines(await told(operations({}), operations({ b: text, c: text })))).toEqual([
      "- You also get `b` and `c` from `GET /api/a`",
    ]);
  });

  it("names whom a break concerns, up to twelve of them, and how many more there are", async () => {
    const gone = async (count: number): Promise<string[]> =>
      lines(
        await told(
          many(count, () => json({ response: object({ a: text, b: text }) })),
          many(count, () => json({ response: object({ a: text }) })),
        ),
      );
    const names = (count: number): string[] => Array.from({ length: count }, (_, i) => `\`GET /api/thing${i}\``);
    expect(await gone(4)).toEqual([
      `- You no longer get \`b\` from ${names(3).join(", ")} and \`GET /api/thing3\`; stop reading it`,
    ]);
    expect(await gone(30)).toEqual([
      `- You no longer get \`b\` from ${names(11).join(", ")} and 19 more; stop reading it`,
    ]);
  });

  it("says whether callers send or get it, a line each", async () => {
    const both = (schema: JsonObject): Document =>
      documentOf({ "PUT /api/a": json({ body: schema, response: schema }) });
    expect(lines(await told(both(object({ a: oneOf("x", "y") })), both(object({ a: oneOf("x") }))))).toEqual([
      "- `a` that you send to `PUT /api/a` may no longer be `y`; send another value",
      "- `a` that you get from `PUT /api/a` is never `y` any more",
    ]);
    expect(lines(await told(both(object({})), both(object({ "a?": text }))))).toEqual([
      "- You can send `a` to `PUT /api/a`",
      "- You also get `a` from `PUT /api/a`",
    ]);
  });

  it("tells a parameter, a header and a whole response apart from a property of their name", async () => {
    const before = documentOf({ "GET /api/a": json({ response: text }) });
    const after = documentOf({ "GET /api/a": json({ query: { a: text }, response: { type: ["null", "string"] } }) });
    const response = after.paths["/api/a"]?.["get"]?.["responses"] as JsonObject;
    Object.assign(response["200"] as JsonObject, { headers: { Link: { schema: text } } });
    expect(lines(await told(before, after))).toEqual([
      "- What you get from `GET /api/a` may be `null`; check for it",
      "- You can send the query parameter `a` to `GET /api/a`",
      "- You also get the header `Link` from `GET /api/a`",
    ]);
  });

  it.each<[string, JsonObject, JsonObject, string]>([
    [
      "an object by another one",
      { anyOf: [object({ a: text, b: text, c: text }), number] },
      { anyOf: [object({ a: text, x: text, y: text }), number] },
      "`{ b, c }` → `{ x, y }`",
    ],
    [
      "a member of a choice by one with another constant",
      { anyOf: [object({ kind: { const: "a" }, x: text }), number] },
      { anyOf: [object({ kind: { const: "b" }, x: text }), number] },
      '`{ kind: "a", x }` → `{ kind: "b", x }`',
    ],
    [
      "a long pattern by one that begins alike",
      { ...text, pattern: `^(${"models|".repeat(20)}spaces)$` },
      { ...text, pattern: `^(${"models|".repeat(20)}spaces|kernels)$` },
      "pattern `…els|spaces)$` → `…els|spaces|kernels)$`; no type shows it",
    ],
    [
      "an item of a tuple",
      { type: "array", prefixItems: [text, text] },
      { type: "array", prefixItems: [text, number] },
      "changes its type, `string` → `number`",
    ],
    [
      "the length of a tuple",
      { type: "array", prefixItems: [text] },
      { type: "array", prefixItems: [text, number] },
      "changes its type, `[string]` → `[string, number]`",
    ],
    [
      "the names of a map",
      { type: "object", additionalProperties: text, propertyNames: oneOf("x", "z") },
      { type: "object", additionalProperties: text, propertyNames: oneOf("x", "y") },
      "names may also be `y`, names may no longer be `z`; no type shows it",
    ],
  ])("tells what differs where it replaces %s", async (_, before, after, expected) => {
    const operations = (schema: JsonObject): Document =>
      documentOf({ "GET /api/a": json({ response: object({ a: schema }) }) });
    const [line, ...others] = lines(await told(operations(before), operations(after)));
    expect(others).toEqual([]);
    expect(line).toContain(expected);
  });

  it("puts breaks first, and says what no type shows", async () => {
    const body = (schema: JsonObject): Document =>
      documentOf({ "PUT /api/a": json({ body: object({ a: schema, "b?": text }) }) });
    const after = documentOf({ "PUT /api/a": json({ body: object({ a: { ...number, maximum: 5 }, c: text }) }) });
    expect(await told(body({ ...number, maximum: 9 }), after)).toBe(
      [
        "**Breaking**\n",
        "- You can no longer send `b` to `PUT /api/a`; remove it from your calls",
        "- You have to send `c` to `PUT /api/a`; add it to your calls\n",
        "**Notes**\n",
        "- `a` that you send to `PUT /api/a`: maximum `9` → `5`; no type shows it\n",
      ].join("\n"),
    );
  });

  it("tells the members of a choice apart that come and go", async () => {
    const kinds = (...names: string[]): Document =>
      documentOf({
        "PUT /api/a": json({ body: { anyOf: names.map((name) => object({ id: text, kind: { const: name } })) } }),
      });
    expect(lines(await told(kinds("a", "b", "c"), kinds("b", "x", "y", "z")))).toEqual([
      '- What you send to `PUT /api/a` may no longer be `{ kind: "a", id }` or `{ kind: "c", id }`; send another type',
      '- What you send to `PUT /api/a` may also be `{ kind: "x", id }`, `{ kind: "y", id }` or `{ kind: "z", id }`',
    ]);
  });

  it("tells a split once for all operations that have it", async () => {
    const before = documentOf({
      "GET /api/{repoType}/{repo}/refs": json({}),
      "GET /api/{repoType}/{repo}/tree": json({}),
    });
    const after = documentOf(
      Object.fromEntries(
        ["models", "spaces"].flatMap((kind) =>
          ["refs", "tree"].map((what) => [`GET /api/${kind}/{repo}/${what}`, json({})]),
        ),
      ),
    );
    expect(lines(await told(before, after))).toEqual([
      "- `{repoType}` in the path is written out now, as `models` or `spaces`; change the path in your calls: `GET /api/{repoType}/{repo}/refs` and `GET /api/{repoType}/{repo}/tree`",
    ]);
  });

  it("stays within 40 lines and counts the rest, and no section is lost", async () => {
    const before = many(1, () => json({ body: object({ a: number }) }));
    const after = many(90, () => json({ body: object({ a: { ...number, maximum: 5 }, b: text }) }));
    const markdown = await told(before, after);
    expect(markdown.split("\n").length).toBeLessThanOrEqual(41);
    expect(markdown).toContain("You have to send `b` to");
    expect(markdown).toMatch(/- and \d+ more of these, in `GET \/api\/thing\d+`, /);
    expect(markdown).toContain("maximum `5` is new");
  });

  it("lets no text of the document become a mention, a link, markup or a command", async () => {
    const hostile = [
      "@everyone",
      "[x](http://evil.example)",
      "`rm`",
      "<img src=x>",
      "::set-output name=a::b",
      "##[error]x",
      "a\n::error::b",
    ];
    const operations = (values: string[]): Document =>
      many(1, () => json({ response: object({ a: oneOf("x", ...values) }) }));
    const markdown = await told(operations([]), operations(hostile));
    const outside = markdown.replace(/`[^`]*`/g, "");
    expect(outside).not.toMatch(/[@<[]|http|rm/);
    expect(markdown).not.toMatch(/::|##\[/);
    expect(lines(markdown)).toHaveLength(1);
  });
});

group("the changelog of the methods", () => {
  const surface: HubSurface = {
    methods: new Map([
      ["getA", ["hub.a.get"]],
      ["getARevision", ["hub.a.get"]],
      ["listB", ["hub.b.list"]],
    ]),
    renamed: new Map([["listB include_prs", "includePullRequests"]]),
    shapes: new Set(["Thing"]),
  };
  const named = (operations: Record<string, [string, JsonObject]>): Document =>
    documentOf(
      Object.fromEntries(
        Object.entries(operations).map(([label, [operationId, operation]]) => [label, { ...operation, operationId }]),
      ),
    );
  const toldTo = async (before: Document, after: Document): Promise<string> =>
    changelog((await describe(before, after, surface)).changes, "hub");

  it("speaks of methods, each once, and of a path where there is none", async () => {
    const operations = (response: JsonObject): Document =>
      named({
        "GET /a": ["getA", json({ response })],
        "GET /a/{rev}": ["getARevision", json({ response })],
        "GET /z": ["getZ", json({ response })],
      });
    expect(lines(await toldTo(operations(object({})), operations(object({ a: text }))))).toEqual([
      "- You also get `a` from `hub.a.get` and `GET /z`",
    ]);
  });

  it("calls an input as its method does", async () => {
    const operations = (query: JsonObject): Document => named({ "GET /b": ["listB", json({ query })] });
    const changed = operations({ include_prs: { type: "boolean" }, depth: number });
    expect(lines(await toldTo(operations({}), changed))).toEqual([
      "- You can send `includePullRequests` and `depth` to `hub.b.list`",
    ]);
  });

  it("tells of a method whose operation moves or is gone", async () => {
    const before = named({
      "GET /b": ["listB", json({ response: text })],
      "GET /a": ["getA", json({ response: number })],
    });
    const after = named({ "GET /c": ["listB", json({ response: text })] });
    expect(lines(await toldTo(before, after))).toEqual([
      "- Gone: `hub.a.get`, because the Hub no longer has `GET /a`; stop calling it",
      "- `hub.b.list` calls another path now, `GET /b` → `GET /c`; nothing to do",
    ]);
  });

  it("never says the same under two titles, though two operations of a method differ in what breaks", async () => {
    const operations = (...more: JsonObject[]): Document =>
      named({
        "GET /a": ["getA", json({ response: object({ a: { anyOf: [number, ...more] } }) })],
        // Here another member is as wide as the new one already.
        "GET /a/{rev}": [
          "getARevision",
          json({ response: object({ a: { anyOf: [number, { ...text, minLength: 1 }, ...more] } }) }),
        ],
      });
    const { changes } = await describe(operations(), operations(text), surface);
    expect(changes.map(({ hub }) => hub)).toEqual(["major", "patch"]);
    expect(changelog(changes, "hub")).toBe(
      "**Breaking**\n\n- `a` that you get from `hub.a.get` may also be `string`; handle it\n",
    );
  });

  it("tells a named type that is gone or another by now, to those who have it", async () => {
    const types = (schemas: JsonObject): Document => ({ ...named({}), components: { schemas }, paths: {} });
    const thing = object({ a: text });
    expect(lines(await toldTo(types({ Thing: thing, Other: thing }), types({})))).toEqual([
      "- The named type `Thing` is gone; stop importing it",
    ]);
    expect(lines(await toldTo(types({ Thing: thing, Other: thing }), types({ Thing: number, Other: number })))).toEqual(
      [
        "- `Thing` that you send changes its type, `object` → `number`; send the new one",
        "- `Thing` that you get changes its type, `object` → `number`; change the code that reads it",
      ],
    );
  });
});

group("the headline", () => {
  it("counts operations and quotes nothing", async () => {
    const before = documentOf({ "GET /api/a": json({ response: object({ a: text }) }), "GET /api/b": json({}) });
    const after = documentOf({
      "GET /api/a": json({ response: object({ a: number }) }),
      "GET /api/c/d/@all": json({}),
    });
    const { changes } = await describe(before, after);
    expect(headline(changes)).toBe("operations: 1 added, 1 gone, 1 changed");
  });
});
