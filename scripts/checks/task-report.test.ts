import { describe, expect, it } from "vitest";
import { reportText, taskLine, testsOf, type TaskOutcome } from "./task-report.js";

const vitestLog = (tests: string): string =>
  `$ vitest run\n\n \u001b[2mTest Files \u001b[22m 1 passed (1)\n \u001b[2m     Tests \u001b[22m ${tests}\n`;
const outcome = (changed: Partial<TaskOutcome>): TaskOutcome => ({
  id: "@hf-api/hub#test",
  passed: true,
  cached: false,
  seconds: 12.34,
  log: vitestLog("\u001b[32m7 passed\u001b[39m (7)"),
  ...changed,
});

describe("the tests of a task", () => {
  it.each([
    ["5 passed (5)", { passed: 5, failed: 0, skipped: 0 }],
    ["2 failed | 5 passed | 1 skipped (8)", { passed: 5, failed: 2, skipped: 1 }],
    ["1 failed (1)", { passed: 0, failed: 1, skipped: 0 }],
    ["5 passed | 2 todo (7)", { passed: 5, failed: 0, skipped: 2 }],
  ])("are counted: %s", (tests, counts) => {
    expect(testsOf(vitestLog(tests))).toEqual(counts);
  });

  it("are undefined where none ran", () => {
    expect(testsOf("$ oxlint\nFound 0 warnings.\n")).toBeUndefined();
  });
});

describe("the line of a task", () => {
  it("tells outcome, name, time and tests", () => {
    expect(taskLine(outcome({}))).toBe("  ✓ @hf-api/hub#test               12.3 s  7 passed, 0 failed");
    expect(taskLine(outcome({ id: "//#lint", passed: false, log: "x" }))).toBe(
      "  ✗ lint                           12.3 s",
    );
    expect(taskLine(outcome({ cached: true }))).toContain("cached  7 passed");
  });
});

describe("the report", () => {
  it("ends with the total alone on a line", () => {
    const text = reportText([outcome({}), outcome({ log: vitestLog("1 failed | 3 passed (4)"), passed: false })], 61.2);
    expect(text.split("\n").at(-1)).toBe("10 passed, 1 failed");
    expect(text).toContain("1 of 2 tasks passed in 61 s");
  });

  it("shows failures in full, of Vitest's log from where they begin", () => {
    const log = `noise\n\u001b[31m⎯⎯⎯⎯ Failed Tests 1 ⎯⎯⎯⎯\u001b[39m\nFAIL a.test.ts\n${vitestLog("1 failed (1)")}`;
    const text = reportText([outcome({ passed: false, log })], 1);
    expect(text).toContain("✗ @hf-api/hub#test");
    expect(text).toContain("FAIL a.test.ts");
    expect(text).not.toContain("noise");
  });

  it("counts a task that fails without a test as one failure", () => {
    expect(reportText([outcome({ id: "//#lint", passed: false, log: "no-var" })], 1)).toContain("0 passed, 1 failed");
  });
});
