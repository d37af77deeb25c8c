import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { command } from "../cli/command.js";

export interface PullRequest {
  number: number;
  headRefName: string;
  headRefOid: string;
  isCrossRepository: boolean;
  isDraft: boolean;
  body: string;
}

export const gh = async (root: string, ...args: string[]): Promise<string> =>
  (await command("gh", args, { cwd: root })).output;

/** The pull requests of a branch of this repository. GitHub finds branches by name, and a fork's may have any. */
export async function pullRequests(root: string, state: "open" | "merged", branch: string): Promise<PullRequest[]> {
  const fields = ["--json", "number,headRefName,headRefOid,isCrossRepository,isDraft,body", "--limit", "100"];
  const text = await gh(root, "pr", "list", "--head", branch, "--state", state, ...fields);
  return (JSON.parse(text) as PullRequest[]).filter(({ isCrossRepository }) => !isCrossRepository);
}

/** Comments once for each mark: a daily run repeats itself. Says whether the comment is new. */
export async function commentOnce(root: string, number: number, text: string, mark: string): Promise<boolean> {
  const response = JSON.parse(await gh(root, "pr", "view", String(number), "--json", "comments")) as {
    comments: { body: string; viewerDidAuthor: boolean }[];
  };
  if (response.comments.some(({ body, viewerDidAuthor }) => viewerDidAuthor && body.includes(mark))) return false;
  await gh(root, "pr", "comment", String(number), "--body", `${text}\n\n${mark}`);
  return true;
}

/** Hands a text to a command of gh, as a file. */
export async function withBodyFile<T>(text: string, use: (file: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "body-"));
  try {
    const file = join(folder, "body.md");
    await writeFile(file, text);
    return await use(file);
  } finally {
    await rm(folder, { recursive: true });
  }
}

// Runs that ended before they could check anything.
const unchecked = new Set(["cancelled", "skipped", "stale", "startup_failure", "action_required"]);

/** Starts a workflow on a branch unless it has checked its head, or is about to. Says whether it was started. */
export async function ensureChecked(root: string, workflow: string, branch: string, head: string): Promise<boolean> {
  const asked = ["--workflow", workflow, "--commit", head, "--json", "status,conclusion", "--limit", "50"];
  const runs = JSON.parse(await gh(root, "run", "list", ...asked)) as { status: string; conclusion: string }[];
  if (runs.some(({ conclusion }) => !unchecked.has(conclusion))) return false;
  await gh(root, "workflow", "run", workflow, "--ref", branch);
  return true;
}
