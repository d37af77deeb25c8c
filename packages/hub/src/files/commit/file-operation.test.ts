import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HubInputError } from "../../errors.js";
import { checkPath, sortOperations, type FileOperation } from "./file-operation.js";

describe("the operations of a commit", () => {
  it("become additions, copies and deletions, in their order", () => {
    const add: FileOperation = { add: "a", content: "1" };
    const copy: FileOperation = { copy: "b", to: "c", revision: "v1" };
    const operations: FileOperation[] = [
      { delete: "d/" },
      copy,
      { rename: "e", to: "f" },
      add,
      { delete: "g" },
      { add: "d/new", content: "2" },
    ];
    expect(sortOperations(operations)).toEqual({
      add: [add, { add: "d/new", content: "2" }],
      copy: [copy, { copy: "e", to: "f" }],
      delete: ["d/", "e", "g"],
    });
  });

  it("may copy a file to several places, and write where another one was renamed", () => {
    const operations: FileOperation[] = [
      { copy: "a", to: "b" },
      { copy: "a", to: "c" },
      { rename: "a", to: "d" },
      { add: "a", content: "new" },
    ];
    expect(sortOperations(operations)).toMatchObject({ delete: ["a"], add: [{ add: "a" }] });
  });
});

describe("a path", () => {
  it.each(["a", "a/b.txt", ".gitattributes", "..a/b..", "a.git/b", " ", "ü/🤗", "a\\b", ".github/x"])(
    "may be %j",
    (path) => {
      expect(() => checkPath(path)).not.toThrow();
    },
  );

  it.each([undefined, null, 7, {}])("may not be %o", (path) => {
    expect(() => checkPath(path as unknown as string)).toThrow(HubInputError);
  });

  it("is one exactly when no segment leads elsewhere", () => {
    const segment = fc.constantFrom("a", "b.txt", ".", "..", "", ".git", ".GIT", ".gitx", "...");
    fc.assert(
      fc.property(fc.array(segment, { minLength: 1, maxLength: 5 }), (segments) => {
        const isGood = segments.every((name) => !["", ".", "..", ".git", ".GIT"].includes(name));
        const check = (): void => checkPath(segments.join("/"));
        if (isGood) expect(check).not.toThrow();
        else expect(check).toThrow(HubInputError);
      }),
    );
  });
});
