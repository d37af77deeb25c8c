import { json, redirect, type Answer } from "../http/answer.js";
import type { Call } from "../http/call.js";
import * as field from "../http/fields.js";
import { choice, invalid, type Fields } from "../http/fields.js";
import { nextLink } from "../http/link.js";
import { Refusal } from "../http/refusal.js";
import type { Router } from "../http/router.js";
import { wireTexts } from "../http/wire-texts.js";
import {
  accessStatuses,
  pagePrefix,
  type AccessRequest,
  type AccessStatus,
  type Kind,
  type Repo,
} from "../state/repo.js";
import { isoDate, type World } from "../state/world.js";
import { userItem } from "./account-view.js";
import { forKinds } from "./for-kinds.js";

const texts = wireTexts.accessRequest;
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

/** Asking again changes nothing, unless an owner took the first request back. */
async function ask(call: Call, kind: Kind): Promise<Answer> {
  const repo = call.repo(kind);
  const user = call.user.name;
  if (repo.record.gated === false) throw notGated();
  const fields = await call.fields();
  const before = repo.accessRequests.get(user);
  if (!before || before.status === "reset") {
    const status = repo.record.gated === "auto" ? "accepted" : "pending";
    const id = before?.id ?? call.world.objectId();
    repo.accessRequests.set(user, { id, user, status, timestamp: call.world.now(), sharesEmail: true, fields });
  }
  return redirect(303, `${call.url.origin}/${pagePrefix[kind]}${repo.id}`);
}

/** Newest first. Pages by time: `before` is the time of the last request shown. */
function list(call: Call, kind: Kind): Answer {
  const repo = call.writableRepo(kind);
  const status = choice(call.param("status"), "status", accessStatuses);
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

/** Everyone who asked, the earliest first, in one response. */
function report(call: Call, kind: Kind): Answer {
  const requests = [...call.writableRepo(kind).accessRequests.values()].toSorted((a, b) => a.timestamp - b.timestamp);
  const name = `user-access-report-${call.param("namespace")}-${call.param("repo")}.json`;
  return json(
    requests.map((request) => reportEntry(request, call.world)),
    200,
    { "content-type": "application/json", "content-disposition": `attachment; filename=${name}` },
  );
}

function reportEntry(request: AccessRequest, { accounts }: World): Record<string, unknown> {
  const { user, status, timestamp, reviewedAt, grantedBy, sharesEmail } = request;
  const account = accounts.user(user);
  return {
    fullname: account?.fullname ?? user,
    user,
    ...(sharesEmail && account && { email: account.email }),
    time: isoDate(timestamp),
    ...(reviewedAt !== undefined && { reviewedAt: isoDate(reviewedAt) }),
    status,
    ...(grantedBy !== undefined && {
      grantedBy: { fullname: accounts.user(grantedBy)?.fullname ?? grantedBy, user: grantedBy },
    }),
  };
}

/** Takes back what nobody decided yet. */
function cancel(call: Call, kind: Kind): Answer {
  const { accessRequests } = call.repo(kind);
  const user = call.user.name;
  if (accessRequests.get(user)?.status !== "pending") throw new Refusal(404, texts.notPending);
  accessRequests.delete(user);
  return json({ ok: true });
}

async function handle(call: Call, kind: Kind): Promise<Answer> {
  const repo = gatedRepo(call, kind);
  const fields = await call.fields();
  const status = statusIn(fields);
  const found = requestFor(fields, repo, call.world);
  if (found === "user_not_found") throw new Refusal(404, texts.userNotFound);
  if (found === "request_not_found" || found.status === status) throw new Refusal(404, texts.notFound);
  decide(found, status, call);
  return json({});
}

/** What has the status already is as good as changed here. */
async function handleMany(call: Call, kind: Kind): Promise<Answer> {
  const repo = gatedRepo(call, kind);
  const fields = await call.fields();
  const status = statusIn(fields);
  return json(
    field.requiredList(fields, "requests").map((value) => {
      const who = field.asFields(value);
      const found = requestFor(who, repo, call.world);
      if (typeof found === "string") return { ...who, ok: false, error: found };
      if (found.status !== status) decide(found, status, call);
      return { ...who, ok: true };
    }),
  );
}

/** Lets a user in, unasked or not. */
async function grant(call: Call, kind: Kind): Promise<Answer> {
  const repo = gatedRepo(call, kind);
  const fields = await call.fields();
  const { world } = call;
  const found = requestFor(fields, repo, world);
  if (found === "user_not_found") throw new Refusal(404, texts.userNotFound);
  if (typeof found !== "string") {
    if (found.status === "accepted") throw new Refusal(400, texts.hasAccess);
    decide(found, "accepted", call);
    return json({});
  }
  const user = userIn(fields, world) ?? "";
  const added: AccessRequest = {
    id: world.objectId(),
    user,
    status: "pending",
    timestamp: world.now(),
    sharesEmail: false,
    fields: {},
  };
  decide(added, "accepted", call);
  repo.accessRequests.set(user, added);
  return json({});
}

function gatedRepo(call: Call, kind: Kind): Repo {
  const repo = call.writableRepo(kind);
  if (repo.record.gated === false) throw notGated();
  return repo;
}

function notGated(): Refusal {
  return new Refusal(400, "This repository is not gated", { code: "RepoNotGated" });
}

const maxReason = 200;

function statusIn(fields: Fields): AccessStatus {
  for (const name of ["rejectionReason", "resetReason"]) {
    if ((field.optionalText(fields, name)?.length ?? 0) > maxReason)
      throw invalid(`Too big: expected string to have <=${maxReason} characters`, name);
  }
  return field.requiredChoice(fields, "status", accessStatuses);
}

/** The request of the user whom the fields name, or of the id that they name. */
function requestFor(
  fields: Fields,
  { accessRequests }: Repo,
  world: World,
): AccessRequest | "user_not_found" | "request_not_found" {
  const requestId = field.optionalText(fields, "requestId");
  if (requestId !== undefined)
    return [...accessRequests.values()].find(({ id }) => id === requestId) ?? "request_not_found";
  const user = userIn(fields, world);
  return user === undefined ? "user_not_found" : (accessRequests.get(user) ?? "request_not_found");
}

function userIn(fields: Fields, world: World): string | undefined {
  const name = field.optionalText(fields, "user");
  const id = field.optionalText(fields, "userId");
  if ((name === undefined) === (id === undefined)) throw invalid(texts.oneUser);
  return world.accounts.users.find((user) => user.name === name || user._id === id)?.name;
}

/** A request that waits again was not reviewed, and only an accepted one was granted by somebody. */
function decide(request: AccessRequest, status: AccessStatus, call: Call): void {
  request.status = status;
  if (status === "pending") delete request.reviewedAt;
  else request.reviewedAt = call.world.now();
  if (status === "accepted") request.grantedBy = call.user.name;
  else delete request.grantedBy;
}

function requestView(request: AccessRequest, { accounts }: World): Record<string, unknown> {
  const user = accounts.user(request.user);
  const grantedBy = request.grantedBy === undefined ? undefined : accounts.user(request.grantedBy);
  const email = request.sharesEmail && user ? { email: user.email } : {};
  return {
    requestId: request.id,
    ...(user && { user: { ...userItem(user), ...email, verifiedOrgNames: [] } }),
    timestamp: isoDate(request.timestamp),
    ...(request.reviewedAt !== undefined && { reviewedAt: isoDate(request.reviewedAt) }),
    status: request.status,
    ...(grantedBy && { grantedBy: userItem(grantedBy) }),
    ...(Object.keys(request.fields).length > 0 && { fields: request.fields }),
  };
}
