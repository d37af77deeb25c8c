import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readArguments, run } from "./cli/cli.js";
import { compileOld, declaredMajors, releasedMajors, undeclared } from "./release/compat.js";
import { git } from "./cli/git.js";
import { publicPackages } from "./release/packages.js";
import { PipelineError } from "./cli/pipeline-error.js";

const usage = `Usage: pnpm check-compat [options]

Compiles the type tests and examples of the last release against today's types. What no longer compiles has to be
declared in a changeset as a major release, or the check fails.

  --since <ref>  a commit or tag instead of the last release
`;

const root = fileURLToPath(new URL("..", import.meta.url));
const kept = /^(examples\/[^/]+\.ts|packages\/(raw|hub)\/.+\.test-d\.ts)$/;

async function main(): Promise<void> {
  const { values: options } = readArguments("check-compat", { since: { type: "string" } });
  if (options.help) return void process.stdout.write(usage);
  const since = options.since ?? (await lastRelease());
  if (since === undefined) return say("nothing was released yet, so nothing can break");
  const names = (await git(root, "ls-tree", "-r", "--name-only", since)).split("\n").filter((name) => kept.test(name));
  const files = new Map(
    await Promise.all(names.map(async (name) => [name, await git(root, "show", `${since}:${name}`)] as const)),
  );
  const complaints = compileOld(root, files);
  for (const { file, line, message } of complaints) say(`${file}:${line}  ${message}`);
  const folder = join(root, ".changeset");
  const notes = (await readdir(folder)).filter((name) => name.endsWith(".md"));
  const pending = declaredMajors(await Promise.all(notes.map((name) => readFile(join(folder, name), "utf8"))));
  const declared = new Set([...pending, ...releasedMajors(await versionsAt(since), await versionsNow())]);
  const hidden = undeclared(complaints, files, declared);
  if (hidden.length > 0) {
    throw new PipelineError(
      `What compiled at ${since} no longer does, and no changeset declares a major release of ${hidden.join(" and ")}.`,
    );
  }
  const outcome = complaints.length === 0 ? "compile" : `fail in ${complaints.length} place(s), which is declared`;
  say(`the ${files.size} type tests and examples of ${since} ${outcome}`);
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

async function lastRelease(): Promise<string | undefined> {
  const tags = await git(root, "tag", "--list", "@hf-api/*@*", "--sort=-creatordate").catch(() => "");
  return tags.split("\n")[0] || undefined;
}

const say = (text: string): void => void process.stdout.write(`  compat   ${text}\n`);

await run("check-compat", main);
