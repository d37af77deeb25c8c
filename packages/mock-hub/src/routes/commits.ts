import { json, type Answer } from "../http/answer.js";
import type { Call } from "../http/call.js";
import { nextLink } from "../http/link.js";
import type { Router } from "../http/router.js";
import { historyOf } from "../state/git.js";
import { kindsAndKernels, type Kind } from "../state/repo.js";
import { isoDate } from "../state/world.js";
import { authorsOf } from "./commit-authors.js";
import { forKinds } from "./for-kinds.js";

export function addCommitRoutes(router: Router): void {
  forKinds(router, "GET", "/api/{kind}/{namespace}/{repo}/commits/{rev}", listCommits, kindsAndKernels);
  forKinds(router, "GET", "/api/{kind}/{namespace}/{repo}/refs", listRefs, kindsAndKernels);
}

function listCommits(call: Call, kind: Kind): Answer {
  const history = historyOf(call.revision(call.repo(kind)));
  const page = call.integer("p", 0, { min: 0 });
  const limit = call.integer("limit", 50, { min: 1, max: 1000 });
  const formatted = call.list("expand").includes("formatted");
  const commits = history.slice(page * limit, (page + 1) * limit).map((commit) => {
    const { id, title, message, date } = commit;
    const authors = authorsOf(commit, call.world);
    return { id, title, message, authors, date: isoDate(date), ...(formatted && { formatted: { title, message } }) };
  });
  const hasMore = (page + 1) * limit < history.length;
  return json(commits, 200, {
    "x-total-count": String(history.length),
    ...(hasMore && nextLink(call.url, { p: String(page + 1) })),
  });
}

function listRefs(call: Call, kind: Kind): Answer {
  const refs = [...call.repo(kind).git.refs].map(([ref, commit]) => ({ ref, targetCommit: commit.id }));
  const below = (prefix: string): unknown[] =>
    refs
      .filter(({ ref }) => ref.startsWith(prefix))
      .map((entry) => ({ name: entry.ref.slice(prefix.length), ...entry }));
  return json({
    branches: below("refs/heads/"),
    tags: below("refs/tags/"),
    converts: below("refs/convert/"),
    ...(call.flag("include_prs") && { pullRequests: below("refs/pr/") }),
  });
}
