import { readFile } from "node:fs/promises";
import { size } from "./benchmarks/size.js";
import { types } from "./benchmarks/types.js";
import { applyBudgets, parseBudgets } from "./lib/budgets.js";
import { reached, type Benchmark } from "./lib/figure.js";
import { packageFigures } from "./lib/package-figures.js";
import { formatTable } from "./lib/table.js";

// `pnpm budgets [file]`: measures what the budgets speak of, and fails when something has become larger.
const groups: Readonly<Record<string, Benchmark>> = { size, types, packages: packageFigures };
const [file = new URL("budgets.json", import.meta.url)] = process.argv.slice(2).filter((it) => it !== "--");

try {
  const over: string[] = [];
  for (const [group, budgets] of parseBudgets(await readFile(file, "utf8"), Object.keys(groups))) {
    const figures = applyBudgets((await groups[group]?.measure()) ?? [], budgets);
    console.log(`\n${group}: ${groups[group]?.title}\n${formatTable(figures)}`);
    const above = figures.filter((figure) => reached(figure) === false);
    over.push(...above.map(({ name }) => `  ${name}: ${budgets.get(name)?.reason}`));
  }
  if (over.length > 0) {
    console.error(`\nbudgets: make these smaller, or raise their budget with a reason\n${over.join("\n")}`);
    process.exitCode = 1;
  }
} catch (error) {
  console.error(`budgets: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
