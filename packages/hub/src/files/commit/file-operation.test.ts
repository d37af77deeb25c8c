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

describe("operations that cannot be made at once", () => {
  const content = "c";
  it.each<[string, FileOperation[]]>([
    [
      "the file a and, below it, a/b",
      [
        { add: "a", content },
        { add: "a/b", content },
      ],
    ],
    [
      "the file a and, below it, a/b/c",
      [
        { add: "a/b/c", content },
        { copy: "x", to: "a" },
      ],
    ],
    [
      "the file a/b and, below it, a/b/c",
      [
        { rename: "x", to: "a/b/c" },
        { add: "a/b", content },
      ],
    ],
  ])("write %s", (words, operations) => {
    expect(() => sortOperations(operations)).toThrow(HubInputError);
    expect(() => sortOperations(operations)).toThrow(`two operations write ${words}`);
  });

  it("are none where a name only begins alike, or what is there is taken away", () => {
    const operations: FileOperation[] = [
      { add: "a", content },
      { add: "ab/c", content },
      { add: "d/e", content },
      { delete: "d" },
      { delete: "x/" },
    ];
    expect(() => sortOperations(operations)).not.toThrow();
  });

  it.each<FileOperation>([
    { add: "data\\x.csv", content },
    { copy: "a", to: "..\\x" },
    { rename: "a", to: "data\\x.csv" },
  ])("would write below a folder of Windows: %j", (operation) => {
    expect(() => sortOperations([operation])).toThrow(HubInputError);
    expect(() => sortOperations([operation])).toThrow("has a backslash; separate the folders of a repository by /");
  });

  it("are none where a file with such a name goes", () => {
    expect(sortOperations([{ delete: "data\\x.csv" }, { rename: "b\\c", to: "c" }]).delete).toEqual([
      "data\\x.csv",
      "b\\c",
    ]);
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
