import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { HubError } from "../../errors.js";
import { cacheFolder, repoOf } from "./cache-folder.js";
import { infoOf, scanRepo, type CachedRepo, type CacheWarning } from "./cached-repo.js";

export interface CacheReport {
  /** The folder of the cache. */
  path: string;
  /** Bytes of all repositories, without what is unused. */
  size: number;
  unused: number;
  repos: CachedRepo[];
  /** What is not as it should be, such as a link to nothing. The next download puts it right. */
  warnings: CacheWarning[];
}

/** Which cache. */
export interface CacheInput {
  /** The folder of the cache. Default: the one that all clients of the Hub on this machine share. */
  cache?: string | URL | undefined;
}

/**
 * Tells what is in the cache that all clients of the Hub on this machine share, and how many bytes that takes, whoever
 * brought it. Makes no request.
 *
 * @throws {HubError} if the cache cannot be read. One that is not there yet is empty.
 * @example
 * await snapshot(hub.models, { repo: "openai-community/gpt2" }, { include: ["*.json"] });
 * const { repos } = await scanCache();
 * for (const { kind, repo, size } of repos) console.log(kind, repo, size);
 */
export async function scanCache({ cache }: CacheInput = {}): Promise<CacheReport> {
  const path = cacheFolder(cache);
  const names = await readdir(path).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT") return [];
    throw new HubError(`the cache at ${path} cannot be read: ${cause.message}`, { cause });
  });
  const warnings: CacheWarning[] = [];
  const repos: CachedRepo[] = [];
  for (const name of names.toSorted()) {
    const found = repoOf(name);
    if (found === undefined || (await infoOf(join(path, name)))?.isDirectory() !== true) continue;
    repos.push(await scanRepo(path, found, warnings));
  }
  const sum = (key: "size" | "unused"): number => repos.reduce((all, repo) => all + repo[key], 0);
  return { path, size: sum("size"), unused: sum("unused"), repos, warnings };
}
