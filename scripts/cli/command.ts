import { spawn } from "node:child_process";
import { PipelineError } from "./pipeline-error.js";

export interface CommandOptions {
  cwd: string;
  env?: NodeJS.ProcessEnv;
  /** Exit codes that are results, not failures. */
  accept?: readonly number[];
}

export interface CommandResult {
  code: number;
  output: string;
}

/** Runs a program without a shell, so that no text of the document is ever parsed by one. */
export async function command(
  program: string,
  args: readonly string[],
  { cwd, env, accept = [0] }: CommandOptions,
): Promise<CommandResult> {
  const child = spawn(program, args, { cwd, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  const chunks: Buffer[] = [];
  const errors: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => errors.push(chunk));
  const code = await new Promise<number>((resolve, reject) => {
    child.on("error", (error) => reject(new PipelineError(`Cannot run ${program}: ${error.message}.`)));
    child.on("close", (status) => resolve(status ?? 1));
  });
  const output = Buffer.concat(chunks).toString().trimEnd();
  if (!accept.includes(code)) {
    const said = `${Buffer.concat(errors).toString()}\n${output}`.trim().slice(-2000);
    throw new PipelineError(`${program} ${args.join(" ").slice(0, 200)} failed with ${code}: ${said}`);
  }
  return { code, output };
}
