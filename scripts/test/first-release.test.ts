import { cp, mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { command } from "../cli/command.js";
import { packBuilt, type Packed } from "../install/packed.js";
import { firstCall } from "../release/first-call.js";
import { publicPackages, tagOf } from "../release/packages.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const changesets = fileURLToPath(import.meta.resolve("@changesets/cli/bin.js"));

let scratch: string;
let copy: string;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), "first-release-"));
  copy = join(scratch, "copy");
  await mkdir(copy);
  for (const path of ["package.json", "pnpm-workspace.yaml", ".changeset/config.json"])
    await cp(join(root, path), join(copy, path));
  const skipped = new Set(["node_modules", "test", "samples", ".turbo"]);
  for (const { name, folder } of await publicPackages(root)) {
    const target = join(copy, "packages", basename(folder));
    await cp(folder, target, { recursive: true, filter: (path) => !skipped.has(basename(path)) });
    // As if no release had been made yet, however many there are by now.
    await editManifest(target, (manifest) => Object.assign(manifest, { version: "0.0.0" }));
    await rm(join(target, "CHANGELOG.md"), { force: true });
    await mkdir(join(target, "node_modules/@hf-api"), { recursive: true });
    if (name !== "@hf-api/raw") await symlink(join(copy, "packages/raw"), join(target, "node_modules/@hf-api/raw"));
  }
  for (const name of ["bench", "docs", "scripts"]) {
    await mkdir(join(copy, name));
    await cp(join(root, name, "package.json"), join(copy, name, "package.json"));
  }
  await writeFile(join(copy, ".changeset/first.md"), changeset("minor", "raw", "hub", "mock-hub"));
});
afterAll(() => rm(scratch, { recursive: true }));

async function editManifest(folder: string, edit: (manifest: object) => void): Promise<void> {
  const file = join(folder, "package.json");
  const manifest = JSON.parse(await readFile(file, "utf8")) as object;
  edit(manifest);
  await writeFile(file, JSON.stringify(manifest, null, 2));
}

const changeset = (bump: string, ...names: string[]): string =>
  `---\n${names.map((name) => `"@hf-api/${name}": ${bump}\n`).join("")}---\n\nA note.\n`;

const version = (): Promise<unknown> => command(process.execPath, [changesets, "version"], { cwd: copy });

const versions = async (): Promise<string[]> => (await publicPackages(copy)).map(tagOf).sort();

const rawRanges = async (packed: readonly Packed[]): Promise<unknown[]> =>
  packed.filter(({ name }) => name !== "@hf-api/raw").map(({ manifest }) => manifest["dependencies"]);

// npx and npm are programs of the shell there.
describe.skipIf(process.platform === "win32")("the first release", () => {
  it("is 0.1.0 of all packages, with what changed", async () => {
    await version();
    expect(await versions()).toEqual(["@hf-api/hub@0.1.0", "@hf-api/mock-hub@0.1.0", "@hf-api/raw@0.1.0"]);
    expect(await readFile(join(copy, "packages/hub/CHANGELOG.md"), "utf8")).toContain("## 0.1.0\n\n### Minor Changes");
    expect((await readdir(join(copy, ".changeset"))).filter((name) => name.endsWith(".md"))).toEqual([]);
  });

  it("installs from its tarballs into a project that knows nothing of this one, and calls", async () => {
    const packed = await packBuilt(copy, join(scratch, "packed"));
    expect(packed.map(tagOf)).toEqual(["@hf-api/raw@0.1.0", "@hf-api/hub@0.1.0", "@hf-api/mock-hub@0.1.0"]);
    expect(await rawRanges(packed)).toEqual([{ "@hf-api/raw": "^0.1.0" }, { "@hf-api/raw": "^0.1.0" }]);
    expect(JSON.stringify(packed)).not.toContain("workspace:");

    const others = await packDependencies(join(scratch, "others"));
    const project = join(scratch, "project");
    await mkdir(project);
    await writeFile(join(project, "package.json"), JSON.stringify({ private: true, type: "module" }));
    const flags = ["--offline", "--no-audit", "--no-fund", "--ignore-scripts", "--cache", join(scratch, "cache")];
    await command("npm", ["install", ...flags, ...packed.map(({ tarball }) => tarball), ...others], { cwd: project });
    expect(await readdir(join(project, "node_modules/@hf-api/hub"))).not.toContain("node_modules");
    await writeFile(join(project, "call.js"), firstCall);
    const { output } = await command(process.execPath, ["call.js"], { cwd: project });
    expect(output).toMatch(/^hub\.auth\.whoami\(\) answered \S+$/);
    // npm and the packing of everything take their time on a busy machine.
  }, 180_000);

  it("is followed by a minor release for a break, which those take along that depend on it", async () => {
    await writeFile(join(copy, ".changeset/break.md"), changeset("minor", "raw"));
    await version();
    expect(await versions()).toEqual(["@hf-api/hub@0.1.1", "@hf-api/mock-hub@0.1.1", "@hf-api/raw@0.2.0"]);
    const packed = await packBuilt(copy, join(scratch, "packed"));
    expect(await rawRanges(packed)).toEqual([{ "@hf-api/raw": "^0.2.0" }, { "@hf-api/raw": "^0.2.0" }]);
  });

  it("is followed by a patch for anything else, of that package alone", async () => {
    await writeFile(join(copy, ".changeset/patch.md"), changeset("patch", "raw"));
    await version();
    expect(await versions()).toEqual(["@hf-api/hub@0.1.1", "@hf-api/mock-hub@0.1.1", "@hf-api/raw@0.2.1"]);
  });
});

/** What raw depends on, from where it is installed here: a registry is not asked. */
async function packDependencies(folder: string): Promise<string[]> {
  await mkdir(folder);
  const fetcher = await realpath(join(root, "packages/raw/node_modules/openapi-fetch"));
  const helpers = await realpath(join(fetcher, "../openapi-typescript-helpers"));
  for (const source of [fetcher, helpers])
    await command("npm", ["pack", "--ignore-scripts", "--pack-destination", folder], { cwd: source });
  return (await readdir(folder)).map((name) => join(folder, name));
}
