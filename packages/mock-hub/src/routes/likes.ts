import { json, text, type Answer } from "../answer.js";
import type { Call } from "../call.js";
import { pageById } from "../link.js";
import type { Router } from "../router.js";
import { kinds, typeOfKind, type Kind, type Repo } from "../state/repo.js";
import { isoDate } from "../state/world.js";
import { userItem } from "./account-view.js";
import { forKinds } from "./for-kinds.js";
import { findUser } from "./users.js";

export function addLikeRoutes(router: Router): void {
  forKinds(router, "POST", "/api/{kind}/{namespace}/{repo}/like", (call, kind) => setLike(call, kind, true));
  forKinds(router, "DELETE", "/api/{kind}/{namespace}/{repo}/like", (call, kind) => setLike(call, kind, false));
  forKinds(router, "GET", "/api/{kind}/{namespace}/{repo}/likers", listLikers);
  router.add("GET", "/api/users/{username}/likes", listLikes);
}

function setLike(call: Call, kind: Kind, liked: boolean): Answer {
  const repo = call.repo(kind);
  const { name } = call.writer;
  if (repo.likers.has(name) !== liked) {
    if (liked) repo.likers.add(name);
    else repo.likers.delete(name);
    call.world.repos[kind].change(repo, (record) => (record.likes += liked ? 1 : -1));
  }
  return text("OK");
}

/** All at once: the Hub does not page this one. */
function listLikers(call: Call, kind: Kind): Answer {
  return json([...call.repo(kind).likers].flatMap((name) => call.world.accounts.user(name) ?? []).map(userItem));
}

function listLikes(call: Call): Answer {
  const { name } = findUser(call);
  const liked: Repo[] = kinds.flatMap((kind) => [...call.world.repos[kind]].filter((repo) => repo.likers.has(name)));
  const readable = liked.filter((repo) => call.canRead(repo));
  const { page, headers } = pageById(
    readable,
    (repo) => repo.record._id,
    call.url,
    call.integer("limit", 1000, { min: 1 }),
  );
  const createdAt = isoDate(call.world.now());
  return json(
    page.map((repo) => ({ createdAt, repo: { name: repo.id, type: typeOfKind[repo.kind] } })),
    200,
    headers,
  );
}
