import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Benchmark } from "./figure.js";
import { runNode } from "./run-node.js";

const packages = fileURLToPath(new URL("../../packages/", import.meta.url));
const compiler = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");

export const packageFigures: Benchmark = {
  title: "What the packages weigh, and what type-checking their own sources takes",

  async measure() {
    const [raw, hub] = [await unpackedBytes("raw"), await unpackedBytes("hub")];
    return [
      {
        name: "bytes unpacked, @hf-api/raw and @hf-api/hub",
        value: raw + hub,
        count: true,
        beside: `${raw.toLocaleString("en")} and ${hub.toLocaleString("en")}`,
      },
      { name: "instantiations, sources of raw", value: await instantiations("raw"), count: true },
      { name: "instantiations, sources of hub", value: await instantiations("hub"), count: true },
    ];
  },
};

async function instantiations(name: string): Promise<number> {
  const args = [compiler, "-p", "tsconfig.json", "--noEmit", "--incremental", "false", "--extendedDiagnostics"];
  const { output } = await runNode(args, join(packages, name));
  const value = /^Instantiations:\s+(\d+)/m.exec(output)?.[1];
  if (value === undefined) throw new Error(`the compiler says nothing of instantiations\n${output}`);
  return Number(value);
}

async function unpackedBytes(name: string): Promise<number> {
  const args = ["pack", "--dry-run", "--ignore-scripts", "--json"];
  // npm is a batch file on Windows, which only a shell runs; none of the arguments comes from outside.
  const options = { cwd: join(packages, name), shell: process.platform === "win32" };
  const { stdout } = await promisify(execFile)("npm", args, options);
  const value = /"unpackedSize":\s*(\d+)/.exec(stdout)?.[1];
  if (value === undefined) throw new Error(`npm does not say how much ${name} weighs\n${stdout}`);
  return Number(value);
}
