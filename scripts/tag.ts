import { appendFile } from "node:fs/promises";
import { readArguments, run } from "./cli/cli.js";
import { git, withToken } from "./cli/git.js";
import { checkReviewers } from "./release/environment-gate.js";
import { isVersioned, publicPackages, tagOf } from "./release/packages.js";

const usage = `Usage: pnpm tag-release [options]

Gives the versions that have no tag yet one on the remote, all of them or none, and tells the workflow which one to
publish from. Run again on the same commit it tells the same.

  --environment <name>  in a workflow, refuse to tag unless this environment has reviewers
`;

const root = process.cwd();

async function main(): Promise<void> {
  const { values: options } = readArguments("tag-release", { environment: { type: "string" } });
  if (options.help) return void process.stdout.write(usage);
  const remote = await git(root, ...withToken, "ls-remote", "--tags", "origin");
  const commits = new Map(remote.split("\n").map((line) => [line.split("refs/tags/")[1], line.split("\t")[0]]));
  const tags = (await publicPackages(root)).filter(isVersioned).map(tagOf);
  const missing = tags.filter((tag) => !commits.has(tag));
  if (missing.length > 0) {
    const repository = process.env["GITHUB_REPOSITORY"];
    if (options.environment !== undefined && repository) await checkReviewers(root, repository, options.environment);
    // Made where they belong, so that one which is refused is left nowhere.
    const refs = missing.map((tag) => `HEAD:refs/tags/${tag}`);
    await git(root, ...withToken, "push", "-q", "--atomic", "origin", ...refs);
  }
  for (const tag of missing) process.stdout.write(`  tag      ${tag}\n`);
  if (missing.length === 0) process.stdout.write("  tag      every version has its tag\n");
  const head = await git(root, "rev-parse", "HEAD");
  // All tags of a run name the same commit.
  const ref = missing[0] ?? tags.find((tag) => commits.get(tag) === head);
  const output = process.env["GITHUB_OUTPUT"];
  if (output !== undefined && ref !== undefined) await appendFile(output, `ref=${ref}\n`);
}

await run("tag-release", main);
