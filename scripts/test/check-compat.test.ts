import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { git } from "../cli/git.js";
import { compileScripts } from "./compile-scripts.js";

let template: string;
let root: string;
let work: string;
beforeAll(async () => {
  template = await mkdtemp(join(tmpdir(), "check-compat-"));
  root = join(template, "work");
  await compileScripts(join(root, "scripts"));
  await git(root, "init", "-q", "-b", "main");
  await git(root, "config", "user.name", "A person");
  await git(root, "config", "user.email", "person@example.org");
  await write(
    "tsconfig.base.json",
    '{ "compilerOptions": { "strict": true, "module": "nodenext", "skipLibCheck": true } }',
  );
  await write(".gitignore", "scripts\n");
  await write(".changeset/config.json", "{}");
  await write("packages/raw/package.json", '{ "name": "@hf-api/raw", "version": "0.0.0" }');
  await write(
    "examples/old.ts",
    'import { type Job } from "@hf-api/hub";\nexport const state = (job: Job): string => job.state;\n',
  );
  await setVersion("0.0.0");
  await job("state: string");
  await commit("Start");
});
afterAll(() => rm(template, { recursive: true }));
let count = 0;
beforeEach(async () => {
  work = join(template, "work");
  root = join(template, `case-${count++}`);
  await cp(work, root, { recursive: true, verbatimSymlinks: true });
});

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, file)), { recursive: true });
  await writeFile(join(root, file), text);
}
const setVersion = (version: string): Promise<void> =>
  write("packages/hub/package.json", JSON.stringify({ name: "@hf-api/hub", version }));
const job = (members: string): Promise<void> =>
  write("packages/hub/src/index.ts", `export interface Job { ${members} }\n`);
const note = (bump: string): Promise<void> => write(".changeset/a.md", `---\n"@hf-api/hub": ${bump}\n---\n\nA note.\n`);

async function commit(message: string, tag?: string): Promise<void> {
  await git(root, "add", "--all");
  await git(root, "commit", "-q", "-m", message);
  if (tag !== undefined) await git(root, "tag", tag);
}

function check(): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [join(root, "scripts/check-compat.js")], { cwd: root }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : 1, output: stdout + stderr });
    });
  });
}

it("breaks nobody before the first release", async () => {
  expect(await check()).toEqual({ code: 0, output: "  compat   nothing was released yet, so nothing can break\n" });
});

it("compares with the last release, and takes a minor changeset for the declaration of a break before 1.0.0", async () => {
  await setVersion("0.1.0");
  await commit("Release", "@hf-api/hub@0.1.0");
  await job("status: string");
  await note("patch");
  const refused = await check();
  expect(refused.output).toContain("examples/old.ts:2  Property 'state' does not exist on type 'Job'.");
  expect(refused.output).toContain(
    "What compiled at @hf-api/hub@0.1.0 no longer does, and no changeset declares a break of @hf-api/hub.",
  );
  expect(refused.code).toBe(1);
  await note("minor");
  expect(await check()).toMatchObject({ code: 0, output: expect.stringContaining("which is declared") });
});

it("compares with the release before this branch, not with a later one", async () => {
  await setVersion("0.2.0");
  await commit("Release", "@hf-api/hub@0.2.0");
  await git(root, "checkout", "-q", "-b", "later");
  await job("status: string");
  await setVersion("0.10.0");
  await commit("Release", "@hf-api/hub@0.10.0");
  await git(root, "checkout", "-q", "main");
  expect((await check()).output).toContain("examples of @hf-api/hub@0.2.0 compile");
});

it("refuses a major release before 1.0.0", async () => {
  await setVersion("0.1.0");
  await note("major");
  expect(await check()).toMatchObject({ code: 1, output: expect.stringContaining("before 1.0.0 a break is a minor") });
});

it("refuses to judge a release without its history", async () => {
  await setVersion("0.1.0");
  await commit("Release", "@hf-api/hub@0.1.0");
  await commit("Later", undefined).catch(() => git(root, "commit", "-q", "--allow-empty", "-m", "Later"));
  const shallow = join(template, "shallow");
  await git(template, "clone", "-q", "--depth", "1", "--no-tags", `file://${root}`, shallow);
  await cp(join(root, "scripts"), join(shallow, "scripts"), { recursive: true, verbatimSymlinks: true });
  root = shallow;
  const { code, output } = await check();
  expect({ code, output }).toEqual({
    code: 1,
    output: "check-compat: This clone has no tags, and so no last release; run git fetch --unshallow --tags first.\n",
  });
});
