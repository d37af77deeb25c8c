import { json, type Answer } from "../http/answer.js";
import type { Call } from "../http/call.js";
import { requiredChoice } from "../http/fields.js";
import { pageById } from "../http/link.js";
import { Refusal } from "../http/refusal.js";
import type { Router } from "../http/router.js";
import { avatarOf, roles, type Org } from "../state/accounts.js";
import { kindsAndKernels } from "../state/repo.js";
import { userItem } from "./account-view.js";
import { listUsers } from "./users.js";

export function addOrganizationRoutes(router: Router): void {
  router.add("GET", "/api/organizations/{name}/overview", overview);
  router.add("GET", "/api/organizations/{name}/members", listMembers);
  router.add("PUT", "/api/organizations/{name}/members/{username}/role", setRole);
  router.add("GET", "/api/organizations/{name}/followers", (call) => {
    const org = call.org();
    return listUsers(
      call,
      call.world.accounts.users.filter((user) => user.following.has(org.name) || org.members.has(user.name)),
    );
  });
}

function overview(call: Call): Answer {
  const org = call.org();
  const [numModels = 0, numDatasets = 0, numSpaces = 0, numKernels = 0] = kindsAndKernels.map(
    (kind) => [...call.world.repos[kind]].filter((repo) => repo.owner === org.name && call.canRead(repo)).length,
  );
  return json({
    _id: org._id,
    avatarUrl: avatarOf(org),
    fullname: org.fullname,
    name: org.name,
    details: org.details,
    isVerified: org.isVerified,
    isFollowing: false,
    ...(org.plan && { plan: org.plan }),
    numUsers: org.members.size,
    numModels,
    numDatasets,
    numSpaces,
    numKernels,
    numBuckets: [...call.world.buckets.values()].filter((bucket) => bucket.owner === org.name && call.canRead(bucket))
      .length,
    numPapers: 0,
    numFollowers: org.members.size,
  });
}

/** Roles and groups are shown to members only. */
function listMembers(call: Call): Answer {
  const org = call.org();
  const search = call.query.get("search")?.toLowerCase();
  const email = call.query.get("email");
  const isMember = call.canRead({ owner: org.name, isPrivate: true });
  const members = [...org.members].flatMap(([name, role]) => {
    const user = call.world.accounts.user(name);
    return user ? [{ user, role }] : [];
  });
  const found = members.filter(
    ({ user }) => (search === undefined || user.name.includes(search)) && (email === null || user.email === email),
  );
  const limit = call.integer("limit", 500, { min: 10, max: 10_000 });
  const { page, headers } = pageById(found, ({ user }) => user._id, call.url, limit);
  return json(
    page.map(({ user, role }) => ({
      ...userItem(user),
      ...(isMember && { role, resourceGroups: groupsOf(org, user.name) }),
    })),
    200,
    headers,
  );
}

function groupsOf(org: Org, user: string): unknown[] {
  return org.resourceGroups.flatMap(({ id, name, users }) => {
    const member = users.get(user);
    return member ? [{ id, name, numUsers: users.size, role: member.role }] : [];
  });
}

async function setRole(call: Call): Promise<Answer> {
  const org = call.org();
  call.requireRole(org.name, ["admin"]);
  const name = call.param("username");
  if (!org.members.has(name)) throw new Refusal(404, "This user is not a member of the organization");
  org.members.set(name, requiredChoice(await call.fields(), "role", roles));
  return json({});
}
