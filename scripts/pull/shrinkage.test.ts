import { describe, expect, it } from "vitest";
import type { Document, JsonObject } from "../document/document.js";
import { PipelineError } from "../cli/pipeline-error.js";
import { checkShrinkage } from "./shrinkage.js";

const typed: JsonObject = { "200": { content: { "application/json": { schema: { type: "object" } } } } };
const untyped: JsonObject = { "200": { content: { "application/json": { schema: {} } } } };

/** A hundred operations that are alike, but for some. */
function document(count = 100, change: (index: number) => JsonObject = () => ({}), more: JsonObject = {}): Document {
  const paths = Array.from({ length: count }, (_, index): [string, Document["paths"][string]] => [
    `/${index}`,
    { get: { tags: ["models"], responses: typed, ...change(index) } },
  ]);
  return {
    openapi: "3.1.0",
    paths: Object.fromEntries(paths),
    servers: [{ url: "https://huggingface.co" }],
    security: [{ bearerAuth: [] }],
    components: { securitySchemes: { bearerAuth: { type: "http", scheme: "bearer" } } },
    ...more,
  };
}

describe("a document passes", () => {
  it.each<[string, Document]>([
    ["that stayed the same", document()],
    ["that grew", document(130)],
    ["that lost two operations in a hundred", document(98)],
    ["with a new area", document(101, (index) => (index === 100 ? { tags: ["new"] } : {}))],
    [
      "whose responses lost five schemas in a hundred",
      document(100, (index) => (index < 5 ? { responses: untyped } : {})),
    ],
    [
      "that gained schemas",
      document(100, undefined, { components: { ...(document()["components"] as JsonObject), schemas: {} } }),
    ],
  ])("%s", (_, after) => {
    expect(() => checkShrinkage(document(), after)).not.toThrow();
  });

  it("whose lost operations are no responses that lost their schema", () => {
    const before = document(400);
    expect(() =>
      checkShrinkage(
        before,
        document(392, (index) => (index < 15 ? { responses: untyped } : {})),
      ),
    ).not.toThrow();
  });
});

describe("a document is refused", () => {
  it.each<[string, Document, string]>([
    [
      "that lost three operations in a hundred",
      document(97),
      "it lost 3 of 100 operations, among them GET /97, GET /98 and GET /99",
    ],
    [
      "that lost a third of its operations",
      document(67),
      "it lost 33 of 100 operations, among them GET /67, GET /68, GET /69, GET /70, GET /71 and 28 more",
    ],
    ["that lost a whole area", document(100, () => ({ tags: ["other"] })), "the area models is gone"],
    [
      "whose responses lost six schemas in a hundred",
      document(100, (index) => (index < 6 ? { responses: untyped } : {})),
      "6 responses lost their schema",
    ],
    [
      "whose operations lost their responses",
      document(100, (index) => (index < 50 ? { responses: {} } : {})),
      "50 responses lost their schema",
    ],
    [
      "of another server",
      document(100, undefined, { servers: [{ url: "https://example.com" }] }),
      'its servers changed, `[{"url":"https://huggingface.co"}]` → `[{"url":"https://example.com"}]`',
    ],
    [
      "with other security",
      document(100, undefined, { security: [] }),
      'its security changed, `[{"bearerAuth":[]}]` → `[]`',
    ],
    [
      "with other security schemes",
      document(100, undefined, { components: { securitySchemes: { cookie: {} } } }),
      "its security schemes changed: `bearerAuth` is gone and `cookie` is new",
    ],
    [
      "with a security scheme of another kind",
      document(100, undefined, { components: { securitySchemes: { bearerAuth: { type: "apiKey" } } } }),
      "its security schemes changed: `bearerAuth` is changed",
    ],
  ])("%s", (_, after, reason) => {
    expect(() => checkShrinkage(document(), after)).toThrow(PipelineError);
    expect(() => checkShrinkage(document(), after)).toThrow(
      `Refusing the document: ${reason}. If that is meant, run again with --accept-loss and say so in the commit.`,
    );
  });
});
