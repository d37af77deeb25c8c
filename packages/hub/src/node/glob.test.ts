import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { matchesAny, matchesGlob } from "./glob.js";

describe("a glob", () => {
  it.each([
    ["*.bin", "a.bin", true],
    ["*.bin", "dir/deep/a.bin", true],
    ["*.bin", "a.bin.txt", false],
    ["*.bin", "a.bin/inside", true],
    ["/*.bin", "a.bin", true],
    ["/*.bin", "dir/a.bin", false],
    ["data/*.bin", "data/a.bin", true],
    ["data/*.bin", "data/deep/a.bin", false],
    ["data/*.bin", "more/data/a.bin", false],
    ["data/**/*.bin", "data/a.bin", true],
    ["data/**/*.bin", "data/x/y/a.bin", true],
    ["data/**", "data/x/y", true],
    ["data/**", "database", false],
    ["**/a.bin", "a.bin", true],
    ["**/a.bin", "x/y/a.bin", true],
    ["**/a.bin", "x/ya.bin", false],
    ["data", "data/x", true],
    ["data", "more/data/x", true],
    ["data", "database/x", false],
    ["data/", "data/x", true],
    ["data/", "more/data/x", true],
    ["data/", "data", false],
    ["data/raw", "data/raw/x", true],
    ["data/raw", "more/data/raw/x", false],
    ["a?.bin", "ab.bin", true],
    ["a?.bin", "a/.bin", false],
    ["a?.bin", "a🤗.bin", true],
    ["?", "\n", true],
    ["[a].bin", "a.bin", false],
    ["[a].bin", "[a].bin", true],
    ["a+(b)|c^$.{2}", "a+(b)|c^$.{2}", true],
    ["a.bin", "axbin", false],
    ["A.bin", "a.bin", false],
    ["*", ".hidden", true],
    ["a\\b", "a\\b", true],
  ])("%j fits %j: %s", (pattern, path, expected) => {
    expect(matchesGlob(path, pattern)).toBe(expected);
  });

  it("of plain letters fits itself, at any depth, and all below it", () => {
    const name = fc.string({ minLength: 1, maxLength: 8 }).filter((text) => !/[/*?]/.test(text));
    fc.assert(
      fc.property(name, name, name, (one, two, three) => {
        expect(matchesGlob(one, one)).toBe(true);
        expect(matchesGlob(`${two}/${one}/${three}`, one)).toBe(true);
        expect(matchesGlob(`${one}/${two}`, `${one}/*`)).toBe(true);
        expect(matchesGlob(`${one}/${two}/${three}`, `${one}/**`)).toBe(true);
        expect(matchesGlob(`${one}/${two}/${three}`, `${one}/*/${three}`)).toBe(true);
        expect(matchesGlob(`${one}x`, one)).toBe(false);
      }),
    );
  });

  it("takes little time, however it is made", () => {
    const started = performance.now();
    matchesGlob("a/".repeat(100), `${"**/".repeat(12)}b`);
    matchesGlob("a".repeat(1000), `${"*a".repeat(12)}b`);
    expect(performance.now() - started).toBeLessThan(1000);
  });

  it("is one of many, or of none", () => {
    expect(matchesAny("a.bin", ["*.txt", "*.bin"])).toBe(true);
    expect(matchesAny("a.bin", ["*.txt"])).toBe(false);
    expect(matchesAny("a.bin", [])).toBe(false);
    expect(matchesAny("a.bin", undefined)).toBe(false);
  });
});
