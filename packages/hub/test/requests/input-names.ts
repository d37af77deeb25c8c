import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const inPackage = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** What each operation takes besides, for the compiler: a parameter and a property that the Hub may add one day. */
export const additions = { query: "addedParameter", body: "addedProperty" } as const;

const head = `import type { Hub } from ${JSON.stringify(inPackage("src/hub.js"))};
type NameOf<T> = T extends unknown ? keyof T : never;
declare function takes<F extends (...args: never) => unknown>(name: NameOf<NonNullable<Parameters<F>[0]>>): void;
`;

/** Those of the names that the input of their method does not have, as the compiler sees it. */
export async function unknownNames<N extends { method: string; name: string }>(names: readonly N[]): Promise<N[]> {
  const folder = await mkdtemp(join(tmpdir(), "hub-inputs-"));
  try {
    await cp(inPackage("../raw/dist"), join(folder, "raw"), {
      recursive: true,
      filter: (path) => !/\.(js|map)$/.test(path),
    });
    const routes = join(folder, "raw/routes.d.ts");
    await writeFile(routes, withAdditions(await readFile(routes, "utf8")));
    const lines = names.map(({ method, name }) => {
      const type = ["Hub", ...method.split(".").map((part) => `["${part}"]`)].join("");
      return `takes<${type}>(${JSON.stringify(name)});`;
    });
    await writeFile(join(folder, "inputs.mts"), head + lines.join("\n"));
    const compilerOptions = {
      noEmit: true,
      types: ["node"],
      typeRoots: [inPackage("node_modules/@types")],
      paths: { "@hf-api/raw": [join(folder, "raw/index.d.ts")] },
    };
    const config = { extends: inPackage("tsconfig.test.json"), compilerOptions, include: ["inputs.mts"] };
    await writeFile(join(folder, "tsconfig.json"), JSON.stringify(config));
    const before = head.split("\n").length;
    return (await compile(folder)).flatMap((complaint) => {
      const line = /^inputs\.mts\((\d+),/.exec(complaint)?.[1];
      const name = line === undefined ? undefined : names[Number(line) - before];
      if (name === undefined) throw new Error(`the compiler complains of more than names: ${complaint}`);
      return [name];
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The types of raw as if each operation took one thing more. */
function withAdditions(routes: string): string {
  const added = routes
    .replace("} ? T & {} : never", `} ? T & { ${additions.query}?: string } : never`)
    .replace("} ? ContentOf<T> : never", `} ? ContentOf<T> & { ${additions.body}?: string } : never`);
  for (const name of Object.values(additions)) {
    if (!added.includes(name)) throw new Error("raw's Query and Body are declared in another way by now");
  }
  return added;
}

/** The first line of each complaint. */
function compile(folder: string): Promise<string[]> {
  const compiler = inPackage("node_modules/typescript/bin/tsc");
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [compiler, "-p", folder, "--pretty", "false"],
      { cwd: folder, maxBuffer: 64 * 1024 * 1024 },
      (error, output, words) => {
        if (error !== null && output === "") reject(new Error(`the compiler did not run: ${words}`, { cause: error }));
        else resolve(output.split("\n").filter((line) => line !== "" && !line.startsWith(" ")));
      },
    );
  });
}
