import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { reportText, taskLine, type TaskOutcome } from "./checks/task-report.js";
import { failedTask, TurboBlocks } from "./checks/turbo-blocks.js";
import { readArguments, run } from "./cli/cli.js";
import { PipelineError } from "./cli/pipeline-error.js";

const usage = `Usage: pnpm test [task…]

Runs everything that has to pass, or the given tasks alone, such as lint, or test:long for what takes minutes. All of
them run though one fails; a task whose files did not change shows what it found before.
`;

const everything = ["format:check", "lint", "unused", "typecheck", "typecheck:root", "test", "test:root", "budgets"];
const root = fileURLToPath(new URL("..", import.meta.url));

async function main(): Promise<void> {
  const { values, positionals } = readArguments("test", {}, 20);
  if (values.help) return void process.stdout.write(usage);
  const started = performance.now();
  const outcomes = await runTasks(positionals.length > 0 ? positionals : everything);
  process.stdout.write(`${reportText(outcomes, (performance.now() - started) / 1000)}\n`);
  if (outcomes.some(({ passed }) => !passed)) process.exitCode = 1;
}

/** Lets turbo run the tasks, and prints a line for each one that ends. */
async function runTasks(tasks: readonly string[]): Promise<TaskOutcome[]> {
  // One after the other: tests of time limits need a quiet machine, and each task uses all cores by itself.
  const options = ["--continue", "--concurrency=1", "--output-logs=full", "--log-order=grouped", "--log-prefix=task"];
  // Inside GitHub Actions turbo would print groups of theirs instead of prefixes.
  const { GITHUB_ACTIONS: _, ...env } = process.env;
  const child = spawn("turbo", ["run", ...tasks, ...options], {
    cwd: root,
    env: { ...env, TURBO_TELEMETRY_DISABLED: "1" },
    stdio: ["ignore", "pipe", "pipe"],
    // A batch file on Windows, which only a shell runs.
    shell: process.platform === "win32",
  });
  const outcomes: TaskOutcome[] = [];
  let last = performance.now();
  const blocks = new TurboBlocks(({ id, cached, log, endedAt }) => {
    // The package manager's word of a failure ends the log; turbo itself tells of failures when all is over.
    const outcome = { id, cached, log, passed: !log.includes("[ELIFECYCLE]"), seconds: (endedAt - last) / 1000 };
    last = endedAt;
    outcomes.push(outcome);
    if (!outcome.passed || !/#(build|generate)$/.test(id)) process.stdout.write(`${taskLine(outcome)}\n`);
  });
  const errors: string[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => blocks.line(line));
  createInterface({ input: child.stderr }).on("line", (line) => errors.push(line));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", (error) =>
      reject(new PipelineError(`turbo did not start (${error.message}); run pnpm install.`)),
    );
    child.on("close", resolve);
  });
  blocks.end();
  const failed = new Set(errors.map(failedTask));
  for (const outcome of outcomes) outcome.passed &&= !failed.has(outcome.id);
  if (code !== 0 && outcomes.every(({ passed }) => passed)) {
    throw new PipelineError(`turbo failed. ${errors.join(" ").trim()}`);
  }
  return outcomes;
}

await run("test", main);
