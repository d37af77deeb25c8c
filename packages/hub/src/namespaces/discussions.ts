import type { Body, PathParams, Query, Result, Schema } from "@hf-api/raw";
import { numberedPages } from "../lists/loaders.js";
import { count } from "../inputs/numbers.js";
import type { RequestOptions } from "../options.js";
import type { Pages } from "../lists/pages.js";
import { splitRepoId } from "../inputs/repo-id.js";
import type { Comment, CommentInput } from "./comment.js";
import type { Item } from "../lists/item.js";
import { Namespace } from "../namespace.js";

type AllRoute = "/api/{repoType}/{namespace}/{repo}/discussions";
type OneRoute = `${AllRoute}/{num}`;

/** The kinds of repositories that have discussions. */
export type DiscussedRepoType = "model" | "dataset" | "space" | "kernel";

/** Whose discussions: a repository and its kind. */
export interface DiscussedRepoInput {
  /** `owner/name`. */
  repo: string;
  /** Default `model`. */
  type?: DiscussedRepoType | undefined;
}

export interface DiscussionInput extends DiscussedRepoInput {
  /** As in the discussion's address; pull requests and discussions count together. */
  num: number;
}

/** What a list tells of a discussion or pull request. */
export interface DiscussionListItem extends Item<Result<"get", AllRoute>["discussions"]> {}
/** A discussion with all that happened in it. */
export interface Thread extends Extract<Result<"get", OneRoute>, { isPullRequest: false }> {}
/** A pull request with all that happened in it, and the paths that conflict. */
export interface PullRequest extends Extract<Result<"get", OneRoute>, { isPullRequest: true }> {}
/** `isPullRequest` tells the two apart. */
export type Discussion = Thread | PullRequest;
/** The number and the address of the new discussion or pull request. */
export interface CreatedDiscussion extends Result<"post", AllRoute> {}
/** A comment, or a change that somebody made; `type` tells them apart. */
export type TimelineEvent = Schema<"TimelineEvent">;
/** The discussion was closed, opened again or merged. */
export interface StatusChange extends Schema<"StatusChange"> {}
/** The discussion was renamed. */
export interface TitleChange extends Schema<"TitleChange"> {}
/** An estimate, in bytes. */
export interface PullRequestStorage extends Result<"get", `${OneRoute}/storage`> {}

/** Filters narrow the list together. */
export interface ListDiscussionsInput extends DiscussedRepoInput, Omit<Query<"get", AllRoute>, "p" | "type"> {
  /** Discussions, pull requests, or both. */
  kind?: "all" | "discussion" | "pull_request" | undefined;
  /** The list ends after so many items. Default: all of them. */
  limit?: number | undefined;
}

export interface GetDiscussionInput extends DiscussionInput, Omit<Query<"get", OneRoute>, "diff"> {
  /** Whether to ask for the address of a pull request's diff, as `diffUrl`. */
  diff?: boolean | undefined;
}

/** A title of 3 to 200 characters and a first comment; or a pull request, which begins as a draft. */
export interface CreateDiscussionInput extends DiscussedRepoInput, Body<"post", AllRoute> {}
export interface CommentOnDiscussionInput extends DiscussionInput, CommentInput, Body<"post", `${OneRoute}/comment`> {}

export interface HideCommentInput extends DiscussionInput {
  commentId: string;
}

export interface EditCommentInput extends HideCommentInput, Body<"post", `${OneRoute}/comment/{commentId}/edit`> {
  /** The new text, in Markdown. */
  content: string;
}

/** `open` or `closed`, and why. */
export interface SetDiscussionStatusInput extends DiscussionInput, Body<"post", `${OneRoute}/status`> {}
export interface SetDiscussionTitleInput extends DiscussionInput, Body<"post", `${OneRoute}/title`> {}

export interface PinDiscussionInput extends DiscussionInput, Omit<Body<"post", `${OneRoute}/pin`>, "pinned"> {
  /** `false` takes the pin off. Default `true`. */
  pinned?: boolean | undefined;
}

/** Which pull request, and a comment on the merge. */
export interface MergePullRequestInput extends DiscussionInput, Body<"post", `${OneRoute}/merge`> {}

/** Discussions and pull requests of repositories. */
export class Discussions extends Namespace {
  /**
   * Lists discussions and pull requests of a repository. A page's `total` counts all that match.
   *
   * @throws {HubResponseError} with code `RepoNotFound`.
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/discussions/GET/api/%7BrepoType%7D/%7Bnamespace%7D/%7Brepo%7D/discussions
   * @example
   * for await (const { num, title } of hub.discussions.list({ repo: "google/gemma-3-4b-it", status: "open" })) console.log(num, title);
   */
  list(
    { repo, type = "model", kind, limit, ...query }: ListDiscussionsInput,
    options?: RequestOptions,
  ): Pages<DiscussionListItem> {
    return numberedPages(
      this.transport,
      "/api/{repoType}/{namespace}/{repo}/discussions",
      { path: placeOf({ repo, type }), query: { ...query, type: kind }, limit, ...options },
      "discussions",
      ({ count: total }) => total,
    );
  }

  /**
   * Returns a discussion or pull request with its comments and events.
   *
   * @throws {HubResponseError} with code `NotFound` when there is none of this number.
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/discussions/GET/api/%7BrepoType%7D/%7Bnamespace%7D/%7Brepo%7D/discussions/%7Bnum%7D
   * @example
   * const { title, events } = await hub.discussions.get({ repo: "google/gemma-3-4b-it", num: 3 });
   */
  async get({ repo, type, num, diff, ...query }: GetDiscussionInput, options?: RequestOptions): Promise<Discussion> {
    return this.transport.json.get("/api/{repoType}/{namespace}/{repo}/discussions/{num}", {
      path: onePlaceOf({ repo, type, num }),
      query: { ...query, diff: diff === true ? "1" : undefined },
      ...options,
    });
  }

  /**
   * Opens a discussion, or with `pullRequest` a pull request that has no changes yet; commit to `refs/pr/<num>` to add
   * them.
   *
   * @throws {HubResponseError} with code `Forbidden` where the owner switched discussions off.
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/discussions/POST/api/%7BrepoType%7D/%7Bnamespace%7D/%7Brepo%7D/discussions
   * @example
   * const { num } = await hub.discussions.create({ repo: "me/my-model", title: "Typo", description: "In the card." });
   */
  async create({ repo, type, ...body }: CreateDiscussionInput, options?: RequestOptions): Promise<CreatedDiscussion> {
    return this.transport.json.post("/api/{repoType}/{namespace}/{repo}/discussions", {
      path: placeOf({ repo, type }),
      body,
      ...options,
    });
  }

  /**
   * Erases a discussion or pull request for good; closing it keeps it readable.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/discussions/DELETE/api/%7BrepoType%7D/%7Bnamespace%7D/%7Brepo%7D/discussions/%7Bnum%7D
   * @example
   * await hub.discussions.delete({ repo: "me/my-model", num: 3 });
   */
  async delete(place: DiscussionInput, options?: RequestOptions): Promise<void> {
    return this.transport.empty.delete("/api/{repoType}/{namespace}/{repo}/discussions/{num}", {
      path: onePlaceOf(place),
      ...options,
    });
  }

  /**
   * Adds a comment; those who take part are notified.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/discussions/POST/api/%7BrepoType%7D/%7Bnamespace%7D/%7Brepo%7D/discussions/%7Bnum%7D/comment
   * @example
   * await hub.discussions.comment({ repo: "me/my-model", num: 3, comment: "Fixed, thank you." });
   */
  async comment({ repo, type, num, ...body }: CommentOnDiscussionInput, options?: RequestOptions): Promise<Comment> {
    const { newMessage } = await this.transport.json.post(
      "/api/{repoType}/{namespace}/{repo}/discussions/{num}/comment",
      { path: onePlaceOf({ repo, type, num }), body, ...options },
    );
    return newMessage;
  }

  /**
   * Replaces the text of a comment and marks it as edited.
   *
   * @remarks Not in the Hub's OpenAPI document.
   * @example
   * await hub.discussions.editComment({ repo: "me/my-model", num: 3, commentId: "65a1b2c3d4e5f60718293a4b", content: "Fixed." });
   */
  async editComment(
    { repo, type, num, commentId, ...body }: EditCommentInput,
    options?: RequestOptions,
  ): Promise<Comment> {
    const { updatedComment } = await this.transport.json.post(
      "/api/{repoType}/{namespace}/{repo}/discussions/{num}/comment/{commentId}/edit",
      { path: { ...onePlaceOf({ repo, type, num }), commentId }, body, ...options },
    );
    return updatedComment;
  }

  /**
   * Hides a comment from everyone, which cannot be undone.
   *
   * @remarks Not in the Hub's OpenAPI document.
   * @example
   * await hub.discussions.hideComment({ repo: "me/my-model", num: 3, commentId: "65a1b2c3d4e5f60718293a4b" });
   */
  async hideComment({ commentId, ...place }: HideCommentInput, options?: RequestOptions): Promise<Comment> {
    const { updatedComment } = await this.transport.json.post(
      "/api/{repoType}/{namespace}/{repo}/discussions/{num}/comment/{commentId}/hide",
      { path: { ...onePlaceOf(place), commentId }, ...options },
    );
    return updatedComment;
  }

  /**
   * Closes or reopens a discussion or pull request, with a comment if there is one. Opening a draft publishes it.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/discussions/POST/api/%7BrepoType%7D/%7Bnamespace%7D/%7Brepo%7D/discussions/%7Bnum%7D/status
   * @example
   * await hub.discussions.setStatus({ repo: "me/my-model", num: 3, status: "closed", comment: "Done." });
   */
  async setStatus(
    { repo, type, num, ...body }: SetDiscussionStatusInput,
    options?: RequestOptions,
  ): Promise<StatusChange> {
    const { newStatus } = await this.transport.json.post(
      "/api/{repoType}/{namespace}/{repo}/discussions/{num}/status",
      { path: onePlaceOf({ repo, type, num }), body, ...options },
    );
    return newStatus;
  }

  /**
   * Renames a discussion or pull request; the title has 3 to 200 characters.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/discussions/POST/api/%7BrepoType%7D/%7Bnamespace%7D/%7Brepo%7D/discussions/%7Bnum%7D/title
   * @example
   * await hub.discussions.setTitle({ repo: "me/my-model", num: 3, title: "Wrong license" });
   */
  async setTitle(
    { repo, type, num, ...body }: SetDiscussionTitleInput,
    options?: RequestOptions,
  ): Promise<TitleChange> {
    const { newTitle } = await this.transport.json.post("/api/{repoType}/{namespace}/{repo}/discussions/{num}/title", {
      path: onePlaceOf({ repo, type, num }),
      body,
      ...options,
    });
    return newTitle;
  }

  /**
   * Pins a discussion to the top of the list, or takes the pin off.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/discussions/POST/api/%7BrepoType%7D/%7Bnamespace%7D/%7Brepo%7D/discussions/%7Bnum%7D/pin
   * @example
   * await hub.discussions.pin({ repo: "me/my-model", num: 3 });
   */
  async pin({ repo, type, num, pinned = true, ...body }: PinDiscussionInput, options?: RequestOptions): Promise<void> {
    return this.transport.empty.post("/api/{repoType}/{namespace}/{repo}/discussions/{num}/pin", {
      path: onePlaceOf({ repo, type, num }),
      body: { ...body, pinned },
      ...options,
    });
  }

  /**
   * Merges a pull request into the main branch.
   *
   * @throws {HubResponseError} when its changes conflict with the branch, or the token may not write.
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/discussions/POST/api/%7BrepoType%7D/%7Bnamespace%7D/%7Brepo%7D/discussions/%7Bnum%7D/merge
   * @example
   * await hub.discussions.merge({ repo: "me/my-model", num: 4, comment: "Thanks!" });
   */
  async merge({ repo, type, num, ...body }: MergePullRequestInput, options?: RequestOptions): Promise<void> {
    return this.transport.empty.post("/api/{repoType}/{namespace}/{repo}/discussions/{num}/merge", {
      path: onePlaceOf({ repo, type, num }),
      body,
      ...options,
    });
  }

  /**
   * Deletes the Git reference of a pull request that is closed or merged. Large files that only it used are collected
   * later, which frees their storage; the conversation and the diff stay.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/discussions/DELETE/api/%7BrepoType%7D/%7Bnamespace%7D/%7Brepo%7D/discussions/%7Bnum%7D/ref
   * @example
   * await hub.discussions.deleteRef({ repo: "me/my-model", num: 4 });
   */
  async deleteRef(place: DiscussionInput, options?: RequestOptions): Promise<void> {
    return this.transport.empty.delete("/api/{repoType}/{namespace}/{repo}/discussions/{num}/ref", {
      path: onePlaceOf(place),
      ...options,
    });
  }

  /**
   * Estimates how many bytes `deleteRef` would free.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/discussions/GET/api/%7BrepoType%7D/%7Bnamespace%7D/%7Brepo%7D/discussions/%7Bnum%7D/storage
   * @example
   * const { estimatedStorage } = await hub.discussions.getStorage({ repo: "me/my-model", num: 4 });
   */
  async getStorage(place: DiscussionInput, options?: RequestOptions): Promise<PullRequestStorage> {
    return this.transport.json.get("/api/{repoType}/{namespace}/{repo}/discussions/{num}/storage", {
      path: onePlaceOf(place),
      ...options,
    });
  }
}

function placeOf({ repo, type = "model" }: DiscussedRepoInput): PathParams<"get", AllRoute> {
  return { repoType: `${type}s`, ...splitRepoId(repo) };
}

function onePlaceOf({ num, ...place }: DiscussionInput): PathParams<"get", OneRoute> {
  return { ...placeOf(place), num: String(count("num", num)) };
}
