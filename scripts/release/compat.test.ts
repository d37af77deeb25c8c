import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkBumps, compileOld, declaredBreaks, packagesOf, undeclared } from "./compat.js";

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "compat-"));
  await write(
    "tsconfig.base.json",
    JSON.stringify({ compilerOptions: { strict: true, module: "nodenext", skipLibCheck: true } }),
  );
  await symlink(fileURLToPath(new URL("../node_modules", import.meta.url)), join(root, "node_modules"), "junction");
});
afterEach(() => rm(root, { recursive: true }));

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, file)), { recursive: true });
  await writeFile(join(root, file), text);
}

describe("files of the last release", () => {
  const example = 'import { type Job } from "@hf-api/hub";\nexport const state = (job: Job): string => job.state;\n';

  it("compile against today's sources without being there any more", async () => {
    await write("packages/hub/src/index.ts", "export interface Job { state: string; more?: number }");
    expect(compileOld(root, new Map([["examples/old.ts", example]]))).toEqual([]);
  });

  it("are told with their line where a type broke them", async () => {
    await write("packages/hub/src/index.ts", "export interface Job { status: string }");
    expect(compileOld(root, new Map([["examples/old.ts", example]]))).toEqual([
      { file: "examples/old.ts", line: 2, message: "Property 'state' does not exist on type 'Job'." },
    ]);
  });

  it("count as they were, not as they are on disk by now", async () => {
    await write("packages/hub/src/index.ts", "export interface Job { status: string }");
    await write("examples/old.ts", "export {};");
    expect(compileOld(root, new Map([["examples/old.ts", example]]))).toHaveLength(1);
  });

  it("fail where a file that they import is gone", async () => {
    await write("packages/raw/src/index.ts", "export {};");
    const test = 'import { x } from "../src/gone.js";\nexport const y: number = x;\n';
    expect(compileOld(root, new Map([["packages/raw/test/a.test-d.ts", test]]))).toMatchObject([{ line: 1 }]);
  });
});

it("a complaint belongs to the packages that the file speaks of", () => {
  const at = (file: string) => ({ file, line: 1, message: "" });
  expect(packagesOf(at("packages/raw/test/a.test-d.ts"), "")).toEqual(["@hf-api/raw"]);
  expect(packagesOf(at("examples/a.ts"), 'from "@hf-api/raw"')).toEqual(["@hf-api/raw"]);
  expect(packagesOf(at("examples/a.ts"), "")).toEqual(["@hf-api/hub"]);
});

describe("a break", () => {
  const files = new Map([["examples/a.ts", 'import {} from "@hf-api/hub";']]);
  const complaints = [{ file: "examples/a.ts", line: 1, message: "" }];

  it("that no changeset declares is told with its package", () => {
    expect(undeclared(complaints, files, new Set(["@hf-api/raw"]))).toEqual(["@hf-api/hub"]);
  });

  it("that is declared passes", () => {
    expect(undeclared(complaints, files, new Set(["@hf-api/hub"]))).toEqual([]);
  });

  it("is declared by a changeset, for its version, or by a release that has used the changeset up", () => {
    const [raw, hub] = ["@hf-api/raw", "@hf-api/hub"];
    const note = (bump: string): string[] => [`---\n"${hub}": ${bump}\n---\n\nA note.\n`];
    const at = (version: string): Map<string, string> =>
      new Map([
        [hub, version],
        [raw, "1.0.0"],
      ]);
    expect(declaredBreaks(note("minor"), at("0.2.0"), at("0.2.0"))).toEqual(new Set([hub]));
    expect(declaredBreaks(note("minor"), at("1.2.0"), at("1.2.0"))).toEqual(new Set());
    expect(declaredBreaks(note("major"), at("1.2.0"), at("1.2.0"))).toEqual(new Set([hub]));
    expect(declaredBreaks([], at("0.2.0"), at("0.3.0"))).toEqual(new Set([hub]));
    expect(declaredBreaks([], at("1.9.0"), at("2.0.0"))).toEqual(new Set([hub]));
    expect(declaredBreaks([], new Map(), at("2.0.0"))).toEqual(new Set());
  });
});

it("a major changeset of a package before 1.0.0 is refused, with what to write instead", () => {
  const text = '---\n"@hf-api/hub": major\n---\n\nA note.\n';
  expect(() => checkBumps(new Map([["a.md", text]]), new Map([["@hf-api/hub", "1.0.0"]]))).not.toThrow();
  expect(() => checkBumps(new Map([["a.md", text]]), new Map([["@hf-api/hub", "0.4.0"]]))).toThrow(
    ".changeset/a.md declares a major release of @hf-api/hub, which is at 0.4.0; before 1.0.0 a break is a minor release.",
  );
});
