import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as operations from "../src/generated/operations.js";
import * as main from "../src/index.js";
import * as wire from "../src/wire.js";

const offers: Record<string, object> = {
  "@hf-api/raw": main,
  "@hf-api/raw/wire": wire,
  "@hf-api/raw/operations": operations,
};
const read = (name: string): string => readFileSync(new URL(`../${name}`, import.meta.url), "utf8");
const { files } = JSON.parse(read("package.json")) as { files: string[] };

describe.each(["README.md", "llms.txt", "AGENTS.md"])("%s", (name) => {
  it("imports only what there is, and is published", () => {
    const imports = [...read(name).matchAll(/^import \{ ([^}]+) \} from "([^"]+)";$/gm)];
    const missing = imports.flatMap(([, names = "", from = ""]) =>
      names.split(", ").filter((imported) => !(imported in (offers[from] ?? {}))),
    );
    expect(missing).toEqual([]);
    // npm publishes a README whether or not it is listed.
    if (name !== "README.md") expect(files).toContain(name);
  });
});

it("llms.txt names every function and class", () => {
  const text = read("llms.txt");
  expect(Object.keys(main).filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
});

it("@hf-api/raw/wire shares what it has with the whole package", () => {
  for (const [name, value] of Object.entries(wire)) expect(Object.entries(main)).toContainEqual([name, value]);
});
