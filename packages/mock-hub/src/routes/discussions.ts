import { json, type Answer } from "../http/answer.js";
import type { Call } from "../http/call.js";
import * as field from "../http/fields.js";
import { choice, requiredText } from "../http/fields.js";
import { Refusal } from "../http/refusal.js";
import type { Router } from "../http/router.js";
import { maintainers } from "../state/accounts.js";
import type { Discussion, DiscussionEvent, NewEvent } from "../state/discussion.js";
import { historyOf, type Commit } from "../state/git.js";
import { kindsAndKernels, pagePrefix, type Kind, type Repo } from "../state/repo.js";
import { coAuthorLine } from "./commit-authors.js";
import type { World } from "../state/world.js";
import { mergedFiles } from "./merge.js";
import { discussionDetail, discussionEvent, discussionItem } from "./discussion-view.js";
import { forKinds, type KindHandler } from "./for-kinds.js";
import { diffBetween } from "./unified-diff.js";

const perPage = 50;

export function addDiscussionRoutes(router: Router): void {
  const all = "/api/{kind}/{namespace}/{repo}/discussions";
  const one = `${all}/{num}`;
  const add = (method: string, template: string, handler: KindHandler): void =>
    forKinds(router, method, template, handler, kindsAndKernels);
  add("GET", all, listDiscussions);
  add("POST", all, createDiscussion);
  add("GET", one, getDiscussion);
  add("DELETE", one, deleteDiscussion);
  add("POST", `${one}/comment`, addComment);
  add("POST", `${one}/comment/{commentId}/edit`, editComment);
  add("POST", `${one}/comment/{commentId}/hide`, editComment);
  add("POST", `${one}/status`, changeStatus);
  add("POST", `${one}/title`, changeTitle);
  add("POST", `${one}/pin`, pin);
  add("POST", `${one}/merge`, merge);
  add("DELETE", `${one}/ref`, deleteRef);
}

function listDiscussions(call: Call, kind: Kind): Answer {
  const repo = call.repo(kind);
  const page = call.integer("p", 0, { min: 0 });
  const type = choice(call.query.get("type") ?? "all", "type", ["all", "discussion", "pull_request"]);
  const status = choice(call.query.get("status") ?? "all", "status", ["all", "open", "closed"]);
  const author = call.query.get("author");
  const search = call.query.get("search")?.toLowerCase();
  const found = repo.discussions.filter(
    (discussion) =>
      (type === "all" || (type === "pull_request") === (discussion.base !== undefined)) &&
      (status === "all" || (status === "open") === isOpen(discussion)) &&
      (author === null || discussion.author === author) &&
      (search === undefined || discussion.title.toLowerCase().includes(search)),
  );
  const newestFirst = found.toSorted((a, b) => Number(b.pinned) - Number(a.pinned) || b.num - a.num);
  const start = page * perPage;
  return json({
    discussions: newestFirst
      .slice(start, start + perPage)
      .map((discussion) => discussionItem(discussion, repo, call.world)),
    count: found.length,
    start,
    numClosedDiscussions: repo.discussions.filter((discussion) => !isOpen(discussion)).length,
  });
}

async function getDiscussion(call: Call, kind: Kind): Promise<Answer> {
  const { repo, discussion } = find(call, kind);
  const { base } = discussion;
  const head = base && call.flag("diff") ? repo.git.refs.get(`refs/pr/${discussion.num}`) : undefined;
  const diff = base && head ? { diff: await diffBetween(base, head) } : {};
  return json({ ...discussionDetail(discussion, repo, call), ...diff });
}

async function createDiscussion(call: Call, kind: Kind): Promise<Answer> {
  const repo = call.repo(kind);
  const author = call.writer.name;
  if (repo.record.settings.discussionsDisabled) throw new Refusal(403, "Discussions are disabled for this repository");
  const fields = await call.fields();
  const isPullRequest = field.optionalFlag(fields, "pullRequest") ?? false;
  const title = requiredText(fields, "title");
  const discussion = openDiscussion(call, repo, author, {
    title,
    text: requiredText(fields, "description"),
    isPullRequest,
  });
  const url = `${call.url.origin}/${pagePrefix[kind]}${repo.id}/discussions/${discussion.num}`;
  return json({ url, num: discussion.num, pullRequest: isPullRequest });
}

export function openDiscussion(
  call: Call,
  repo: Repo,
  author: string,
  { title, text, isPullRequest }: { title: string; text: string; isPullRequest: boolean },
): Discussion {
  const { world } = call;
  const num = (repo.discussions.at(-1)?.num ?? 0) + 1;
  const base = isPullRequest ? repo.git.head : undefined;
  const discussion: Discussion = {
    _id: world.objectId(),
    num,
    author,
    createdAt: world.now(),
    title,
    status: isPullRequest ? "draft" : "open",
    pinned: false,
    events: [],
    ...(base && { base }),
  };
  if (base) repo.git.refs.set(`refs/pr/${num}`, base);
  repo.discussions.push(discussion);
  record(call, discussion, commentOf(text, world.now()));
  return discussion;
}

function deleteDiscussion(call: Call, kind: Kind): Answer {
  const { repo, discussion } = find(call, kind);
  call.requireRole(repo.owner, maintainers);
  repo.discussions.splice(repo.discussions.indexOf(discussion), 1);
  return json({});
}

async function addComment(call: Call, kind: Kind): Promise<Answer> {
  const { repo, discussion } = find(call, kind);
  const comment = requiredText(await call.fields(), "comment");
  const event = record(call, discussion, commentOf(comment, call.world.now()));
  return json({ newMessage: discussionEvent(event, repo, call.world) }, 201);
}

/** Editing sends the new text, hiding sends none. */
async function editComment(call: Call, kind: Kind): Promise<Answer> {
  const { repo, discussion } = find(call, kind);
  const event = discussion.events.find(({ id }) => id === call.param("commentId"));
  if (event?.type !== "comment") throw new Refusal(404, "Comment not found");
  if (event.author !== call.writer.name) call.requireRole(repo.owner, maintainers);
  const content = field.optionalText(await call.fields(), "content");
  if (content === undefined) event.data.hidden = true;
  else Object.assign(event.data, { raw: content, updatedAt: call.world.now(), edits: event.data.edits + 1 });
  return json({ updatedComment: discussionEvent(event, repo, call.world) });
}

async function changeStatus(call: Call, kind: Kind): Promise<Answer> {
  const { repo, discussion } = find(call, kind);
  const fields = await call.fields();
  const status = field.requiredChoice(fields, "status", ["open", "closed"]);
  const comment = field.optionalText(fields, "comment");
  if (discussion.author !== call.writer.name) call.requireRole(repo.owner, maintainers);
  if (comment !== undefined) record(call, discussion, commentOf(comment, call.world.now()));
  discussion.status = status;
  const event = record(call, discussion, { type: "status-change", data: { status } });
  return json({ newStatus: discussionEvent(event, repo, call.world) });
}

async function changeTitle(call: Call, kind: Kind): Promise<Answer> {
  const { repo, discussion } = find(call, kind);
  const to = requiredText(await call.fields(), "title");
  const event = record(call, discussion, { type: "title-change", data: { from: discussion.title, to } });
  discussion.title = to;
  return json({ newTitle: discussionEvent(event, repo, call.world) });
}

async function pin(call: Call, kind: Kind): Promise<Answer> {
  const { repo, discussion } = find(call, kind);
  call.requireRole(repo.owner, maintainers);
  discussion.pinned = field.optionalFlag(await call.fields(), "pinned") ?? true;
  record(call, discussion, { type: "pinning-change", data: { pinned: discussion.pinned } });
  return json({});
}

async function merge(call: Call, kind: Kind): Promise<Answer> {
  const { repo, discussion } = find(call, kind);
  const user = call.requireRole(repo.owner, maintainers);
  const proposed = repo.git.refs.get(`refs/pr/${discussion.num}`);
  if (!discussion.base || !proposed) throw new Refusal(400, "This discussion is not a pull request");
  if (discussion.status === "merged") throw new Refusal(409, "This pull request is merged already");
  const comment = field.optionalText(await call.fields(), "comment");
  if (comment !== undefined) record(call, discussion, commentOf(comment, call.world.now()));
  const made = call.world.commit(repo, "refs/heads/main", {
    title: `${discussion.title} (#${discussion.num})`,
    message: mergeMessage(discussion, discussion.base, proposed, user.name, call.world),
    author: user.name,
    date: call.world.now(),
    files: mergedFiles(repo.git.head, discussion.base, proposed),
  });
  discussion.mergeCommitId = made.id;
  discussion.status = "merged";
  record(call, discussion, { type: "status-change", data: { status: "merged" } });
  return json({});
}

/** What the Hub writes: the commits that were merged and, if another user proposed them, that user as co-author. */
function mergeMessage({ author }: Discussion, base: Commit, proposed: Commit, merger: string, world: World): string {
  const known = new Set(historyOf(base));
  const merged = historyOf(proposed).filter((commit) => !known.has(commit));
  const lines = merged.toReversed().map(({ title, id }) => `- ${title} (${id})`);
  return `\n\n\n${lines.join("\n")}\n\n${author === merger ? "" : `\n${coAuthorLine(author, world)}\n`}`;
}

function deleteRef(call: Call, kind: Kind): Answer {
  const { repo, discussion } = find(call, kind);
  call.requireRole(repo.owner, maintainers);
  if (isOpen(discussion)) throw new Refusal(400, "Close or merge the pull request first");
  repo.git.refs.delete(`refs/pr/${discussion.num}`);
  record(call, discussion, { type: "ref-deleted", data: {} });
  return json({});
}

function find(call: Call, kind: Kind): { repo: Repo; discussion: Discussion } {
  const repo = call.repo(kind);
  return { repo, discussion: findDiscussion(call, repo) };
}

export function findDiscussion(call: Call, repo: Repo): Discussion {
  const discussion = repo.discussions.find(({ num }) => String(num) === call.param("num"));
  if (!discussion) throw new Refusal(404, "Discussion not found");
  return discussion;
}

export function record<T extends NewEvent>(call: Call, discussion: Discussion, event: T): DiscussionEvent {
  const { world } = call;
  // The compiler cannot see that the pair of type and data stays one of the allowed pairs.
  const recorded = {
    id: world.objectId(),
    author: call.writer.name,
    createdAt: world.now(),
    ...event,
  } as DiscussionEvent;
  discussion.events.push(recorded);
  return recorded;
}

function commentOf(raw: string, updatedAt: number): NewEvent {
  return { type: "comment", data: { raw, updatedAt, edits: 0, hidden: false } };
}

function isOpen({ status }: Discussion): boolean {
  return status === "open" || status === "draft";
}
