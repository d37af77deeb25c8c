import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { readArguments, run } from "./cli/cli.js";
import { command } from "./cli/command.js";
import { isObject, type Document, type Json, type JsonObject } from "./document/document.js";
import { git } from "./cli/git.js";
import { startRegistry } from "./release/local-registry.js";
import { isVersioned, publicPackages, tagOf } from "./release/packages.js";
import { PipelineError } from "./cli/pipeline-error.js";
import { FakeGitHub } from "./release/fake-github.js";
import { firstCall } from "./release/first-call.js";
import { publishCommands } from "./release/publish-step.js";
import { readJsonText } from "./cli/read-folder.js";

const usage = `Usage: pnpm dry-run [options]

Goes the whole way from a change of the Hub's document to an installed release, in a scratch copy of this repository
with a bare git remote and a registry on this machine. Takes some minutes, and the network for the registry alone.

  --from <file>  the next document (default: the snapshot with an operation and a property more)
  --keep         leave the scratch folder behind
`;

const root = fileURLToPath(new URL("..", import.meta.url));
const branch = "hub-api/next";

async function main(): Promise<void> {
  const { values: options } = readArguments("dry-run", { from: { type: "string" }, keep: { type: "boolean" } });
  if (options.help) return void process.stdout.write(usage);
  const scratch = await mkdtemp(join(tmpdir(), "hf-api-dry-run-"));
  try {
    await rehearse(scratch, options.from);
  } finally {
    if (options.keep) say("kept", scratch);
    else await rm(scratch, { recursive: true, force: true });
  }
}

async function rehearse(scratch: string, from: string | undefined): Promise<void> {
  const work = join(scratch, "work");
  const text = join(scratch, "pull-request.md");
  const gh = join(scratch, "bin");
  const github = await FakeGitHub.make(gh);
  const env = { PATH: `${gh}${delimiter}${process.env["PATH"] ?? ""}`, NO_COLOR: "1", TURBO_TELEMETRY_DISABLED: "1" };
  const pnpm = async (...args: string[]): Promise<string> =>
    (await command("npx", ["-y", "pnpm@12", ...args], { cwd: work, env })).output;
  const propose = async (name: string): Promise<string> =>
    await pnpm("propose", "--branch", name, "--pull-request", text, "--checks", "ci.yml");

  await copyRepository(work, join(scratch, "remote.git"));
  await pnpm("install", "--prefer-offline", "--no-frozen-lockfile");
  await pnpm("generate");
  await commitAll(work, "Bring the generated files up to date");
  say("scratch", "a copy of this repository with a bare remote");

  const snapshot = JSON.parse(await readJsonText(join(work, "spec/upstream.json"))) as Document;
  const [same, next] = [join(scratch, "same.json"), join(scratch, "next.json")];
  await writeFile(same, JSON.stringify(withNoise(snapshot)));
  await writeFile(next, from === undefined ? JSON.stringify(withNews(snapshot)) : await readJsonText(from));

  await pnpm("regenerate", "--from", same);
  expect((await git(work, "status", "--porcelain")) === "", "noise left every file alone");

  say("day 1", last(await pnpm("regenerate", "--from", next, "--pull-request", text)));
  say("changeset", (await git(work, "status", "--porcelain", ".changeset")).replace(/\s+/g, " "));
  say("compat", last(await pnpm("check-compat", "--since", "HEAD")));
  say("propose", last(await propose(branch)));
  expect((await git(work, "status", "--porcelain")) === "", "the working tree is as before");

  await pnpm("regenerate", "--from", next, "--pull-request", text);
  const again = await propose(branch);
  expect(again.includes("already says so"), "day 2, the same document: no push");

  await pnpm("regenerate", "--from", same);
  say("day 3", `upstream is back: ${last(await propose(branch))}`);
  expect((await git(work, "ls-remote", "origin", branch)) === "", "the branch is gone");

  await pnpm("regenerate", "--from", next, "--pull-request", text);
  say("day 4", `upstream changed again: ${last(await propose(branch))}`);
  const theirs = await commitByHand(work);
  await pnpm("regenerate", "--from", same);
  say("day 5", `upstream is back, and a person has worked on it: ${last(await propose(branch))}`);
  expect((await git(work, "ls-remote", "origin", branch)).startsWith(theirs), "their commit is still there");
  await squash(work, branch, github);
  expect((await propose(branch)).includes("nothing to propose"), "the branch is settled after the squash");

  await pnpm("bump", "--pull-request", text);
  say("bump", last(await propose("release/next")));
  await squash(work, "release/next", github);
  const workflow = { ...env, GITHUB_SERVER_URL: "https://github.example", GITHUB_REPOSITORY: "dry/run" };
  const inWorkflow = async (...args: string[]): Promise<string> =>
    (await command("npx", ["-y", "pnpm@12", ...args], { cwd: work, env: workflow })).output;
  await github.change(({ api }) => {
    api["repos/dry/run/environments/npm"] = { protection_rules: [{ type: "required_reviewers", reviewers: ["a"] }] };
  });
  say("tag", (await inWorkflow("tag-release", "--environment", "npm")).match(/@hf-api\/\S+/g)?.join(" ") ?? "none");
  await git(work, "fetch", "-q", "--tags", "origin");
  const released = (await publicPackages(work)).map(tagOf);
  const first = (await publicPackages(root)).every((it) => !isVersioned(it));
  expect(!first || released.every((tag) => tag.endsWith("@0.1.0")), "the first release is 0.1.0");
  const compat = last(await pnpm("check-compat"));
  expect(
    released.some((tag) => compat.includes(tag)),
    "compatibility is with the release from now on",
  );
  await inWorkflow("pack-release", "--to", join(scratch, "release"));
  expect((await git(work, "status", "--porcelain")) === "", "packing left every file as tagged");
  await release(work, scratch, env);
  process.stdout.write(`\nWhat GitHub would have been asked:\n${(await github.state()).log.join("\n")}\n`);
}

/** Publishes to a registry of our own, installs from there into a project that knows nothing of this one, and calls. */
async function release(work: string, scratch: string, environment: NodeJS.ProcessEnv): Promise<void> {
  const registry = await startRegistry(join(root, "node_modules/.cache/hf-api/registry"), join(scratch, "registry"));
  try {
    const npmrc = join(scratch, "npmrc");
    // npm wants one before it talks to a registry; this registry asks nobody.
    await writeFile(npmrc, `registry=${registry.url}\n//${new URL(registry.url).host}/:_authToken=none\n`);
    const env = { ...environment, NPM_CONFIG_USERCONFIG: npmrc };
    const commands = ["--noprofile", "--norc", "-eo", "pipefail", "-c", await publishCommands(work)];
    const publish = async (): Promise<string> => (await command("bash", commands, { cwd: scratch, env })).output;
    for (const line of (await publish()).split("\n").filter((it) => it.startsWith("+ "))) say("publish", line.slice(2));
    expect(!(await publish()).includes("+ @hf-api"), "publishing twice publishes once");

    const project = join(scratch, "project");
    await mkdir(project);
    await writeFile(join(project, "package.json"), JSON.stringify({ private: true, type: "module" }));
    const wanted = (await publicPackages(work)).map(tagOf);
    await command("npm", ["install", "--no-audit", "--no-fund", ...wanted], { cwd: project, env });
    say("install", wanted.join(" "));
    const manifest = await readFile(join(project, "node_modules/@hf-api/hub/package.json"), "utf8");
    expect(manifest.includes("github.example/dry/run"), "a package names the repository that it comes from");
    await writeFile(join(project, "call.js"), firstCall);
    say("call", (await command(process.execPath, ["call.js"], { cwd: project })).output);
  } finally {
    registry.close();
  }
}

/** The files as they lie here, committed or not, so that a change can be rehearsed before it is committed. */
async function copyRepository(work: string, remote: string): Promise<void> {
  const listed = await git(root, "ls-files", "--cached", "--others", "--exclude-standard");
  for (const file of listed.split("\n")) {
    await mkdir(dirname(join(work, file)), { recursive: true });
    // A file that was deleted and not yet committed is listed still.
    await copyFile(join(root, file), join(work, file)).catch(() => undefined);
  }
  await git(work, "init", "-q", "-b", "main");
  await git(work, "config", "user.name", "dry run");
  await git(work, "config", "user.email", "dry-run@localhost");
  await git(work, "init", "-q", "--bare", remote);
  await git(work, "remote", "add", "origin", remote);
  await commitAll(work, "Start");
  await git(work, "push", "-q", "origin", "main");
}

async function commitAll(work: string, message: string): Promise<void> {
  await git(work, "add", "--all");
  if ((await git(work, "status", "--porcelain")) !== "") await git(work, "commit", "-q", "-m", message);
}

/** A person puts a changeset into better words, on the branch of the pull request. */
async function commitByHand(work: string): Promise<string> {
  await git(work, "checkout", "-q", branch);
  const note = join(work, ".changeset/by-hand.md");
  await writeFile(note, '---\n"@hf-api/hub": patch\n---\n\nSaid by a person.\n');
  await commitAll(work, "Say it in other words");
  await git(work, "push", "-q", "origin", branch);
  await git(work, "checkout", "-q", "main");
  return await git(work, "rev-parse", branch);
}

/** Merges as GitHub's "Squash and merge" does, and keeps the branch. */
async function squash(work: string, name: string, github: FakeGitHub): Promise<void> {
  const head = await git(work, "rev-parse", name);
  await git(work, "merge", "-q", "--squash", name);
  await git(work, "commit", "-q", "-m", "Squash the pull request");
  await git(work, "push", "-q", "origin", "main");
  await github.change(({ pulls }) => {
    for (const pull of pulls.filter((it) => it.headRefName === name && it.state === "OPEN"))
      Object.assign(pull, { state: "MERGED", headRefOid: head });
  });
}

/** What server processes make up, on another day. */
function withNoise(document: Document): Document {
  const copy = structuredClone(document);
  const parameter = parameters(copy).find(({ in: place }) => place === "query");
  if (parameter !== undefined)
    parameter["schema"] = { ...(parameter["schema"] as JsonObject), default: new Date().toISOString() };
  return copy;
}

function withNews(document: Document): Document {
  const copy = structuredClone(document);
  copy.paths["/api/dry-run"] = {
    get: {
      tags: (Object.values(Object.values(copy.paths)[0] ?? {})[0]?.["tags"] ?? []) as Json[],
      responses: { "200": { description: "", content: { "application/json": { schema: { type: "object" } } } } },
    },
  };
  const whoami = copy.paths["/api/whoami-v2"]?.["get"];
  if (whoami !== undefined) {
    const added = { in: "query", name: "dryRun", schema: { type: "boolean" } };
    whoami["parameters"] = [...((whoami["parameters"] ?? []) as Json[]), added];
  }
  return copy;
}

function parameters(document: Document): JsonObject[] {
  return Object.values(document.paths)
    .flatMap((item) => Object.values(item))
    .flatMap((operation) => (operation["parameters"] ?? []) as Json[])
    .filter(isObject);
}

function expect(holds: boolean, what: string): void {
  if (!holds) throw new PipelineError(`The dry run expected that ${what}.`);
  say("as due", what);
}

/** What a script said in the end, without the name that it puts in front. */
function last(output: string): string {
  const line = output.trim().split("\n").at(-1)?.trim() ?? "";
  return line.replace(/^(compat|propose|publish)\s+/, "");
}

const started = performance.now();

function say(what: string, outcome: string): void {
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  process.stdout.write(`${`${seconds} s`.padStart(6)}  ${what.padEnd(10)} ${outcome}\n`);
}

await run("dry-run", main);
