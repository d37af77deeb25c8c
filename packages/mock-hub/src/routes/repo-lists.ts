import { json, type Answer } from "../http/answer.js";
import type { Call } from "../http/call.js";
import { choice, invalid } from "../http/fields.js";
import { encodeCursor, nextLink, positionIn } from "../http/link.js";
import type { Router } from "../http/router.js";
import { kindsAndKernels, type Kind, type Repo } from "../state/repo.js";
import { positionOf, sortKeys, type Position } from "../state/repo-store.js";
import { forKinds } from "./for-kinds.js";
import { listFilter } from "./list-filters.js";
import { expandableInList, listItem } from "./repo-view.js";

const maxPage = 1000;

export function addRepoListRoutes(router: Router): void {
  forKinds(router, "GET", "/api/{kind}", listRepos, kindsAndKernels);
}

function listRepos(call: Call, kind: Kind): Answer {
  const sort = choice(call.query.get("sort") ?? "trendingScore", "sort", sortKeys);
  const direction = choice(call.query.get("direction") ?? "-1", "direction", ["-1", "1"]) === "1" ? 1 : -1;
  // More than a thousand is no error on the Hub, it just is not given.
  const limit = Math.min(call.integer("limit", maxPage, { min: 1 }), maxPage);
  const detail = {
    expand: call.list("expand").map((name) => choice(name, "expand", expandableInList(kind))),
    full: call.flag("full"),
    config: call.flag("config"),
    cardData: call.flag("cardData"),
  };
  const matches = listFilter(call, kind);
  const page: Repo[] = [];
  let hasMore = false;
  for (const repo of call.world.repos[kind].scan(sort, direction, startOf(call))) {
    if (!matches(repo)) continue;
    hasMore = page.length === limit;
    if (hasMore) break;
    page.push(repo);
  }
  const last = page.at(-1);
  const headers = hasMore && last ? nextLink(call.url, { cursor: encodeCursor(positionOf(last, sort)) }) : {};
  return json(
    page.map((repo) => listItem(repo, call.world, detail)),
    200,
    headers,
  );
}

function startOf(call: Call): Position | undefined {
  const position = positionIn(call.url);
  if (position === undefined) return undefined;
  const [value, id] = position;
  if (value === undefined || typeof id !== "string") throw invalid("Invalid cursor", "cursor");
  return [value, id];
}
