import { readArguments, run } from "./lib/cli.js";
import { runBuilt } from "./lib/run-built.js";

const usage = `Usage: pnpm run docs

Builds the reference of all methods, with its playground, into docs/dist.
`;

await run("docs", async () => {
  const { values } = readArguments("run docs", {});
  if (values.help) return void process.stdout.write(usage);
  await runBuilt(process.cwd(), "docs/build.ts", []);
});
