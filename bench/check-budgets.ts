import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { publicMethods } from "../packages/hub/samples/public-methods.js";
import { steadyCall } from "./benchmarks/call.js";
import { ownSizes } from "./benchmarks/size.js";
import { types } from "./benchmarks/types.js";
import { applyBudgets, parseBudgets } from "./lib/budgets.js";
import { reached, type Benchmark } from "./lib/figure.js";
import { packageFigures } from "./lib/package-figures.js";
import { buildPrograms } from "./lib/programs.js";
import { formatTable } from "./lib/table.js";

const usage =
  "Usage: pnpm budgets [file]\n\nFails when a figure is above its budget in the file, or in bench/budgets.json.";

const groups: Readonly<Record<string, Benchmark>> = {
  size: ownSizes,
  types,
  packages: packageFigures,
  call: steadyCall,
};

// Where fetch is another one, so are the ratios.
const holdsStill = process.platform === "linux" && process.version.startsWith("v20.");

try {
  const args = process.argv.slice(2).filter((it) => it !== "--");
  const { values, positionals } = parseArgs({
    args,
    options: { help: { type: "boolean", short: "h" } },
    strict: true,
    allowPositionals: true,
  });
  if (values.help) {
    console.log(usage);
    process.exit();
  }
  const [file = new URL("budgets.json", import.meta.url), stray] = positionals;
  if (stray !== undefined) throw new Error(`takes one file, not ${stray} as well`);
  const over: string[] = [];
  const methods = publicMethods().length;
  for (const [group, budgets] of parseBudgets(await readFile(file, "utf8"), Object.keys(groups))) {
    if (group === "call") {
      if (!holdsStill) {
        console.log("\ncall: left out, since it compares with the fetch of Node 20 on Linux");
        continue;
      }
      await buildPrograms();
    }
    const figures = applyBudgets((await groups[group]?.measure()) ?? [], budgets, methods);
    console.log(`\n${group}: ${groups[group]?.title}\n${formatTable(figures)}`);
    const above = figures.filter((figure) => reached(figure) === false);
    over.push(...above.map(({ name }) => `  ${name}: ${budgets.get(name)?.reason}`));
  }
  if (over.length > 0) {
    console.error(`\nbudgets: make these smaller, or raise their budget with a reason\n${over.join("\n")}`);
    process.exitCode = 1;
  }
} catch (error) {
  // Node tells how to go on from an unknown option in a second sentence that fits no option of ours.
  const message = error instanceof Error ? error.message.split(". To specify")[0] : String(error);
  console.error(`budgets: ${message}`);
  process.exitCode = 1;
}
