import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { isVersioned, publicPackages, tagOf, versionList } from "./packages.js";

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "packages-"));
  const manifests = {
    hub: { name: "@x/hub", version: "1.0.0", dependencies: { "@x/raw": "workspace:^", other: "1" } },
    raw: { name: "@x/raw", version: "0.0.0" },
    bench: { name: "@x/bench", version: "1.0.0", private: true },
  };
  for (const [name, manifest] of Object.entries(manifests)) {
    await mkdir(join(root, "packages", name), { recursive: true });
    await writeFile(join(root, "packages", name, "package.json"), JSON.stringify(manifest));
  }
  await mkdir(join(root, "packages/empty"));
});
afterAll(() => rm(root, { recursive: true }));

it("those come first that others depend on; private ones and empty folders do not count", async () => {
  expect((await publicPackages(root)).map(tagOf)).toEqual(["@x/raw@0.0.0", "@x/hub@1.0.0"]);
});

it("a package that was never versioned is not released", async () => {
  expect((await publicPackages(root)).filter(isVersioned).map(({ name }) => name)).toEqual(["@x/hub"]);
});

it("the list for publishing names versions and files, in order, of what was versioned", () => {
  const packages = [
    { name: "@x/raw", version: "0.1.0" },
    { name: "@x/new", version: "0.0.0" },
    { name: "@x/mock-hub", version: "0.2.1" },
  ];
  expect(versionList(packages)).toBe("@x/raw@0.1.0 x-raw.tgz\n@x/mock-hub@0.2.1 x-mock-hub.tgz\n");
});
