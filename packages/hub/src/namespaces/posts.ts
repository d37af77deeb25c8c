import type { Body, Query, Schema } from "@hf-api/raw";
import { listCall, type ListInput } from "../lists/list-input.js";
import { indexedPages } from "../lists/loaders.js";
import type { Pages } from "../lists/pages.js";
import type { RequestOptions } from "../options.js";
import { splitSlug } from "../inputs/slug.js";
import type { Comment, CommentInput, ReplyInput } from "./comment.js";
import { Namespace } from "../namespace.js";

/** A post: `rawContent` is its text, `content` the same in parts. */
export interface Post extends Schema<"SocialPost"> {}
/** The latest posts first, or those that many react to now. */
export interface ListPostsInput extends Omit<Query<"get", "/api/posts">, keyof ListInput | "skip">, ListInput {}

export interface PostInput {
  /** `username/slug`, as in the post's address. */
  post: string;
}

type PostRoute = "/api/posts/{username}/{postSlug}/comment";
type ArticleRoute = "/api/blog/{slug}/comment";

export interface CommentOnPostInput extends PostInput, CommentInput, Body<"post", PostRoute> {}
export interface ReplyOnPostInput extends PostInput, ReplyInput, Body<"post", `${PostRoute}/{commentId}/reply`> {}

export interface ArticleInput {
  /** `slug` of an article of the Hub's own blog, or `owner/slug` of a community article. */
  article: string;
}

export interface CommentOnArticleInput extends ArticleInput, CommentInput, Body<"post", ArticleRoute> {}
export interface ReplyOnArticleInput
  extends ArticleInput, ReplyInput, Body<"post", `${ArticleRoute}/{commentId}/reply`> {}

/** Posts of users, and what is said below posts and blog articles. */
export class Posts extends Namespace {
  /**
   * Lists the posts of all users. The Hub gives at most 10 at once and not the oldest, so a list may end before its
   * `total`; a post that others come before meanwhile may be there twice.
   *
   * @remarks Not in the Hub's OpenAPI document.
   * @example
   * for await (const { author, rawContent } of hub.posts.list({ sort: "trending", limit: 10 })) {
   *   console.log(author.name, rawContent);
   * }
   */
  list(input: ListPostsInput = {}, options?: RequestOptions): Pages<Post> {
    const scheme = { parameter: "skip", first: 0, items: "socialPosts", total: "numTotalItems" } as const;
    return indexedPages(this.transport, "/api/posts", listCall(input, options, 10), scheme);
  }

  /**
   * Deletes a post and its comments for good.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/discussions/DELETE/api/posts/%7Busername%7D/%7BpostSlug%7D
   * @example
   * await hub.posts.delete({ post: "me/492613107" });
   */
  async delete({ post }: PostInput, options?: RequestOptions): Promise<void> {
    return this.transport.empty.delete("/api/posts/{username}/{postSlug}", { path: placeOf(post), ...options });
  }

  /**
   * Comments on a post.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/discussions/POST/api/posts/%7Busername%7D/%7BpostSlug%7D/comment
   * @example
   * await hub.posts.comment({ post: "julien-c/492613107", comment: "Congratulations!" });
   */
  async comment({ post, ...body }: CommentOnPostInput, options?: RequestOptions): Promise<Comment> {
    const { newMessage } = await this.transport.json.post("/api/posts/{username}/{postSlug}/comment", {
      path: placeOf(post),
      body,
      ...options,
    });
    return newMessage;
  }

  /**
   * Answers a comment on a post.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/discussions/POST/api/posts/%7Busername%7D/%7BpostSlug%7D/comment/%7BcommentId%7D/reply
   * @example
   * await hub.posts.reply({ post: "julien-c/492613107", commentId: "65a1b2c3d4e5f60718293a4b", comment: "Same here." });
   */
  async reply({ post, commentId, ...body }: ReplyOnPostInput, options?: RequestOptions): Promise<Comment> {
    const { newMessage } = await this.transport.json.post(
      "/api/posts/{username}/{postSlug}/comment/{commentId}/reply",
      { path: { ...placeOf(post), commentId }, body, ...options },
    );
    return newMessage;
  }

  /**
   * Comments on a blog article.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/discussions/POST/api/blog/%7Bnamespace%7D/%7Bslug%7D/comment
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/discussions/POST/api/blog/%7Bslug%7D/comment
   * @example
   * await hub.posts.commentOnArticle({ article: "rlhf", comment: "Very clear, thank you." });
   */
  async commentOnArticle({ article, ...body }: CommentOnArticleInput, options?: RequestOptions): Promise<Comment> {
    const call = { body, ...options };
    const { newMessage } = await (isCommunity(article)
      ? this.transport.json.post("/api/blog/{namespace}/{slug}/comment", { path: communityPlaceOf(article), ...call })
      : this.transport.json.post("/api/blog/{slug}/comment", { path: { slug: article }, ...call }));
    return newMessage;
  }

  /**
   * Answers a comment on a blog article.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/discussions/POST/api/blog/%7Bnamespace%7D/%7Bslug%7D/comment/%7BcommentId%7D/reply
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/discussions/POST/api/blog/%7Bslug%7D/comment/%7BcommentId%7D/reply
   * @example
   * await hub.posts.replyOnArticle({ article: "me/notes", commentId: "65a1b2c3d4e5f60718293a4b", comment: "Fixed." });
   */
  async replyOnArticle(
    { article, commentId, ...body }: ReplyOnArticleInput,
    options?: RequestOptions,
  ): Promise<Comment> {
    const call = { body, ...options };
    const { newMessage } = await (isCommunity(article)
      ? this.transport.json.post("/api/blog/{namespace}/{slug}/comment/{commentId}/reply", {
          path: { ...communityPlaceOf(article), commentId },
          ...call,
        })
      : this.transport.json.post("/api/blog/{slug}/comment/{commentId}/reply", {
          path: { slug: article, commentId },
          ...call,
        }));
    return newMessage;
  }
}

function placeOf(post: string): { username: string; postSlug: string } {
  const { owner, slug } = splitSlug("post", post);
  return { username: owner, postSlug: slug };
}

const isCommunity = (article: string): boolean => typeof article === "string" && article.includes("/");

function communityPlaceOf(article: string): { namespace: string; slug: string } {
  const { owner, slug } = splitSlug("article", article);
  return { namespace: owner, slug };
}
