import { json, type Answer } from "../http/answer.js";
import type { Call } from "../http/call.js";
import { choice } from "../http/fields.js";
import { Refusal } from "../http/refusal.js";
import type { Router } from "../http/router.js";
import type { Post } from "../state/post.js";
import { isoDate, type World } from "../state/world.js";
import { accountCard } from "./account-view.js";

export function addPostRoutes(router: Router): void {
  router.add("GET", "/api/posts", list);
  router.add("DELETE", "/api/posts/{username}/{postSlug}", remove);
}

/** A page has at most so many, whatever is requested. */
const mostAtOnce = 10;

const orders: Record<"recent" | "trending", (post: Post) => number> = {
  recent: ({ publishedAt }) => publishedAt,
  trending: ({ reactions, numComments }) =>
    numComments + [...reactions.values()].reduce((count, users) => count + users.length, 0),
};

function list(call: Call): Answer {
  const order = orders[choice(call.query.get("sort") ?? "recent", "sort", ["recent", "trending"])];
  const limit = Math.min(call.integer("limit", mostAtOnce, { min: 1 }), mostAtOnce);
  const skip = call.integer("skip", 0, { min: 0 });
  const { posts } = call.world;
  const page = posts.toSorted((a, b) => order(b) - order(a)).slice(skip, skip + limit);
  return json({ socialPosts: page.map((post) => postView(post, call.world)), numTotalItems: posts.length });
}

function postView(post: Post, world: World): Record<string, unknown> {
  const { slug, author, text, publishedAt, numComments, impressions, reactions } = post;
  return {
    slug,
    url: `/posts/${author}/${slug}`,
    rawContent: text,
    content: [{ type: "text", value: text, raw: text }],
    author: accountCard(author, world) ?? { name: author },
    attachments: [],
    publishedAt: isoDate(publishedAt),
    numComments,
    totalUniqueImpressions: impressions,
    reactions: Array.from(reactions, ([reaction, users]) => ({ reaction, users, count: users.length })),
  };
}

function remove(call: Call): Answer {
  const user = call.requireWriter();
  const post = findPost(call);
  if (post.author !== user.name) throw new Refusal(403, "Only its author may delete a post");
  call.world.posts.splice(call.world.posts.indexOf(post), 1);
  return json({});
}

export function findPost(call: Call): Post {
  const author = call.param("username").toLowerCase();
  const slug = call.param("postSlug");
  const post = call.world.posts.find((one) => one.author.toLowerCase() === author && one.slug === slug);
  if (!post) throw new Refusal(404, "Post not found");
  return post;
}
