import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { git } from "../cli/git.js";
import { writePretendGh } from "../release/pretend-github.js";

const tsx = fileURLToPath(import.meta.resolve("tsx/cli"));
const script = fileURLToPath(new URL("../propose.ts", import.meta.url));
const branch = "hub-api/next";

let root: string;
let work: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "propose-"));
  work = join(root, "work");
  await mkdir(work);
  await git(root, "init", "-q", "--bare", "remote.git");
  await git(work, "init", "-q", "-b", "main");
  await configure(work);
  await git(work, "remote", "add", "origin", join(root, "remote.git"));
  await writeFile(join(work, "spec"), "old");
  await git(work, "add", "--all");
  await git(work, "commit", "-q", "-m", "Start");
  await git(work, "push", "-q", "origin", "main");
  await writePretendGh(join(root, "bin"));
  await writeFile(join(root, "text.md"), "A title\n\nThe body.\n");
});
afterEach(() => rm(root, { recursive: true }));

async function configure(folder: string): Promise<void> {
  await git(folder, "config", "user.name", "A person");
  await git(folder, "config", "user.email", "person@example.org");
}

function propose(): Promise<{ code: number; output: string }> {
  const args = [tsx, script, "--branch", branch, "--pull-request", join(root, "text.md"), "--checks", "ci.yml"];
  const { GH_TOKEN: _, ...rest } = process.env;
  const env = { ...rest, PATH: `${join(root, "bin")}${delimiter}${process.env["PATH"] ?? ""}` };
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: work, env }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : 1, output: stdout + stderr });
    });
  });
}

const asked = (): Promise<string> => readFile(join(root, "bin/log"), "utf8");
const remote = (): Promise<string> => git(work, "ls-remote", "origin", `refs/heads/${branch}`);

// The pretended gh is a script with a first line that Windows does not read.
describe.skipIf(process.platform === "win32")("proposing what changed", () => {
  it("pushes one branch, opens one pull request, starts the checks, and leaves the tree as it was", async () => {
    await writeFile(join(work, "spec"), "new");
    expect(await propose()).toMatchObject({ code: 0, output: expect.stringContaining("opened: A title") });
    expect(await remote()).not.toBe("");
    expect(await asked()).toContain("workflow ci.yml --ref hub-api/next\ncreate A title\nThe body.");
    expect(await readFile(join(work, "spec"), "utf8")).toBe("old");
    expect(await git(work, "rev-parse", "--abbrev-ref", "HEAD")).toBe("main");
  });

  it("does not push the same again, and overwrites what is outdated", async () => {
    await writeFile(join(work, "spec"), "new");
    await propose();
    const first = await remote();
    await writeFile(join(work, "spec"), "new");
    expect((await propose()).output).toContain("already says so");
    expect(await remote()).toBe(first);
    await writeFile(join(work, "spec"), "newer");
    expect((await propose()).output).toContain("updated #7");
    expect(await remote()).not.toBe(first);
    expect(await git(work, "rev-list", "--count", `main..${branch}`)).toBe("1");
  });

  it("closes the pull request when nothing is left", async () => {
    await writeFile(join(work, "spec"), "new");
    await propose();
    expect((await propose()).output).toContain("closed #7");
    expect(await remote()).toBe("");
    expect((await propose()).output).toContain("nothing to propose");
  });

  it("leaves a stranger's pull request alone, whose branch is called as ours is", async () => {
    await writeFile(join(root, "bin/strangers"), "3\n");
    expect((await propose()).output).toContain("nothing to propose");
    await writeFile(join(work, "spec"), "new");
    expect((await propose()).output).toContain("opened: A title");
    await writeFile(join(work, "spec"), "newer");
    expect((await propose()).output).toContain("updated #7");
    expect((await propose()).output).toContain("closed #7");
    expect(await asked()).not.toContain("#3");
  });

  it("says in one line what git refuses", async () => {
    await writeFile(join(work, "spec"), "new");
    await git(work, "remote", "set-url", "origin", join(root, "none.git"));
    const { code, output } = await propose();
    expect(output).toMatch(/^propose: git ls-remote failed: [^\n]+\n$/);
    expect(output).toContain("none.git' does not appear to be a git repository");
    expect(code).toBe(1);
  });

  it("never overwrites what a person added to the branch", async () => {
    await writeFile(join(work, "spec"), "new");
    await propose();
    await git(work, "checkout", "-q", branch);
    await writeFile(join(work, "names"), "by hand");
    await git(work, "add", "--all");
    await git(work, "commit", "-q", "-m", "Name the new operation");
    await git(work, "push", "-q", "origin", branch);
    const theirs = await remote();
    await git(work, "checkout", "-q", "main");
    await writeFile(join(work, "spec"), "newer");
    expect(await propose()).toMatchObject({ code: 1, output: expect.stringContaining("commits by a person") });
    expect(await remote()).toBe(theirs);
  });

  it("refuses changes that nobody told about", async () => {
    await writeFile(join(work, "spec"), "new");
    await rm(join(root, "text.md"));
    expect(await propose()).toMatchObject({
      code: 1,
      output: expect.stringMatching(/^propose: There are changes and no /),
    });
    expect(await remote()).toBe("");
  });
});
