import { expect, it } from "vitest";
import { createMockHub } from "../src/index.js";
import { apiOf } from "./api.js";

const api = apiOf(createMockHub());
const card = (...lines: string[]) => ["---", ...lines, "---", "# A model", ""].join("\n");

/** The status, and the messages of errors and warnings. */
async function check(content: string, repoType = "model"): Promise<unknown[]> {
  const { status, body } = await api("POST", "/api/validate-yaml", { content, repoType });
  const { errors, warnings } = body as Record<"errors" | "warnings", { message: string }[]>;
  return [status, ...errors.map(({ message }) => `error: ${message}`), ...warnings.map(({ message }) => message)];
}

it.each([
  ["a license", card("license: mit")],
  ["a license in quotes", card("license: 'apache-2.0' # ours")],
  ["several licenses", card("license: [mit, gpl-3.0]", "tags: [a, b]")],
  ["licenses below", card("license:", "- mit", "- other", "license_name: ours")],
  ["lines of Windows", card("license: mit", "tags:", "  - a").replaceAll("\n", "\r\n")],
  ["blocks of text", card("license: mit", "description: |", "  It's: [odd", "  - 'and", "title: >-", "  a: b: c")],
  ["values over lines", card("license: mit", "tags: [", "a,", "  'b: c', \"d\"", "]", 'note: "one', '  two: three"')],
  ["signs in the middle", card("license: mit", "title: it's a [test", "url: https://a.example/x#y", "a:b: 'it''s'")],
  ["a quote with a quote in it", card("license: mit", 'tags: ["a \\", [", b]')],
  ["a comment", card("license: mit", "# it's: [odd", "tags: [a, # not b, [c", "d]")],
  ["the example of a widget", card("license: mit", "widget:", '- text: "Who: me?"', "  example_title: {a: b}")],
])("%s is fine", async (_, content) => expect(await check(content)).toEqual([200]));

it.each([
  ["no metadata", "# A model", "The card has no metadata"],
  ["metadata that is not closed", "---\nlicense: mit\n# A model", "The card has no metadata"],
  ["no license", card("tags: [a]"), "The card names no license"],
  ["nothing in the metadata", "---\n---\n# A model", "The card names no license"],
])("%s is warned of", async (_, content, warning) => expect(await check(content)).toEqual([200, warning]));

it.each([
  ["an unknown license", card("license: mitt"), /^error: "license" must be one of \[apache-2\.0, mit, .*, other\]$/],
  ["one among others", card("license:", "  - mit", "  - mitt"), /"license" must be one of/],
  ["a line without a value", card("license: mit", "tags", "- a"), 'Expected "name: value" (line 2 of the metadata)'],
  ["a tab", card("license: mit", "tags:", "\t- a"), "YAML does not take tabs to indent (line 3 of the metadata)"],
  ["a name that is there twice", card("license: mit", "license: mit"), '"license" is there twice'],
  ["a colon without quotes", card("license: mit", "title: A model: mine"), 'A value with ": " in it needs quotes'],
  ["a mistake behind a block of text", card("license: mit", "note: |", "  a", "tags: [a"), "expected ]"],
  ["an open bracket", card("license: mit", "tags: [a, b"), "expected ]"],
  ["an open quote", card("license: mit", 'title: "Mine'), 'expected "'],
])("%s is an error", async (_, content, message) => {
  const [status, error, ...more] = await check(content);
  expect([status, more]).toEqual([400, []]);
  if (typeof message === "string") expect(error).toContain(message);
  else expect(error).toMatch(message);
});

it("results have to be a list", async () => {
  expect(await check(card("license: mit", "model-index: foo"))).toEqual([400, 'error: "model-index" must be an array']);
  expect(await check(card("license: mit", "model-index:", "- name: mine", "  results: []"))).toEqual([200]);
  expect(await check(card("license: mit", "model-index: [{name: mine}]"))).toEqual([200]);
});

it("the answer is text for those who want text", async () => {
  const plain = { accept: "text/plain" };
  const post = (content: string) => api("POST", "/api/validate-yaml", { content, repoType: "model" }, plain);
  const refused = await post(card("license: mit", "model-index: foo"));
  expect([refused.status, refused.headers.get("content-type")]).toEqual([400, "text/plain; charset=utf-8"]);
  expect(refused.body).toBe('- Error: "model-index" must be an array');
  expect(await post(card("tags: [a]"))).toMatchObject({ status: 200, body: "- Warning: The card names no license" });
});

it("a Space needs no license, and the question needs a card and a type", async () => {
  expect(await check(card("sdk: static"), "space")).toEqual([200]);
  expect(await check(card("license: mit"), "kernel")).toEqual([200]);
  expect((await api("POST", "/api/validate-yaml", { content: "" })).status).toBe(400);
  expect((await api("POST", "/api/validate-yaml", { content: "", repoType: "bucket" })).status).toBe(400);
});
