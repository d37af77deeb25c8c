import { json, type Answer } from "../http/answer.js";
import type { Call } from "../http/call.js";
import { nextLink, pageById } from "../http/link.js";
import { Refusal } from "../http/refusal.js";
import type { Router } from "../http/router.js";
import type { Paper } from "../state/paper.js";
import { kinds } from "../state/repo.js";
import { isoDate } from "../state/world.js";
import { accountCard } from "./account-view.js";
import { listItem } from "./repo-view.js";

export function addPaperRoutes(router: Router): void {
  router.add("GET", "/api/papers", list);
  router.add("GET", "/api/papers/search", search);
  router.add("GET", "/api/papers/{paperId}", (call) => json(paperDetail(find(call))));
  router.add("GET", "/papers/{paperId}", readAsMarkdown);
  router.add("GET", "/api/daily_papers", listDaily);
  router.add("GET", "/api/arxiv/{paperId}/repos", listRepos);
}

function list(call: Call): Answer {
  const limit = call.integer("limit", 50, { min: 1, max: 100 });
  const { page, headers } = pageById(newestFirst(call), ({ _id }) => _id, call.url, limit);
  return json(page.map(paperView), 200, headers);
}

function search(call: Call): Answer {
  const words = (call.query.get("q") ?? "").toLowerCase().split(/\s+/);
  const found = newestFirst(call).filter(({ title, summary }) =>
    words.every((word) => `${title} ${summary}`.toLowerCase().includes(word)),
  );
  return json(found.slice(0, call.integer("limit", 120, { min: 1, max: 120 })).map((paper) => entryOf(paper)));
}

/** Pages by number. */
function listDaily(call: Call): Answer {
  const page = call.integer("p", 0, { min: 0 });
  const limit = call.integer("limit", 50, { min: 1, max: 100 });
  const date = call.query.get("date");
  const submittedBy = accountCard("ada", call.world);
  const found = newestFirst(call).filter(({ publishedAt }) => date === null || isoDate(publishedAt).startsWith(date));
  const start = page * limit;
  const headers = start + limit < found.length ? nextLink(call.url, { p: String(page + 1) }) : {};
  return json(
    found.slice(start, start + limit).map((paper) => ({ ...entryOf(paper), submittedBy })),
    200,
    headers,
  );
}

/** Nothing in this world cites a paper by tag until somebody adds such a tag. */
function listRepos(call: Call): Answer {
  const tag = `arxiv:${find(call).id}`;
  const detail = { expand: [], full: false, config: false, cardData: false };
  const citing = kinds.map((kind) => {
    const repos = [...call.world.repos[kind]].filter((repo) => repo.record.tags.includes(tag) && call.canRead(repo));
    return [kind, repos.map((repo) => listItem(repo, call.world, detail))] as const;
  });
  return json(Object.fromEntries(citing));
}

function readAsMarkdown(call: Call): Answer {
  const { title, summary } = find(call);
  return {
    status: 200,
    headers: { "content-type": "text/markdown; charset=utf-8" },
    body: `# ${title}\n\n${summary}\n`,
  };
}

function find(call: Call): Paper {
  const paper = call.world.papers.get(call.param("paperId").replace(/\.md$/, ""));
  if (!paper) throw new Refusal(404, "Paper not found");
  return paper;
}

function newestFirst(call: Call): Paper[] {
  return [...call.world.papers.values()].toSorted((a, b) => b.publishedAt - a.publishedAt);
}

function paperView({ id, authors, publishedAt, title, summary, upvotes, _id }: Paper): Record<string, unknown> {
  return { id, authors, publishedAt: isoDate(publishedAt), title, summary, upvotes, discussionId: _id };
}

function paperDetail(paper: Paper): Record<string, unknown> {
  const linked = {
    linkedModels: [],
    linkedDatasets: [],
    linkedSpaces: [],
    numTotalModels: 0,
    numTotalDatasets: 0,
    numTotalSpaces: 0,
  };
  return { ...paperView(paper), ...linked };
}

function entryOf(paper: Paper): Record<string, unknown> {
  const { title, summary, publishedAt, id } = paper;
  return {
    paper: paperView(paper),
    publishedAt: isoDate(publishedAt),
    title,
    summary,
    thumbnail: `https://cdn-thumbnails.example.com/papers/${id}.png`,
    numComments: 0,
    isAuthorParticipating: false,
  };
}
