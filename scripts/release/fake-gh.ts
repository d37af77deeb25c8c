import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { FakeIssue, FakePull, FakeState } from "./fake-github.js";

// The program that FakeGitHub installs as `gh`. It knows the commands that the scripts use, and fails on others.

const [, program = "", subject = "", verb = "", ...rest] = process.argv;
const file = join(dirname(program), "state.json");
const state = JSON.parse(readFileSync(file, "utf8")) as FakeState;

const option = (name: string): string => (rest.includes(name) ? (rest[rest.indexOf(name) + 1] ?? "") : "");
const body = (): string => readFileSync(option("--body-file"), "utf8");
const print = (value: unknown): void => console.log(JSON.stringify(value));
const number = (): number => Number(rest[0]);
const find = <T extends { number: number }>(items: T[]): T => {
  const found = items.find((it) => it.number === number());
  if (found === undefined) throw new Error(`there is no #${rest[0]}`);
  return found;
};
const nextNumber = (): number => 7 + state.pulls.filter((it) => !it.isCrossRepository).length + state.issues.length;

const headOf = (branch: string): string =>
  execFileSync("git", ["ls-remote", "origin", `refs/heads/${branch}`], { encoding: "utf8" }).split("\t")[0] ?? "";

/** GitHub follows the branch of an open pull request, and closes it when the branch is gone. */
function follow(pull: FakePull): void {
  if (pull.state !== "OPEN" || pull.isCrossRepository) return;
  const head = headOf(pull.headRefName);
  if (head === "") pull.state = "CLOSED";
  else pull.headRefOid = head;
}

function log(line: string): void {
  state.log.push(line);
}

function write(item: FakePull | FakeIssue, name: string): void {
  item.title = option("--title");
  item.body = body();
  log(`edit ${name} #${item.number} ${item.title}`);
}

function close(item: FakePull | FakeIssue, name: string): void {
  item.state = "CLOSED";
  if ("comments" in item) item.comments.push({ body: option("--comment"), viewerDidAuthor: true });
  log(`close ${name} #${item.number} ${option("--comment")}`);
}

const commands: Record<string, () => void> = {
  "pr list": () => {
    state.pulls.forEach(follow);
    const wanted = option("--state").toUpperCase();
    const head = option("--head");
    print(state.pulls.filter((it) => it.state === wanted && (head === "" || it.headRefName === head)));
  },
  "pr view": () => print({ comments: find(state.pulls).comments }),
  "pr create": () => {
    const pull: FakePull = {
      number: nextNumber(),
      headRefName: option("--head"),
      headRefOid: headOf(option("--head")),
      state: "OPEN",
      isCrossRepository: false,
      isDraft: rest.includes("--draft"),
      title: option("--title"),
      body: body(),
      comments: [],
    };
    state.pulls.push(pull);
    log(`create ${pull.isDraft ? "draft" : "pull"} #${pull.number} from ${pull.headRefName}: ${pull.title}`);
  },
  "pr edit": () => write(find(state.pulls), "pull"),
  "pr ready": () => {
    const pull = find(state.pulls);
    pull.isDraft = rest.includes("--undo");
    log(`${pull.isDraft ? "draft" : "ready"} pull #${pull.number}`);
  },
  "pr comment": () => {
    find(state.pulls).comments.push({ body: option("--body"), viewerDidAuthor: true });
    log(`comment on pull #${rest[0]}`);
  },
  "pr close": () => close(find(state.pulls), "pull"),
  "run list": () => {
    const [workflow, commit] = [option("--workflow"), option("--commit")];
    print(state.runs.filter((it) => it.workflow === workflow && it.headSha === commit));
  },
  "workflow run": () => {
    const [workflow = "", ref] = [rest[0], option("--ref")];
    state.runs.push({ workflow, headSha: headOf(ref), status: "queued", conclusion: "" });
    log(`run ${workflow} on ${ref}`);
  },
  "issue list": () => {
    const label = option("--label");
    print(state.issues.filter((it) => it.state === "OPEN" && it.labels.includes(label)));
  },
  "issue create": () => {
    const label = option("--label");
    if (!state.labels.includes(label)) throw new Error(`could not add label: '${label}' not found`);
    const issue: FakeIssue = {
      number: nextNumber(),
      state: "OPEN",
      title: option("--title"),
      body: body(),
      labels: [label],
    };
    state.issues.push(issue);
    log(`create issue #${issue.number} ${issue.title}`);
  },
  "issue edit": () => write(find(state.issues), "issue"),
  "issue close": () => close(find(state.issues), "issue"),
  "label create": () => {
    const [name = ""] = rest;
    if (!state.labels.includes(name)) state.labels.push(name);
  },
};

function runCommand(): void {
  const command = commands[`${subject} ${verb}`];
  if (state.failing.includes(`${subject} ${verb}`)) throw new Error("HTTP 502");
  if (subject === "api") {
    if (!Object.hasOwn(state.api, verb)) throw new Error(`gh: Not Found (HTTP 404) ${verb}`);
    return print(state.api[verb]);
  }
  if (command === undefined) throw new Error(`unknown command ${subject} ${verb}`);
  command();
  writeFileSync(file, JSON.stringify(state));
}

try {
  runCommand();
} catch (error) {
  console.error((error as Error).message);
  process.exit(1);
}
