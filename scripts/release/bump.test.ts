import { describe, expect, it } from "vitest";
import type { Severity } from "../diff/severity.js";
import { bumpFor, declaredBumps, isBreakBetween, mayBreak } from "./bump.js";

describe("the bump of a change", () => {
  it.each<[version: string, severity: Severity, bump: Severity]>([
    ["0.0.0", "major", "minor"],
    ["0.3.1", "major", "minor"],
    ["0.3.1", "minor", "patch"],
    ["0.3.1", "patch", "patch"],
    ["0.3.1", "none", "none"],
    ["1.0.0", "major", "major"],
    ["1.0.0", "minor", "minor"],
    ["10.2.0", "patch", "patch"],
  ])("at %s, %s is %s", (version, severity, bump) => {
    expect(bumpFor(severity, version)).toBe(bump);
  });
});

it("only the head of a changeset declares bumps", () => {
  const text = '---\n"@hf-api/raw": major\n\'@hf-api/hub\': minor\n---\n\n"@hf-api/mock-hub": major\n';
  expect([...declaredBumps(text)]).toEqual([
    ["@hf-api/raw", "major"],
    ["@hf-api/hub", "minor"],
  ]);
  expect(declaredBumps(text.replaceAll("\n", "\r\n")).size).toBe(2);
  expect(declaredBumps("no head: major").size).toBe(0);
});

it("a minor release may break before 1.0.0, and a patch never", () => {
  expect([mayBreak("minor", "0.1.0"), mayBreak("minor", "1.1.0")]).toEqual([true, false]);
  expect([mayBreak("patch", "0.1.0"), mayBreak("major", "1.1.0")]).toEqual([false, true]);
});

it.each([
  ["0.1.0", "0.2.0", true],
  ["0.1.0", "0.1.9", false],
  ["0.9.0", "0.10.0", true],
  ["0.2.0", "0.1.0", false],
  ["0.9.0", "1.0.0", true],
  ["1.9.0", "2.0.0", true],
  ["1.9.0", "1.10.0", false],
  ["2.0.0", "1.0.0", false],
])("from %s to %s: break %s", (then, now, expected) => {
  expect(isBreakBetween(then, now)).toBe(expected);
});
