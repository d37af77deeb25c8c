import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { PipelineError } from "./pipeline-error.js";

const execute = promisify(execFile);

/** What git prints, without the line break at its end. */
export async function git(folder: string, ...args: string[]): Promise<string> {
  try {
    const { stdout } = await execute("git", args, { cwd: folder, maxBuffer: 64 * 1024 * 1024 });
    return stdout.trimEnd();
  } catch (error) {
    const { message, stderr } = error as Error & { stderr?: string };
    const told = /^(?:fatal|error): (.*)| ! (\[.*)/m.exec(stderr ?? "");
    const verb = args.filter((_, index) => args[index - 1] !== "-c").find((word) => !word.startsWith("-"));
    throw new PipelineError(`git ${verb} failed: ${(told?.[2] ?? told?.[1] ?? message).replace(/\.$/, "")}.`);
  }
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
