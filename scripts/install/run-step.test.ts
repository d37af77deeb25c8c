import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runStep } from "./run-step.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "steps-"));
  await writeFile(
    join(folder, "both.mjs"),
    "console.error('aside'); console.log('done'); process.exitCode = +process.argv[2];",
  );
  await writeFile(join(folder, "endless.mjs"), "console.log('started'); setInterval(() => {}, 1000);");
});
afterAll(() => rm(folder, { recursive: true }));
const run = (step: string, limit = 30_000) => runStep(step, folder, process.env, limit);

it("tells what was said, and apart from that the result", async () => {
  const { passed, output, result } = await run("node both.mjs 0");
  expect({ passed, result }).toEqual({ passed: true, result: "done" });
  expect(output.split("\n").sort()).toEqual(["aside", "done"]);
});

it("fails as the command does", async () => {
  expect(await run("node both.mjs 3")).toMatchObject({ passed: false, result: "done" });
});

it("says which program is missing", async () => {
  const { passed, output } = await run("no-such-runtime main.js");
  expect({ passed, output }).toEqual({
    passed: false,
    output: "cannot run no-such-runtime: spawn no-such-runtime ENOENT",
  });
});

it("ends what takes too long", async () => {
  const { passed, output } = await run("node endless.mjs", 1_500);
  expect(passed).toBe(false);
  expect(output).toMatch(/still running after 1\.5 s$/);
});
