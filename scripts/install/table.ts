import { commandLine, type Outcome } from "./cell.js";

/** One line as soon as a cell has its outcome; what failed shows the end of what it said. */
export function formatOutcome({ cell, passed, seconds, said }: Outcome): string {
  const line = `  ${passed ? "✓" : "✗"} ${cell.name.padEnd(20)} ${seconds.toFixed(1).padStart(6)} s  `;
  if (passed) return line + lastLine(said);
  const end = said.split("\n").slice(-25).join("\n      ");
  return `${line}${commandLine(cell)}\n      ${end}`;
}

export function formatMarkdown(outcomes: readonly Outcome[]): string {
  const rows = outcomes.map(({ cell, passed, seconds, said }) => {
    const outcome = passed ? lastLine(said) || "passed" : "**failed**";
    return `| ${cell.name} | \`${commandLine(cell)}\` | ${outcome} | ${seconds.toFixed(1)} |`;
  });
  return ["| cell | command | outcome | s |", "| --- | --- | --- | ---: |", ...rows].join("\n");
}

/** Of a drawing there is nothing to tell. */
const lastLine = (text: string): string => {
  const line = text.trimEnd().split("\n").at(-1)?.trim() ?? "";
  return /^[a-z]/i.test(line) ? line : "";
};
