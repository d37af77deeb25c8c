import { expect, it } from "vitest";
import type { Cell } from "./cell.js";
import { formatMarkdown, formatOutcome } from "./table.js";

const cell: Cell = { name: "node24", group: "run", installed: true, steps: ["npx -y node@24 main.js", "node done.js"] };
const passed = { cell, passed: true, seconds: 2.34, said: "one\nNode.js/24: 7 checks passed\n" };
const failed = { ...passed, passed: false, said: Array.from({ length: 40 }, (_, index) => `line ${index}`).join("\n") };

it("what passed takes one line, with what the last command said in the end", () => {
  expect(formatOutcome(passed)).toBe("  ✓ node24                  2.3 s  Node.js/24: 7 checks passed");
});

it("what failed shows its command and the last lines of its output", () => {
  const lines = formatOutcome(failed).split("\n");
  expect(lines[0]).toBe("  ✗ node24                  2.3 s  npx -y node@24 main.js && node done.js");
  expect(lines.slice(1).map((line) => line.trim())).toEqual(failed.said.split("\n").slice(-25));
});

it("the Markdown table has a row for each, and no drawing in it", () => {
  const drawn = { ...passed, said: "all well\n└────┘" };
  expect(formatMarkdown([passed, failed, drawn]).split("\n").slice(2)).toEqual([
    "| node24 | `npx -y node@24 main.js && node done.js` | Node.js/24: 7 checks passed | 2.3 |",
    "| node24 | `npx -y node@24 main.js && node done.js` | **failed** | 2.3 |",
    "| node24 | `npx -y node@24 main.js && node done.js` | passed | 2.3 |",
  ]);
});
