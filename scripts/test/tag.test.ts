import { execFile } from "node:child_process";
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { git } from "../cli/git.js";
import { FakeGitHub } from "../release/fake-github.js";

const tsx = fileURLToPath(import.meta.resolve("tsx/cli"));
const script = fileURLToPath(new URL("../tag.ts", import.meta.url));

let root: string;
let work: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "tag-"));
  work = join(root, "work");
  await mkdir(work);
  await git(root, "init", "-q", "--bare", "remote.git");
  await git(work, "init", "-q", "-b", "main");
  await git(work, "config", "user.name", "A person");
  await git(work, "config", "user.email", "person@example.org");
  await git(work, "remote", "add", "origin", join(root, "remote.git"));
  await commit({ raw: "1.0.0", hub: "1.1.0", mock: "0.0.0" });
});
afterEach(() => rm(root, { recursive: true }));

async function commit(versions: Record<string, string>): Promise<void> {
  for (const [name, version] of Object.entries(versions)) {
    await mkdir(join(work, "packages", name), { recursive: true });
    await writeFile(join(work, "packages", name, "package.json"), JSON.stringify({ name: `@x/${name}`, version }));
  }
  await git(work, "add", "--all");
  await git(work, "commit", "-q", "-m", "Versions");
}

/** What the command says, and what it tells the workflow. */
async function tag(...options: string[]): Promise<{ code: number; output: string; told: string }> {
  const file = join(root, "output");
  await writeFile(file, "");
  const { GH_TOKEN: _, ...rest } = process.env;
  const path = `${join(root, "bin")}${delimiter}${process.env["PATH"] ?? ""}`;
  const env = { ...rest, PATH: path, GITHUB_OUTPUT: file, GITHUB_REPOSITORY: "a/b" };
  const ran = await new Promise<{ code: number; output: string }>((resolve) => {
    execFile(process.execPath, [tsx, script, ...options], { cwd: work, env }, (error, out, err) =>
      resolve({ code: error === null ? 0 : 1, output: out + err }),
    );
  });
  return { ...ran, told: await readFile(file, "utf8") };
}

const remoteTags = async (): Promise<string[]> =>
  (await git(work, "ls-remote", "--tags", "origin")).split("\n").filter((line) => line !== "");

describe("tagging a release", () => {
  it("tags what has a version, tells the workflow, and tells it again when it is run again", async () => {
    const first = await tag();
    expect(first).toMatchObject({ code: 0, told: "ref=@x/hub@1.1.0\n" });
    expect((await remoteTags()).map((line) => line.split("refs/tags/")[1])).toEqual(["@x/hub@1.1.0", "@x/raw@1.0.0"]);
    const again = await tag();
    expect(again.output).toContain("every version has its tag");
    expect(again.told).toBe(first.told);
  });

  it("tells the workflow nothing where a later commit releases nothing", async () => {
    await tag();
    await git(work, "commit", "-q", "--allow-empty", "-m", "Later");
    expect(await tag()).toMatchObject({ code: 0, told: "" });
  });

  it("leaves no tag anywhere when the remote refuses one of them, and says so in one line", async () => {
    const hook = join(root, "remote.git/hooks/update");
    await writeFile(hook, '#!/bin/sh\ncase "$1" in *raw*) echo no >&2; exit 1;; esac\n');
    await chmod(hook, 0o755);
    const { code, output, told } = await tag();
    expect(output).toMatch(/^tag-release: git push failed: \[remote rejected\] [^\n]+\n$/);
    expect({ code, told }).toEqual({ code: 1, told: "" });
    expect(await remoteTags()).toEqual([]);
    expect(await git(work, "tag", "--list")).toBe("");
  });

  it("says in one line that there is no remote", async () => {
    await git(work, "remote", "remove", "origin");
    const { code, output } = await tag();
    expect(output).toMatch(/^tag-release: git ls-remote failed: 'origin' does not appear to be a git repository\.\n$/);
    expect(code).toBe(1);
  });

  // The fake gh is a script with a first line that Windows does not read.
  describe.skipIf(process.platform === "win32")("with an environment that has to have reviewers", () => {
    const path = "repos/a/b/environments/npm";
    const gate = async (environment?: object): Promise<{ code: number; output: string; told: string }> => {
      const github = await FakeGitHub.make(join(root, "bin"));
      await github.change(({ api }) => void (environment !== undefined && (api[path] = environment)));
      return await tag("--environment", "npm");
    };

    it("tags when it has", async () => {
      const rules = [{ type: "branch_policy" }, { type: "required_reviewers", reviewers: [{ type: "User" }] }];
      expect(await gate({ protection_rules: rules })).toMatchObject({ code: 0, told: "ref=@x/hub@1.1.0\n" });
    });

    it.each<[string, object | undefined]>([
      ["does not exist", undefined],
      ["has no required reviewers", { protection_rules: [{ type: "branch_policy" }] }],
      ["has no required reviewers", { protection_rules: [{ type: "required_reviewers", reviewers: [] }] }],
    ])("tags nothing when it %s", async (found, environment) => {
      const { code, output, told } = await gate(environment);
      expect(output).toMatch(/^tag-release: The environment npm [^\n]+ Set it up as CONTRIBUTING\.md says[^\n]+\n$/);
      expect(output).toContain(`The environment npm ${found}, so a release would go out unseen.`);
      expect({ code, told, tags: await remoteTags() }).toEqual({ code: 1, told: "", tags: [] });
    });
  });
});
