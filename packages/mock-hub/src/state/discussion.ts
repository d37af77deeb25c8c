import type { Commit } from "./git.js";

type DiscussionStatus = "draft" | "open" | "closed" | "merged";

interface Comment {
  raw: string;
  updatedAt: number;
  edits: number;
  hidden: boolean;
}

interface EventData {
  comment: Comment;
  "status-change": { status: DiscussionStatus };
  "title-change": { from: string; to: string };
  "pinning-change": { pinned: boolean };
  commit: { subject: string; oid: string };
  "ref-deleted": Record<string, never>;
}

type EventType = keyof EventData;

/** One step of a discussion; `data` depends on the type. */
export type DiscussionEvent = {
  [T in EventType]: {
    readonly id: string;
    readonly author: string;
    readonly createdAt: number;
    readonly type: T;
    readonly data: EventData[T];
  };
}[EventType];

export type NewEvent = { [T in EventType]: { type: T; data: EventData[T] } }[EventType];

export interface Discussion {
  readonly _id: string;
  readonly num: number;
  readonly author: string;
  readonly createdAt: number;
  title: string;
  status: DiscussionStatus;
  pinned: boolean;
  readonly events: DiscussionEvent[];
  /** For a pull request: what it started from. Its own commits are under `refs/pr/{num}`. */
  base?: Commit;
  /** The commit on the main branch that a merge made. */
  mergeCommitId?: string;
}
