import { json, type Answer } from "../http/answer.js";
import type { Call } from "../http/call.js";
import * as field from "../http/fields.js";
import { invalid, requiredText, type Fields } from "../http/fields.js";
import { Refusal } from "../http/refusal.js";
import type { Router } from "../http/router.js";
import { avatarOf, members, roles, type Org, type ResourceGroup } from "../state/accounts.js";
import { kindOfType, kinds, repoTypes, typeOfKind } from "../state/repo.js";
import type { World } from "../state/world.js";

const all = "/api/organizations/{name}/resource-groups";
const one = `${all}/{resourceGroupId}`;

export function addResourceGroupRoutes(router: Router): void {
  router.add("GET", all, (call) => {
    const org = call.memberOrg(members);
    return json(org.resourceGroups.map((group) => groupView(group, org, call.world)));
  });
  router.add("POST", all, create);
  router.add("GET", one, (call) => {
    const org = call.memberOrg(members);
    return json(groupView(find(call, org), org, call.world));
  });
  router.add("DELETE", one, remove);
  router.add(
    "PATCH",
    one,
    change((group, fields) => {
      group.name = field.optionalText(fields, "name") ?? group.name;
      group.description = field.optionalText(fields, "description") ?? group.description;
      if ("spendLimits" in fields) group.spendLimits = field.asFields(fields["spendLimits"]);
    }),
  );
  router.add(
    "POST",
    `${one}/settings`,
    change((group, fields) => {
      if ("autoJoin" in fields) group.autoJoin = autoJoinOf(fields);
    }),
  );
  router.add(
    "POST",
    `${one}/users`,
    change((group, fields, call) => addUsers(group, fields, call)),
  );
  router.add(
    "PATCH",
    `${one}/users/{username}`,
    change((group, fields, call) => {
      member(group, call).role = field.requiredChoice(fields, "role", roles);
    }),
  );
  router.add(
    "DELETE",
    `${one}/users/{username}`,
    change((group, _, call) => {
      member(group, call);
      group.users.delete(call.param("username"));
    }),
  );
}

/** A change that only administrators may make, and that answers the whole group. */
function change(apply: (group: ResourceGroup, fields: Fields, call: Call) => void): (call: Call) => Promise<Answer> {
  return async (call) => {
    const org = adminOrg(call);
    const group = find(call, org);
    apply(group, await call.fields(), call);
    return json(groupView(group, org, call.world));
  };
}

async function create(call: Call): Promise<Answer> {
  const org = adminOrg(call);
  if (org.plan === undefined) throw new Refusal(402, "Resource groups need a paid plan");
  const fields = await call.fields();
  const group: ResourceGroup = {
    id: call.world.objectId(),
    name: requiredText(fields, "name"),
    description: field.optionalText(fields, "description") ?? null,
    autoJoin: "autoJoin" in fields ? autoJoinOf(fields) : { enabled: false },
    users: new Map(),
  };
  const repos = (field.optionalList(fields, "repos") ?? []).map((value) => {
    const entry = field.asFields(value);
    const kind = kindOfType[field.requiredChoice(entry, "type", repoTypes)];
    const repo = call.world.repos[kind].find(requiredText(entry, "name"));
    if (!repo || repo.owner !== org.name) throw invalid("Unknown repository of the organization", "repos");
    return repo;
  });
  addUsers(group, { users: fields["users"] ?? [] }, call);
  for (const repo of repos) repo.record.resourceGroupId = group.id;
  org.resourceGroups.push(group);
  return json(groupView(group, org, call.world));
}

function remove(call: Call): Answer {
  const org = adminOrg(call);
  const group = find(call, org);
  org.resourceGroups.splice(org.resourceGroups.indexOf(group), 1);
  for (const kind of kinds) {
    for (const { record } of call.world.repos[kind])
      if (record.resourceGroupId === group.id) delete record.resourceGroupId;
  }
  return json({ success: true });
}

function addUsers(group: ResourceGroup, fields: Fields, call: Call): void {
  for (const value of field.requiredList(fields, "users")) {
    const entry = field.asFields(value);
    const name = field.optionalText(entry, "user") ?? requiredText(entry, "name");
    if (!call.org().members.has(name)) throw invalid(`"${name}" is not a member of the organization`, "users");
    group.users.set(name, { role: field.requiredChoice(entry, "role", roles), addedBy: call.user.name });
  }
}

function autoJoinOf(fields: Fields): ResourceGroup["autoJoin"] {
  const autoJoin = field.asFields(fields["autoJoin"]);
  if (String(autoJoin["enabled"]) !== "true") return { enabled: false };
  const scope = field.optionalChoice(autoJoin, "scope", ["all", "read_plus"]);
  return { enabled: true, role: field.requiredChoice(autoJoin, "role", roles), ...(scope && { scope }) };
}

function adminOrg(call: Call): Org {
  const org = call.org();
  call.requireRole(org.name, ["admin"]);
  return org;
}

function find(call: Call, org: Org): ResourceGroup {
  const group = org.resourceGroups.find(({ id }) => id === call.param("resourceGroupId"));
  if (!group) throw new Refusal(404, "Resource group not found");
  return group;
}

function member(group: ResourceGroup, call: Call): { role: (typeof roles)[number] } {
  const found = group.users.get(call.param("username"));
  if (!found) throw new Refusal(404, "This user is not in the resource group");
  return found;
}

function groupView(group: ResourceGroup, org: Org, world: World): Record<string, unknown> {
  const { users, ...rest } = group;
  const repos = kinds.flatMap((kind) =>
    [...world.repos[kind]].filter(({ record }) => record.resourceGroupId === group.id),
  );
  return {
    ...rest,
    users: [...users].flatMap(([name, { role, addedBy }]) => {
      const user = world.accounts.user(name);
      return user
        ? [{ type: "user", _id: user._id, fullname: user.fullname, name, avatarUrl: avatarOf(user), role, addedBy }]
        : [];
    }),
    resources: repos.map((repo) => ({
      type: typeOfKind[repo.kind],
      name: repo.id,
      addedBy: org.name,
      private: repo.isPrivate,
    })),
  };
}
