import type { Cell } from "../cell.js";
import { tarballOf } from "../../release/packages.js";
import { bundle } from "./runtimes.js";

// The first versions of 20 and 22 that load a module by require() without being asked to, and what came after.
const nodes = ["20.19.0", "22.12.0", "24", "26"];

/** `require()` of every entry, whole. */
export function requireCells(): Cell[] {
  return nodes.map((version) => ({
    name: `require-node${version}`,
    group: "require",
    installed: true,
    steps: [`npx -y node@${version} require.cjs`],
  }));
}

/** What others rely on before anything runs: a bundle for browsers, and a package.json that all tools understand. */
export function packageCells(packages: readonly string[]): Cell[] {
  const checks = packages.flatMap((name): Cell[] => {
    const short = name.split("/").at(-1) ?? name;
    const tarball = `../packed/${tarballOf(name)}`;
    return [
      {
        name: `publint-${short}`,
        group: "package",
        installed: true,
        steps: [`npx -y publint@0.3 --strict ${tarball}`],
      },
      {
        name: `attw-${short}`,
        group: "package",
        installed: true,
        steps: [`npx -y @arethetypeswrong/cli@0.18 --profile esm-only ${tarball}`],
      },
    ];
  });
  const esbuild: Cell = {
    name: "esbuild",
    group: "package",
    installed: true,
    steps: [`${bundle("portable-entries.js", "entries.bundle.js")} --minify`],
  };
  return [esbuild, ...checks];
}
