import { redirect, type Answer } from "./answer.js";
import type { Token } from "../state/accounts.js";
import { kindsAndKernels, type Kind } from "../state/repo.js";
import type { World } from "../state/world.js";

/** The redirect for a short, former or wrongly written id, which keeps the rest of the path and the query. */
export function movedTo(
  segments: readonly string[],
  url: URL,
  world: World,
  token: Token | undefined,
): Answer | undefined {
  const place = placeOfId(segments);
  if (!place) return undefined;
  const { kind, start } = place;
  const [first, second] = segments.slice(start, start + 2);
  if (!first) return undefined;
  const store = world.repos[kind];
  const full = second === undefined ? undefined : store.findMoved(`${first}/${second}`);
  const repo = full ?? store.findMoved(first);
  if (!repo || repo.id === `${first}/${second}` || !world.accounts.maySee(repo, token?.user)) return undefined;
  const rest = segments.slice(start + (full ? 2 : 1));
  const path = [...segments.slice(0, start), repo.owner, repo.record.name, ...rest].join("/");
  return redirect(307, `/${path}${url.search}`);
}

/**
 * The path with an owner before the name of its repository. Where that is a route, the path itself named a repository that
 * nobody knows, as a short id that somebody knows redirects.
 */
export function withOwner(segments: readonly string[]): string[] | undefined {
  const place = placeOfId(segments);
  return place && [...segments.slice(0, place.start), "-", ...segments.slice(place.start)];
}

/** Where in the path the id of a repository begins: behind `/api/models` and the like, or at the start of a page. */
function placeOfId(segments: readonly string[]): { kind: Kind; start: number } | undefined {
  const [first, second] = segments;
  if (first === "api") {
    const kind = kindsAndKernels.find((name) => name === second);
    return kind && { kind, start: 2 };
  }
  const kind = kindsAndKernels.find((name) => name === first);
  if (kind) return { kind, start: 1 };
  return segments.length >= 3 && segments[2] !== undefined ? { kind: "models", start: 0 } : undefined;
}
