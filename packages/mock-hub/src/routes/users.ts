import { json, type Answer } from "../http/answer.js";
import type { Call } from "../http/call.js";
import { pageById } from "../http/link.js";
import { Refusal } from "../http/refusal.js";
import type { Router } from "../http/router.js";
import { avatarOf, type User } from "../state/accounts.js";
import { kinds } from "../state/repo.js";
import { isoDate } from "../state/world.js";
import { userItem } from "./account-view.js";

export function addUserRoutes(router: Router): void {
  router.add("GET", "/api/users/{username}/overview", overview);
  router.add("GET", "/api/users/{username}/followers", (call) => {
    const followed = findUser(call);
    return listUsers(
      call,
      call.world.accounts.users.filter((user) => user.following.has(followed.name)),
    );
  });
  // The Hub sends all of this one, whatever the limit is.
  router.add("GET", "/api/users/{username}/following", (call) => {
    const { following } = findUser(call);
    return json(call.world.accounts.users.filter(({ name }) => following.has(name)).map(userItem));
  });
}

export function findUser(call: Call): User {
  const user = call.world.accounts.user(call.param("username"));
  if (!user) throw new Refusal(404, "This user does not exist");
  return user;
}

/** A page of users; the cursor is the id of the last one. */
export function listUsers(call: Call, users: readonly User[]): Answer {
  const limit = call.integer("limit", 500, { min: 10, max: 10_000 });
  const { page, headers } = pageById(users, (user) => user._id, call.url, limit);
  return json(page.map(userItem), 200, headers);
}

function overview(call: Call): Answer {
  const user = findUser(call);
  const { accounts, repos } = call.world;
  const [numModels = 0, numDatasets = 0, numSpaces = 0] = kinds.map(
    (kind) => [...repos[kind]].filter((repo) => repo.owner === user.name && call.canRead(repo)).length,
  );
  return json({
    ...userItem(user),
    createdAt: isoDate(user.createdAt),
    numModels,
    numDatasets,
    numSpaces,
    numFollowers: accounts.users.filter(({ following }) => following.has(user.name)).length,
    numFollowing: user.following.size,
    isFollowing: call.token?.user.following.has(user.name) ?? false,
    orgs: accounts
      .orgsOf(user)
      .map((org) => ({ id: org._id, name: org.name, fullname: org.fullname, avatarUrl: avatarOf(org) })),
  });
}
