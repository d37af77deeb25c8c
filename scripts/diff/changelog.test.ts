import { describe as group, expect, it } from "vitest";
import { changelog, headline } from "./changelog.js";
import { describe } from "./describe.js";
import type { Document, JsonObject } from "../document/document.js";
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
      many(5, (i) => json({ answer: object({ [i % 2 === 0 ? "role" : "userRole"]: oneOf(...values) }) }));
    expect(lines(await told(roles("read"), roles("no_access", "read")))).toEqual([
      "- `role` gains `no_access` in 5 places",
    ]);
  });

  it("names the operations where they are few", async () => {
    const operations = (properties: Record<string, JsonObject>): Document =>
      documentOf({ "GET /api/a": { ...json({ answer: object(properties) }), operationId: "getA" } });
    expect(lines(await told(operations({}), operations({ b: text, c: text })))).toEqual([
      "- New in answers: `b` and `c` in `getA`",
    ]);
  });

  it("puts breaks first, and says what no type shows", async () => {
    const body = (schema: JsonObject): Document =>
      documentOf({ "PUT /api/a": json({ body: object({ a: schema, "b?": text }) }) });
    const after = documentOf({ "PUT /api/a": json({ body: object({ a: { ...number, maximum: 5 }, c: text }) }) });
    expect(await told(body({ ...number, maximum: 9 }), after)).toBe(
      [
        "**Breaking**\n",
        "- No longer accepted: `b` in `PUT /api/a`",
        "- New required input `c` in `PUT /api/a`\n",
        "**Notes**\n",
        "- `a`: maximum `9` → `5` in `PUT /api/a`; no type shows it\n",
      ].join("\n"),
    );
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
      "- `{repoType}` in the path became `models` and `spaces`, each with its own path: `GET /api/{repoType}/{repo}/refs` and `GET /api/{repoType}/{repo}/tree`",
    ]);
  });

  it("stays within 40 lines and counts the rest, and no section is lost", async () => {
    const before = many(1, () => json({ body: object({ a: number }) }));
    const after = many(90, () => json({ body: object({ a: { ...number, maximum: 5 }, b: text }) }));
    const markdown = await told(before, after);
    expect(markdown.split("\n").length).toBeLessThanOrEqual(41);
    expect(markdown).toContain("New required input `b`");
    expect(markdown).toMatch(/- and \d+ more of these/);
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
      many(1, () => json({ answer: object({ a: oneOf("x", ...values) }) }));
    const markdown = await told(operations([]), operations(hostile));
    const outside = markdown.replace(/`[^`]*`/g, "");
    expect(outside).not.toMatch(/[@<[]|http|rm/);
    expect(markdown).not.toMatch(/::|##\[/);
    expect(lines(markdown)).toHaveLength(1);
  });
});

group("the headline", () => {
  it("counts operations and quotes nothing", async () => {
    const before = documentOf({ "GET /api/a": json({ answer: object({ a: text }) }), "GET /api/b": json({}) });
    const after = documentOf({ "GET /api/a": json({ answer: object({ a: number }) }), "GET /api/c/d/@all": json({}) });
    const { changes } = await describe(before, after);
    expect(headline(changes)).toBe("operations: 1 added, 1 gone, 1 changed");
  });
});
