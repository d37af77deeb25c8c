import { git } from "../cli/git.js";

export const bot = { name: "github-actions[bot]", email: "41898282+github-actions[bot]@users.noreply.github.com" };

interface Commit {
  hash: string;
  parents: string[];
  author: string;
  emails: string[];
}

/**
 * Who made commits that are on `head` and on none of the `merged` commits. What the workflow committed does not count,
 * nor does a merge that holds nothing beyond what it merges, as GitHub's "Update branch" makes it.
 */
export async function peopleBehind(root: string, head: string, merged: readonly string[]): Promise<string[]> {
  const log = await git(root, "log", "--format=%H%x00%P%x00%an%x00%ae%x00%ce", head, "--not", ...merged);
  const commits = log.split("\n").filter((line) => line !== "");
  const people = new Set<string>();
  for (const line of commits) {
    const [hash = "", parents = "", author = "", ...emails] = line.split("\0");
    const commit = { hash, author, emails, parents: parents.split(" ") };
    if (await isHandwork(root, commit)) people.add(author);
  }
  return [...people].sort();
}

async function isHandwork(root: string, { hash, parents: [first, second, ...more], emails }: Commit): Promise<boolean> {
  // A person who amends or rebases a commit leaves its author as it was.
  if (first === undefined || second === undefined) return emails.some((email) => email !== bot.email);
  if (more.length > 0) return true;
  const tree = await git(root, "rev-parse", `${hash}^{tree}`);
  // It fails on conflicts, which somebody must have resolved by hand.
  const merged = await git(root, "merge-tree", "--write-tree", first, second).catch(() => "");
  return merged !== tree;
}
