import { readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const source = new URL("../programs/", import.meta.url);
const target = new URL("../dist/", import.meta.url);

/**
 * Compiles the measured programs, so that plain Node runs them without a loader beside. The packages that they import
 * are left as they were installed.
 */
export async function buildPrograms(): Promise<void> {
  const files = (await readdir(source)).filter((file) => file.endsWith(".ts"));
  await build({
    entryPoints: files.map((file) => fileURLToPath(new URL(file, source))),
    outdir: fileURLToPath(target),
    bundle: true,
    splitting: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20",
    outExtension: { ".js": ".mjs" },
    logLevel: "error",
  });
}

/** Where a compiled program lies, by its name in `programs/`. */
export function programPath(name: string): string {
  return fileURLToPath(new URL(`${name}.mjs`, target));
}
