import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readArguments, run } from "./cli/cli.js";
import { checkBumps, compileOld, declaredBreaks, undeclared } from "./release/compat.js";
import { git } from "./cli/git.js";
import { publicPackages } from "./release/packages.js";
import { PipelineError } from "./cli/pipeline-error.js";

const usage = `Usage: pnpm check-compat [options]

Compiles the type tests and examples of the last release against today's types. What no longer compiles has to be
declared in a changeset as a break, which is a minor release before 1.0.0 and a major one from then on.

  --since <ref>  a commit or tag instead of the last release
`;

const root = fileURLToPath(new URL("..", import.meta.url));
const kept = /^(examples\/[^/]+\.ts|packages\/(raw|hub)\/.+\.test-d\.ts)$/;

async function main(): Promise<void> {
  const { values: options } = readArguments("check-compat", { since: { type: "string" } });
  if (options.help) return void process.stdout.write(usage);
  await check(options.since);
}

async function check(given: string | undefined): Promise<void> {
  const [changesets, versions] = [await readChangesets(), await versionsNow()];
  checkBumps(changesets, versions);
  const since = given ?? (await lastRelease(versions.values()));
  if (since === undefined) return say("nothing was released yet, so nothing can break");
  const names = (await git(root, "ls-tree", "-r", "--name-only", since)).split("\n").filter((name) => kept.test(name));
  const files = new Map(
    await Promise.all(names.map(async (name) => [name, await git(root, "show", `${since}:${name}`)] as const)),
  );
  const complaints = compileOld(root, files);
  for (const { file, line, message } of complaints) say(`${file}:${line}  ${message}`);
  const declared = declaredBreaks(changesets.values(), await versionsAt(since), versions);
  const hidden = undeclared(complaints, files, declared);
  if (hidden.length > 0) {
    throw new PipelineError(
      `What compiled at ${since} no longer does, and no changeset declares a break of ${hidden.join(" and ")}.`,
    );
  }
  const outcome = complaints.length === 0 ? "compile" : `fail in ${complaints.length} place(s), which is declared`;
  say(`the ${files.size} type tests and examples of ${since} ${outcome}`);
}

async function readChangesets(): Promise<Map<string, string>> {
  const folder = join(root, ".changeset");
  const files = (await readdir(folder)).filter((name) => name.endsWith(".md"));
  return new Map(
    await Promise.all(files.map(async (name) => [name, await readFile(join(folder, name), "utf8")] as const)),
  );
}

async function versionsNow(): Promise<Map<string, string>> {
  return new Map((await publicPackages(root)).map(({ name, version }) => [name, version]));
}

async function versionsAt(since: string): Promise<Map<string, string>> {
  const manifests = await Promise.all(
    ["raw", "hub"].map((name) => git(root, "show", `${since}:packages/${name}/package.json`).catch(() => "{}")),
  );
  return new Map(
    manifests.map((text) => {
      const { name, version } = JSON.parse(text) as { name?: string; version?: string };
      return [String(name), String(version)];
    }),
  );
}

async function lastRelease(versions: Iterable<string>): Promise<string | undefined> {
  const listed = ["tag", "--list", "@hf-api/*@*", "--merged", "HEAD", "--sort=-creatordate"];
  const tags = await git(root, ...listed).catch(() => "");
  if (tags !== "") return tags.split("\n")[0];
  // Without its history, a clone does not know whether there is a release to compare with.
  const isShallow = (await git(root, "rev-parse", "--is-shallow-repository").catch(() => "")) === "true";
  if (isShallow && [...versions].some((version) => version !== "0.0.0"))
    throw new PipelineError("This clone has no tags, and so no last release; run git fetch --unshallow --tags first.");
  return undefined;
}

const say = (text: string): void => void process.stdout.write(`  compat   ${text}\n`);

await run("check-compat", main);
