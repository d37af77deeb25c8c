// Makes the JavaScript of dist/ from the sources; the compiler adds the types.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { build } from "esbuild";

// No file of an earlier build may be published.
rmSync("dist", { recursive: true, force: true });

const common = { platform: "neutral", format: "esm", target: "es2022", logLevel: "warning" };
const bundled = { ...common, bundle: true, packages: "external" };

// For bundlers a module for each source: they split an app by modules, and leave out those that it does not use.
const sources = readdirSync("src", { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts"))
  .map((path) => join("src", path));
await build({ ...common, entryPoints: sources, outbase: "src", outdir: "dist" });

// For Node few files, which it loads three times as fast. What few programs need is a part of its own, loaded on its
// first use.
const { outputFiles } = await build({
  ...bundled,
  entryPoints: ["src/index.ts", "src/node/index.ts", "src/oauth/index.ts"],
  write: false,
  splitting: true,
  chunkNames: "parts/[name]-[hash]",
  outbase: "src",
  outdir: "dist/bundled",
  sourcemap: true,
  sourcesContent: false,
});
for (const { path, text } of outputFiles) {
  mkdirSync(dirname(path), { recursive: true });
  // No part has side effects, and a bundler would warn of each import that is made for them. The lines stay for the map.
  writeFileSync(path, text.replace(/^import "[^"]+";$/gm, ""));
}

// The same as one file without import(), for service workers and whoever else cannot load code later.
await build({ ...bundled, entryPoints: ["src/index.ts"], outfile: "dist/static.js", minifyWhitespace: true });
