import { join, sep } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HubInputError } from "../errors.js";
import { pathBelow } from "./safe-path.js";

const anywhere = ["", ".", "..", "../evil", "a/../../evil", "a/..", "/etc/passwd", "a//b", "a/./b", "a/", "a\0b"];
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
  "...",
];

describe("where a file of a repository goes", () => {
  it.each(anywhere)("is nowhere for %j on any system", (path) => {
    for (const platform of ["linux", "darwin", "win32"] as const) {
      expect(() => pathBelow("folder", path, platform)).toThrow(HubInputError);
      expect(() => pathBelow("folder", path, platform)).toThrow("leave it out with ignore");
    }
  });

  it.each(onWindows)("is nowhere for %j on Windows, and there elsewhere", (path) => {
    expect(() => pathBelow("folder", path, "win32")).toThrow(HubInputError);
    expect(pathBelow("folder", path, "linux")).toBe(`folder/${path}`);
  });

  it("is below the folder", () => {
    expect(pathBelow("out", "a/b c/ü.txt", "linux")).toBe("out/a/b c/ü.txt");
    expect(pathBelow("out", "..a/b..c/.hidden", "linux")).toBe("out/..a/b..c/.hidden");
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
