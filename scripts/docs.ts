import { readArguments, run } from "./cli/cli.js";
import { runBuilt } from "./cli/run-built.js";

const usage = `Usage: pnpm run docs

Builds the reference of all methods, with its playground, into docs/dist.
`;

await run("docs", async () => {
  const { values } = readArguments("run docs", {});
  if (values.help) return void process.stdout.write(usage);
  await runBuilt(process.cwd(), "docs/build.ts", []);
});
