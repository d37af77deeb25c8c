import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

const sources = new URL("../../src/", import.meta.url);
const read = (file: string): string => readFileSync(new URL(file, sources), "utf8");

/** The one-line comments before whatever the pattern finds, by the name that it catches. */
function commentsBefore(pattern: string, source: string): [name: string, words: string][] {
  const found = source.matchAll(new RegExp(`(?: *\\/\\*\\* (.*) \\*\\/\\n)?^ *${pattern}`, "gm"));
  return Array.from(found, ([, words = "", name = ""]) => [name, words]);
}

it("each namespace is told of in the same words where a program meets it first", () => {
  const files = readdirSync(new URL("namespaces/", sources)).filter((file) => !file.endsWith(".test.ts"));
  const classes = new Map(
    files.flatMap((file) => commentsBefore(String.raw`export class (\w+) `, read(`namespaces/${file}`))),
  );
  const getters = commentsBefore(String.raw`get \w+\(\): ([A-Z]\w+) \{\n    return this\.namespace`, read("hub.ts"));
  expect(getters.length).toBeGreaterThan(30);
  expect(getters.filter(([, words]) => words === "")).toEqual([]);
  expect(getters.filter(([name, words]) => classes.get(name) !== words)).toEqual([]);
});
