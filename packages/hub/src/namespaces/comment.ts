import type { Schema } from "@hf-api/raw";

/** A comment, as `data.latest.raw` (Markdown) and `data.latest.html`, with its reactions and edits. */
export interface Comment extends Schema<"Comment"> {}

export interface CommentInput {
  /** Markdown, at most 65,536 characters. */
  comment: string;
}

export interface ReplyInput extends CommentInput {
  /** The comment to answer. */
  commentId: string;
}
