import { spawn } from "node:child_process";
import { once } from "node:events";

export interface Ended {
  seconds: number;
  output: string;
}

/** Runs Node until it ends; a failure shows what it said. */
export async function runNode(args: readonly string[], cwd: string): Promise<Ended> {
  const started = performance.now();
  const child = spawn(process.execPath, args, { cwd, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  child.stdout.on("data", (data: Buffer) => (output += data.toString()));
  child.stderr.on("data", (data: Buffer) => (output += data.toString()));
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0) throw new Error(`node ${args.join(" ")} ended with ${code}\n${output}`);
  return { seconds: (performance.now() - started) / 1000, output };
}
