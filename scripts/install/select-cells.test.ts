import { describe, expect, it } from "vitest";
import { allCells } from "./all-cells.js";
import { selectCells } from "./select-cells.js";

const cells = allCells(["@x/raw", "@x/hub"]);
const names = (...asked: string[]): string[] => selectCells(cells, asked).map(({ name }) => name);

describe("the cells", () => {
  it("have a name each, and no word that a shell would part", () => {
    expect(new Set(cells.map(({ name }) => name)).size).toBe(cells.length);
    for (const step of cells.flatMap(({ steps }) => steps)) expect(step).not.toMatch(/["'\\$&|;]| {2}/);
  });

  it("name the version of whatever npx gets", () => {
    const got = cells.flatMap(({ steps }) => steps).filter((step) => step.startsWith("npx"));
    for (const step of got) expect(step).toMatch(/^npx -y (-p )?(@[\w-]+\/)?[\w-]+@[\d.]+ /);
  });
});

describe("what is proved", () => {
  it("is everything when nothing is asked for", () => {
    expect(names()).toEqual(cells.map(({ name }) => name));
  });

  it("is one cell by its name, and all of a group by the group's", () => {
    expect(names("node24")).toEqual(["node24"]);
    const group = cells.filter((cell) => cell.group === "require").map(({ name }) => name);
    expect(names("require", "publint-hub")).toEqual([...group, "publint-hub"]);
  });

  it("is nothing when a name is misspelt, and the one that was meant is told", () => {
    expect(() => names("chrmium", "nod24")).toThrow("There is no cell chrmium, nod24; did you mean chromium, node24?");
  });

  it("is nothing when a name is unknown", () => {
    expect(() => names("node24", "node18")).toThrow(/^There is no cell node18; there are install, .*chromium/);
  });
});
