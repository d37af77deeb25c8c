import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Document } from "../document/document.js";
import { documentOf, json, number, object, text } from "../document/testing.js";

const tsx = fileURLToPath(import.meta.resolve("tsx/cli"));
const script = (name: string): string => fileURLToPath(new URL(`../${name}.ts`, import.meta.url));

interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

function run(name: string, ...args: string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(process.execPath, [tsx, script(name), ...args], (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), stdout, stderr });
    });
  });
}

const a = documentOf({ "GET /api/a": json({ response: object({ a: text }) }) });
const noise = structuredClone(a);
Object.assign(noise.paths["/api/a"]?.["get"] ?? {}, { summary: "Other words." });
const b: Document = documentOf({ "GET /api/a": json({ response: object({ a: text, b: text }) }) });
const c: Document = documentOf({ "GET /api/a": json({ response: object({ a: number, b: text }) }) });

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "replay-"));
  await writeFile(join(folder, "1.json"), JSON.stringify(a));
  await writeFile(join(folder, "2.json.gz"), gzipSync(JSON.stringify(noise)));
  await writeFile(join(folder, "3.json"), JSON.stringify(b));
  await writeFile(join(folder, "4.json.gz"), gzipSync(JSON.stringify(c)));
  await writeFile(join(folder, "notes.json"), "[]");
});
afterAll(() => rm(folder, { recursive: true }));

describe("replaying a folder", () => {
  it("prints a row for each step in the order of the names, and what changed", async () => {
    const { code, stdout, stderr } = await run("replay", folder);
    const rows = stdout.split("\n").filter((line) => /^\d/.test(line));
    expect(rows.map((row) => row.split(/\s+/).slice(0, 4).join(" "))).toEqual([
      "1 2 none none",
      "2 3 minor minor",
      "3 4 major major",
      "3 steps: 1 none,",
    ]);
    expect(stdout).toContain("- You also get `b` from `GET /api/a`");
    expect(stdout).toContain(
      "- `a` that you get from `GET /api/a` changes its type, `string` → `number`; change the code that reads it",
    );
    expect(stderr).toMatch(/^skipped notes\.json: /);
    expect(code).toBe(0);
  });

  it("refuses a folder that is not there in one line", async () => {
    const { code, stderr } = await run("replay", join(folder, "none"));
    expect(stderr).toMatch(/^replay: Cannot read the folder [^\n]+\n$/);
    expect(code).toBe(1);
  });
});

describe("replaying what is no history", () => {
  it.each([[{}], [{ "1.json": a }], [{ "1.json": a, "2.json": [] }]])("fails on %j", async (documents) => {
    const other = await mkdtemp(join(folder, "other-"));
    for (const [name, document] of Object.entries(documents)) {
      await writeFile(join(other, name), JSON.stringify(document));
    }
    const { code, stderr } = await run("replay", other);
    expect(stderr.trim().split("\n").at(-1)).toMatch(/^replay: .* a step takes two\.$/);
    expect(code).toBe(1);
  });
});

describe("describing two documents", () => {
  it("refuses a file in no folder before it begins", async () => {
    const { code, stdout, stderr } = await run("describe-changes", "a.json", "b.json", "--json", "none/c.json");
    expect(stderr).toBe("describe: --json names none/c.json, whose folder does not exist; make it first.\n");
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  });

  it("prints what the pull request would say", async () => {
    const { stdout } = await run("describe-changes", join(folder, "1.json"), join(folder, "4.json.gz"));
    // A break is called by the version that the packages have.
    expect(stdout).toMatch(/^# Follow the Hub's API \((major|minor, breaking)\): operations: 1 changed\n/);
    expect(stdout).toMatch(/\| `@hf-api\/raw` \| (major|minor, breaking) \|/);
  });

  it("says so when they mean the same", async () => {
    const { stdout } = await run("describe-changes", join(folder, "1.json"), join(folder, "2.json.gz"));
    expect(stdout).toMatch(/^The documents say the same \([0-9a-f]{16}\)\.\n$/);
  });
});
