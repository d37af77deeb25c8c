import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import type { Sources } from "./source-tree.js";

/** The files of the package that a method shows in. */
export async function readSources(hub: string): Promise<Sources> {
  const found = await Promise.all(
    ["src", "test/requests/rows"].map((folder) => readdir(join(hub, folder), { recursive: true, withFileTypes: true })),
  );
  const files = found
    .flat()
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map(({ parentPath, name }) => relative(hub, join(parentPath, name)).replaceAll("\\", "/"));
  const all = [...files.toSorted(), "test/lists/list-cases.ts", "llms.txt"];
  return new Map(
    await Promise.all(
      all.map(async (file): Promise<[string, string]> => [file, await readFile(join(hub, file), "utf8")]),
    ),
  );
}
