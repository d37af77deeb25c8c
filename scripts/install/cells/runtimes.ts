import type { Cell } from "../cell.js";
import { runWithDeno } from "./package-managers.js";

/** One and the same smoke program in each runtime, against the mock Hub in a process of its own. */
export function runtimeCells(): Cell[] {
  const cell = (name: string, ...steps: string[]): Cell => ({
    name,
    group: "run",
    installed: true,
    callsHub: true,
    steps,
  });
  return [
    ...["20", "22", "24", "26"].map((major) => cell(`node${major}`, `npx -y node@${major} main.js`)),
    cell("bun", "npx -y bun@1 main.js"),
    cell("deno", runWithDeno),
    // The local files, by the entry for Node.
    cell("disk-node20", "npx -y node@20 disk.js"),
    cell("disk-node26", "npx -y node@26 disk.js"),
    cell("disk-bun", "npx -y bun@1 disk.js"),
    cell("disk-deno", "npx -y deno@2 run --no-prompt --allow-net --allow-read=. --allow-write=. disk.js"),
    {
      ...cell("workerd", bundle("worker.js", "worker.bundle.js"), "npx -y workerd@1 test workerd.capnp"),
      files: { "workerd.capnp": workerd },
    },
    cell("chromium", bundle("page.js", "site/page.js"), "node chromium.js"),
  ];
}

/** A builtin of Node's that the code asks for is an error here. */
export const bundle = (entry: string, outfile: string): string =>
  `npx -y esbuild@0.28 ${entry} --bundle --platform=browser --format=esm --target=es2022 --outfile=${outfile}`;

// Workers reach the internet alone unless told otherwise; the mock Hub is on this machine.
const workerd = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (services = [
  (name = "smoke", worker = (
    modules = [(name = "worker", esModule = embed "worker.bundle.js")],
    compatibilityDate = "2025-09-01",
  )),
  (name = "internet", network = (allow = ["public", "private"])),
]);
`;
