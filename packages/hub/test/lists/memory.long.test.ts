import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Walk } from "./measure-walk.js";

let folder = "";
let script = "";

/** The measurement as one file, for a runtime that is not the one of the tests. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "walk-"));
  script = join(folder, "measure.mjs");
  const { outputFiles } = await build({
    stdin: {
      contents: `import { measureWalk } from "./measure-walk.ts";
        const [walk, pages] = process.argv.slice(2);
        console.log(JSON.stringify([process.version, await measureWalk(walk, Number(pages))]));`,
      resolveDir: import.meta.dirname,
    },
    bundle: true,
    platform: "node",
    format: "esm",
    write: false,
  });
  await writeFile(script, outputFiles[0]?.contents ?? "");
});
afterAll(async () => await rm(folder, { recursive: true, force: true }));

// Each has another compiler, and so another idea of what a suspended generator keeps.
describe.each([20, 22, 24])("on Node %i", (major) => {
  it.each<Walk>(["items", "pages"])(
    "a walk of %s over 5,000 pages keeps none of them",
    async (walk) => {
      const own = process.version.startsWith(`v${major}.`);
      const [command, args] = own ? [process.execPath, []] : ["npx", ["-y", `node@${major}`]];
      const { stdout } = await promisify(execFile)(command, [...args, script, walk, "5000"], { cwd: folder });
      const [version, growth] = JSON.parse(stdout) as [string, number];
      expect(version).toMatch(`v${major}.`);
      expect(growth).toBeLessThan(4);
    },
    300_000,
  );
});
