import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isObject, type JsonObject } from "../document/document.js";
import { PipelineError } from "../cli/pipeline-error.js";

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

/** Refuses a package that does not name the repository it is published from. */
export function checkRepository(name: string, manifest: JsonObject, repository: Repository | undefined): void {
  if (repository === undefined) {
    throw new PipelineError("npm takes a release from a workflow only; for another registry, give --registry.");
  }
  const named = isObject(manifest["repository"]) ? manifest["repository"]["url"] : undefined;
  if (named !== repository.url) {
    const found = named === undefined ? "no repository" : `the repository ${String(named)}`;
    throw new PipelineError(
      `${name} names ${found}, not ${repository.url}; pack it in the workflow that publishes it.`,
    );
  }
}

/** Lets a package name its repository for as long as it is packed. */
export async function whileNaming(
  { url, type }: Repository,
  folder: string,
  directory: string,
  pack: () => Promise<void>,
): Promise<void> {
  const file = join(folder, "package.json");
  const text = await readFile(file, "utf8");
  const manifest = { ...(JSON.parse(text) as JsonObject), repository: { type, url, directory } };
  await writeFile(file, `${JSON.stringify(manifest, null, 2)}\n`);
  await pack().finally(() => writeFile(file, text));
}
