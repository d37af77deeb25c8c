import { build } from "esbuild";
import { fileURLToPath } from "node:url";

const site = new URL("../site/", import.meta.url);

/** The scripts of the pages; the worker holds the client, the embedded Hub and what strips types. */
export async function bundleScripts(folder: string): Promise<void> {
  await build({
    entryPoints: ["site.ts", "playground.ts", "worker.ts"].map((file) => fileURLToPath(new URL(file, site))),
    outdir: folder,
    bundle: true,
    minify: true,
    // Error classes and whatever else is printed keep their names.
    keepNames: true,
    format: "esm",
    target: "es2022",
    platform: "browser",
    legalComments: "none",
    logLevel: "warning",
  });
}
