import { spawn, type ChildProcess } from "node:child_process";

export interface StepResult {
  passed: boolean;
  /** What it said on either channel. */
  output: string;
  /** What it said on the one for results, whose last line sums it up. */
  result: string;
}

/** Runs one command to its end; one that takes too long is ended with all that it started. */
export async function runStep(step: string, cwd: string, env: NodeJS.ProcessEnv, limit: number): Promise<StepResult> {
  const [program = "", ...args] = step.split(" ");
  const child = spawn(program, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"], detached: true });
  const chunks: Buffer[] = [];
  let result = "";
  child.stdout.on("data", (chunk: Buffer) => {
    chunks.push(chunk);
    result += chunk.toString();
  });
  child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
  let note = "";
  const timer = setTimeout(() => {
    note = `\nstill running after ${limit / 1000} s`;
    endAll(child);
  }, limit);
  const passed = await new Promise<boolean>((resolve) => {
    child.on("error", (error) => {
      note = `cannot run ${program}: ${error.message}`;
      resolve(false);
    });
    child.on("close", (code) => resolve(code === 0));
  });
  clearTimeout(timer);
  return { passed, output: (Buffer.concat(chunks).toString() + note).trim(), result: result.trim() };
}

/** Ends a program that was started `detached`, and all that it started itself. */
export function endAll(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
  } catch {
    // The group ended in the meantime; or there are no groups on this system.
    child.kill("SIGKILL");
  }
}
