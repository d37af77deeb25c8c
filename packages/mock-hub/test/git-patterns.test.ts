import { describe, expect, it } from "vitest";
import { defaultGitAttributes, trackedBy, withTracked } from "../src/git-rules/git-attributes.js";
import { ignoredBy } from "../src/git-rules/git-ignore.js";

describe("a .gitignore", () => {
  it.each([
    ["*.log", ["a.log", "deep/a.log"], ["a.log.txt", "log"]],
    ["/build", ["build", "build/x"], ["src/build"]],
    ["build/", ["build/x", "a/build/b/c"], ["build"]],
    ["a/b", ["a/b", "a/b/c"], ["x/a/b"]],
    ["a/**/z", ["a/z", "a/b/z", "a/b/c/z"], ["b/a/z"]],
    ["**/cache", ["cache/x", "a/cache/x"], ["caches/x"]],
    ["logs/**", ["logs/a", "logs/a/b"], ["logs"]],
    ["data?.csv", ["data1.csv"], ["data.csv", "data12.csv", "data/.csv"]],
    ["[ab].txt", ["a.txt", "b.txt"], ["c.txt"]],
    ["[!ab].txt", ["c.txt"], ["a.txt"]],
    ["a[!x]b", ["a-b"], ["axb", "a/b"]],
    ["*.txt\n!keep.txt", ["a.txt"], ["keep.txt", "a/keep.txt"]],
    ["out/\n!out/keep", ["out/keep"], []],
    ["# note\n\n\\#file\n\\!bang", ["#file", "!bang"], ["# note", "file"]],
    ["spaces  \r\nkept\\ ", ["spaces", "kept "], ["spaces  ", "kept"]],
    ["a+b(c).txt", ["a+b(c).txt"], ["aab(c).txt"]],
    ["[z-a]", [], ["z", "a"]],
  ])("with %j", (text, ignored, kept) => {
    const isIgnored = ignoredBy(text);
    expect(ignored.filter((path) => !isIgnored(path))).toEqual([]);
    expect(kept.filter(isIgnored)).toEqual([]);
  });
});

describe("a .gitattributes", () => {
  it.each([
    ["*.bin filter=lfs", ["a.bin", "d/a.bin"], ["a.bin.txt"]],
    ["*.bin filter=lfs\nsmall.bin -filter", ["a.bin"], ["small.bin"]],
    ["*.bin filter=lfs\n*.bin -text", ["a.bin"], []],
    ["#*.bin filter=lfs", [], ["a.bin", "#a.bin"]],
    ["big[[:space:]]file filter=lfs -text", ["big file"], ["bigfile"]],
    ["folder/ filter=lfs", [], ["folder/a", "folder"]],
    ["folder/** filter=lfs", ["folder/a", "folder/b/c"], ["folder"]],
  ])("with %j", (text, tracked, plain) => {
    const isTracked = trackedBy(text);
    expect(tracked.filter((path) => !isTracked(path))).toEqual([]);
    expect(plain.filter(isTracked)).toEqual([]);
  });

  it("of a new repository knows what weights and archives are called, of a dataset media too", () => {
    const isLarge = trackedBy(defaultGitAttributes("models"));
    const weights = ["a.safetensors", "b/a.bin", "x.tar.gz", "saved_model/a/b.txt", "events.out.tfevents.1", "m.gguf"];
    expect(weights.map(isLarge)).toEqual([true, true, true, true, true, false]);
    expect(isLarge("a.png")).toBe(false);
    expect(trackedBy(defaultGitAttributes("datasets"))("a.png")).toBe(true);
  });

  it.each(["a.gguf", "dir/odd name [1]*?.gguf", "back\\slash"])("gets a line for %j", (path) => {
    const text = withTracked("*.bin filter=lfs", [path, "a.bin"]);
    expect(text.split("\n")).toHaveLength(3);
    const isTracked = trackedBy(text);
    expect(isTracked(path)).toBe(true);
    expect(isTracked(`other/${path}`)).toBe(false);
    expect(isTracked(path.replace(/.$/, "x"))).toBe(false);
    expect(withTracked(text, [path])).toBe(text);
  });
});
