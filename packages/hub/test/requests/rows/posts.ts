import type { Row } from "../row.js";

export const rows: Row[] = [
  {
    method: "posts.list",
    operation: "listPosts",
    call: (hub) => hub.posts.list({ sort: "trending", limit: 2 }).toArray(),
    request: "GET /api/posts?sort=trending&limit=2&skip=0",
    response: { body: { socialPosts: [], numTotalItems: 0 } },
  },
  {
    method: "posts.delete",
    operation: "deletePost",
    call: (hub) => hub.posts.delete({ post: "ada/4926" }),
    request: "DELETE /api/posts/ada/4926",
  },
  {
    method: "posts.comment",
    operation: "createPostComment",
    call: (hub) => hub.posts.comment({ post: "ada/4926", comment: "Hi" }),
    request: "POST /api/posts/ada/4926/comment",
    body: { comment: "Hi" },
    response: { body: { newMessage: {} } },
  },
  {
    method: "posts.reply",
    operation: "replyToPostComment",
    call: (hub) => hub.posts.reply({ post: "ada/4926", commentId: "65a1b2c3d4e5f60718293a4b", comment: "Hi" }),
    request: "POST /api/posts/ada/4926/comment/65a1b2c3d4e5f60718293a4b/reply",
    body: { comment: "Hi" },
    response: { body: { newMessage: {} } },
  },
  {
    method: "posts.commentOnArticle",
    operation: "createBlogComment",
    call: (hub) => hub.posts.commentOnArticle({ article: "rlhf", comment: "Hi" }),
    request: "POST /api/blog/rlhf/comment",
    body: { comment: "Hi" },
    response: { body: { newMessage: {} } },
  },
  {
    method: "posts.commentOnArticle",
    operation: "createCommunityBlogComment",
    call: (hub) => hub.posts.commentOnArticle({ article: "ada/notes", comment: "Hi" }),
    request: "POST /api/blog/ada/notes/comment",
    body: { comment: "Hi" },
    response: { body: { newMessage: {} } },
  },
  {
    method: "posts.replyOnArticle",
    operation: "replyToBlogComment",
    call: (hub) => hub.posts.replyOnArticle({ article: "rlhf", commentId: "65a1b2c3d4e5f60718293a4b", comment: "Hi" }),
    request: "POST /api/blog/rlhf/comment/65a1b2c3d4e5f60718293a4b/reply",
    body: { comment: "Hi" },
    response: { body: { newMessage: {} } },
  },
  {
    method: "posts.replyOnArticle",
    operation: "replyToCommunityBlogComment",
    call: (hub) =>
      hub.posts.replyOnArticle({ article: "ada/notes", commentId: "65a1b2c3d4e5f60718293a4b", comment: "Hi" }),
    request: "POST /api/blog/ada/notes/comment/65a1b2c3d4e5f60718293a4b/reply",
    body: { comment: "Hi" },
    response: { body: { newMessage: {} } },
  },
];
