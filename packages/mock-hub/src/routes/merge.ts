import type { Commit, FileEntry } from "../state/git.js";

/** What `target` holds once the changes from `base` to `proposed` are applied to it; in a conflict the proposal wins. */
export function mergedFiles(target: Commit, base: Commit, proposed: Commit): Map<string, FileEntry> {
  const files = new Map(target.files);
  for (const [path, entry] of proposed.files) if (base.files.get(path) !== entry) files.set(path, entry);
  for (const path of base.files.keys()) if (!proposed.files.has(path)) files.delete(path);
  return files;
}
