/**
 * What a webhook was told, by the Hub's payload version 3. Branch on `scope`, then on `action`.
 *
 * The payload is as it came, with `scope` and `action` beside it: a scope that is not known here, such as
 * `repo.config.dois`, counts as an update of the broader one. `event` holds the Hub's own words.
 */
export type WebhookEvent =
  RepoEvent | RepoContentEvent | RepoConfigEvent | DiscussionEvent | DiscussionCommentEvent | UnknownEvent;

/** `move` comes with `repo` alone; `repo.content` and `repo.config` are always an `update`. */
export type WebhookAction = "create" | "update" | "delete" | "move" | (string & {});

interface Payload {
  action: WebhookAction;
  event: WebhookEventFacts;
  repo: WebhookRepo;
  /** The webhook that sends this, and the version of what it sends. */
  webhook: { id: string; version: number };
}

/** A repository was created, deleted, moved or changed otherwise. */
export interface RepoEvent extends Payload {
  scope: "repo";
  /** Where the repository is now, when it was moved. */
  movedTo?: MovedTo;
  updatedRefs?: UpdatedRef[];
}

/** There are new commits, branches or tags; the branches of pull requests are among them. */
export interface RepoContentEvent extends Payload {
  scope: "repo.content";
  updatedRefs?: UpdatedRef[];
}

/** Settings, secrets or the like have changed. */
export interface RepoConfigEvent extends Payload {
  scope: "repo.config";
  updatedConfig?: UpdatedConfig;
}

/** A discussion or pull request was opened, closed, merged, renamed or deleted. */
export interface DiscussionEvent extends Payload {
  scope: "discussion";
  discussion: WebhookDiscussion;
  /** What a new discussion begins with. */
  comment?: WebhookComment;
}

/** Somebody wrote, edited or hid a comment. */
export interface DiscussionCommentEvent extends Payload {
  scope: "discussion.comment";
  discussion: WebhookDiscussion;
  comment: WebhookComment;
}

/** Something that is known neither by its scope nor by a broader one; `event.scope` says what. */
export interface UnknownEvent extends Payload {
  scope: "unknown";
}

/** The scope and action as the Hub sent them. */
export interface WebhookEventFacts {
  action: WebhookAction;
  scope: string;
}

export interface WebhookRepo {
  type: "model" | "dataset" | "space" | (string & {});
  id: string;
  /** `owner/name`; before the move, if this tells of one. */
  name: string;
  private: boolean;
  url: { web: string; api: string };
  owner: { id: string };
  /** The latest commit of `main`. Events of discussions leave it out. */
  headSha?: string;
  tags?: string[];
  /** Of a Space: the first part of its own host name. */
  subdomain?: string;
}

export interface MovedTo {
  name: string;
  owner: { id: string };
}

/** `oldSha` is null for a new branch or tag, `newSha` for a deleted one. */
export interface UpdatedRef {
  /** For example `refs/heads/main`, `refs/pr/1` or `refs/tags/v1`. */
  ref: string;
  oldSha: string | null;
  newSha: string | null;
}

/** The settings that changed, as far as the Hub tells them: empty for all others. */
export interface UpdatedConfig {
  private?: boolean;
  xetEnabled?: boolean;
  [setting: string]: unknown;
}

export interface WebhookDiscussion {
  id: string;
  num: number;
  title: string;
  url: { web: string; api: string };
  status: "open" | "closed" | "merged" | "draft" | (string & {});
  author: { id: string };
  isPullRequest: boolean;
  /** Of a pull request. */
  changes?: { base: string; mergeCommitId?: string | null };
  pinned?: boolean;
}

export interface WebhookComment {
  id: string;
  author: { id: string };
  /** Absent when the comment is hidden. */
  content?: string;
  hidden: boolean;
  url: { web: string };
}
