import { json, text, type Answer } from "../http/answer.js";
import type { Call } from "../http/call.js";
import { pageById } from "../http/link.js";
import { Refusal } from "../http/refusal.js";
import type { Router } from "../http/router.js";
import { kinds, typeOfKind, type Kind, type Repo } from "../state/repo.js";
import { isoDate } from "../state/world.js";
import { userItem } from "./account-view.js";
import { forKinds } from "./for-kinds.js";
import { findUser } from "./users.js";

export function addLikeRoutes(router: Router): void {
  forKinds(router, "POST", "/api/{kind}/{namespace}/{repo}/like", refuseLike);
  forKinds(router, "DELETE", "/api/{kind}/{namespace}/{repo}/like", unlike);
  forKinds(router, "GET", "/api/{kind}/{namespace}/{repo}/likers", listLikers);
  router.add("GET", "/api/users/{username}/likes", listLikes);
}

/** The Hub takes likes from people on its pages only; `mock.state.like` is how they get here. */
function refuseLike(call: Call, kind: Kind): Answer {
  const repo = call.repo(kind);
  throw new Refusal(403, `${call.writer.name} cannot like ${repo.id} by a token. Like it on its page.`);
}

function unlike(call: Call, kind: Kind): Answer {
  const repo = call.repo(kind);
  call.world.unlike(call.writer.name, repo.id, kind);
  return text("OK");
}

/** All at once: the Hub does not page this one. */
function listLikers(call: Call, kind: Kind): Answer {
  return json([...call.repo(kind).likers.keys()].flatMap((name) => call.world.accounts.user(name) ?? []).map(userItem));
}

/** The latest first. */
function listLikes(call: Call): Answer {
  const { name } = findUser(call);
  const likedAt = (repo: Repo): number => repo.likers.get(name) ?? 0;
  const liked: Repo[] = kinds.flatMap((kind) => [...call.world.repos[kind]].filter((repo) => repo.likers.has(name)));
  const readable = liked.filter((repo) => call.canRead(repo)).toSorted((a, b) => likedAt(b) - likedAt(a));
  const { page, headers } = pageById(
    readable,
    (repo) => repo.record._id,
    call.url,
    call.integer("limit", 1000, { min: 1 }),
  );
  return json(
    page.map((repo) => ({ createdAt: isoDate(likedAt(repo)), repo: { name: repo.id, type: typeOfKind[repo.kind] } })),
    200,
    headers,
  );
}
