import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * A `gh` for a folder of programs: it keeps one open pull request in a file and notes what it is asked. Where git talks
 * to a bare repository there is no GitHub to ask. Numbers in a file `strangers` are pull requests of forks, whose
 * branches are called as ours are.
 */
export async function writePretendGh(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const file = join(folder, "gh");
  await writeFile(file, program);
  await chmod(file, 0o755);
}

const program = `#!/usr/bin/env node
const { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } = require("node:fs");
const { execFileSync } = require("node:child_process");
const { join } = require("node:path");
const [subject, verb, ...rest] = process.argv.slice(2);
const value = (name) => rest[rest.indexOf(name) + 1];
const open = (branch) => join(__dirname, "open-" + branch.replaceAll("/", "-"));
const say = (text) => appendFileSync(join(__dirname, "log"), text + "\\n");
const title = () => value("--title");
if (subject === "workflow") say("workflow " + rest.join(" "));
else if (verb === "list") {
  const numbers = (file) => existsSync(file) ? readFileSync(file, "utf8").split("\\n").slice(0, 1).map(Number) : [];
  const strangers = numbers(join(__dirname, "strangers")).map((number) => ({ number, isCrossRepository: true }));
  const own = numbers(open(value("--head"))).map((number) => ({ number, isCrossRepository: false }));
  console.log(JSON.stringify([...strangers, ...own]));
} else if (verb === "create") {
  writeFileSync(open(value("--head")), "7\\n" + value("--head"));
  say("create " + title() + "\\n" + readFileSync(value("--body-file"), "utf8"));
} else if (verb === "edit") say("edit #" + rest[0] + " " + title());
else if (verb === "close") {
  const branch = require("node:fs").readdirSync(__dirname).filter((name) => name.startsWith("open-"))
    .map((name) => readFileSync(join(__dirname, name), "utf8").split("\\n")[1]).find(Boolean);
  rmSync(open(branch));
  execFileSync("git", ["push", "-q", "origin", "--delete", branch]);
  say("close #" + rest[0]);
} else process.exit(1);
`;
