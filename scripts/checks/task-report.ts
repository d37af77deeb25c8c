/** How a task ended, as turbo's summary of a run tells it. */
export interface TaskOutcome {
  /** For example `@hf-api/hub#test`. */
  id: string;
  passed: boolean;
  cached: boolean;
  seconds: number;
  log: string;
}

export interface TestCounts {
  passed: number;
  failed: number;
  skipped: number;
}

const escapeSequence = new RegExp(String.raw`\u001b\[[\d;]*m`, "g");

/** What Vitest counted, from the last lines of its log; undefined for a task that ran no tests. */
export function testsOf(log: string): TestCounts | undefined {
  const line = log
    .replace(escapeSequence, "")
    .split("\n")
    .findLast((it) => /^\s*Tests\s+\d/.test(it));
  if (line === undefined) return undefined;
  const count = (word: string): number => Number(new RegExp(String.raw`(\d+) ${word}`).exec(line)?.[1] ?? 0);
  return { passed: count("passed"), failed: count("failed"), skipped: count("skipped") + count("todo") };
}

/** One line on a task: its outcome, name, time, and number of tests. */
export function taskLine({ id, passed, cached, seconds, log }: TaskOutcome): string {
  const tests = testsOf(log);
  const time = cached ? "cached" : `${seconds.toFixed(1)} s`;
  const counted = tests === undefined ? "" : `  ${countText(tests)}`;
  return `  ${passed ? "✓" : "✗"} ${id.replace(/^\/\/#/, "").padEnd(28)} ${time.padStart(8)}${counted}`;
}

/** The logs of the tasks that failed, and the totals; its last line counts the tests. */
export function reportText(outcomes: readonly TaskOutcome[], seconds: number): string {
  const failures = outcomes.filter(({ passed }) => !passed);
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const { passed, log } of outcomes) {
    const tests = testsOf(log);
    total.passed += tests?.passed ?? 0;
    // A task that fails without a failed test, such as the linter, counts as one.
    total.failed += passed ? 0 : Math.max(1, tests?.failed ?? 0);
    total.skipped += tests?.skipped ?? 0;
  }
  return [
    ...failures.map(({ id, log }) => `\n✗ ${id}\n${failureOf(log)}`),
    `\n${outcomes.length - failures.length} of ${outcomes.length} tasks passed in ${Math.round(seconds)} s`,
    countText(total),
  ].join("\n");
}

/** Of a log of Vitest the part about failures; any other log as a whole. */
function failureOf(log: string): string {
  const lines = log.split("\n");
  const plain = lines.map((line) => line.replace(escapeSequence, ""));
  const start = plain.findIndex((line) => /^⎯+ (Failed|Unhandled)/.test(line.trim()));
  const kept = start < 0 ? lines : lines.slice(start);
  return kept.join("\n").trim();
}

function countText({ passed, failed, skipped }: TestCounts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}
