import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HubInputError } from "../../errors.js";
import { compileGlob } from "./glob.js";

describe("a pattern", () => {
  it.each([
    ["*.bin", "a.bin", true],
    ["*.bin", "dir/deep/a.bin", true],
    ["*.bin", "a.bin.txt", false],
    ["*.bin", "a.bin/inside", true],
    ["/*.bin", "a.bin", true],
    ["/*.bin", "dir/a.bin", false],
    ["./*.bin", "a.bin", true],
    ["./*.bin", "dir/a.bin", false],
    ["././data/a", "data/a", true],
    ["data/*.bin", "data/a.bin", true],
    ["data/*.bin", "data/deep/a.bin", false],
    ["data/*.bin", "more/data/a.bin", false],
    ["data/*", "data/deep/a.bin", true],
    ["data/**/*.bin", "data/a.bin", true],
    ["data/**/*.bin", "data/x/y/a.bin", true],
    ["data/**", "data/x/y", true],
    ["data/**", "data", false],
    ["data/**", "database", false],
    ["data**", "data/x", true],
    ["da**a/x", "da/ta/x", false],
    ["**/a.bin", "a.bin", true],
    ["**/a.bin", "x/y/a.bin", true],
    ["**/a.bin", "x/ya.bin", false],
    ["data", "data/x", true],
    ["data", "more/data/x", true],
    ["data", "database/x", false],
    ["data/", "data/x", true],
    ["data/", "more/data/x", true],
    ["data/", "data", false],
    ["data/", "data/", true],
    ["data/raw", "data/raw/x", true],
    ["data/raw", "more/data/raw/x", false],
    ["a?.bin", "ab.bin", true],
    ["a?.bin", "a/.bin", false],
    ["a?.bin", "a🤗.bin", true],
    ["?", "\n", true],
    ["a.bin", "axbin", false],
    ["A.bin", "a.bin", false],
    ["*", ".hidden", true],
    ["?hidden", ".hidden", true],
    ["#a", "#a", true],
    [" a ", " a ", true],
    [" a ", "a", false],
    ["a(b)|c^$.+", "a(b)|c^$.+", true],
    ["[abc].bin", "b.bin", true],
    ["[abc].bin", "[abc].bin", false],
    ["[a-c][0-9]", "b7", true],
    ["[a-c][0-9]", "d7", false],
    ["[!a-c]", "d", true],
    ["[!a-c]", "b", false],
    ["[^a-c]", "d", true],
    ["[^a-c]", "b", false],
    ["a[!x]b", "a/b", false],
    ["[]]", "]", true],
    ["[!]]", "]", false],
    ["[]-]", "-", true],
    ["[a-]", "-", true],
    ["[-a]", "-", true],
    ["[\\]a]", "]", true],
    ["[\\\\]", "\\", true],
    ["[*?{,}]", ",", true],
    ["[*?{,}]", "a", false],
    ["[ä-ü]", "ö", true],
    ["[🤗x]", "🤗", true],
    ["[[:digit:]_]", "7", true],
    ["[[:digit:]_]", "_", true],
    ["[^[:space:]]", " ", false],
    ["*.{pem,key}", "id.key", true],
    ["*.{pem,key}", "deep/id.pem", true],
    ["*.{pem,key}", "id.{pem,key}", false],
    ["{a,b}/{c,d}", "b/c", true],
    ["{a,b}/{c,d}", "x/b/c", false],
    ["{a,{b,c}d}x", "cdx", true],
    ["a{,.bak}", "a", true],
    ["a{,.bak}", "a.bak", true],
    ["{data/*.bin,*.txt}", "x/a.txt", true],
    ["{data/*.bin,*.txt}", "data/a.bin", true],
    ["{data/*.bin,*.txt}", "x/data/a.bin", false],
    ["{[,],[}]}", "}", true],
    ["{\\,,b}", ",", true],
    ["\\*", "*", true],
    ["\\*", "a", false],
    ["\\[a]", "[a]", true],
    ["\\{a,b\\}", "{a,b}", true],
    ["\\!a", "!a", true],
    ["\\\\", "\\", true],
    ["@\\(a|b)", "@(a|b)", true],
  ])("%j fits %j: %s", (pattern, path, expected) => {
    expect(compileGlob(pattern)(path)).toBe(expected);
  });

  it.each([
    ["", "an empty segment"],
    ["/", "an empty segment"],
    ["./", "an empty segment"],
    [".", "an empty segment, . or .."],
    ["../*.bin", "an empty segment, . or .."],
    ["a/./b", "an empty segment, . or .."],
    ["a//b", "an empty segment"],
    ["a//", "an empty segment"],
    ["{,}", "an empty segment"],
    ["!a", "starts with !"],
    ["{a,!b}", "starts with !"],
    ["@(a|b)", "@(…)"],
    ["x+(a)", "+(…)"],
    ["x?(a)", "?(…)"],
    ["x*(a)", "*(…)"],
    ["x!(a)", "!(…)"],
    ["[a", "unclosed ["],
    ["[]", "unclosed ["],
    ["[!]", "unclosed ["],
    ["[a/b]", "unclosed ["],
    ["[a\\]", "unclosed ["],
    ["[z-a]", "[z-a], which is not a valid class"],
    ["[[:letter:]]", "which is not a valid class"],
    ["[a-[:digit:]]", "which is not a valid class"],
    ["[\\d]", "which is not a valid class"],
    ["{a", "unclosed {"],
    ["{a,b", "unclosed {"],
    ["a}", "} without a {"],
    ["{a,b}}", "} without a {"],
    ["{a}", "braces without a comma"],
    ["{1..3}", "braces without a comma"],
    ["{}", "braces without a comma"],
    ["data\\raw\\*.bin", "\\ before r"],
    ["secret\\.env", "\\ before ."],
    ["a\\", "\\ without a character after it"],
    ["a\\/b", "\\ without a character after it"],
    ["{a,b}".repeat(12), "more than 1000 patterns"],
    [7 as unknown as string, "is not text"],
    [undefined as unknown as string, "is not text"],
  ])("%j is refused, and the error says why", (pattern, words) => {
    expect(() => compileGlob(pattern)).toThrow(HubInputError);
    expect(() => compileGlob(pattern)).toThrow(words);
    expect(() => compileGlob(pattern)).toThrow(`the pattern ${JSON.stringify(pattern)} `);
  });

  it("of plain letters fits itself, at any depth, and all below it", () => {
    const name = fc
      .string({ minLength: 1, maxLength: 8 })
      .filter((text) => !/[/*?[\]{}\\!]|^\.{1,2}$|[@+]\(/.test(text));
    const fits = (path: string, pattern: string): boolean => compileGlob(pattern)(path);
    fc.assert(
      fc.property(name, name, name, (one, two, three) => {
        expect(fits(one, one)).toBe(true);
        expect(fits(`${two}/${one}/${three}`, one)).toBe(true);
        expect(fits(`${one}/${two}`, `${one}/*`)).toBe(true);
        expect(fits(`${one}/${two}/${three}`, `${one}/**`)).toBe(true);
        expect(fits(`${one}/${two}/${three}`, `${one}/*/${three}`)).toBe(true);
        expect(fits(`${one}x`, one)).toBe(false);
      }),
    );
  });

  it("is text that was escaped, whatever the text is", () => {
    const name = fc
      .string({ unit: "grapheme", minLength: 1, maxLength: 8 })
      .filter((text) => !/\/|^\.{1,2}$/.test(text));
    fc.assert(
      fc.property(name, name, (text, other) => {
        const fits = compileGlob(text.replace(/[\\*?[\]{}!(]/g, "\\$&"));
        expect(fits(text)).toBe(true);
        expect(fits(other)).toBe(other === text);
      }),
    );
  });

  it("is understood or refused as bad input, whatever it is", () => {
    const pattern = fc.string({ unit: fc.constantFrom(..."ab/*?[]{},\\!^-:.@(é"), maxLength: 12 });
    fc.assert(
      fc.property(pattern, (text) => {
        try {
          compileGlob(text)("a/b");
        } catch (error) {
          expect(error).toBeInstanceOf(HubInputError);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("takes little time, however it is made", () => {
    const started = performance.now();
    compileGlob(`${"**/".repeat(12)}b`)("a/".repeat(100));
    compileGlob(`${"*a".repeat(12)}b`)("a".repeat(1000));
    compileGlob(`${"**/*a*a*a*a".repeat(6)}b`)(`${"a".repeat(50)}/`.repeat(20));
    expect(() => compileGlob("{a,b}".repeat(5000))).toThrow("more than 1000");
    expect(() => compileGlob("{".repeat(5000))).toThrow("unclosed");
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
