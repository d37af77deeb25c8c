import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import picomatch from "picomatch";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { HubInputError } from "../../errors.js";
import { expandBraces } from "./braces.js";
import { compileGlob, type Glob } from "./glob.js";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "glob-oracles-"));
  git(["init", "-q"]);
});
afterAll(() => rmSync(folder, { recursive: true }));

function git(args: string[], input = ""): string {
  const env = { PATH: process.env["PATH"], HOME: folder, GIT_CONFIG_NOSYSTEM: "1" };
  const { stdout, stderr, status, error } = spawnSync("git", args, { cwd: folder, input, env, encoding: "utf8" });
  if (error !== undefined || stderr !== "") throw new Error(`git ${args.join(" ")}: ${stderr}`, { cause: error });
  // Status 1 says that no path is ignored.
  expect([0, 1]).toContain(status);
  return stdout;
}

/** The paths that Git ignores for a pattern. */
function ignoredByGit(pattern: string, paths: readonly string[]): string[] {
  const excludes = join(folder, ".git", "excludes");
  // In a file, a line may be a comment, and blanks at its end count with a backslash alone.
  writeFileSync(excludes, `${pattern.replace(/^#/, "\\#").replace(/\\? /g, "\\ ")}\n`);
  const asking = ["-c", `core.excludesFile=${excludes}`, "check-ignore", "--no-index", "-z"];
  return git([...asking, "--stdin"], paths.map((path) => `${path}\0`).join(""))
    .split("\0")
    .slice(0, -1);
}

const compiled = (pattern: string): Glob | undefined => {
  try {
    return compileGlob(pattern);
  } catch (error) {
    expect(error).toBeInstanceOf(HubInputError);
    return undefined;
  }
};

const name = fc
  .string({ unit: fc.constantFrom(..."aabc.-]1 #"), minLength: 1, maxLength: 3 })
  .filter((it) => !/^\.{1,2}$/.test(it));
const paths = fc.uniqueArray(
  fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join("/")),
  { minLength: 20, maxLength: 20 },
);
const part = fc.oneof(
  { weight: 4, arbitrary: name },
  { weight: 2, arbitrary: fc.constantFrom("*", "?", "a*", "*.c", "*a*") },
  {
    weight: 2,
    arbitrary: fc.constantFrom("[ab]", "[!ab]", "[^a]", "[a-c]", "[]a]", "[!]]", "[a-]", "[[:alpha:]]", "[\\]b]"),
  },
  { weight: 1, arbitrary: fc.constantFrom("\\*", "\\[", "\\#", "\\!", "\\\\", "\\ ", "[", "\\") },
);
const mixed = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join("").replace(/\*+/g, "*"));
// Not `a**/b`: Git takes what all paths begin with away first, and the rest then for `**/b`, which its manual denies.
const segment = fc.oneof({ weight: 5, arbitrary: mixed }, { weight: 1, arbitrary: fc.constantFrom("**", "***") });
const pattern = fc
  .tuple(
    fc.constantFrom("", "", "/", "**/"),
    fc.array(segment, { minLength: 1, maxLength: 3 }),
    fc.constantFrom("", "", "/", "/**"),
  )
  .map(([start, segments, end]) => `${start}${segments.join("/")}${end}`);

describe("patterns without braces", () => {
  it.each([
    [
      "*.bin",
      "data/*",
      "data/**",
      "/data",
      "data/",
      "**/data",
      "a/**/b",
      "a**b",
      "**",
      "/**",
      "**/",
      "/*/",
      "*/",
      "a/*/",
    ],
    [
      "[a-c]*",
      "[!a]",
      "[^a]*",
      "[]]",
      "[a-]",
      "[[:digit:]]*",
      "[--a]",
      "[a-c-e]",
      "[\\]]",
      "a/[!/b]".replace("/b", "b"),
    ],
    ["\\!a", "\\*", "a\\ b", "a\\#", "#a", "a ", " a"],
  ])("fit what lines of .gitignore do: %j, %j, %j, …", (...patterns) => {
    const tried = [
      "a",
      "a/b",
      "a/b/c",
      "b/a",
      "data",
      "data/x",
      "x/data",
      "x/data/y",
      "data/x/y",
      "a.bin",
      "x/a.bin",
      "ab",
    ];
    tried.push(
      "axb",
      "a/x/b",
      "a/x/y/b",
      "]",
      "-",
      "7",
      "7/a",
      "!a",
      "*",
      "a b",
      "a#",
      "#a",
      "a ",
      " a",
      "e",
      "d",
      "a/",
      "x/]",
    );
    const existing = tried.filter((path) => !path.endsWith("/"));
    for (const one of patterns) {
      expect([one, existing.filter(compileGlob(one))]).toEqual([one, ignoredByGit(one, existing)]);
    }
  });

  it("fit what lines of .gitignore do, whatever they are", () => {
    let understood = 0;
    fc.assert(
      fc.property(pattern, paths, (one, tried) => {
        const fits = compiled(one);
        if (fits === undefined) return;
        understood += 1;
        expect(tried.filter(fits)).toEqual(ignoredByGit(one, tried));
      }),
      { numRuns: 300 },
    );
    expect(understood).toBeGreaterThan(150);
  });
});

/** What picomatch says of a path, given the rules of `.gitignore` about depth and folders in its own words. */
function picomatchOf(pattern: string): Glob {
  const isFolder = pattern.endsWith("/");
  const body = pattern.replace(/^\.?\//, "").replace(/\/$/, "");
  const top = /^\.?\/|\/./.test(pattern) ? body : `**/${body}`;
  const below = picomatch(`${top}/**`, { dot: true, posix: true });
  const itself = picomatch(top, { dot: true, posix: true });
  return (path) => {
    // A folder is not below itself.
    const isBelow =
      path.includes("/") &&
      below(path) &&
      path.split("/").some((_, index, names) => index > 0 && itself(names.slice(0, index).join("/")));
    return isBelow || (!isFolder && itself(path));
  };
}

describe("patterns with braces", () => {
  const word = fc.constantFrom("a", "b", "c", ".c", "a*", "?", "[ab]", "[!a]");
  const { braces } = fc.letrec<{ braces: string; item: string }>((tie) => ({
    item: fc.oneof({ maxDepth: 2, depthSize: "small" }, word, fc.constant(""), tie("braces")),
    // Without a character before them, one alternative might be no segment at all.
    braces: fc
      .tuple(word, fc.array(tie("item"), { minLength: 2, maxLength: 3 }), fc.oneof(word, fc.constant("")))
      .map(([before, items, after]) => `${before}{${items.join(",")}}${after}`),
  }));
  const braced = fc
    .tuple(fc.constantFrom("", "/", "./", "a/", "**/"), braces, fc.constantFrom("", "", "/", "/b"))
    .map((parts) => parts.join(""));

  it("fit what picomatch says of them", () => {
    let understood = 0;
    fc.assert(
      fc.property(braced, paths, (one, tried) => {
        const fits = compiled(one);
        if (fits === undefined) return;
        understood += 1;
        const theirs = picomatchOf(one);
        expect([one, tried.filter(fits)]).toEqual([one, tried.filter(theirs)]);
      }),
      { numRuns: 1000 },
    );
    expect(understood).toBeGreaterThan(300);
  });

  it("fit what Git says of the patterns that they stand for", () => {
    fc.assert(
      fc.property(braced, paths, (one, tried) => {
        const fits = compiled(one);
        if (fits === undefined) return;
        const theirs = new Set(expandBraces(one).flatMap((each) => ignoredByGit(each.replace(/^\.\//, "/"), tried)));
        expect(tried.filter(fits)).toEqual(tried.filter((path) => theirs.has(path)));
      }),
      { numRuns: 50 },
    );
  });
});

/** What Python's client makes of a pattern: a folder stands for all that begins with it, and `fnmatch` does the rest. */
function fitsInPython(pattern: string, path: string): boolean {
  const source = pattern.replace(/\/$/, "/*").replace(/\[!?\]?[^\]]*\]|[^]/g, (part) => {
    if (part === "*") return ".*";
    if (part === "?") return ".";
    if (part.length === 1) return part.replace(/[.*+?^${}()|[\]\\]/, "\\$&");
    return part.replace(/^\[\^/, "[\\^").replace(/^\[!/, "[^");
  });
  return new RegExp(`^${source}$`, "s").test(path);
}

describe("the table of differences from Python's patterns", () => {
  const text = readFileSync(new URL("../../../MIGRATING.md", import.meta.url), "utf8");
  const rows = text
    .slice(text.indexOf("## Patterns"))
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .map((line) => line.split("|").map((cell) => cell.trim().replace(/^`(.*)`$/, "$1")));

  it("has rows", () => {
    expect(rows.length).toBeGreaterThan(12);
  });

  it.each(rows)("%s is true: `%s`, `%s`: %s, %s", (_, pattern = "", path = "", python, here) => {
    const fits = compiled(pattern);
    expect(fits === undefined ? "rejected" : fits(path) ? "yes" : "no").toBe(here);
    expect(fitsInPython(pattern, path) ? "yes" : "no").toBe(python);
  });
});
