import type { Body, Query, RepoSibling, Result, Schema } from "@hf-api/raw";
import type { ListInput } from "../lists/list-input.js";
import type { Item } from "../lists/item.js";
import type { CommitHeader, CommitOperation } from "../files/commit/commit-body.js";
import type { RepoInput, RepoKind, RevisionInput } from "../inputs/repo-id.js";

/** The branches, tags and conversions of a repository; pull requests as well where they were requested. */
export interface GitRefs extends Schema<"GitRefs"> {}
/** One commit in a repository's history. */
export interface Commit extends Item<Result<"get", "/api/models/{namespace}/{repo}/commits/{rev}">> {}
/** The one commit that a branch now holds. */
export interface SquashedHistory extends Result<"post", "/api/models/{namespace}/{repo}/super-squash/{rev}"> {}
export interface RepoSettings extends Schema<"RepoSettingsUpdate"> {}
/** Whether the files were all scanned, and in which of them something was found. */
export interface SecurityScan extends Result<"get", "/api/models/{namespace}/{repo}/scan"> {}
/** A token for one repository; `exp` is in seconds since 1970. */
export interface RepoJwt extends Result<"get", "/api/models/{namespace}/{repo}/jwt"> {}
/** A user who likes a repository. */
export interface Liker extends Schema<"UserSummary"> {}

/** `parentCommit` makes the commit fail unless the branch is still there. */
export interface CreateCommitInput extends RepoInput, CommitHeader {
  /** A branch, or a pull request such as `refs/pr/1`. Default `main`. */
  branch?: string | undefined;
  operations: readonly CommitOperation[];
  /** Whether to open a pull request with the commit, rather than to add it to the branch. */
  createPullRequest?: boolean | undefined;
  /** For a Space: whether to try to put a change of one Python file into the running app, without building it anew. */
  hotReload?: boolean | undefined;
}

/** What is left out keeps its value. */
export interface UpdateSettingsInput extends RepoInput, Body<"put", `/api/${RepoKind}/{namespace}/{repo}/settings`> {}

/** The revision to go back from. */
export interface ListCommitsInput
  extends
    RevisionInput,
    Omit<Query<"get", "/api/models/{namespace}/{repo}/commits/{rev}">, keyof ListInput | "p">,
    ListInput {
  /** `formatted` adds title and message as HTML. */
  expand?: readonly "formatted"[] | undefined;
}

export interface GetRefsInput
  extends RepoInput, Omit<Query<"get", "/api/models/{namespace}/{repo}/refs">, "include_prs"> {
  /** Whether to list the references of pull requests as well. */
  includePullRequests?: boolean | undefined;
}

export interface BranchInput extends RepoInput {
  branch: string;
}

/** `startingPoint` is a revision, `main` by default; `emptyBranch` begins without files and history. */
export interface CreateBranchInput extends BranchInput, Body<"post", "/api/models/{namespace}/{repo}/branch/{rev}"> {
  /** Whether a branch of this name is as good; it stays where it is. */
  existOk?: boolean | undefined;
}

export interface DeleteBranchInput extends BranchInput {
  /** Whether it is as good when there is none. */
  missingOk?: boolean | undefined;
}

export interface TagInput extends RepoInput {
  tag: string;
}

/** `revision` is what the tag shall point to. */
export interface CreateTagInput extends RevisionInput, Body<"post", "/api/models/{namespace}/{repo}/tag/{rev}"> {
  /** Whether a tag of this name is as good, whatever it points to; it stays as it is. */
  existOk?: boolean | undefined;
}

export interface DeleteTagInput extends TagInput {
  /** Whether it is as good when there is none. */
  missingOk?: boolean | undefined;
}

/** Which branch, and the message of its one commit. */
export interface SuperSquashInput extends RepoInput, Body<"post", "/api/models/{namespace}/{repo}/super-squash/{rev}"> {
  /** Default `main`. */
  branch?: string | undefined;
}

export interface CompareInput extends RepoInput, Query<"get", "/api/models/{namespace}/{repo}/compare/{compare}"> {
  /** The revision to begin with. */
  base: string;
  /** The revision to end with. */
  head: string;
  /** Whether to return Git's own output. */
  raw?: boolean | undefined;
}

export interface ListLikersInput extends RepoInput, Pick<ListInput, "limit"> {}

/** Which repository, and which right to it. */
export interface CheckAccessInput extends RepoInput {
  /** The right to check for. Default `read`, which is that to read the files. */
  perms?: "read" | "write" | undefined;
}

/** `expires_in` is in seconds: at most 600 with `write`, 86,400 for Spaces, else 3,600, which are the defaults as well. */
export interface GetJwtInput
  extends RepoInput, Omit<Query<"get", "/api/models/{namespace}/{repo}/jwt">, "expiration" | "include_pro_status"> {}

/** What every list tells of a repository, as long as `expand` does not narrow it. */
export interface ListedRepo {
  _id: string;
  id: string;
  private: boolean;
  createdAt: string;
  likes: number;
  tags: string[];
}

/** What is counted for models and datasets only. */
export interface Downloads {
  /** Of the last 30 days. */
  downloads: number;
}

/** Whose a repository is, and how it is now. */
export interface RepoState extends ListedRepo {
  author: string;
  sha: string;
  disabled: boolean;
  gated: false | "auto" | "manual";
  lastModified: string;
}

/** What the Hub returns of every single repository, as long as `expand` does not narrow it. */
export interface RepoDetails extends RepoState {
  siblings: RepoSibling[];
}

/** A shape of which more is known than its schema says; an interface may extend it. */
export type With<T, Known> = T & Known;

/** The same input without `expand`, which is what decides how much of a repository the response tells. */
export type Unexpanded<Input extends { expand?: unknown }> = Input & { expand?: undefined };

/** The same input with `expand`, which names these fields. */
export type Expanding<Input extends { expand?: unknown }, Field> = Input & { expand: readonly Field[] };

/** The fields that `expand` of an input may name. */
export type FieldOf<Input extends { expand?: unknown }> =
  NonNullable<Input["expand"]> extends readonly (infer Field)[] ? Field : never;

/** What the response tells when `expand` names these fields: those that every repository has are there. */
export type Expanded<Item, Field, Known = RepoDetails & Downloads> = Item & Pick<Known, Field & keyof Known>;

/** What the lists of models, datasets and Spaces all take. */
export interface ListReposInput
  extends Pick<Query<"get", "/api/spaces">, "author" | "direction" | "filter" | "full" | "search" | "sort">, ListInput {
  expand?: undefined;
}

/** What reading one model, dataset or Space takes alike. */
export interface GetRepoInput extends RevisionInput, Pick<Query<"get", "/api/spaces/{namespace}/{repo}">, "blobs"> {
  expand?: undefined;
}
