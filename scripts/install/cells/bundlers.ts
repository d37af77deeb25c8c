import type { Cell } from "../cell.js";
import { bundle } from "./runtimes.js";

const esbuild = "npx -y esbuild@0.28";

/** The smoke page as each bundler makes it, opened in Chromium: parts of the client load on their first use. */
export function bundlerCells(): Cell[] {
  const cell = (name: string, steps: readonly string[], files?: Cell["files"]): Cell => ({
    name: `bundle-${name}`,
    group: "run",
    installed: true,
    callsHub: true,
    steps,
    ...(files === undefined ? {} : { files }),
  });
  return [
    cell("esbuild-splitting", [
      `${esbuild} page.js --bundle --splitting --platform=browser --format=esm --target=es2022 --outdir=site`,
      "node chromium.js site",
    ]),
    cell("vite", ["npx -y vite@8 build --outDir site", "node chromium.js site"], {
      "index.html": '<!doctype html><link rel="icon" href="data:,"><script type="module" src="/page.js"></script>',
      "vite.config.js": 'export default { build: { target: "es2022" } };',
    }),
    cell("webpack", [
      "npx -y -p webpack@5 -p webpack-cli@6 webpack --mode production --entry ./page.js --output-path ./site --output-filename page.js",
      "node chromium.js site",
    ]),
    cell(
      "metro",
      [
        "npm install --no-save --no-audit --no-fund metro@0.83 metro-runtime@0.83",
        "npx -y metro@0.83 build native.js --out native.bundle.cjs --config metro.config.cjs",
        "node native.bundle.cjs",
      ],
      { "metro.config.cjs": metro },
    ),
    // Code that comes later is forbidden there, so the alias takes the entry that has everything.
    cell("service-worker", [
      `${bundle("service-worker.js", "site/service-worker.js")} --alias:@hf-api/hub=@hf-api/hub/static`,
      `${bundle("register.js", "site/page.js")}`,
      "node chromium.js site",
    ]),
  ];
}

// As Expo and React Native set it: import and export are Metro's to resolve.
const metro = `module.exports = {
  transformer: {
    getTransformOptions: async () => ({ transform: { experimentalImportSupport: true, inlineRequires: false } }),
  },
};
`;
