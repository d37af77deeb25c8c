import { json, redirect, type Answer } from "../http/answer.js";
import type { Call } from "../http/call.js";
import * as field from "../http/fields.js";
import { choice, type Fields } from "../http/fields.js";
import { nextLink } from "../http/link.js";
import { Refusal } from "../http/refusal.js";
import type { Router } from "../http/router.js";
import { pagePrefix, type AccessRequest, type Kind, type Repo } from "../state/repo.js";
import { isoDate, type World } from "../state/world.js";
import { userItem } from "./account-view.js";
import { forKinds } from "./for-kinds.js";

const statuses = ["pending", "accepted", "rejected"] as const;
const gatedKinds = ["models", "datasets"] as const;

export function addAccessRequestRoutes(router: Router): void {
  const requests = "/api/{kind}/{namespace}/{repo}/user-access-request";
  forKinds(router, "GET", `${requests}/{status}`, list, gatedKinds);
  forKinds(router, "POST", `${requests}/cancel`, cancel, gatedKinds);
  forKinds(router, "POST", `${requests}/handle`, handle, gatedKinds);
  forKinds(router, "POST", `${requests}/batch`, handleMany, gatedKinds);
  forKinds(router, "POST", `${requests}/grant`, grant, gatedKinds);
  for (const kind of gatedKinds) {
    router.add("POST", `/${pagePrefix[kind]}{namespace}/{repo}/ask-access`, (call) => ask(call, kind));
    router.add("GET", `/${pagePrefix[kind]}{namespace}/{repo}/user-access-report`, (call) => report(call, kind));
  }
}

async function ask(call: Call, kind: Kind): Promise<Answer> {
  const repo = call.repo(kind);
  const user = call.user.name;
  if (repo.record.gated === false) throw new Refusal(400, "This repository is not gated");
  const status = repo.record.gated === "auto" ? "accepted" : "pending";
  repo.accessRequests.set(user, { user, status, timestamp: call.world.now(), fields: await call.fields() });
  return redirect(303, `/${pagePrefix[kind]}${repo.id}`);
}

/** Newest first. Pages by time: `before` is the time of the last request shown. */
function list(call: Call, kind: Kind): Answer {
  const repo = call.writableRepo(kind);
  const status = choice(call.param("status"), "status", statuses);
  const limit = call.integer("limit", 1000, { min: 10, max: 1000 });
  const before = Date.parse(call.query.get("before") ?? "") || Infinity;
  const after = Date.parse(call.query.get("after") ?? "") || -Infinity;
  const found = [...repo.accessRequests.values()]
    .filter((request) => request.status === status && request.timestamp < before && request.timestamp > after)
    .toSorted((a, b) => b.timestamp - a.timestamp);
  const last = found[limit - 1];
  const headers = found.length > limit && last ? nextLink(call.url, { before: isoDate(last.timestamp) }) : {};
  return json(
    found.slice(0, limit).map((request) => requestView(request, call.world)),
    200,
    headers,
  );
}

/** Everyone who asked, the earliest first, in one answer. */
function report(call: Call, kind: Kind): Answer {
  const requests = [...call.writableRepo(kind).accessRequests.values()].toSorted((a, b) => a.timestamp - b.timestamp);
  return json(
    requests.map(({ user, status, timestamp }) => {
      const { fullname, email } = call.world.accounts.user(user) ?? { fullname: user, email: "" };
      return { user, fullname, status, email, time: isoDate(timestamp) };
    }),
    200,
    { "content-disposition": `attachment; filename="${call.param("repo")}-access-report.json"` },
  );
}

function cancel(call: Call, kind: Kind): Answer {
  if (!call.repo(kind).accessRequests.delete(call.user.name)) throw new Refusal(404, "You have no access request");
  return json({});
}

async function handle(call: Call, kind: Kind): Promise<Answer> {
  const repo = call.writableRepo(kind);
  const fields = await call.fields();
  const status = field.requiredChoice(fields, "status", statuses);
  const outcome = decide(call, repo, fields, status);
  if (outcome) throw new Refusal(404, outcome);
  return json({});
}

async function handleMany(call: Call, kind: Kind): Promise<Answer> {
  const repo = call.writableRepo(kind);
  const fields = await call.fields();
  const status = field.requiredChoice(fields, "status", statuses);
  return json(
    field.requiredList(fields, "requests").map((value) => {
      const who = field.asFields(value);
      const error = decide(call, repo, who, status);
      return { ...who, ok: error === undefined, ...(error && { error }) };
    }),
  );
}

async function grant(call: Call, kind: Kind): Promise<Answer> {
  const repo = call.writableRepo(kind);
  const user = userNamed(await call.fields(), call.world);
  if (!user) throw new Refusal(404, "User not found");
  const now = call.world.now();
  const grantedBy = call.user.name;
  repo.accessRequests.set(user, { user, status: "accepted", timestamp: now, reviewedAt: now, fields: {}, grantedBy });
  return json({});
}

/** What went wrong, if anything. */
function decide(call: Call, repo: Repo, who: Fields, status: AccessRequest["status"]): string | undefined {
  const user = userNamed(who, call.world);
  if (!user) return "user_not_found";
  const request = repo.accessRequests.get(user);
  if (!request) return "request_not_found";
  Object.assign(request, { status, reviewedAt: call.world.now(), grantedBy: call.user.name });
  return undefined;
}

function userNamed(fields: Fields, world: World): string | undefined {
  const name = field.optionalText(fields, "user");
  const id = field.optionalText(fields, "userId");
  return world.accounts.users.find((user) => user.name === name || user._id === id)?.name;
}

function requestView(request: AccessRequest, world: World): Record<string, unknown> {
  const user = world.accounts.user(request.user);
  const reviewer = request.grantedBy === undefined ? undefined : world.accounts.user(request.grantedBy);
  return {
    ...(user && { user: { ...userItem(user), email: user.email, verifiedOrgNames: [] } }),
    ...(reviewer && { grantedBy: userItem(reviewer) }),
    status: request.status,
    fields: request.fields,
    timestamp: isoDate(request.timestamp),
    ...(request.reviewedAt && { reviewedAt: isoDate(request.reviewedAt) }),
  };
}
