import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { git } from "../cli/git.js";
import { draftMark } from "../release/draft.js";
import { FakeGitHub, type FakePull } from "../release/fake-github.js";
import { compileScripts } from "./compile-scripts.js";

const branch = "hub-api/next";

let template: string;
beforeAll(async () => {
  template = await mkdtemp(join(tmpdir(), "propose-"));
  await compileScripts(join(template, "scripts"));
  const first = join(template, "repository/work");
  await mkdir(first, { recursive: true });
  await git(join(first, ".."), "init", "-q", "--bare", "remote.git");
  await git(first, "init", "-q", "-b", "main");
  await git(first, "config", "user.name", "A person");
  await git(first, "config", "user.email", "person@example.org");
  await git(first, "remote", "add", "origin", "../remote.git");
  await writeFile(join(first, "spec"), "old");
  await git(first, "add", "--all");
  await git(first, "commit", "-q", "-m", "Start");
  await git(first, "push", "-q", "origin", "main");
});
afterAll(() => rm(template, { recursive: true }));

let root: string;
let work: string;
let github: FakeGitHub;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "propose-"));
  work = join(root, "work");
  await cp(join(template, "repository"), root, { recursive: true });
  github = await FakeGitHub.make(join(root, "bin"));
  await tell("A title", "The body.");
});
afterEach(() => rm(root, { recursive: true }));

const tell = (title: string, body: string): Promise<void> => writeFile(join(root, "text.md"), `${title}\n\n${body}\n`);

interface Ran {
  code: number;
  output: string;
}

function propose(...options: string[]): Promise<Ran> {
  const args = ["--branch", branch, "--pull-request", join(root, "text.md"), "--checks", "ci.yml", ...options];
  const { GH_TOKEN: _, ...rest } = process.env;
  const env = { ...rest, PATH: `${join(root, "bin")}${delimiter}${process.env["PATH"] ?? ""}` };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(template, "scripts/propose.js"), ...args],
      { cwd: work, env },
      (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : 1, output: stdout + stderr });
      },
    );
  });
}

/** A daily run that finds this content upstream, on a fresh checkout of main. */
async function runWith(content: string, body = `Now ${content}.`): Promise<Ran> {
  await git(work, "checkout", "-q", "--force", "main");
  await writeFile(join(work, "spec"), content);
  await tell("A title", body);
  return await propose();
}

const runWithNothing = async (): Promise<Ran> => {
  await git(work, "checkout", "-q", "--force", "main");
  return await propose();
};

/** Does something on the branch as a person would, in a clone that has just been updated. */
async function onBranch(work_: () => Promise<void>, name = branch): Promise<string> {
  await git(work, "fetch", "-q", "origin", name);
  await git(work, "checkout", "-q", "--force", "-B", "theirs", "FETCH_HEAD");
  await work_();
  await git(work, "push", "-q", "--force", "origin", `HEAD:refs/heads/${name}`);
  await git(work, "checkout", "-q", "main");
  return await remote(name);
}

async function commitFile(file: string, text: string, ...options: string[]): Promise<void> {
  await writeFile(join(work, file), text);
  await git(work, "add", "--all");
  await git(work, "commit", "-q", "-m", `Change ${file}`, ...options);
}

/** Something else happens on main meanwhile. */
async function moveMain(): Promise<void> {
  await git(work, "checkout", "-q", "--force", "main");
  await commitFile("other", `${Math.random()}`);
  await git(work, "push", "-q", "origin", "main");
}

/** Squashes the branch into main, keeps it, and lets GitHub know. */
async function squash(name = branch): Promise<void> {
  const head = await remote(name);
  await git(work, "checkout", "-q", "--force", "main");
  await git(work, "fetch", "-q", "origin", name);
  await git(work, "merge", "-q", "--squash", "FETCH_HEAD");
  await git(work, "commit", "-q", "-m", "Squashed");
  await git(work, "push", "-q", "origin", "main");
  await github.change(({ pulls }) => {
    for (const pull of pulls.filter(({ state }) => state === "OPEN"))
      Object.assign(pull, { state: "MERGED", headRefOid: head });
  });
}

const remote = async (name = branch): Promise<string> =>
  (await git(work, "ls-remote", "origin", `refs/heads/${name}`)).split("\t")[0] ?? "";
const log = async (): Promise<string[]> => (await github.state()).log;
const pull = async (number: number): Promise<FakePull | undefined> =>
  (await github.state()).pulls.find((it) => it.number === number);
const fileOn = async (name: string, file: string): Promise<string> => {
  await git(work, "fetch", "-q", "origin", name);
  return await git(work, "show", `FETCH_HEAD:${file}`);
};

// The fake gh is a script with a first line that Windows does not read.
describe.skipIf(process.platform === "win32")("proposing what changed", () => {
  it("pushes one branch, opens one pull request, starts the checks, and leaves the tree as it was", async () => {
    await writeFile(join(work, "spec"), "new");
    expect(await propose()).toMatchObject({ code: 0, output: expect.stringContaining("opened: A title") });
    expect(await remote()).not.toBe("");
    expect(await log()).toEqual(["run ci.yml on hub-api/next", "create pull #7 from hub-api/next: A title"]);
    expect((await pull(7))?.body).toMatch(/^The body\.\n/);
    expect(await readFile(join(work, "spec"), "utf8")).toBe("old");
    expect(await git(work, "rev-parse", "--abbrev-ref", "HEAD")).toBe("main");
  });

  it("changes nothing at all on a day that brings nothing new, and overwrites what is outdated", async () => {
    await runWith("new");
    const [first, before] = [await remote(), await log()];
    const again = await runWith("new");
    expect(again.output).toMatch(/hub-api\/next already says so\n.*#7 already says so/);
    expect([await remote(), await log()]).toEqual([first, before]);
    expect((await runWith("newer")).output).toContain("updated #7");
    expect(await remote()).not.toBe(first);
    expect(await fileOn(branch, "spec")).toBe("newer");
    await git(work, "fetch", "-q", "origin", branch);
    expect(await git(work, "rev-list", "--count", "main..FETCH_HEAD")).toBe("1");
  });

  it("leaves a text that a person edited alone until there is something else to say", async () => {
    await runWith("new");
    await github.change(({ pulls: [first] }) => {
      if (first !== undefined) Object.assign(first, { title: "A better title", body: `Done: [x]\n${first.body}` });
    });
    await moveMain();
    expect((await runWith("new")).output).toMatch(/pushed hub-api\/next[^]*#7 already says so/);
    expect(await pull(7)).toMatchObject({ title: "A better title", body: expect.stringMatching(/^Done: \[x\]\n/) });
    await runWith("newer");
    expect(await pull(7)).toMatchObject({ title: "A title", body: expect.stringMatching(/^Now newer\.\n/) });
  });

  it("cuts a text that is longer than GitHub takes", async () => {
    expect((await runWith("new", "x".repeat(70_000))).code).toBe(0);
    expect((await pull(7))?.body.length).toBeLessThan(65_536);
    expect((await runWith("new", "x".repeat(70_000))).output).toContain("#7 already says so");
  });

  it("applies a patch that another job made, and takes an empty one for no change", async () => {
    const patch = join(root, "changes.patch");
    await writeFile(join(work, "spec"), "new");
    await writeFile(join(work, "added"), Buffer.from([0, 1, 2, 255]));
    await git(work, "add", "--all");
    await git(work, "diff", "--cached", "--binary", `--output=${patch}`);
    await git(work, "reset", "-q", "--hard");
    expect((await propose("--changes", patch)).output).toContain("opened: A title");
    expect(await fileOn(branch, "spec")).toBe("new");
    expect(await git(work, "cat-file", "-s", "FETCH_HEAD:added")).toBe("4");
    await writeFile(patch, "");
    expect((await propose("--changes", patch)).output).toContain("closed #7");
  });

  it("closes the pull request and deletes the branch when nothing is left", async () => {
    await runWith("new");
    expect((await runWithNothing()).output).toContain("closed #7");
    expect(await remote()).toBe("");
    expect((await runWithNothing()).output).toContain("nothing to propose");
    expect((await runWith("new")).output).toContain("opened: A title");
  });

  it("is a draft as long as there is something to decide", async () => {
    const decide = `Now new.\n\n${draftMark}`;
    const drafts = async (): Promise<boolean[]> => (await github.state()).pulls.map(({ isDraft }) => isDraft);
    await runWith("new", decide);
    expect(await drafts()).toEqual([true]);
    expect((await runWith("new", decide)).output).not.toContain("draft");
    expect((await runWith("newer")).output).toContain("#7 is no draft any more");
    expect(await drafts()).toEqual([false]);
    expect((await runWith("newest", decide)).output).toContain("#7 is a draft: there is something to decide");
    expect(await drafts()).toEqual([true]);
  });

  it("leaves a stranger's pull request alone, whose branch is called as ours is", async () => {
    await github.change(({ pulls }) => {
      const text = { title: "Theirs", body: "", comments: [] };
      const theirs = {
        number: 3,
        headRefName: branch,
        headRefOid: "",
        state: "OPEN",
        isCrossRepository: true,
        isDraft: false,
      } as const;
      pulls.push({ ...theirs, ...text });
    });
    expect((await runWithNothing()).output).toContain("nothing to propose");
    expect((await runWith("new")).output).toContain("opened: A title");
    expect((await runWith("newer")).output).toContain("updated #7");
    expect((await runWithNothing()).output).toContain("closed #7");
    expect((await log()).join("\n")).not.toContain("#3");
  });

  it("says in one line what git refuses", async () => {
    await writeFile(join(work, "spec"), "new");
    await git(work, "remote", "set-url", "origin", join(root, "none.git"));
    const { code, output } = await propose();
    expect(output).toMatch(/^propose: git ls-remote failed: [^\n]+\n$/);
    expect(output).toContain("none.git' does not appear to be a git repository");
    expect(code).toBe(1);
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

describe.skipIf(process.platform === "win32")("a branch that a person committed to", () => {
  /** A proposal with a person's commit on it; returns the head. */
  const withHandwork = async (): Promise<string> => {
    await runWith("new");
    return await onBranch(() => commitFile("names", "by hand"));
  };

  it("is not overwritten when upstream changes again; the pull request is told once, and stays as it is", async () => {
    const theirs = await withHandwork();
    for (const content of ["newer", "newest"]) {
      const { code, output } = await runWith(content);
      expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining("commits by A person") });
      expect(await remote()).toBe(theirs);
    }
    const { body, comments } = (await pull(7)) ?? { body: "", comments: [] };
    expect(body).toMatch(/^Now new\./);
    expect(comments.map((it) => it.body)).toEqual([expect.stringContaining("There is more to propose by now.")]);
  });

  it("is told nothing as long as upstream says the same", async () => {
    await withHandwork();
    await moveMain();
    expect((await runWith("new")).output).toContain("#7 already says so");
    expect((await pull(7))?.comments).toEqual([]);
  });

  it("is neither closed nor deleted when upstream goes back; the pull request is told once", async () => {
    const theirs = await withHandwork();
    for (const _ of [1, 2]) expect(await runWithNothing()).toMatchObject({ code: 0 });
    expect(await remote()).toBe(theirs);
    expect(await pull(7)).toMatchObject({
      state: "OPEN",
      comments: [{ body: expect.stringContaining("Commits by `A person` are on this branch") }],
    });
  });

  it("counts as theirs when they amend the workflow's commit", async () => {
    await runWith("new");
    const theirs = await onBranch(() => commitFile("spec", "amended", "--amend"));
    await runWith("newer");
    expect(await remote()).toBe(theirs);
  });

  it("counts as theirs when they resolve a conflict in a merge", async () => {
    await runWith("new");
    await git(work, "checkout", "-q", "--force", "main");
    await commitFile("spec", "of main");
    await git(work, "push", "-q", "origin", "main");
    const theirs = await onBranch(async () => {
      await git(work, "merge", "-q", "main").catch(() => undefined);
      await commitFile("spec", "of both");
    });
    await runWith("newer");
    expect(await remote()).toBe(theirs);
  });

  it("stays when its pull request is closed, and the next change takes another branch, which is kept up to date", async () => {
    const theirs = await withHandwork();
    await github.change(({ pulls }) => pulls.forEach((it) => (it.state = "CLOSED")));
    expect((await runWith("newer")).output).toContain("opened: A title");
    expect((await runWith("newest")).output).toContain("updated #8");
    expect(await remote()).toBe(theirs);
    expect(await fileOn(`${branch}-2`, "spec")).toBe("newest");
    expect((await runWithNothing()).output).toContain("closed #8");
    expect([await remote(), await remote(`${branch}-2`)]).toEqual([theirs, ""]);
  });

  it("stays when they push while the pull request is being closed", async () => {
    await runWith("new");
    const hook = join(root, "remote.git/hooks/pre-receive");
    // The push that deletes comes too late: the branch has moved on.
    await writeFile(hook, "#!/bin/sh\nexit 1\n", { mode: 0o755 });
    const head = await remote();
    const { code, output } = await runWithNothing();
    expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining("cannot be deleted and stays") });
    expect(await remote()).toBe(head);
  });

  it("is followed by a new proposal once it was squashed and kept, and overwritten then", async () => {
    await withHandwork();
    await squash();
    expect((await runWithNothing()).output).toContain("nothing to propose");
    expect((await runWith("newer")).output).toContain("opened: A title");
    expect((await runWith("newest")).output).toContain("updated #8");
    expect(await fileOn(branch, "spec")).toBe("newest");
    expect(await remote(`${branch}-2`)).toBe("");
  });

  it("is left alone when they push to it after it was squashed", async () => {
    await withHandwork();
    await squash();
    const theirs = await onBranch(() => commitFile("late", "by hand"));
    expect((await runWith("newer")).output).toContain("opened: A title");
    expect(await remote()).toBe(theirs);
    expect(await fileOn(`${branch}-2`, "spec")).toBe("newer");
  });

  it("is followed by a new proposal once it was merged and kept", async () => {
    await withHandwork();
    await git(work, "fetch", "-q", "origin", branch);
    await git(work, "merge", "-q", "--no-ff", "-m", "Merge", "FETCH_HEAD");
    await git(work, "push", "-q", "origin", "main");
    await github.change(({ pulls }) => pulls.forEach((it) => (it.state = "MERGED")));
    expect((await runWith("newer")).output).toContain("opened: A title");
    expect(await fileOn(branch, "spec")).toBe("newer");
  });
});

describe.skipIf(process.platform === "win32")("a branch that somebody updated from main on GitHub", () => {
  /** What the button does: a merge of main, by the person who pressed it. */
  const updateBranch = async (): Promise<string> => {
    await moveMain();
    return await onBranch(async () => void (await git(work, "merge", "-q", "-m", "Merge branch 'main'", "main")));
  };

  it("is left as it is while it says the same", async () => {
    await runWith("new");
    const updated = await updateBranch();
    expect((await runWith("new")).output).toContain("hub-api/next already says so");
    expect(await remote()).toBe(updated);
  });

  it("goes on being updated and closed", async () => {
    await runWith("new");
    await updateBranch();
    expect((await runWith("newer")).output).toContain("updated #7");
    expect(await fileOn(branch, "spec")).toBe("newer");
    await updateBranch();
    expect((await runWithNothing()).output).toContain("closed #7");
    expect(await remote()).toBe("");
  });

  it("is no work of those whose commits came from main, even if main moved on since the checkout", async () => {
    await runWith("new");
    await moveMain();
    await updateBranch();
    await git(work, "reset", "-q", "--hard", "HEAD~2");
    expect((await runWith("newer")).output).toContain("updated #7");
  });
});

describe.skipIf(process.platform === "win32")("the checks of the head", () => {
  const runs = async (): Promise<number> => (await github.state()).runs.length;

  it("are started again after a day on which that failed", async () => {
    await github.change((state) => void state.failing.push("workflow run"));
    expect(await runWith("new")).toMatchObject({ code: 1, output: expect.stringContaining("workflow run") });
    await github.change((state) => void (state.failing = []));
    expect((await runWith("new")).output).toMatch(/already says so[^]*started ci\.yml[^]*opened: A title/);
    expect(await runs()).toBe(1);
  });

  it("are started again when they were cancelled", async () => {
    await runWith("new");
    const conclusion = "cancelled";
    await github.change(({ runs: [first] }) => void Object.assign(first ?? {}, { status: "completed", conclusion }));
    expect((await runWith("new")).output).toContain("started ci.yml");
    expect(await runs()).toBe(2);
  });

  it("are not started again when they failed", async () => {
    await runWith("new");
    const conclusion = "failure";
    await github.change(({ runs: [first] }) => void Object.assign(first ?? {}, { status: "completed", conclusion }));
    expect((await runWith("new")).output).not.toContain("started");
    expect(await runs()).toBe(1);
  });

  it("are started for a person's commit and for an updated branch as well", async () => {
    await runWith("new");
    const theirs = await onBranch(() => commitFile("names", "by hand"));
    expect((await runWith("newer")).output).toContain("started ci.yml");
    expect((await github.state()).runs.at(-1)).toMatchObject({ headSha: theirs });
    expect((await runWith("newer")).output).not.toContain("started");
  });
});
