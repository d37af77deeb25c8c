import type { Query, Result } from "@hf-api/raw";
import type { RequestOptions } from "../options.js";
import { isNameAlone, splitRepoId, type RepoKind, type RevisionInput } from "../inputs/repo-id.js";
import type { Transport } from "../transport/transport.js";

type InfoRoute = `/api/${RepoKind}/{namespace}/{repo}`;
type LegacyInfoRoute = `/api/${"models" | "datasets"}/{repo}`;

/** Reads one repository; its kind decides which of the three responses comes. */
export async function readRepo<Info extends Result<"get", InfoRoute>>(
  transport: Transport,
  kind: RepoKind,
  { repo, revision, ...query }: RevisionInput & Query<"get", InfoRoute>,
  options: RequestOptions | undefined,
): Promise<Info> {
  // The Hub redirects the old ones; no Space is old enough.
  if (kind !== "spaces" && isNameAlone(repo)) {
    const call = { query: query as Query<"get", LegacyInfoRoute>, ...options };
    return (await (revision === undefined
      ? transport.json.get(`/api/${kind}/{repo}`, { path: { repo }, ...call })
      : transport.json.get(`/api/${kind}/{repo}/revision/{rev}`, {
          path: { repo, rev: revision },
          ...call,
        }))) as Info;
  }
  const path = splitRepoId(repo);
  return (await (revision === undefined
    ? transport.json.get(`/api/${kind}/{namespace}/{repo}`, { path, query, ...options })
    : transport.json.get(`/api/${kind}/{namespace}/{repo}/revision/{rev}`, {
        path: { ...path, rev: revision },
        query,
        ...options,
      }))) as Info;
}
