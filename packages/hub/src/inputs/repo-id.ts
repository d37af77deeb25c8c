import { HubInputError } from "../errors.js";
import { noOwner } from "./short-id.js";

/** The three kinds of repositories that share most of their endpoints. */
export type RepoKind = "models" | "datasets" | "spaces";

export interface RepoInput {
  /** `owner/name`. What only reads a model or a dataset takes an old short id as well, such as `gpt2`. */
  repo: string;
}

export interface RevisionInput extends RepoInput {
  /** A branch, a tag, a commit, or a reference such as `refs/pr/1`. Default `main`. */
  revision?: string | undefined;
}

/** Where the Hub's pages of each kind begin: those of models at the top. */
export const pagesOf = { models: "", datasets: "/datasets", spaces: "/spaces", kernels: "/kernels" } as const;

const part = /^[A-Za-z0-9_.-]{1,96}$/;

/**
 * Splits `owner/name` for a route.
 *
 * @throws {HubInputError} when it is no such id.
 */
export function splitRepoId(repo: string): { namespace: string; repo: string } {
  const [namespace, name, ...rest] = typeof repo === "string" ? repo.split("/") : [];
  if (namespace === undefined || name === undefined || rest.length > 0) {
    throw new HubInputError(`repo is ${show(repo)}; expected "owner/name"`);
  }
  checkName("The owner", namespace);
  checkName("The name", name);
  return { namespace, repo: name };
}

/** Like `splitRepoId`; `name` alone is a repository of the signed-in user, and comes back without an owner. */
export function splitOwnRepoId(repo: string): { namespace: string | undefined; repo: string } {
  return isNameAlone(repo) ? { namespace: undefined, repo } : splitRepoId(repo);
}

/** Whether the id names no owner, as the few do that predate namespaces, such as `gpt2`. */
export function isNameAlone(repo: string): boolean {
  if (typeof repo !== "string" || repo.includes("/")) return false;
  checkName("The name", repo);
  return true;
}

/**
 * Like `splitRepoId`, for requests that only read: takes a short id such as `gpt2` as well, which the Hub redirects to the
 * repository that is called so today. No Space is old enough to have one.
 */
export function splitReadId(kind: string, repo: string): { namespace: string; repo: string } {
  const isOld = kind === "models" || kind === "datasets";
  return isOld && isNameAlone(repo) ? { namespace: noOwner, repo } : splitRepoId(repo);
}

function checkName(what: string, name: string): void {
  // The Hub's own rule; it also keeps an id from ever leaving its place in a path.
  if (!part.test(name) || name.includes("..") || name.includes("--") || name === "." || name.endsWith(".git")) {
    throw new HubInputError(
      `${what} in repo is ${show(name)}; expected 1 to 96 letters, digits, "_", "." or "-", no "--" or "..", no ".git"`,
    );
  }
}

const show = (value: unknown): string =>
  typeof value === "string" ? JSON.stringify(value.slice(0, 120)) : typeof value;
