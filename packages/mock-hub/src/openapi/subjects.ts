import type { Call } from "../http/call.js";
import { pageNotFound, Refusal } from "../http/refusal.js";
import { wireTexts } from "../http/wire-texts.js";
import { findBucket } from "../routes/buckets.js";
import { findDiscussion } from "../routes/discussions.js";
import { findJob } from "../routes/jobs.js";
import { findPaper } from "../routes/papers.js";
import { findPost } from "../routes/posts.js";
import { findUser } from "../routes/users.js";
import { findWebhook } from "../routes/webhooks.js";
import { ownerRef } from "../routes/account-view.js";
import { kindsAndKernels, type Kind, type Repo } from "../state/repo.js";

/**
 * Refuses a request for something that does not exist, as far as this Hub keeps it: repositories, revisions, files,
 * discussions, buckets, accounts, papers, posts, jobs and webhooks. Groups and the like exist under every id.
 */
export function requireSubjects(call: Call, path: string): void {
  const [, family = "", parameter = ""] = /^\/api\/([^/]+)(?:\/\{(\w+)\})?/.exec(path) ?? [];
  if (family === "buckets") findBucket(call);
  else if (path.includes("/{namespace}/{repo}")) requireInRepo(call, path, call.repo(kindOf(call, family)));
  else if (family === "organizations") call.org();
  else if (family === "posts") findPost(call);
  else if (parameter === "username") findUser(call);
  else if (parameter === "paperId") findPaper(call);
  else if (path.includes("/{jobId}")) findJob(call);
  else if (parameter === "namespace") ownerRef(call.param("namespace"), call.world);
  else if (path.includes("/{webhookId}")) findWebhook(call);
}

/** The kind is a word of the path, or its first parameter. */
function kindOf(call: Call, family: string): Kind {
  const word = family === "{repoType}" ? call.param("repoType") : family;
  const kind = kindsAndKernels.find((name) => name === word);
  if (!kind) throw pageNotFound();
  return kind;
}

function requireInRepo(call: Call, path: string, repo: Repo): void {
  if (path.includes("/{num}")) findDiscussion(call, repo);
  if (path.includes("/{compare}")) for (const side of call.param("compare").split(/\.{2,3}/)) call.revision(repo, side);
  if (!path.includes("/{rev}")) return;
  const commit = call.revision(repo);
  if (path.endsWith("/{path}") && !commit.files.has(call.param("path"))) {
    throw new Refusal(404, wireTexts.entryNotFound, { code: "EntryNotFound" });
  }
}
