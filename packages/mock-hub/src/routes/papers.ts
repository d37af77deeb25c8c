import { json, type Answer } from "../http/answer.js";
import type { Call } from "../http/call.js";
import { choice, invalid } from "../http/fields.js";
import { nextLink, pageById } from "../http/link.js";
import { Refusal } from "../http/refusal.js";
import type { Router } from "../http/router.js";
import type { Paper } from "../state/paper.js";
import { kinds } from "../state/repo.js";
import { isoDate, type World } from "../state/world.js";
import { accountCard } from "./account-view.js";
import { listItem } from "./repo-view.js";

export function addPaperRoutes(router: Router): void {
  router.add("GET", "/api/papers", list);
  router.add("GET", "/api/papers/search", search);
  router.add("GET", "/api/papers/{paperId}", (call) => json(paperDetail(findPaper(call))));
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
  const sort = choice(call.query.get("sort") ?? "publishedAt", "sort", ["publishedAt", "trending"]);
  const day = period(call, "date", /^\d{4}-\d\d-\d\d$/);
  const week = period(call, "week", /^\d{4}-W(0[1-9]|[1-4]\d|5[0-2])$/);
  const month = period(call, "month", /^\d{4}-(0[1-9]|1[0-2])$/);
  const submitter = call.query.get("submitter");
  const matching = newestFirst(call).filter(
    (paper) =>
      isoDate(paper.publishedAt).startsWith(day ?? month ?? "") &&
      (week === undefined || isoWeek(paper.publishedAt) === week) &&
      (submitter === null || submitterOf(paper) === submitter),
  );
  const found = sort === "trending" ? matching.toSorted((a, b) => b.upvotes - a.upvotes) : matching;
  const start = page * limit;
  const headers = start + limit < found.length ? nextLink(call.url, { p: String(page + 1) }) : {};
  return json(
    found.slice(start, start + limit).map((paper) => dailyEntry(paper, call.world)),
    200,
    headers,
  );
}

function dailyEntry(paper: Paper, world: World): Record<string, unknown> {
  return { ...entryOf(paper), submittedBy: accountCard(submitterOf(paper), world) };
}

function submitterOf({ submitter = "ada" }: Paper): string {
  return submitter;
}

/** A part of the calendar that the request names, which has to exist. */
function period(call: Call, name: string, pattern: RegExp): string | undefined {
  const value = call.query.get(name);
  if (value === null) return undefined;
  if (!pattern.test(value) || (name === "date" && !isDate(value))) throw invalid(`Invalid ${name}: "${value}"`, name);
  return value;
}

/** False for a 30th of February, which would be read as a day in March. */
function isDate(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && isoDate(date.getTime()).startsWith(text);
}

/** Weeks begin on Monday, and belong to the year in which their Thursday lies. */
function isoWeek(time: number): string {
  const day = 86_400_000;
  const weekday = (new Date(time).getUTCDay() + 6) % 7;
  const thursday = new Date(time + (3 - weekday) * day);
  const year = thursday.getUTCFullYear();
  const week = Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * day)) + 1;
  return `${year}-W${String(week).padStart(2, "0")}`;
}

/** Nothing in this world cites a paper by tag until somebody adds such a tag. */
function listRepos(call: Call): Answer {
  const tag = `arxiv:${findPaper(call).id}`;
  const detail = { expand: [], full: false, config: false, cardData: false };
  const citing = kinds.map((kind) => {
    const repos = [...call.world.repos[kind]].filter((repo) => repo.record.tags.includes(tag) && call.canRead(repo));
    return [kind, repos.map((repo) => listItem(repo, call.world, detail))] as const;
  });
  return json(Object.fromEntries(citing));
}

function readAsMarkdown(call: Call): Answer {
  const { title, summary } = findPaper(call);
  return {
    status: 200,
    headers: { "content-type": "text/markdown; charset=utf-8" },
    body: `# ${title}\n\n${summary}\n`,
  };
}

export function findPaper(call: Call): Paper {
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
