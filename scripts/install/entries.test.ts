import { describe, expect, it } from "vitest";
import { entriesModule, entriesOf, requireProgram } from "./entries.js";

const manifest = {
  exports: {
    ".": { default: "./index.js" },
    "./node": {},
    "./node/extra": {},
    "./nodes": {},
    "./data.json": "./d.json",
  },
};
const entries = entriesOf({ name: "@x/hub", manifest });

describe("the entries of a package", () => {
  it("are those of its exports; what is under ./node needs Node", () => {
    expect(entries.map(({ specifier, needsNode }) => [specifier, needsNode])).toEqual([
      ["@x/hub", false],
      ["@x/hub/node", true],
      ["@x/hub/node/extra", true],
      ["@x/hub/nodes", false],
      ["@x/hub/data.json", false],
    ]);
  });

  it("are exported by a module, but for JSON, which browsers and compilers take only when told to", () => {
    expect(entriesModule(entries)).toBe(
      `export * as _x_hub from "@x/hub";
export * as _x_hub_node from "@x/hub/node";
export * as _x_hub_node_extra from "@x/hub/node/extra";
export * as _x_hub_nodes from "@x/hub/nodes";
`,
    );
  });

  it("are required one by one, JSON as well, and an empty one is an error", () => {
    const run = (modules: Record<string, object>): string[] => {
      const said: string[] = [];
      const load = (name: string): object | undefined => modules[name];
      const program = new Function("require", "process", "console", requireProgram(entries.slice(0, 2)));
      program(load, { versions: { node: "1.2.3" } }, { log: (line: string) => said.push(line) });
      return said;
    };
    expect(run({ "@x/hub": { a: 1 }, "@x/hub/node": { b: 1 } })).toEqual(["Node.js/1.2.3: 2 entries required"]);
    expect(() => run({ "@x/hub": { a: 1 }, "@x/hub/node": {} })).toThrow("@x/hub/node exports nothing");
  });

  it.each([
    [{}, '@x/hub does not say in "exports" what it lets others import.'],
    [{ exports: "./index.js" }, '@x/hub does not say in "exports" what it lets others import.'],
    [{ exports: { "./*": "./*.js" } }, '@x/hub exports ./*; list each entry as "." or "./name" instead.'],
    [{ exports: { default: "./index.js" } }, '@x/hub exports default; list each entry as "." or "./name" instead.'],
  ])("%j is refused", (given, message) => {
    expect(() => entriesOf({ name: "@x/hub", manifest: given })).toThrow(message);
  });
});
