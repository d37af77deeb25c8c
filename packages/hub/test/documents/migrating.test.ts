import { readFileSync } from "node:fs";
import * as theirs from "@huggingface/hub";
import { describe, expect, it } from "vitest";
import * as ours from "../../src/index.js";
import * as ofNode from "../../src/node/index.js";
import * as oauth from "../../src/oauth/index.js";
import { methodsByNamespace, publicMethods } from "../../samples/public-methods.js";

const text = readFileSync(new URL("../../MIGRATING.md", import.meta.url), "utf8");

const offered = new Set([
  ...publicMethods().map(({ method }) => `hub.${method}`),
  ...[...methodsByNamespace().keys()].map((namespace) => `hub.${namespace}`),
  ...Object.keys(ours),
  ...Object.keys(ofNode),
  ...Object.keys(oauth),
  "new Hub",
  "hub.raw",
]);

interface Row {
  there: string;
  here: string;
  differences: string;
}

/** The rows of the tables below a heading. */
function rowsBelow(heading: string): Row[] {
  const part = text.split(/^## /m).find((section) => section.startsWith(`${heading}\n`)) ?? "";
  const rows = part.split("\n").filter((line) => line.startsWith("|") && !/^\| (there|-)/.test(line));
  return rows.map((line) => {
    const [there = "", here = "", differences = ""] = line
      .slice(1, -1)
      .split("|")
      .map((cell) => cell.trim());
    return { there, here, differences };
  });
}

const codeIn = (words: string): string[] => [...words.matchAll(/`([^`]+)`/g)].map(([, code = ""]) => code);

const fromJavaScript = rowsBelow("From @huggingface/hub");
const fromPython = rowsBelow("From huggingface_hub");

describe("the notes for those who come from another client", () => {
  it("have a row for every function of @huggingface/hub, and for no other", () => {
    const isFunction = (value: unknown): boolean => typeof value === "function" && !/^class\b/.test(String(value));
    const functions = Object.entries(theirs).flatMap(([name, value]) => (isFunction(value) ? [name] : []));
    expect(functions.length).toBeGreaterThan(70);
    expect(fromJavaScript.flatMap(({ there }) => codeIn(there)).toSorted()).toEqual(functions.toSorted());
  });

  it("name each Python function once", () => {
    const names = fromPython.flatMap(({ there }) => codeIn(there));
    expect(names.length).toBeGreaterThan(200);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it.each([
    ["@huggingface/hub", fromJavaScript],
    ["huggingface_hub", fromPython],
  ])("say for each of %s what it is here, or why it is not", (_, rows) => {
    const unclear = rows.filter(({ here, differences }) =>
      here === "none" ? differences === "" : codeIn(here).length !== 1 || !offered.has(codeIn(here)[0] ?? ""),
    );
    expect(unclear).toEqual([]);
  });

  it("name no method that is not there", () => {
    const named = codeIn(text).filter((code) => /^hub\.[\w.]+$/.test(code));
    expect(named.length).toBeGreaterThan(150);
    expect(named.filter((code) => !offered.has(code))).toEqual([]);
  });
});
