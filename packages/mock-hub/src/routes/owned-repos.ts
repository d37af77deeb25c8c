import { json, type Answer } from "../http/answer.js";
import type { Call } from "../http/call.js";
import { choice } from "../http/fields.js";
import { pageByIndex } from "../http/link.js";
import type { Router } from "../http/router.js";
import { members } from "../state/accounts.js";
import { kindsAndKernels, typeOfKind } from "../state/repo.js";
import { isoDate } from "../state/world.js";
import { storageOf } from "./repo-view.js";

export function addOwnedRepoRoutes(router: Router): void {
  router.add("GET", "/api/settings/repositories", (call) => listOwned(call, call.user.name));
  router.add("GET", "/api/organizations/{name}/settings/repositories", (call) =>
    listOwned(call, call.memberOrg(members).name),
  );
}

const types = ["bucket", "dataset", "kernel", "model", "space"] as const;

/** What a user or an organization keeps here, and which part of all that is each one's. */
function listOwned(call: Call, owner: string): Answer {
  const type = call.query.get("type");
  if (type !== null) choice(type, "type", types);
  const key = choice(call.query.get("sort") ?? "storage", "sort", ["storage", "updatedAt"]);
  const sign = choice(call.query.get("direction") ?? "desc", "direction", ["asc", "desc"]) === "asc" ? 1 : -1;
  const search = call.query.get("search")?.toLowerCase() ?? "";
  const all = ownedBy(owner, call);
  const total = all.reduce((sum, { storage }) => sum + storage, 0);
  const found = all.filter((it) => (type === null || it.type === type) && it.id.toLowerCase().includes(search));
  const sorted = found.sort((a, b) => sign * (a[key] - b[key]) || (a.id < b.id ? -1 : 1));
  const { page, headers } = pageByIndex(sorted, call.url, call.integer("limit", 50, { min: 1 }));
  return json(
    page.map((it) => ({
      ...it,
      updatedAt: isoDate(it.updatedAt),
      storagePercent: total === 0 ? 0 : (100 * it.storage) / total,
    })),
    200,
    headers,
  );
}

interface OwnedRepo {
  id: string;
  type: (typeof types)[number];
  visibility: string;
  storage: number;
  updatedAt: number;
}

function ownedBy(owner: string, { world }: Call): OwnedRepo[] {
  const repos = kindsAndKernels.flatMap((kind) => [...world.repos[kind]].filter((repo) => repo.owner === owner));
  const buckets = [...world.buckets.values()].filter((bucket) => bucket.owner === owner);
  return [
    ...repos.map((repo) => ({
      id: repo.id,
      type: typeOfKind[repo.kind],
      visibility: repo.record.visibility,
      storage: storageOf(repo),
      updatedAt: repo.record.lastModified,
    })),
    ...buckets.map(({ id, isPrivate, size, updatedAt }) => ({
      id,
      type: "bucket" as const,
      visibility: isPrivate ? "private" : "public",
      storage: size,
      updatedAt,
    })),
  ];
}
