import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { repositoryOf, whileNaming } from "./repository.js";

const url = "git+https://github.example/some/body.git";
const here = { type: "git", url } as const;

it.each<[NodeJS.ProcessEnv, typeof here | undefined]>([
  [{ GITHUB_SERVER_URL: "https://github.example", GITHUB_REPOSITORY: "some/body" }, here],
  [{ GITHUB_REPOSITORY: "some/body" }, undefined],
  [{ GITHUB_SERVER_URL: "https://github.example", GITHUB_REPOSITORY: "" }, undefined],
])("a workflow knows its repository: %j", (environment, expected) => {
  expect(repositoryOf(environment)).toEqual(expected);
});

describe("a package that is packed", () => {
  let folder: string;
  const file = (): string => join(folder, "package.json");
  const text = `{ "name": "@x/a",\n  "version": "1.0.0" }\n`;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "repository-"));
    await writeFile(file(), text);
  });
  afterAll(() => rm(folder, { recursive: true }));

  it("names its repository and pages meanwhile, and is as it was afterwards", async () => {
    let packed: unknown;
    await whileNaming(here, folder, "packages/a", async () => {
      packed = JSON.parse(await readFile(file(), "utf8"));
    });
    expect(packed).toEqual({
      name: "@x/a",
      version: "1.0.0",
      homepage: "https://github.example/some/body/tree/HEAD/packages/a#readme",
      bugs: { url: "https://github.example/some/body/issues" },
      repository: { ...here, directory: "packages/a" },
    });
    expect(await readFile(file(), "utf8")).toBe(text);
  });

  it("is as it was when packing fails", async () => {
    const failing = whileNaming(here, folder, "packages/a", () => Promise.reject(new Error("no space")));
    await expect(failing).rejects.toThrow("no space");
    expect(await readFile(file(), "utf8")).toBe(text);
  });
});
