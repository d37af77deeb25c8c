import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { applyBudgets, parseBudgets } from "./budgets.js";
import { reached, type Figure } from "./figure.js";

const figures: Figure[] = [
  { name: "small", value: 10, unit: "KiB" },
  { name: "large", value: 20, count: true, atMost: 5, beside: "12 and 8" },
];
const budget = (atMost: number) => ({ atMost, reason: "Because." });

describe("a budget", () => {
  it("takes the place of the goal that a benchmark has", () => {
    const held = applyBudgets(figures, new Map([["large", budget(20)]]), 300);
    expect(held).toEqual([{ name: "large", value: 20, count: true, atMost: 20, beside: "12 and 8" }]);
    expect(held.map(reached)).toEqual([true]);
  });

  it("that is lowered is over", () => {
    expect(applyBudgets(figures, new Map([["small", budget(9.9)]]), 300).map(reached)).toEqual([false]);
  });

  it("grows by 30 bytes with each named method, and shrinks without it", () => {
    const budgets = new Map([["small", { ...budget(10), methods: 300 }]]);
    expect(applyBudgets(figures, budgets, 302)).toMatchObject([{ atMost: 10 + 60 / 1024 }]);
    expect(applyBudgets(figures, budgets, 299)).toMatchObject([{ atMost: 10 - 30 / 1024 }]);
  });

  it("of what nobody measures is refused, with the names that there are", () => {
    expect(() => applyBudgets(figures, new Map([["smal", budget(1)]]), 300)).toThrow(
      'there is no figure "smal"; there are small; large',
    );
  });
});

describe("the file of budgets", () => {
  const parse = (value: unknown) => parseBudgets(JSON.stringify(value), ["size", "types"]);

  it("is read by group and name", () => {
    expect(parse({ size: { small: budget(10) } })).toEqual(new Map([["size", new Map([["small", budget(10)]])]]));
  });

  it.each([
    [{ sise: {} }, 'there is no group "sise"; there are size, types'],
    [[], "the file has to be an object, not []"],
    [{ size: { small: 10 } }, "small has to be an object, not 10"],
    [{ size: { small: { ...budget(10), atMost: "10" } } }, '"small" needs "atMost", a number above 0'],
    [{ size: { small: budget(0) } }, '"small" needs "atMost", a number above 0'],
    [
      { size: { small: { ...budget(10), methods: 1.5 } } },
      '"small" needs "methods" to be a whole number, or to be absent',
    ],
    [{ size: { small: { atMost: 10 } } }, '"small" needs "reason", a sentence'],
    [{ size: { small: { atMost: 10, reason: " " } } }, '"small" needs "reason", a sentence'],
  ])("%j is refused", (value, message) => {
    expect(() => parse(value)).toThrow(message);
  });
});

describe("pnpm budgets", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "budgets-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function check(text: string): Promise<{ code: number; stdout: string; stderr: string }> {
    const file = join(folder, "budgets.json");
    await writeFile(file, text);
    const program = fileURLToPath(new URL("../check-budgets.ts", import.meta.url));
    const child = spawn(process.execPath, ["--import", "tsx", program, file], { stdio: ["ignore", "pipe", "pipe"] });
    const said = { stdout: "", stderr: "" };
    child.stdout.on("data", (chunk: Buffer) => (said.stdout += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (said.stderr += chunk.toString()));
    const [code] = (await once(child, "close")) as [number];
    return { code, ...said };
  }
  const types = (atMost: number): string =>
    JSON.stringify({ types: { "instantiations, @hf-api/hub": { atMost, reason: "An editor pays for it." } } });

  it("fails when a budget is lowered below what is measured, and says which and why it is there", async () => {
    const { code, stdout, stderr } = await check(types(1));
    expect(stdout).toMatch(/instantiations, @hf-api\/hub +\d,\d{3} +≤ 1 ✗/);
    expect(stderr).toContain("instantiations, @hf-api/hub: An editor pays for it.");
    expect(code).toBe(1);
  });

  it("passes when what is measured is below", async () => {
    expect(await check(types(1_000_000))).toMatchObject({ code: 0, stderr: "" });
  });

  it("refuses a broken file in one line", async () => {
    const { code, stderr } = await check("{");
    expect(code).toBe(1);
    expect(stderr).toMatch(/^budgets: .*JSON.*\n$/);
  });
});
