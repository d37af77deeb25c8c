// Makes the JavaScript of dist/ from the sources; the compiler adds the types.
import { readdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { rolldown } from "rolldown";

// No file of an earlier build may be published.
rmSync("dist", { recursive: true, force: true });

const common = { platform: "neutral", format: "esm", target: "es2022", logLevel: "warning" };
const bundled = { ...common, bundle: true, packages: "external" };

// For bundlers a module for each source: they split an app by modules, and leave out those that it does not use.
const sources = readdirSync("src", { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts"))
  .map((path) => join("src", path));
await build({ ...common, entryPoints: sources, outbase: "src", outdir: "dist" });

// For Node few files, which it loads six times as fast. What few programs need is a part of its own, loaded on its first
// use; what every program loads is one file.
const core = new Set();
const few = await rolldown({
  input: { index: "src/index.ts", "node/index": "src/node/index.ts", "oauth/index": "src/oauth/index.ts" },
  external: /^(@|node:)/,
  platform: "node",
  treeshake: { moduleSideEffects: false },
  plugins: [
    {
      name: "core",
      buildEnd() {
        const add = (id) => {
          if (core.has(id) || id.startsWith("@")) return;
          core.add(id);
          this.getModuleInfo(id)?.importedIds.forEach(add);
        };
        add(resolve("src/index.ts"));
      },
    },
  ],
});
await few.write({
  dir: "dist/bundled",
  format: "esm",
  comments: false,
  sourcemap: true,
  sourcemapExcludeSources: true,
  chunkFileNames: "parts/[name].js",
  codeSplitting: { groups: [{ name: "core", test: (id) => core.has(id) && id !== resolve("src/index.ts") }] },
});
await few.close();

// The same as one file without import(), for service workers and whoever else cannot load code later.
await build({ ...bundled, entryPoints: ["src/index.ts"], outfile: "dist/static.js", minifyWhitespace: true });
