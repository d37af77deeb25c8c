import type { Content } from "./content.js";
import type { Repo } from "./repo.js";
import type { Storage } from "./storage.js";

/**
 * The bytes with this SHA-256 that a repository holds: uploaded to it, or in any commit of its branches, tags and pull
 * requests. What only another repository holds is not found.
 */
export async function findLarge(sha256: string, repo: Repo, storage: Storage): Promise<Content | undefined> {
  const repoId = repo.record._id;
  const uploaded = storage.uploadedTo(repoId, sha256);
  if (uploaded) return uploaded;
  if (storage.isDeleted(repoId, sha256)) return undefined;
  for (const { lfs, content } of repo.git.allEntries()) {
    if (!lfs || (await content.sha256) !== sha256) continue;
    storage.upload(repoId, sha256, content);
    return content;
  }
  return undefined;
}
