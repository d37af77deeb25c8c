import { execFile } from "node:child_process";
import { promisify } from "node:util";

const execute = promisify(execFile);

/** What git answers, without the line break at its end. */
export async function git(folder: string, ...args: string[]): Promise<string> {
  const { stdout } = await execute("git", args, { cwd: folder, maxBuffer: 64 * 1024 * 1024 });
  return stdout.trimEnd();
}

/**
 * For commands that talk to the remote. Checkouts keep no token; where a step has one, gh hands it to git.
 */
export const withToken: readonly string[] =
  process.env["GH_TOKEN"] === undefined
    ? []
    : ["-c", "credential.helper=", "-c", "credential.helper=!gh auth git-credential"];

/**
 * Whether everything under the given paths is as it was committed. No repository, no git: then nobody vouches for it.
 */
export async function isCommitted(folder: string, paths: readonly string[]): Promise<boolean> {
  return await git(folder, "status", "--porcelain", "--", ...paths).then(
    (status) => status === "",
    () => false,
  );
}
