import { expect, it } from "vitest";
import type { OperationAt } from "../document/document.js";
import { deprecateMethods } from "./deprecate.js";

const at = (kind: string): OperationAt => ({
  method: "get",
  path: `/api/${kind}/{repo}/refs`,
  label: `GET /api/${kind}/{repo}/refs`,
  operation: { tags: [kind] },
});
const linkOf = (kind: string): string =>
  `https://huggingface.co/spaces/huggingface/openapi#tag/${kind}/GET/api/${kind}/%7Brepo%7D/refs`;

const comment = (...kinds: string[]): string =>
  [
    "class A {",
    "  /**",
    "   * Lists the refs.",
    ...kinds.map((kind) => `   * @see ${linkOf(kind)}`),
    "   * @example",
    "   */",
    "  refs() {}",
    "}",
  ].join("\n");

const losing = (text: string, ...kinds: string[]): string | undefined =>
  deprecateMethods(new Map([["src/a.ts", text]]), { lost: kinds.map(at), returned: [] }).get("src/a.ts");
const regaining = (text: string, ...kinds: string[]): string | undefined =>
  deprecateMethods(new Map([["src/a.ts", text]]), { lost: [], returned: kinds.map(at) }).get("src/a.ts");

it("deprecates a method whose only operation is lost", () => {
  expect(losing(comment("models"), "models")).toContain(
    [
      "   * Lists the refs.",
      `   * @deprecated The Hub's document no longer has ${linkOf("models")}; it may end at any time.`,
      "   * @remarks Not in the Hub's OpenAPI document.",
      "   * @example",
    ].join("\n"),
  );
});

it("only says so where a method has another operation, and deprecates it with the last one", () => {
  const text = losing(comment("models", "datasets"), "models") ?? "";
  expect(text).toContain(
    `   * @remarks The Hub's document no longer has ${linkOf("models")}.\n   * @see ${linkOf("datasets")}`,
  );
  expect(text).not.toContain("@deprecated");
  expect(losing(text, "datasets")).toContain("@deprecated");
  expect(losing(comment("models", "datasets"), "models", "datasets")).toContain("@deprecated");
});

it("takes it back when the document describes the operation again", () => {
  for (const kinds of [["models"], ["models", "datasets"]]) {
    expect(regaining(losing(comment(...kinds), "models") ?? "", "models")).toBe(comment(...kinds));
  }
});

it("leaves every other method, and every other file, as it is", () => {
  expect(losing(comment("models"), "datasets")).toBeUndefined();
  const rows = new Map([["test/requests/rows/a.ts", comment("models")]]);
  expect(deprecateMethods(rows, { lost: [at("models")], returned: [] }).size).toBe(0);
});
