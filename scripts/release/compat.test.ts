import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { compileOld, declaredMajors, packagesOf, releasedMajors, undeclared } from "./compat.js";

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

it("only the head of a changeset declares a major release", () => {
  const declared = '---\n"@hf-api/raw": major\n\'@hf-api/hub\': minor\n---\n\n"@hf-api/hub": major\n';
  expect([...declaredMajors([declared, "no head: major"])]).toEqual(["@hf-api/raw"]);
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

  it("counts as declared after its release has used the changeset up", () => {
    const [then, now] = [
      new Map([
        ["@hf-api/hub", "1.9.0"],
        ["@hf-api/raw", "1.0.0"],
      ]),
      new Map([
        ["@hf-api/hub", "2.0.0"],
        ["@hf-api/raw", "1.1.0"],
      ]),
    ];
    expect(releasedMajors(then, now)).toEqual(["@hf-api/hub"]);
    expect(releasedMajors(new Map(), now)).toEqual([]);
  });
});
