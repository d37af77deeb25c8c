import { spawn, type ChildProcess } from "node:child_process";
import { endAll } from "../install/run-step.js";

export interface StrangerOptions {
  cwd: string;
  env?: NodeJS.ProcessEnv;
  /** Milliseconds until it is ended. */
  limit: number;
}

export interface Finished {
  /** Absent if a signal ended it. */
  code: number | undefined;
  stdout: string;
  /** What it wrote to both channels, in its order. */
  output: string;
}

/** No program of that name can be started. */
export class MissingProgram extends Error {
  override readonly name = "MissingProgram";
}

const running = new Set<ChildProcess>();

/** Ends every stranger that still runs, with all that it started itself. */
export function endStrangers(): void {
  for (const child of running) endAll(child);
}

/** Runs a program to its end. One that takes too long is ended. */
export async function runStranger(
  program: string,
  args: readonly string[],
  options: StrangerOptions,
): Promise<Finished> {
  const stranger = startStranger(program, args, options);
  const timer = setTimeout(() => stranger.end(), options.limit);
  try {
    const { code, stdout, output } = await stranger.ended;
    if (code === undefined && stranger.isEnded()) {
      throw new Error(`${program} still ran after ${options.limit / 1000} s and was ended: ${lastOf(output)}`);
    }
    return { code, stdout, output };
  } finally {
    clearTimeout(timer);
  }
}

export interface Stranger {
  /** Resolves when it has ended, in whatever way; rejects if it cannot be started. */
  readonly ended: Promise<Finished>;
  output(): string;
  /** Whether `end` was called. */
  isEnded(): boolean;
  end(): void;
}

/** Starts a program in a process group of its own, so that nothing of it is left when it is ended. */
export function startStranger(
  program: string,
  args: readonly string[],
  { cwd, env = process.env }: Omit<StrangerOptions, "limit">,
): Stranger {
  const child = spawn(program, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"], detached: true });
  running.add(child);
  let stdout = "";
  let output = "";
  let isEnded = false;
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    output += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => (output += text));
  const ended = new Promise<Finished>((resolve, reject) => {
    child.on("error", (error) => {
      running.delete(child);
      reject(new MissingProgram(`${program} cannot be started: ${error.message}`));
    });
    child.on("close", (code) => {
      running.delete(child);
      resolve({ code: code ?? undefined, stdout, output });
    });
  });
  const end = (): void => {
    isEnded = true;
    endAll(child);
  };
  return { ended, output: () => output, isEnded: () => isEnded, end };
}

export const lastOf = (output: string): string => output.trim().split("\n").slice(-15).join("\n") || "it wrote nothing";
