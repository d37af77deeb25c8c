import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { PipelineError } from "./pipeline-error.js";
import { writeFiles } from "./write-files.js";

let folder: string;
const at = (...names: string[]): string => join(folder, ...names);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "write-files-"));
});
afterEach(() => rm(folder, { recursive: true }));

it("makes new files and their folders, replaces others, and tells which", async () => {
  await writeFile(at("old"), "old");
  const files = new Map([
    [at("old"), "new"],
    [at("deep", "er", "file"), "text"],
  ]);
  expect(await writeFiles(files)).toEqual([at("old"), at("deep", "er", "file")]);
  expect([await readFile(at("old"), "utf8"), await readFile(at("deep", "er", "file"), "utf8")]).toEqual([
    "new",
    "text",
  ]);
});

it("leaves a file alone that has its text", async () => {
  await writeFile(at("same"), "same");
  const { ino, mtimeMs } = await stat(at("same"));
  expect(await writeFiles(new Map([[at("same"), "same"]]))).toEqual([]);
  expect(await stat(at("same"))).toMatchObject({ ino, mtimeMs });
});

it("leaves no temporary file behind", async () => {
  await writeFiles(new Map([[at("a"), "a"]]));
  expect(await readdir(folder)).toEqual(["a"]);
});

describe("writes nothing at all", () => {
  beforeEach(() => writeFile(at("old"), "old"));

  const refused = async (obstacle: string, ...more: string[]): Promise<void> => {
    const paths = [at("old"), at("fresh"), obstacle, ...more];
    const before = await readdir(folder);
    const writing = writeFiles(new Map(paths.map((path) => [path, "new"])));
    await expect(writing).rejects.toThrow(PipelineError);
    await expect(writing).rejects.toThrow(/^Nothing was written: .+\.$/);
    expect(await readdir(folder)).toEqual(before);
    expect(await readFile(at("old"), "utf8")).toBe("old");
  };

  it("when a folder cannot be made", () => refused(at("old", "file"), at("last")));

  it("when a file cannot be renamed, not even what was renamed before it", async () => {
    await mkdir(at("obstacle"));
    await refused(at("obstacle"), at("last"));
  });
});
