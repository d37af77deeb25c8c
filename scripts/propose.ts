import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { readArguments, run } from "./cli/cli.js";
import { git, withToken } from "./cli/git.js";
import { PipelineError } from "./cli/pipeline-error.js";
import { listing, quote } from "./cli/quote.js";
import { isDraft } from "./release/draft.js";
import { markOf, withMark } from "./release/content-mark.js";
import { keepTicks } from "./release/ticks.js";
import { bot, peopleBehind } from "./release/handwork.js";
import {
  commentOnce,
  ensureChecked,
  gh,
  pullRequests,
  withBodyFile,
  type PullRequest,
} from "./release/pull-requests.js";

const usage = `Usage: pnpm propose --branch <name> --pull-request <file> [options]

Puts what changed in the working tree on one branch and keeps one pull request for it: opened, updated, or closed when
nothing is left to propose. A branch with commits by a person is never written to and never deleted: its pull request
stays as it is, and without one, the next branch that is free takes its place (<name>-2, …). Where the text asks for a
decision, the pull request is a draft. Needs git 2.38 and gh; runs
where they are logged in.

  --base <name>      the branch to merge into (default: main)
  --changes <file>   a patch to apply to the working tree first
  --checks <file>    a workflow that has to check the branch: what the workflow's own token pushes starts none by itself
`;

const root = process.cwd();

/** Where the proposal stands, or is to stand. */
interface Place {
  branch: string;
  /** The commit of the branch; undefined where there is none yet. */
  head: string | undefined;
  open: PullRequest | undefined;
  /** Who committed there, beside the workflow. */
  people: string[];
}

async function main(): Promise<void> {
  const { values: options } = readArguments("propose", {
    branch: { type: "string" },
    "pull-request": { type: "string" },
    base: { type: "string" },
    changes: { type: "string" },
    checks: { type: "string" },
  });
  if (options.help) return void process.stdout.write(usage);
  const { branch, "pull-request": text, base = "main", changes, checks } = options;
  if (branch === undefined || text === undefined) throw new PipelineError("Name a branch and a file; see --help.");
  if (!/^[a-z][a-z0-9/-]+$/.test(branch) || branch === base)
    throw new PipelineError(`${branch} is no branch to push to.`);

  if (changes !== undefined) await applyPatch(changes);
  const place = await findPlace(branch, base);
  if ((await git(root, "status", "--porcelain")) === "") return await withdraw(place);
  const [title, body] = await readRequest(text);
  if (place.open !== undefined && place.people.length > 0) {
    await hold(place.open, place.people, markOf(title, body));
    return await check(checks, place.branch, place.open.headRefOid);
  }
  const head = await commitAndPush(place, title);
  await check(checks, place.branch, head);
  await write(place, base, title, body);
  await mark(place.open, isDraft(body));
}

async function applyPatch(file: string): Promise<void> {
  const { size } = await stat(file).catch(() => {
    throw new PipelineError(`Cannot read the changes in ${file}; there is no such file.`);
  });
  if (size > 0) await git(root, "apply", "--index", resolve(file));
}

/** The branch of the pull request that is open; without one, the first that holds nobody's work. */
async function findPlace(name: string, base: string): Promise<Place> {
  const remote = await git(root, ...withToken, "ls-remote", "origin", `refs/heads/${name}*`);
  const lines = remote.split("\n").map((line) => line.split("\trefs/heads/"));
  const heads = new Map(lines.flatMap(([hash, branch]) => (hash && branch ? [[branch, hash]] : [])));
  const open = await findOpen([...heads.keys()].filter((branch) => /^(-\d+)?$/.test(branch.slice(name.length))));
  for (let count = 1; ; count += 1) {
    const branch = open?.headRefName ?? (count === 1 ? name : `${name}-${count}`);
    const head = heads.get(branch);
    const people = head === undefined ? [] : await peopleOn(branch, head, base);
    if (open !== undefined || people.length === 0) return { branch, head, open, people };
    say(`leaving ${branch} alone: ${people.join(", ")} committed to it, and it has no pull request`);
  }
}

async function findOpen(branches: readonly string[]): Promise<PullRequest | undefined> {
  for (const branch of branches) {
    const [open] = await pullRequests(root, "open", branch);
    if (open !== undefined) return open;
  }
  return undefined;
}

async function peopleOn(branch: string, head: string, base: string): Promise<string[]> {
  await git(root, ...withToken, "fetch", "-q", "origin", head);
  await git(root, ...withToken, "fetch", "-q", "origin", `refs/heads/${base}`);
  const merged = ["HEAD", await git(root, "rev-parse", "FETCH_HEAD")];
  // A squashed commit does not tell what it was made of; its pull request does.
  for (const { headRefOid } of await pullRequests(root, "merged", branch)) {
    const isHere = await git(root, "cat-file", "-e", `${headRefOid}^{commit}`).then(
      () => true,
      () => false,
    );
    if (isHere) merged.push(headRefOid);
  }
  return await peopleBehind(root, head, merged);
}

/** Nothing is left to propose: closes what is open, unless a person has put work into it. */
async function withdraw({ branch, head, open, people }: Place): Promise<void> {
  if (open === undefined) return say("nothing to propose");
  const number = String(open.number);
  if (people.length > 0) {
    const text = `Nothing is left to propose here. Commits by ${names(people)} are on this branch, so it stays open: close or merge it.`;
    const isNew = await commentOnce(root, open.number, text, markOf("withdrawn", open.headRefOid));
    return say(`#${number} ${isNew ? "is told" : "knows"} that nothing is left; it has commits by a person and stays`);
  }
  await gh(root, "pr", "close", number, "--comment", "Nothing is left to propose.");
  if (head === undefined) return say(`closed #${number}: nothing is left to propose`);
  // The lease: somebody may have pushed since we looked.
  const lease = `--force-with-lease=refs/heads/${branch}:${head}`;
  const isDeleted = await git(root, ...withToken, "push", "-q", lease, "origin", `:refs/heads/${branch}`).then(
    () => true,
    () => false,
  );
  say(`closed #${number}: nothing is left to propose${isDeleted ? "" : `; ${branch} cannot be deleted and stays`}`);
}

/** Leaves a person's branch as it is, and tells its pull request once when there is more to propose. */
async function hold(open: PullRequest, people: readonly string[], mark: string): Promise<void> {
  if (open.body.includes(mark)) return say(`#${open.number} already says so, and has commits by ${people.join(", ")}`);
  const text = `There is more to propose by now. Commits by ${names(people)} are on this branch, so it stays as it is: merge it, and the rest follows in a pull request of its own.`;
  await commentOnce(root, open.number, text, markOf("held", open.headRefOid));
  say(`#${open.number} stays as it is: it has commits by ${people.join(", ")}; merge it, and the rest follows`);
}

/** Puts the working tree on the branch. Returns its head, which stays the old one where that has the same files. */
async function commitAndPush({ branch, head }: Place, title: string): Promise<string> {
  const from = await git(root, "rev-parse", "--abbrev-ref", "HEAD");
  await git(root, "checkout", "-q", "-B", branch);
  await git(root, "add", "--all");
  const identity = ["-c", `user.name=${bot.name}`, "-c", `user.email=${bot.email}`];
  await git(root, ...identity, "commit", "-q", "-m", title);
  try {
    if (head !== undefined && (await haveSameFiles(head, "HEAD"))) {
      say(`${branch} already says so`);
      return head;
    }
    const lease = `--force-with-lease=refs/heads/${branch}:${head ?? ""}`;
    await git(root, ...withToken, "push", "-q", lease, "origin", `HEAD:refs/heads/${branch}`);
    say(`pushed ${branch}`);
    return await git(root, "rev-parse", "HEAD");
  } finally {
    await git(root, "checkout", "-q", from);
  }
}

async function haveSameFiles(one: string, other: string): Promise<boolean> {
  const trees = await git(root, "rev-parse", `${one}^{tree}`, `${other}^{tree}`);
  return new Set(trees.split("\n")).size === 1;
}

async function check(workflow: string | undefined, branch: string, head: string): Promise<void> {
  if (workflow !== undefined && (await ensureChecked(root, workflow, branch, head))) say(`started ${workflow}`);
}

async function write({ branch, open }: Place, base: string, title: string, body: string): Promise<void> {
  const mark = markOf(title, body);
  if (open?.body.includes(mark) === true) return say(`#${open.number} already says so: ${title}`);
  await withBodyFile(withMark(keepTicks(open?.body ?? "", body), mark), async (file) => {
    const content = ["--title", title, "--body-file", file];
    const draft = isDraft(body) ? ["--draft"] : [];
    await (open === undefined
      ? gh(root, "pr", "create", "--base", base, "--head", branch, ...draft, ...content)
      : gh(root, "pr", "edit", String(open.number), ...content));
  });
  say(open === undefined ? `opened: ${title}` : `updated #${open.number}: ${title}`);
}

/** Makes a draft of a pull request that waits for a decision now, and none of one that no longer does. */
async function mark(open: PullRequest | undefined, isDraft: boolean): Promise<void> {
  if (open === undefined || Boolean(open.isDraft) === isDraft) return;
  await gh(root, "pr", "ready", String(open.number), ...(isDraft ? ["--undo"] : []));
  say(`#${open.number} is ${isDraft ? "a draft: there is something to decide" : "no draft any more"}`);
}

async function readRequest(file: string): Promise<[title: string, body: string]> {
  const text = await readFile(file, "utf8").catch(() => {
    throw new PipelineError(`There are changes and no ${file} that tells of them; run pnpm regenerate by hand first.`);
  });
  const [title = "", ...body] = text.split("\n");
  return [title, body.join("\n").trim()];
}

const names = (people: readonly string[]): string => listing(people.map((name) => quote(name)));

const say = (text: string): void => void process.stdout.write(`  propose  ${text}\n`);

await run("propose", main);
