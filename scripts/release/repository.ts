import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { JsonObject } from "../document/document.js";

/** `repository` of a package.json. The address is the workflow's to know: a fork has another one. */
export interface Repository {
  type: "git";
  url: string;
}

/** The repository whose workflow this is, if it is one. */
export function repositoryOf(environment: NodeJS.ProcessEnv): Repository | undefined {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: name } = environment;
  return server && name ? { type: "git", url: `git+${server}/${name}.git` } : undefined;
}

/** Where people read of a package, and where they report what is wrong. */
function pagesOf(url: string, directory: string): { homepage: string; bugs: { url: string } } {
  const page = url.replace(/^git\+/, "").replace(/\.git$/, "");
  return { homepage: `${page}/tree/HEAD/${directory}#readme`, bugs: { url: `${page}/issues` } };
}

/** Lets a package name its repository and its pages for as long as it is packed. */
export async function whileNaming(
  { url, type }: Repository,
  folder: string,
  directory: string,
  pack: () => Promise<void>,
): Promise<void> {
  const file = join(folder, "package.json");
  const text = await readFile(file, "utf8");
  const repository = { type, url, directory };
  const manifest = { ...(JSON.parse(text) as JsonObject), ...pagesOf(url, directory), repository };
  await writeFile(file, `${JSON.stringify(manifest, null, 2)}\n`);
  await pack().finally(() => writeFile(file, text));
}
