import { builtinModules, createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import type { Benchmark } from "../lib/figure.js";

const folder = fileURLToPath(new URL("..", import.meta.url));
const hub = join(dirname(createRequire(import.meta.url).resolve("@hf-api/hub/package.json")), "src");

export const size: Benchmark = {
  title: "Size in a browser: minified by esbuild, gzip -9",

  async measure() {
    const whole = await gzipped('export { Hub } from "@hf-api/hub"');
    const namespace = await gzipped(
      `export { Models } from "${hub}/namespaces/models.ts";
       export { Transport } from "${hub}/transport.ts";
       export { resolveOptions } from "${hub}/options.ts";`,
    );
    const raw = await gzipped('export { createRawClient } from "@hf-api/raw"');
    const other = await gzipped('export * from "@huggingface/hub"');
    return [
      { name: "@hf-api/hub, whole", value: whole, unit: "KiB" },
      // What an application of one namespace would ship; a Hub brings all of them.
      { name: "@hf-api/hub, Models and the transport", value: namespace, unit: "KiB" },
      { name: "@hf-api/raw", value: raw, unit: "KiB" },
      { name: "openapi-fetch", value: await gzipped('export { default } from "openapi-fetch"'), unit: "KiB" },
      { name: "@huggingface/hub, whole", value: other, unit: "KiB" },
      {
        name: "@huggingface/hub, listModels",
        value: await gzipped('export { listModels } from "@huggingface/hub"'),
        unit: "KiB",
      },
      { name: "@hf-api/hub ÷ @huggingface/hub", value: whole / other },
    ];
  },
};

async function gzipped(source: string): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: folder },
    bundle: true,
    minify: true,
    write: false,
    platform: "browser",
    format: "esm",
    target: "es2022",
    legalComments: "none",
    // What only Node loads counts for nobody.
    external: [...builtinModules, "node:*", "cli-progress"],
    logLevel: "error",
  });
  return outputFiles.reduce((sum, file) => sum + gzipSync(file.contents, { level: 9 }).length, 0) / 1024;
}
