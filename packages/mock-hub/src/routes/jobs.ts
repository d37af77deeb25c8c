import { eventStream, json, type Answer } from "../http/answer.js";
import type { Call } from "../http/call.js";
import * as field from "../http/fields.js";
import { invalid, type Fields } from "../http/fields.js";
import { pageByIndex } from "../http/link.js";
import { Refusal } from "../http/refusal.js";
import type { Router } from "../http/router.js";
import { contributors, members, type Role } from "../state/accounts.js";
import type { Job, JobSpec } from "../state/job.js";
import { ownerRef } from "./account-view.js";
import { logsOf, stagesOf } from "./job-streams.js";
import { jobProgress, jobView } from "./job-view.js";

const all = "/api/jobs/{namespace}";
const one = `${all}/{jobId}`;
const perPage = 100;

export function addJobRoutes(router: Router): void {
  router.add("GET", all, listJobs);
  router.add("POST", all, runJob);
  router.add("GET", `${all}/count`, (call) => json({ count: findJobs(call).length }));
  router.add("GET", one, (call) => json(jobView(findJob(call), call)));
  router.add("GET", `${one}/logs`, (call) =>
    eventStream(logsOf(findJob(call), call, call.integer("tail", Infinity, { min: 0 }))),
  );
  router.add("GET", `${one}/events`, (call) => eventStream(stagesOf(findJob(call), call)));
  router.add("GET", `${one}/metrics`, (call) =>
    eventStream([{ cpu_usage_pct: 12, memory_used_bytes: 52_428_800, replica: findJob(call).id }]),
  );
  router.add(
    "POST",
    `${one}/cancel`,
    change((job, _, call) => (job.canceledAt ??= call.world.now())),
  );
  router.add(
    "PUT",
    `${one}/labels`,
    change((job, fields) => (job.labels = labelsOf(fields))),
  );
  router.add(
    "PUT",
    `${one}/expose`,
    change((job, fields) => (job.expose = fields)),
  );
  router.add("POST", `${one}/duplicate`, (call) => {
    const job = findJob(call);
    return json(jobView(startJob(call, job.spec, job.labels, { type: "duplicated-job", id: job.id }), call));
  });
}

function listJobs(call: Call): Answer {
  const { page, headers } = pageByIndex(findJobs(call), call.url, perPage);
  return json(
    page.map((job) => jobView(job, call)),
    200,
    headers,
  );
}

/** Newest first. */
function findJobs(call: Call): Job[] {
  const namespace = namespaceOf(call, members);
  const stages = call.list("stage");
  const labels = call.list("label").map((label) => label.split("="));
  return call.world.jobs
    .filter(
      (job) =>
        job.namespace === namespace &&
        (stages.length === 0 || stages.includes(jobProgress(job, call).stage)) &&
        labels.every(([key = "", value = ""]) => job.labels[key] === value),
    )
    .toReversed();
}

async function runJob(call: Call): Promise<Answer> {
  const fields = await call.fields();
  // Schedules know no networks.
  const network = fields["network"] === undefined ? {} : { network: field.asFields(fields["network"]) };
  return json(jobView(startJob(call, { ...jobSpecOf(fields), ...network }, labelsOf(fields)), call));
}

export function startJob(call: Call, spec: JobSpec, labels: Record<string, string>, initiator?: Job["initiator"]): Job {
  const { world } = call;
  const job: Job = {
    id: world.objectId(),
    namespace: namespaceOf(call, contributors),
    createdBy: call.writer.name,
    createdAt: world.now(),
    spec,
    labels,
    ...(initiator && { initiator }),
  };
  world.jobs.push(job);
  return job;
}

const keptAsSent = ["dockerImage", "spaceId", "command", "arguments", "arch", "volumes", "expose", "resourceGroupId"];

/** Of the secrets only the names stay. */
export function jobSpecOf(fields: Fields): JobSpec {
  if (field.optionalText(fields, "dockerImage") === undefined && field.optionalText(fields, "spaceId") === undefined) {
    throw invalid("Expected a dockerImage or a spaceId");
  }
  const timeout = field.optionalNumber(fields, "timeoutSeconds");
  return {
    ...Object.fromEntries(keptAsSent.filter((name) => fields[name] !== undefined).map((name) => [name, fields[name]])),
    flavor: field.requiredText(fields, "flavor"),
    environment: field.asFields(fields["environment"] ?? {}),
    secrets: Object.keys(field.asFields(fields["secrets"] ?? {})),
    ...(timeout !== undefined && { timeout }),
  };
}

export function labelsOf(fields: Fields): Record<string, string> {
  return Object.fromEntries(
    Object.entries(field.asFields(fields["labels"] ?? {})).map(([key, value]) => [key, String(value)]),
  );
}

function change(apply: (job: Job, fields: Fields, call: Call) => void): (call: Call) => Promise<Answer> {
  return async (call) => {
    namespaceOf(call, contributors);
    const job = findJob(call);
    apply(job, await call.fields(), call);
    return json(jobView(job, call));
  };
}

/** The namespace of the path, in which the caller must have a role. */
export function namespaceOf(call: Call, allowed: readonly Role[]): string {
  const user = allowed === members ? call.user : call.writer;
  const owner = ownerRef(call.param("namespace"), call.world);
  const role = call.world.accounts.roleIn(owner.name, user);
  if (!role || !allowed.includes(role))
    throw new Refusal(403, `You may not run jobs in the namespace "${owner.name}".`);
  return owner.name;
}

export function findJob(call: Call): Job {
  const namespace = namespaceOf(call, members);
  const job = call.world.jobs.find(({ id, namespace: owner }) => id === call.param("jobId") && owner === namespace);
  if (!job) throw new Refusal(404, "Job not found");
  return job;
}
