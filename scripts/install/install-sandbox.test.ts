import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Cell, Outcome } from "./cell.js";
import type { Packed } from "./packed.js";
import { runStep } from "./run-step.js";
import { serveTarballs, type TarballRegistry } from "./tarball-registry.js";
import { InstallSandbox } from "./install-sandbox.js";

let folder: string;
let registry: TarballRegistry;
let sandbox: InstallSandbox;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "sandbox-"));
  const tarball = join(folder, "hub.tgz");
  await writeFile(tarball, "bytes");
  const manifest = { name: "@hf-api/hub", version: "1.0.0", exports: { ".": "./index.js", "./node": "./node.js" } };
  const packed: Packed[] = [{ name: "@hf-api/hub", version: "1.0.0", tarball, manifest }];
  registry = await serveTarballs(packed);
  sandbox = new InstallSandbox(folder, folder, packed, registry, "https://registry.example");
});
afterEach(async () => {
  registry.close();
  await rm(folder, { recursive: true });
});

const prove = async (...steps: string[]): Promise<Outcome> => {
  const files = {
    "take.mjs": `import { readFileSync } from "node:fs";
const registry = readFileSync(".npmrc", "utf8").match(/=(.*)/)[1];
await fetch(registry + "@hf-api/hub/-/package.tgz");
console.log("took it");`,
    "refuse.mjs": "throw new Error('cannot work here');",
    "look.mjs": `import { readFileSync } from "node:fs";
console.log([readFileSync("entries.js", "utf8"), readFileSync("portable-entries.js", "utf8")].join("--").replace(/\\n/g, " "));`,
  };
  const cell: Cell = { name: "cell", group: "install", installed: false, steps, files };
  return await sandbox.prove(cell);
};

describe("a cell", () => {
  it("passes when its commands do and our packages came from here", async () => {
    expect(await prove("node take.mjs")).toMatchObject({ passed: true, said: "took it" });
  });

  it("fails when the packages came from somewhere else, whatever its commands say", async () => {
    expect(await prove("node -p 1")).toMatchObject({
      passed: false,
      said: "Error: not the packed files were installed of @hf-api/hub",
    });
  });

  it("fails with its first command, and runs none after it", async () => {
    const { passed, said } = await prove("node refuse.mjs", "node take.mjs");
    expect(passed).toBe(false);
    expect(said).toContain("cannot work here");
    expect(registry.takenBy("cell")).toEqual([]);
  });

  it("fails when its runtime is not there, and says so", async () => {
    expect(await prove("no-such-runtime take.mjs")).toMatchObject({
      passed: false,
      said: "cannot run no-such-runtime: spawn no-such-runtime ENOENT",
    });
  });

  it("finds the entries of the packed packages in its project, those for browsers apart", async () => {
    expect((await prove("node take.mjs", "node look.mjs")).said).toBe(
      'export * as _hf_api_hub from "@hf-api/hub"; export * as _hf_api_hub_node from "@hf-api/hub/node"; ' +
        '--export * as _hf_api_hub from "@hf-api/hub";',
    );
  });
});

it("the page says what is missing on a machine without Chromium", async () => {
  const program = fileURLToPath(new URL("./programs/chromium.ts", import.meta.url));
  const { passed, output } = await runStep(
    `${process.execPath} --import ${import.meta.resolve("tsx")} ${program}`,
    folder,
    { PATH: folder },
    30_000,
  );
  expect(passed).toBe(false);
  expect(output).toMatch(/^There is no Chromium on this machine: install the package chromium/);
});
