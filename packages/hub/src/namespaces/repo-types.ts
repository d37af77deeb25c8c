import type { Body, Query, Result, Schema } from "@hf-api/raw";
import type { ListInput } from "../list-input.js";
import type { Item } from "./item.js";

/** The three kinds of repositories that share most of their endpoints. */
export type RepoKind = "models" | "datasets" | "spaces";

export interface RepoInput {
  /** `owner/name`. */
  repo: string;
}

export interface RevisionInput extends RepoInput {
  /** A branch, a tag, a commit, or a reference such as `refs/pr/1`. Default `main`. */
  revision?: string | undefined;
}

/** The branches, tags and conversions of a repository; pull requests as well where they were asked for. */
export interface GitRefs extends Schema<"GitRefs"> {}
/** One commit in a repository's history. */
export interface Commit extends Item<Result<"get", "/api/models/{namespace}/{repo}/commits/{rev}">> {}
/** The new commit; with `pullRequestUrl` where it made a pull request. */
export interface CreatedCommit extends Result<"post", "/api/models/{namespace}/{repo}/commit/{rev}"> {}
/** The one commit that a branch now holds. */
export interface SquashedHistory extends Result<"post", "/api/models/{namespace}/{repo}/super-squash/{rev}"> {}
export interface RepoSettings extends Schema<"RepoSettingsUpdate"> {}
/** Whether the files were all scanned, and in which of them something was found. */
export interface SecurityScan extends Result<"get", "/api/models/{namespace}/{repo}/scan"> {}
/** A token for one repository; `exp` is in seconds since 1970. */
export interface RepoJwt extends Result<"get", "/api/models/{namespace}/{repo}/jwt"> {}
/** A user who likes a repository. */
export interface Liker extends Schema<"UserSummary"> {}

/**
 * One change of a commit. A `file` carries its whole content, as text unless `encoding` says `base64`; an `lfsFile` was
 * uploaded before, and is named by the SHA-256 of its bytes. With `oldPath`, either of them moves a file.
 */
export type CommitOperation = Exclude<CommitLine, { key: "header" }>;
/** One line of a commit: its header, or one change. */
export type CommitLine = Schema<"CommitLine">;
type CommitHeader = Extract<CommitLine, { key: "header" }>["value"];

/** `parentCommit` makes the commit fail unless the branch is still there. */
export interface CreateCommitInput extends RevisionInput, CommitHeader {
  operations: readonly CommitOperation[];
  /** Whether to open a pull request with the commit, rather than to add it to the branch. */
  createPullRequest?: boolean | undefined;
  /** For a Space: whether to try to put a change of one Python file into the running app, without building it anew. */
  hotReload?: boolean | undefined;
}

export interface UpdateSettingsInput extends RepoInput, Body<"put", `/api/${RepoKind}/{namespace}/{repo}/settings`> {}

export interface ListCommitsInput extends RevisionInput, ListInput {
  /** `formatted` adds title and message as HTML. */
  expand?: "formatted"[] | undefined;
}

export interface GetRefsInput extends RepoInput {
  /** Whether to list the references of pull requests as well. */
  includePullRequests?: boolean | undefined;
}

export interface BranchInput extends RepoInput {
  branch: string;
}

/** `startingPoint` is a revision, `main` by default; `emptyBranch` begins without files and history. */
export interface CreateBranchInput extends BranchInput, Body<"post", "/api/models/{namespace}/{repo}/branch/{rev}"> {}

export interface TagInput extends RepoInput {
  tag: string;
}

/** `revision` is what the tag shall point to. */
export interface CreateTagInput extends RevisionInput, Body<"post", "/api/models/{namespace}/{repo}/tag/{rev}"> {}

export interface SuperSquashInput extends RepoInput, Body<"post", "/api/models/{namespace}/{repo}/super-squash/{rev}"> {
  /** Default `main`. */
  branch?: string | undefined;
}

export interface CompareInput extends RepoInput {
  /** The revision to begin with. */
  base: string;
  /** The revision to end with. */
  head: string;
  /** Whether to return Git's own output. */
  raw?: boolean | undefined;
}

export interface ListLikersInput extends RepoInput, Pick<ListInput, "limit"> {}

export interface CheckAccessInput extends RepoInput {
  /** Whether to check for the right to write, rather than to read. */
  write?: boolean | undefined;
}

/** `expires_in` is in seconds: at most 600 with `write`, 86,400 for Spaces, else 3,600, which are the defaults as well. */
export interface GetJwtInput
  extends RepoInput, Omit<Query<"get", "/api/models/{namespace}/{repo}/jwt">, "expiration" | "include_pro_status"> {}

/** One file of a repository, as the repository itself lists it. */
export interface RepoSibling extends Schema<"RepoSibling"> {}

/** What every list tells of a repository, as long as `expand` does not narrow it. */
export interface ListedRepo {
  private: boolean;
  createdAt: string;
  likes: number;
  tags: string[];
}

export interface Downloads {
  /** Of the last 30 days. */
  downloads: number;
}

/** What the Hub tells of every model and dataset, as long as `expand` does not narrow it. */
export interface RepoDetails extends ListedRepo, Downloads {
  author: string;
  sha: string;
  disabled: boolean;
  gated: false | "auto" | "manual";
  lastModified: string;
  siblings: RepoSibling[];
}

/** A shape of which more is known than its schema says; an interface may extend it. */
export type With<T, Known> = T & Known;

/** The same input without `expand`, which is what decides how much of a repository the answer tells. */
export type Unexpanded<Input extends { expand?: unknown }> = Input & { expand?: undefined };
