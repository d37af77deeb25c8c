import type { Cell } from "../cell.js";

/** Each package manager installs the packed files into an empty project, and the smoke program runs there. */
export function packageManagerCells(packages: readonly string[]): Cell[] {
  const all = packages.join(" ");
  const cell = (name: string, add: string, run: string): Cell => ({
    name: `install-${name}`,
    group: "install",
    installed: false,
    callsHub: true,
    steps: [add, run],
  });
  const yarn4 = "npx -y @yarnpkg/cli-dist@4";
  const forDeno = packages.map((name) => `npm:${name}`).join(" ");
  return [
    cell("npm", npmInstall(packages), "node main.js"),
    cell("pnpm", `npx -y pnpm@12 add ${all}`, "node main.js"),
    cell("yarn1", `npx -y yarn@1 add --cache-folder .cache ${all}`, "node main.js"),
    // Plug'n'Play, which is its default: a dependency that nobody declared is an error.
    cell("yarn4", `${yarn4} add ${all}`, `${yarn4} node main.js`),
    cell("bun", `npx -y bun@1 add --cache-dir .cache ${all}`, "npx -y bun@1 main.js"),
    cell("deno", `npx -y deno@2 add ${forDeno}`, runWithDeno),
  ];
}

/** With a cache of its own, as the version says nothing of what was packed. */
export const npmInstall = (packages: readonly string[]): string =>
  `npm install --cache .cache --no-audit --no-fund ${packages.join(" ")}`;

/** May reach the network, but not read the environment: the client has to do without. */
export const runWithDeno = "npx -y deno@2 run --no-prompt --allow-net main.js";
