import { appendFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { readArguments, run } from "./lib/cli.js";
import { git, withToken } from "./lib/git.js";
import { isVersioned, publicPackages, tagOf } from "./lib/packages.js";

const usage = `Usage: pnpm tag-release

Tags the versions that have no tag yet, pushes the tags, and tells the workflow which one to publish from.
`;

const root = fileURLToPath(new URL("..", import.meta.url));

async function main(): Promise<void> {
  const { values: options } = readArguments("tag-release", {});
  if (options.help) return void process.stdout.write(usage);
  const known = (await git(root, ...withToken, "ls-remote", "--tags", "origin"))
    .split("\n")
    .map((line) => line.split("refs/tags/")[1]);
  const tags = (await publicPackages(root))
    .filter(isVersioned)
    .map(tagOf)
    .filter((tag) => !known.includes(tag));
  for (const tag of tags) {
    await git(root, "tag", tag);
    await git(root, ...withToken, "push", "-q", "origin", `refs/tags/${tag}`);
    process.stdout.write(`  tag      ${tag}\n`);
  }
  // All tags of a run name the same commit.
  const output = process.env["GITHUB_OUTPUT"];
  if (output !== undefined && tags[0] !== undefined) await appendFile(output, `ref=${tags[0]}\n`);
  if (tags.length === 0) process.stdout.write("  tag      every version has its tag\n");
}

await run("tag-release", main);
