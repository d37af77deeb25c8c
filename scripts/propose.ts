import { readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readArguments, run } from "./cli/cli.js";
import { command } from "./cli/command.js";
import { git, withToken } from "./cli/git.js";
import { PipelineError } from "./cli/pipeline-error.js";

const usage = `Usage: pnpm propose --branch <name> --pull-request <file> [options]

Puts what changed in the working tree on one branch and keeps one pull request for it: opened, updated, or closed when
nothing is left to propose. Needs git and gh; runs where they are logged in.

  --base <name>      the branch to merge into (default: main)
  --checks <file>    a workflow to start on the branch: what the workflow's own token pushes starts none by itself
`;

const author = { name: "github-actions[bot]", email: "41898282+github-actions[bot]@users.noreply.github.com" };
const root = process.cwd();

async function main(): Promise<void> {
  const { values: options } = readArguments("propose", {
    branch: { type: "string" },
    "pull-request": { type: "string" },
    base: { type: "string" },
    checks: { type: "string" },
  });
  if (options.help) return void process.stdout.write(usage);
  const { branch, "pull-request": text, base = "main", checks } = options;
  if (branch === undefined || text === undefined) throw new PipelineError("Name a branch and a file; see --help.");
  if (!/^[a-z][a-z0-9/-]+$/.test(branch) || branch === base)
    throw new PipelineError(`${branch} is no branch to push to.`);

  const open = await openRequest(branch);
  if ((await git(root, "status", "--porcelain")) === "") {
    if (open === undefined) return say("nothing to propose");
    await gh("pr", "close", open, "--delete-branch", "--comment", "Nothing is left to propose: upstream is back.");
    return say(`closed #${open}: nothing is left to propose`);
  }

  const [title, body] = await readRequest(text);
  const remote = (await git(root, ...withToken, "ls-remote", "origin", `refs/heads/${branch}`)).split("\t")[0] ?? "";
  const from = await git(root, "rev-parse", "--abbrev-ref", "HEAD");
  await git(root, "checkout", "-q", "-B", branch);
  await git(root, "add", "--all");
  const identity = ["-c", `user.name=${author.name}`, "-c", `user.email=${author.email}`];
  await git(root, ...identity, "commit", "-q", "-m", title);
  try {
    if (remote !== "" && (await isSettled(remote))) say(`${branch} already says so`);
    else {
      // The lease: somebody may have pushed since we looked.
      await git(
        root,
        ...withToken,
        "push",
        "-q",
        `--force-with-lease=refs/heads/${branch}:${remote}`,
        "origin",
        `HEAD:refs/heads/${branch}`,
      );
      say(`pushed ${branch}`);
      if (checks !== undefined) await gh("workflow", "run", checks, "--ref", branch);
    }
  } finally {
    await git(root, "checkout", "-q", from);
  }
  const file = join(tmpdir(), `pull-request-${process.pid}.md`);
  await writeFile(file, body);
  if (open !== undefined) {
    await gh("pr", "edit", open, "--title", title, "--body-file", file);
    return say(`updated #${open}: ${title}`);
  }
  await gh("pr", "create", "--base", base, "--head", branch, "--title", title, "--body-file", file);
  say(`opened: ${title}`);
}

/** Whether the branch needs no push: it has the same files, or somebody's work that a push would destroy. */
async function isSettled(remote: string): Promise<boolean> {
  await git(root, ...withToken, "fetch", "-q", "origin", remote);
  const hand = await git(root, "log", "-1", "--format=%ae", remote);
  if (hand !== author.email) {
    throw new PipelineError(`The branch has commits by a person; merge or delete it before the next run.`);
  }
  const trees = await git(root, "rev-parse", `${remote}^{tree}`, "HEAD^{tree}");
  return new Set(trees.split("\n")).size === 1;
}

interface OpenRequest {
  number: number;
  isCrossRepository: boolean;
}

async function openRequest(branch: string): Promise<string | undefined> {
  const fields = ["--json", "number,isCrossRepository", "--limit", "100"];
  const found = JSON.parse(await gh("pr", "list", "--head", branch, "--state", "open", ...fields)) as OpenRequest[];
  // Branches are found by their names alone, and a fork's may have any.
  const own = found.find(({ isCrossRepository }) => !isCrossRepository);
  return own === undefined ? undefined : String(own.number);
}

async function readRequest(file: string): Promise<[title: string, body: string]> {
  const text = await readFile(file, "utf8").catch(() => {
    throw new PipelineError(`There are changes and no ${file} that tells of them; run pnpm regenerate by hand first.`);
  });
  const [title = "", ...body] = text.split("\n");
  return [title, body.join("\n").trim()];
}

const gh = async (...args: string[]): Promise<string> => (await command("gh", args, { cwd: root })).output;

const say = (text: string): void => void process.stdout.write(`  propose  ${text}\n`);

await run("propose", main);
