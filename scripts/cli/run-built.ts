import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { PipelineError } from "./pipeline-error.js";

const [turbo, tsx] = ["turbo/bin/turbo", "tsx/cli"].map((name) => fileURLToPath(import.meta.resolve(name)));

/** Builds what is out of date and runs a program of this repository on it, in the terminal that is there. */
export async function runBuilt(root: string, program: string, args: readonly string[]): Promise<void> {
  await build(root);
  process.exitCode = await run(root, [String(tsx), program, ...args]);
}

/** Builds what is out of date. */
export async function build(root: string): Promise<void> {
  const built = await run(root, [String(turbo), "run", "build", "--output-logs=new-only", "--log-prefix=none"]);
  if (built !== 0) throw new PipelineError("The packages cannot be built; see above.");
}

async function run(cwd: string, args: readonly string[]): Promise<number> {
  const env = { ...process.env, TURBO_TELEMETRY_DISABLED: "1" };
  const child = spawn(process.execPath, args, { cwd, env, stdio: "inherit" });
  return await new Promise((resolve, reject) => {
    child.on("error", reject).on("close", (code) => resolve(code ?? 1));
  });
}
