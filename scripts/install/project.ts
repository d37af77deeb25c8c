import { cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { entriesModule, requireProgram, type Entry } from "./entries.js";

const programs = fileURLToPath(new URL("./programs/", import.meta.url));
/** Written anew for each project. */
const generated = new Set(["target.ts", "entries.ts", "portable-entries.ts"]);

export interface ProjectPlan {
  folder: string;
  /** Of our own packages alone. */
  registry: string;
  /** Where all others come from. */
  upstream: string;
  entries: readonly Entry[];
  files?: Readonly<Record<string, string>> | undefined;
  /** A project to start from that has everything installed. */
  base?: string | undefined;
}

/** Makes a project that knows nothing of this workspace: configuration for every package manager, and the programs. */
export async function makeProject({ folder, registry, upstream, entries, files, base }: ProjectPlan): Promise<void> {
  await mkdir(folder, { recursive: true });
  if (base !== undefined) await cp(base, folder, { recursive: true, filter: (from) => basename(from) !== ".cache" });
  else await write(folder, { "package.json": '{ "name": "project", "private": true, "type": "module" }\n' });
  const portable = entries.filter(({ needsNode }) => !needsNode);
  await write(folder, {
    ...configuration(registry, upstream),
    ...(await compiledPrograms()),
    "entries.js": entriesModule(entries),
    "portable-entries.js": entriesModule(portable),
    "entries.ts": entriesModule(entries),
    "consumer.ts": await readFile(join(programs, "consumer.ts"), "utf8"),
    "require.cjs": requireProgram(entries),
    ...files,
  });
}

/** Where the smoke program of a project calls. */
export async function pointAt(folder: string, target: string): Promise<void> {
  await write(folder, { "target.js": `export const target = ${target};\n` });
}

/** Caches lie in the project, for what was packed a minute ago has the version of what was packed an hour ago. */
function configuration(registry: string, upstream: string): Record<string, string> {
  const workspace = { storeDir: "./.store", cacheDir: "./.cache", minimumReleaseAge: 0 };
  const yarn = {
    npmRegistryServer: upstream,
    npmScopes: { "hf-api": { npmRegistryServer: registry, npmMinimalAgeGate: 0 } },
    unsafeHttpWhitelist: ["127.0.0.1"],
    // Nor may a package see what the project happens to depend on itself.
    pnpFallbackMode: "none",
    enableGlobalCache: false,
    enableTelemetry: false,
    enableImmutableInstalls: false,
  };
  return {
    ".npmrc": `@hf-api:registry=${registry}\n`,
    "pnpm-workspace.yaml": JSON.stringify(workspace),
    ".yarnrc.yml": JSON.stringify(yarn),
    // Without one, Yarn takes a folder above for the project.
    "yarn.lock": "",
    "deno.json": JSON.stringify({ minimumDependencyAge: "0" }),
  };
}

async function compiledPrograms(): Promise<Record<string, string>> {
  const names = (await readdir(programs)).filter((name) => name.endsWith(".ts") && !generated.has(name));
  const options = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022, verbatimModuleSyntax: true };
  const compiled = names.map(async (name): Promise<[string, string]> => {
    const text = await readFile(join(programs, name), "utf8");
    return [name.replace(/\.ts$/, ".js"), ts.transpileModule(text, { compilerOptions: options }).outputText];
  });
  return Object.fromEntries(await Promise.all(compiled));
}

async function write(folder: string, files: Record<string, string>): Promise<void> {
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
}
