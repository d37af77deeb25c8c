import type { Content } from "./content.js";
import type { Repo } from "./repo.js";
import type { Storage } from "./storage.js";

/** The bytes with this SHA-256, from the storage or from any branch, tag or pull request of the repository. */
export async function findLarge(sha256: string, repo: Repo, storage: Storage): Promise<Content | undefined> {
  const stored = storage.get(sha256);
  if (stored) return stored;
  for (const commit of new Set(repo.git.refs.values())) {
    for (const { lfs, content } of commit.files.values()) {
      if (!lfs || (await content.sha256) !== sha256) continue;
      storage.set(sha256, content);
      return content;
    }
  }
  return undefined;
}
