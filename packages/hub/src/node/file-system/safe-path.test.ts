import { join, sep } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HubInputError } from "../../errors.js";
import { isBelow, pathBelow } from "./safe-path.js";

const anywhere = [
  "",
  ".",
  "..",
  "../evil",
  "a/../../evil",
  "a/..",
  "/etc/passwd",
  "a//b",
  "a/./b",
  "a/",
  "a\0b",
  ".git/config",
  ".GIT/hooks/pre-commit",
  "module/.git",
  ".git. /config",
  "GIT~1/config",
  ".g\u200cit/config",
  "\ufeff.Git/config",
];
const onWindows = [
  "..\\evil",
  "a\\..\\b",
  "C:evil",
  "C:\\evil",
  "a:stream",
  "con",
  "con.txt",
  "dir/NUL",
  "a/aux.tar.gz/b",
  "com1.log",
  "lpt¹",
  "what?",
  "a*b",
  "a|b",
  '"',
  "<a>",
  "bell\u0007",
  "dot.",
  "space ",
  "con .txt",
  "CONIN$",
  "conout$.txt",
  "...",
];

describe("where a file of a repository goes", () => {
  it.each(anywhere)("is nowhere for %j on any system", (path) => {
    for (const platform of ["linux", "darwin", "win32"] as const) {
      expect(() => pathBelow("folder", path, platform)).toThrow(HubInputError);
      expect(() => pathBelow("folder", path, platform)).toThrow("leave it out with exclude");
    }
  });

  it.each(onWindows)("is nowhere for %j on Windows, and there elsewhere", (path) => {
    expect(() => pathBelow("folder", path, "win32")).toThrow(HubInputError);
    expect(pathBelow("folder", path, "linux")).toBe(`folder/${path}`);
  });

  it("is below the folder", () => {
    expect(pathBelow("out", "a/b c/ü.txt", "linux")).toBe("out/a/b c/ü.txt");
    expect(pathBelow("out", "..a/b..c/.hidden", "linux")).toBe("out/..a/b..c/.hidden");
    expect(pathBelow("out", ".gitignore", "linux")).toBe("out/.gitignore");
    expect(pathBelow("out", ".github/a.git/git~10", "win32")).toBe("out\\.github\\a.git\\git~10");
    expect(pathBelow("C:\\out", "a/b.txt", "win32")).toBe("C:\\out\\a\\b.txt");
    expect(pathBelow("C:\\out", "console/common.txt", "win32")).toBe("C:\\out\\console\\common.txt");
    expect(pathBelow("/out", "a/b.txt")).toBe(join("/out", "a", "b.txt"));
  });

  it("never leaves the folder, whatever the path is", () => {
    const segment = fc.oneof(fc.constantFrom("..", ".", "", "a", "C:", "..\\..", "con"), fc.string({ maxLength: 5 }));
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 6 }), (segments) => {
        let found: string;
        try {
          found = pathBelow("/top/folder", segments.join("/"));
        } catch (error) {
          expect(error).toBeInstanceOf(HubInputError);
          return;
        }
        expect(found.startsWith(join("/top/folder") + sep)).toBe(true);
        expect(found.length).toBeGreaterThan("/top/folder/".length);
      }),
    );
  });
});

it.each([
  ["/a", "/a/b", true],
  ["/a", "/a/..b/c", true],
  ["/", "/a", true],
  ["/a", "/a", false],
  ["/a", "/ab", false],
  ["/a", "/", false],
  ["/a/b", "/a/c", false],
])("below %j is %j: %s", (folder, path, expected) => {
  expect(isBelow(folder, path)).toBe(expected);
});
