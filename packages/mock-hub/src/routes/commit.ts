import { json, type Answer } from "../http/answer.js";
import type { Call } from "../http/call.js";
import { Refusal, revisionNotFound } from "../http/refusal.js";
import { invalid } from "../http/fields.js";
import type { Router } from "../http/router.js";
import { wireTexts } from "../http/wire-texts.js";
import type { Commit } from "../state/git.js";
import { kindsAndKernels, pagePrefix, type Kind, type Repo } from "../state/repo.js";
import { changedFiles } from "./commit-changes.js";
import { readCommit } from "./commit-lines.js";
import { requireCommitter } from "./committer.js";
import { openDiscussion, record } from "./discussions.js";
import { forKinds } from "./for-kinds.js";
import { pageOf } from "./repo-lifecycle.js";

/** Files inside a commit are small, but there may be many of them. */
const maxCommitBytes = 1024 * 1024 * 1024;

export function addCommitWriteRoutes(router: Router): void {
  forKinds(router, "POST", "/api/{kind}/{namespace}/{repo}/commit/{rev}", commit, kindsAndKernels);
}

/** A header alone makes a commit as well, one that changes nothing. */
async function commit(call: Call, kind: Kind): Promise<Answer> {
  const repo = call.repo(kind);
  const author = requireCommitter(call, repo).name;
  const head = call.revision(repo);
  const { header, changes } = readCommit(await call.request.bytes(maxCommitBytes));
  const { summary: title, description: message, parentCommit } = header;
  const isProposal = call.flag("create_pr");
  if (isProposal && !isBranch(repo, call.param("rev"))) throw revisionNotFound(call.param("rev"));
  if (!isProposal && parentCommit !== undefined && !head.id.startsWith(parentCommit)) throw branchMoved();
  // A pull request may begin anywhere in the history.
  const base = isProposal && parentCommit !== undefined ? call.revision(repo, parentCommit) : head;
  const files = await changedFiles(changes, base, repo, call.world.storage);
  const draft = { title, message, author, date: call.world.now(), files };
  if (!isProposal) {
    // Others may have committed while the files were read.
    const ref = refOf(repo, call.param("rev"));
    if (repo.git.refs.get(ref) !== head) throw branchMoved();
    return json(commitAnswer(call, repo, call.world.commit(repo, ref, draft)));
  }
  const discussion = openDiscussion(call, repo, author, { title, text: message, isPullRequest: true });
  discussion.status = "open";
  const made = repo.git.commit(`refs/pr/${discussion.num}`, draft, base);
  record(call, discussion, { type: "commit", data: { subject: title, oid: made.id } });
  const pullRequestUrl = `${call.url.origin}/${pagePrefix[kind]}${repo.id}/discussions/${discussion.num}`;
  return json({ ...commitAnswer(call, repo, made), pullRequestUrl });
}

function branchMoved(): Refusal {
  return new Refusal(412, wireTexts.branchMoved);
}

function commitAnswer(call: Call, repo: Repo, made: Commit): Record<string, unknown> {
  return { success: true, commitOid: made.id, commitUrl: `${pageOf(call, repo)}/commit/${made.id}`, hookOutput: "" };
}

/** The ref that a commit moves: a branch, a conversion or a pull request, never a tag or a fixed commit. */
function refOf(repo: Repo, revision: string): string {
  const ref = fullRef(revision);
  if (!repo.git.refs.has(ref) || ref.startsWith("refs/tags/")) throw invalid(`Not a branch: ${revision}`, "rev");
  return ref;
}

/** What a pull request may be opened against. */
function isBranch(repo: Repo, revision: string): boolean {
  const ref = fullRef(revision);
  return ref.startsWith("refs/heads/") && repo.git.refs.has(ref);
}

function fullRef(revision: string): string {
  return revision.startsWith("refs/") ? revision : `refs/heads/${revision === "HEAD" ? "main" : revision}`;
}
