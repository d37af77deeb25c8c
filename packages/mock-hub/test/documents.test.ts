import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as checks from "../src/check-responses.js";
import * as main from "../src/index.js";
import * as ofNode from "../src/node.js";

const offers: Record<string, object> = {
  "@hf-api/mock-hub": main,
  "@hf-api/mock-hub/check-responses": checks,
  "@hf-api/mock-hub/node": ofNode,
};
const read = (name: string): string => readFileSync(new URL(`../${name}`, import.meta.url), "utf8");
const { files } = JSON.parse(read("package.json")) as { files: string[] };

describe.each(["README.md", "llms.txt", "AGENTS.md"])("%s", (name) => {
  it("imports only what there is, and is published", () => {
    const imports = [...read(name).matchAll(/^import \{ ([^}]+) \} from "([^"]+)";$/gm)];
    const missing = imports.flatMap(([, names = "", from = ""]) =>
      // The client is another package, which tests against this one.
      names.split(", ").filter((imported) => from !== "@hf-api/hub" && !(imported in (offers[from] ?? {}))),
    );
    expect(missing).toEqual([]);
    expect(files).toContain(name);
  });
});

it("llms.txt names everything that a mock Hub offers", () => {
  const text = read("llms.txt");
  expect(Object.keys(main.createMockHub()).filter((name) => !new RegExp(`\`${name}\\b`).test(text))).toEqual([]);
});
