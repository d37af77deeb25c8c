import type { Row } from "../row.js";

export const rows: Row[] = [
  {
    method: "discussions.list",
    operation: "listDiscussions",
    call: (hub) => hub.discussions.list({ repo: "ns/repo" }).toArray(),
    request: "GET /api/models/ns/repo/discussions?p=0",
    response: { body: { discussions: [], count: 0, start: 0 } },
  },
  {
    method: "discussions.list",
    operation: "listDiscussions",
    call: (hub) =>
      hub.discussions
        .list({
          repo: "ns/repo",
          type: "kernel",
          kind: "pull_request",
          status: "open",
          author: "ada",
          search: "typo",
          sort: "trending",
          limit: 1,
        })
        .toArray(),
    request:
      "GET /api/kernels/ns/repo/discussions?status=open&author=ada&search=typo&sort=trending&type=pull_request&p=0",
    response: { body: { discussions: [{}, {}], count: 2, start: 0 } },
  },
  {
    method: "discussions.get",
    operation: "getDiscussion",
    call: (hub) => hub.discussions.get({ repo: "ns/repo", num: 3 }),
    request: "GET /api/models/ns/repo/discussions/3",
  },
  {
    method: "discussions.get",
    operation: "getDiscussion",
    call: (hub) => hub.discussions.get({ repo: "ns/repo", type: "dataset", num: 3, diff: true }),
    request: "GET /api/datasets/ns/repo/discussions/3?diff=1",
  },
  {
    method: "discussions.create",
    operation: "createDiscussion",
    call: (hub) =>
      hub.discussions.create({
        repo: "ns/repo",
        type: "space",
        title: "Title",
        description: "Text",
        pullRequest: true,
      }),
    request: "POST /api/spaces/ns/repo/discussions",
    body: { title: "Title", description: "Text", pullRequest: true },
  },
  {
    method: "discussions.delete",
    operation: "deleteDiscussion",
    call: (hub) => hub.discussions.delete({ repo: "ns/repo", num: 3 }),
    request: "DELETE /api/models/ns/repo/discussions/3",
  },
  {
    method: "discussions.comment",
    operation: "createDiscussionComment",
    call: (hub) => hub.discussions.comment({ repo: "ns/repo", num: 3, comment: "Hi" }),
    request: "POST /api/models/ns/repo/discussions/3/comment",
    body: { comment: "Hi" },
    response: { body: { newMessage: {} } },
  },
  {
    method: "discussions.editComment",
    operation: "editDiscussionComment",
    call: (hub) => hub.discussions.editComment({ repo: "ns/repo", num: 3, commentId: "abcdef", content: "new" }),
    request: "POST /api/models/ns/repo/discussions/3/comment/abcdef/edit",
    body: { content: "new" },
    response: { body: { updatedComment: {} } },
  },
  {
    method: "discussions.hideComment",
    operation: "hideDiscussionComment",
    call: (hub) => hub.discussions.hideComment({ repo: "ns/repo", num: 3, commentId: "abcdef" }),
    request: "POST /api/models/ns/repo/discussions/3/comment/abcdef/hide",
    response: { body: { updatedComment: {} } },
  },
  {
    method: "discussions.setStatus",
    operation: "setDiscussionStatus",
    call: (hub) => hub.discussions.setStatus({ repo: "ns/repo", num: 3, status: "closed", comment: "why" }),
    request: "POST /api/models/ns/repo/discussions/3/status",
    body: { status: "closed", comment: "why" },
    response: { body: { newStatus: {} } },
  },
  {
    method: "discussions.setTitle",
    operation: "setDiscussionTitle",
    call: (hub) => hub.discussions.setTitle({ repo: "ns/repo", num: 3, title: "new" }),
    request: "POST /api/models/ns/repo/discussions/3/title",
    body: { title: "new" },
    response: { body: { newTitle: {} } },
  },
  {
    method: "discussions.pin",
    operation: "pinDiscussion",
    call: (hub) => hub.discussions.pin({ repo: "ns/repo", num: 3 }),
    request: "POST /api/models/ns/repo/discussions/3/pin",
    body: { pinned: true },
  },
  {
    method: "discussions.pin",
    operation: "pinDiscussion",
    call: (hub) => hub.discussions.pin({ repo: "ns/repo", num: 3, pinned: false }),
    request: "POST /api/models/ns/repo/discussions/3/pin",
    body: { pinned: false },
  },
  {
    method: "discussions.merge",
    operation: "mergePullRequest",
    call: (hub) => hub.discussions.merge({ repo: "ns/repo", num: 3, comment: "ok" }),
    request: "POST /api/models/ns/repo/discussions/3/merge",
    body: { comment: "ok" },
  },
  {
    method: "discussions.deleteRef",
    operation: "deletePullRequestRef",
    call: (hub) => hub.discussions.deleteRef({ repo: "ns/repo", num: 3 }),
    request: "DELETE /api/models/ns/repo/discussions/3/ref",
  },
  {
    method: "discussions.getStorage",
    operation: "getPullRequestStorage",
    call: (hub) => hub.discussions.getStorage({ repo: "ns/repo", num: 3 }),
    request: "GET /api/models/ns/repo/discussions/3/storage",
  },
];
