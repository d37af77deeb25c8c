import { reached, type Figure } from "./figure.js";

/** The figures as lines of aligned columns: name, value, goal, whether it is reached, and what lies behind. */
export function formatTable(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [figure.name, formatValue(figure), formatGoal(figure), figure.beside ?? ""]);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  const [nameWidth = 0, valueWidth = 0, goalWidth = 0] = widths;
  return rows
    .map(([name = "", value = "", goal = "", beside = ""]) =>
      `  ${name.padEnd(nameWidth)}  ${value.padStart(valueWidth)}  ${goal.padEnd(goalWidth)}  ${beside}`.trimEnd(),
    )
    .join("\n");
}

function formatValue({ value, unit, count }: Figure): string {
  if (count === true) return value.toLocaleString("en");
  return unit === undefined ? value.toFixed(2) : `${value.toFixed(1)} ${unit}`;
}

function formatGoal(figure: Figure): string {
  const outcome = reached(figure);
  if (outcome === undefined) return "";
  const bound = figure.atMost === undefined ? `≥ ${figure.atLeast}` : `≤ ${figure.atMost}`;
  return `${bound} ${outcome ? "✓" : "✗"}`;
}
