import type { CallOutcome, Outcome } from "./cell.js";

const count = (calls: readonly CallOutcome[], verdict: CallOutcome["verdict"]): number =>
  calls.filter((call) => call.verdict === verdict).length;

/** One line for a cell, and one for each call that is not as expected. */
export function formatOutcome({ cell, seconds, calls, failure, notRun }: Outcome): string {
  const name = cell.name.padEnd(16);
  if (notRun !== undefined) return `  - ${name} not run: ${indent(notRun)}`;
  const differing = calls.filter(({ verdict }) => verdict !== "same");
  const mark = failure === undefined && count(calls, "differs") === 0 ? "✓" : "✗";
  const sums = [
    `${calls.length} calls`,
    `${count(calls, "same")} same`,
    ...(["known", "unserved", "differs"] as const)
      .map((verdict) => [verdict, count(calls, verdict)] as const)
      .filter(([, number]) => number > 0)
      .map(
        ([verdict, number]) => `${number} ${{ known: "known", unserved: "not served", differs: "differ" }[verdict]}`,
      ),
  ].join(", ");
  const lines = [
    `  ${mark} ${name}${seconds.toFixed(1).padStart(6)} s  ${sums}`,
    ...differing.map(({ call, verdict, note = "" }) => `      ${verdict.padEnd(8)} ${call}: ${indent(note)}`),
  ];
  if (failure !== undefined) lines.push(`      failed   ${indent(failure)}`);
  return lines.join("\n");
}

export function formatMarkdown(outcomes: readonly Outcome[]): string {
  const rows = outcomes.map(({ cell, calls, failure, notRun }) => {
    const numbers = (["same", "known", "unserved", "differs"] as const).map((verdict) => count(calls, verdict));
    const outcome = notRun !== undefined ? "not run" : failure !== undefined ? "**failed**" : "";
    return `| ${[cell.name, calls.length, ...numbers, outcome].join(" | ")} |`;
  });
  return [
    "| cell | calls | same | known to differ | not served | differ | |",
    "| --- | ---: | ---: | ---: | ---: | ---: | --- |",
    ...rows,
  ].join("\n");
}

const indent = (text: string): string => text.trim().replaceAll("\n", "\n        ");
