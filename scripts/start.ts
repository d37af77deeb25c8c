import { readArguments, run } from "./cli/cli.js";
import { runBuilt } from "./cli/run-built.js";

const usage = `Usage: pnpm start [options]

Generates, builds, starts an embedded Hub and calls it.

  --live   makes the calls that only read against https://huggingface.co instead
`;

await run("start", async () => {
  const { values } = readArguments("start", { live: { type: "boolean" } });
  if (values.help) return void process.stdout.write(usage);
  await runBuilt(process.cwd(), "examples/tour.ts", values.live ? ["--live"] : []);
});
