import { builtinModules } from "node:module";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build as buildWithEsbuild } from "esbuild";
import { build as buildWithVite } from "vite";

const apps = fileURLToPath(new URL("../apps/", import.meta.url));

/** A bundled app: each file with the files that it imports before it runs. */
interface Bundle {
  entry: string;
  files: ReadonlyMap<string, { content: string | Uint8Array; imports: readonly string[] }>;
}

/** KiB that a page loads before the app runs, the sum of its first chunks, by esbuild. */
export async function firstLoad(app: string): Promise<number> {
  return kibibytesOfFirstChunks(await esbuildBundle(app, true));
}

/** KiB of the app as one file, by esbuild: what a bundler without splitting makes. */
export async function oneFile(app: string): Promise<number> {
  return kibibytesOfFirstChunks(await esbuildBundle(app, false));
}

/** KiB that a page loads before the app runs, by a production build of Vite. */
export async function firstLoadByVite(app: string): Promise<number> {
  const result = await buildWithVite({
    root: apps,
    configFile: false,
    logLevel: "silent",
    build: {
      write: false,
      target: "es2022",
      modulePreload: { polyfill: false },
      rolldownOptions: { input: `${apps}${app}.ts` },
    },
  });
  const [output] = [result].flat();
  if (output === undefined || !("output" in output)) throw new Error("Vite watches instead of building");
  const chunks = output.output.filter((file) => file.type === "chunk");
  const entry = chunks.find(({ isEntry }) => isEntry);
  if (entry === undefined) throw new Error(`Vite built no entry for ${app}`);
  return kibibytesOfFirstChunks({
    entry: entry.fileName,
    files: new Map(chunks.map(({ fileName, code, imports }) => [fileName, { content: code, imports }])),
  });
}

async function esbuildBundle(app: string, splitting: boolean): Promise<Bundle> {
  const { outputFiles, metafile } = await buildWithEsbuild({
    entryPoints: [`${apps}${app}.ts`],
    bundle: true,
    minify: true,
    splitting,
    write: false,
    metafile: true,
    outdir: "out",
    entryNames: "entry",
    platform: "browser",
    format: "esm",
    target: "es2022",
    legalComments: "none",
    // What only Node loads counts for nobody.
    external: [...builtinModules, "node:*", "cli-progress"],
    logLevel: "error",
  });
  const contents = new Map(outputFiles.map(({ path, contents: bytes }) => [basename(path), bytes]));
  return {
    entry: "entry.js",
    files: new Map(
      Object.entries(metafile.outputs).map(([path, { imports }]) => [
        basename(path),
        {
          content: contents.get(basename(path)) ?? "",
          imports: imports.filter(({ kind }) => kind === "import-statement").map((it) => basename(it.path)),
        },
      ]),
    ),
  };
}

function kibibytesOfFirstChunks({ entry, files }: Bundle): number {
  const first = new Set([entry]);
  // A set hands out what is added while it is walked.
  for (const name of first) for (const imported of files.get(name)?.imports ?? []) first.add(imported);
  const sizes = [...first].map((name) => gzipSync(files.get(name)?.content ?? "", { level: 9 }).length);
  return sizes.reduce((sum, size) => sum + size, 0) / 1024;
}
