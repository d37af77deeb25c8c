import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { entries } from "./entries.js";
import { valuesOfFreeNames } from "./free-names.js";
import type { Sample } from "./samples.js";

const packageFolder = fileURLToPath(new URL("../", import.meta.url));
const inPackage = (path: string): string => join(packageFolder, path);

/** What the compiler says of all samples as one strict program; each complaint names the sample. */
export async function compileSamples(samples: readonly Sample[]): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), "hub-samples-"));
  try {
    const program = programOf(samples);
    writeFileSync(join(folder, "samples.mts"), program);
    const compilerOptions = { noEmit: true, types: ["node"], typeRoots: [inPackage("node_modules/@types")] };
    const config = { extends: inPackage("tsconfig.test.json"), compilerOptions, include: ["samples.mts"] };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
    const lines = program.split("\n");
    return (await runCompiler(folder)).split("\n").flatMap((complaint) => {
      const line = /^samples\.mts\((\d+)/.exec(complaint)?.[1];
      if (line === undefined) return complaint.trim() === "" ? [] : [complaint];
      const before = lines.slice(0, Number(line)).toReversed();
      const name = before.find((text) => text.startsWith("// "))?.slice(3) ?? "the names around the samples";
      return [`${name}: ${complaint}`];
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Each sample is a function of its own, behind a comment with its name. */
function programOf(samples: readonly Sample[]): string {
  const from = (path: string): string => JSON.stringify(inPackage(path));
  return [
    ...Object.entries(entries).map(
      ([path, names]) => `import { ${Object.keys(names).join(", ")} } from ${from(path)};`,
    ),
    `import type { FreeNames } from ${from("samples/free-names.js")};`,
    "declare const hub: Hub;",
    "declare const freeNames: FreeNames;",
    `const { ${Object.keys(valuesOfFreeNames()).join(", ")} } = freeNames;`,
    ...samples.map(({ name, code }) => `// ${name}\nasync () => {\n${code}\n};`),
    "",
  ].join("\n");
}

function runCompiler(folder: string): Promise<string> {
  const compiler = inPackage("node_modules/typescript/bin/tsc");
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [compiler, "-p", folder, "--pretty", "false"],
      { cwd: folder },
      (error, output, words) => {
        if (error !== null && output === "") reject(new Error(`the compiler did not run: ${words}`, { cause: error }));
        else resolve(output);
      },
    );
  });
}
