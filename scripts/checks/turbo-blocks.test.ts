import { expect, it } from "vitest";
import { failedTask, TurboBlocks, type TaskBlock } from "./turbo-blocks.js";

it("hands over what each task printed, once its block has ended", () => {
  const blocks: TaskBlock[] = [];
  const parser = new TurboBlocks((block) => blocks.push(block));
  const output = `
   • Running lint in 2 packages
//:format:check: cache miss, executing 1a
//:format:check: $ prettier --check .
//:format:check:
//:format:check: all: good
@hf-api/hub:test: cache hit, replaying logs 2b
@hf-api/hub:test: Tests 3 passed (3)`;
  for (const line of output.split("\n")) parser.line(line.endsWith("check:") ? `${line} ` : line);
  expect(blocks.map(({ id }) => id)).toEqual(["//#format:check"]);
  parser.end();
  parser.end();
  expect(blocks).toMatchObject([
    { id: "//#format:check", cached: false, log: "cache miss, executing 1a\n$ prettier --check .\n\nall: good\n" },
    { id: "@hf-api/hub#test", cached: true, log: "cache hit, replaying logs 2b\nTests 3 passed (3)\n" },
  ]);
  for (const { endedAt } of blocks) expect(endedAt).toBeLessThanOrEqual(performance.now());
});

it("finds the tasks that failed", () => {
  expect(failedTask("//#lint:  ERROR  command (/work/) pnpm run lint exited (1)")).toBe("//#lint");
  expect(failedTask("@hf-api/hub#test:  ERROR  command exited (1)")).toBe("@hf-api/hub#test");
  expect(failedTask("//#lint:  WARNING  command finished with error, but continuing...")).toBeUndefined();
  expect(failedTask(" ERROR  run failed: command  exited (1)")).toBeUndefined();
});
