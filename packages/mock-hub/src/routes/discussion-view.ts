import type { Call } from "../http/call.js";
import type { Discussion, DiscussionEvent } from "../state/discussion.js";
import { pagePrefix, typeOfKind, type Repo } from "../state/repo.js";
import { isoDate, type World } from "../state/world.js";
import { accountCard } from "./account-view.js";

/** A discussion on a list. */
export function discussionItem(discussion: Discussion, repo: Repo, world: World): Record<string, unknown> {
  return {
    ...heading(discussion, repo, world),
    topReactions: [],
    numComments: discussion.events.filter(({ type }) => type === "comment").length,
    numReactionUsers: 0,
  };
}

/** A discussion with all that happened in it. */
export function discussionDetail(discussion: Discussion, repo: Repo, call: Call): Record<string, unknown> {
  const { world } = call;
  return {
    _id: discussion._id,
    ...heading(discussion, repo, world),
    locked: false,
    collection: "discussions",
    isReport: false,
    events: discussion.events.map((event) => discussionEvent(event, repo, world)),
    ...(discussion.base && {
      filesWithConflicts: [],
      changes: {
        base: "refs/heads/main",
        ...(discussion.mergeCommitId !== undefined && { mergeCommitId: discussion.mergeCommitId }),
      },
      diffUrl: `${call.url.origin}/${pagePrefix[repo.kind]}${repo.id}/discussions/${discussion.num}/files.diff`,
    }),
  };
}

export function discussionEvent(event: DiscussionEvent, repo: Repo, world: World): Record<string, unknown> {
  const { id, author, createdAt, type } = event;
  const card = accountCard(author, world);
  const isOwner = author === repo.owner;
  return {
    id,
    createdAt: isoDate(createdAt),
    ...(card && { author: { ...card, isOwner, isOrgMember: false } }),
    type,
    data: event.type === "comment" ? commentView(event.author, event.data, world) : event.data,
  };
}

function heading(discussion: Discussion, repo: Repo, world: World): Record<string, unknown> {
  const { num, author, title, createdAt, status, pinned, base } = discussion;
  return {
    num,
    author: accountCard(author, world),
    repo: { name: repo.id, type: typeOfKind[repo.kind] },
    title,
    createdAt: isoDate(createdAt),
    status,
    isPullRequest: base !== undefined,
    pinned,
  };
}

function commentView(
  author: string,
  comment: Extract<DiscussionEvent, { type: "comment" }>["data"],
  world: World,
): unknown {
  const { raw, updatedAt, edits, hidden } = comment;
  const html = `<p>${raw.replace(/[<>&]/g, (character) => `&#${character.charCodeAt(0)};`)}</p>`;
  const card = accountCard(author, world);
  return {
    edited: edits > 0,
    hidden,
    ...(hidden && { hiddenBy: author }),
    latest: {
      raw: hidden ? "This comment has been hidden" : raw,
      html,
      updatedAt: isoDate(updatedAt),
      ...(card && { author: card }),
    },
    numEdits: edits,
    editors: [author],
    editorAvatarUrls: card ? [String(card["avatarUrl"])] : [],
    reactions: [],
  };
}
