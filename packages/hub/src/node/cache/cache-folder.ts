import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { RepoKind } from "../../inputs/repo-id.js";
import { isNameAlone, splitRepoId } from "../../inputs/repo-id.js";
import { HubInputError } from "../../errors.js";
import { environmentVariable, yes } from "../../runtime.js";
import { pathBelow } from "../file-system/safe-path.js";

/** What has repositories with commits. */
export type CachedKind = RepoKind | "kernels";

const cachedKinds: readonly CachedKind[] = ["models", "datasets", "spaces", "kernels"];

/**
 * Where the cache is that all clients of the Hub on this machine share: `HF_HUB_CACHE`, else `hub` in `HF_HOME`, else
 * `huggingface/hub` in `XDG_CACHE_HOME`, else `~/.cache/huggingface/hub`.
 */
export function cacheFolder(given?: string | URL): string {
  if (given !== undefined) return resolve(given instanceof URL ? fileURLToPath(given) : given);
  const named = (name: string): string | undefined => {
    const value = environmentVariable(name);
    return value === undefined || value === "" ? undefined : expand(value);
  };
  const ofHub = named("HF_HUB_CACHE") ?? named("HUGGINGFACE_HUB_CACHE");
  const home = named("HF_HOME") ?? join(named("XDG_CACHE_HOME") ?? join(homedir(), ".cache"), "huggingface");
  return resolve(ofHub ?? join(home, "hub"));
}

/** `~` and `$NAME`, which a shell replaces only where they are not quoted. */
const expand = (path: string): string =>
  path
    .replace(
      /\$(?:(\w+)|\{(\w+)\})/g,
      (all, plain: string, braced: string) => environmentVariable(plain ?? braced) ?? all,
    )
    .replace(/^~(?=$|[\\/])/, () => homedir());

/** Whether no request is to be made. */
export const isOffline = (): boolean => yes.test(environmentVariable("HF_HUB_OFFLINE") ?? "");

/** The folders of one repository in the cache. */
export interface RepoFolders {
  /** The folder of the repository. */
  path: string;
  blobs: string;
  refs: string;
  snapshots: string;
  /** Of processes of this package. */
  locks: string;
}

export function repoFolders(cache: string, kind: CachedKind, repo: string): RepoFolders {
  if (!cachedKinds.includes(kind))
    throw new HubInputError(`kind is ${kind}; expected one of ${cachedKinds.join(", ")}`);
  if (!isNameAlone(repo)) splitRepoId(repo);
  const name = [kind, ...repo.split("/")].join("--");
  const path = join(cache, name);
  const [blobs, refs, snapshots] = ["blobs", "refs", "snapshots"].map((part) => join(path, part)) as [
    string,
    string,
    string,
  ];
  return { path, blobs, refs, snapshots, locks: join(cache, ".locks", name) };
}

/** Which kind and repository a folder of the cache is of; undefined for none. */
export function repoOf(folderName: string): { kind: CachedKind; repo: string } | undefined {
  const [prefix, ...parts] = folderName.split("--");
  const kind = cachedKinds.find((known) => known === prefix);
  return kind === undefined || parts.length === 0 || parts.length > 2 || parts.includes("")
    ? undefined
    : { kind, repo: parts.join("/") };
}

/** Where the cache notes the commit of a revision. */
export const refPath = ({ refs }: RepoFolders, revision: string): string => pathBelow(refs, revision);
