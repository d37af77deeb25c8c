import { HubInputError } from "../../errors.js";
import type { TreeEntry } from "../../files/repo-files.js";
import { isGitOid } from "../../files/download/hash-formats.js";
import { withoutSlash } from "../../inputs/folder-path.js";
import type { RevisionInput } from "../../inputs/repo-id.js";
import type { Kernels } from "../../namespaces/kernels.js";
import type { RequestOptions } from "../../options.js";
import type { RepoNamespace } from "../../repos/repo-namespace.js";
import { compileFilter, type PathFilter } from "../patterns/path-filter.js";

/** What has repositories with commits: `hub.models`, `hub.datasets`, `hub.spaces` or `hub.kernels`. */
export type RepoSource = RepoNamespace | Kernels;

/** A file of a commit. */
export interface CommitFile {
  entry: TreeEntry;
  /** Below the folder that was requested. */
  path: string;
}

export interface CommitFiles {
  commit: string;
  wanted: CommitFile[];
  /** What the filter leaves out. */
  others: CommitFile[];
}

/** Lists the files of a revision, all of one commit. */
export async function listCommitFiles(
  source: RepoSource,
  { repo, revision = "main", path = "" }: RevisionInput & { path?: string | undefined },
  filter: PathFilter,
  options: RequestOptions,
): Promise<CommitFiles> {
  const { takes } = compileFilter(filter);
  const commit = await commitOf(source, repo, revision, options);
  const top = withoutSlash(path);
  const files: CommitFiles = { commit, wanted: [], others: [] };
  for await (const entry of source.files.list({ repo, revision: commit, path: top, recursive: true }, options)) {
    if (entry.type !== "file") continue;
    const below = top === "" ? entry.path : entry.path.slice(top.length + 1);
    (takes(below) ? files.wanted : files.others).push({ entry, path: below });
  }
  refuseTwins(files.wanted);
  return files;
}

/** A branch may move while its files are read; a commit does not. */
export async function commitOf(
  source: RepoSource,
  repo: string,
  revision: string,
  options: RequestOptions,
): Promise<string> {
  if (isGitOid(revision)) return revision;
  if (!("listCommits" in source)) return (await source.get({ repo, revision }, options)).sha;
  const [latest] = await source.listCommits({ repo, revision, limit: 1 }, options).toArray();
  return latest?.id ?? revision;
}

/** Two files of a repository can be one on a disk that takes small and large letters, or ways to write ü, for the same. */
function refuseTwins(files: readonly CommitFile[]): void {
  if (process.platform !== "win32" && process.platform !== "darwin") return;
  const seen = new Map<string, string>();
  for (const { path } of files) {
    const name = path.normalize().toLowerCase();
    const twin = seen.get(name);
    if (twin !== undefined) throw new HubInputError(`${twin} and ${path} would be one file here; exclude one of them`);
    seen.set(name, path);
  }
}
