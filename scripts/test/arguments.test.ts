import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const tsx = fileURLToPath(import.meta.resolve("tsx/cli"));
const root = fileURLToPath(new URL("../..", import.meta.url));

function run(script: string, args: readonly string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [tsx, script, ...args], { cwd: root }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : 1, output: stdout + stderr });
    });
  });
}

it.concurrent.each([
  ["scripts/start.ts", ["--lvie"], "start: Unknown option '--lvie' (did you mean --live?); see pnpm start --help.\n"],
  ["scripts/docs.ts", ["x"], "docs: Unexpected argument 'x'; see pnpm run docs --help.\n"],
  ["scripts/bench.ts", ["cal"], "bench: There is no benchmark cal; did you mean call?\n"],
  ["scripts/prove-install.ts", ["chrmium"], "prove-install: There is no cell chrmium; did you mean chromium?\n"],
  [
    "scripts/check-compat.ts",
    ["--since="],
    "check-compat: Option '--since' needs a value; see pnpm check-compat --help.\n",
  ],
  [
    "scripts/version.ts",
    ["--pull-request", "no/a"],
    "bump: --pull-request names no/a, whose folder does not exist; make it first.\n",
  ],
  ["bench/check-budgets.ts", ["a", "b"], "budgets: takes one file, not b as well\n"],
  ["bench/check-budgets.ts", ["--x"], "budgets: Unknown option '--x'\n"],
])("%s %j is refused in one line, before anything is built", async (script, args, message) => {
  expect(await run(script, args)).toEqual({ code: 1, output: message });
});

it.concurrent.each(["scripts/start.ts", "scripts/docs.ts", "scripts/bench.ts", "bench/check-budgets.ts"])(
  "%s tells how it is used at once",
  async (script) => {
    expect(await run(script, ["--help"])).toMatchObject({ code: 0, output: expect.stringMatching(/^Usage: pnpm /) });
  },
);
