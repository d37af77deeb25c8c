import { json, type Answer } from "../http/answer.js";
import type { Call } from "../http/call.js";
import * as field from "../http/fields.js";
import { invalid, requiredText, type Fields } from "../http/fields.js";
import { Refusal } from "../http/refusal.js";
import type { Router } from "../http/router.js";
import { contributors, members, type Role } from "../state/accounts.js";
import type { ScheduledJob } from "../state/job.js";
import { isoDate } from "../state/world.js";
import { ownerRef } from "./account-view.js";
import { jobProgress, jobView } from "./job-view.js";
import { jobSpecOf, labelsOf, namespaceOf, startJob } from "./jobs.js";

const all = "/api/scheduled-jobs/{namespace}";
const one = `${all}/{jobId}`;
const hour = 3_600_000;

export function addScheduledJobRoutes(router: Router): void {
  router.add("GET", all, list);
  router.add("POST", all, create);
  router.add("GET", one, (call) => json(scheduledJobView(find(call, members), call)));
  router.add("DELETE", one, (call) => {
    const jobs = call.world.scheduledJobs;
    jobs.splice(jobs.indexOf(find(call)), 1);
    return json({});
  });
  router.add(
    "POST",
    `${one}/suspend`,
    change((job) => (job.suspend = true)),
  );
  router.add(
    "POST",
    `${one}/resume`,
    change((job) => (job.suspend = false)),
  );
  router.add(
    "POST",
    `${one}/schedule`,
    change((job, fields) => (job.schedule = scheduleOf(fields))),
  );
  router.add(
    "PUT",
    `${one}/labels`,
    change((job, fields) => (job.labels = labelsOf(fields))),
  );
  router.add("POST", `${one}/run`, run);
}

function list(call: Call): Answer {
  const namespace = namespaceOf(call, members);
  const jobs = call.world.scheduledJobs.filter((job) => job.namespace === namespace);
  return json(jobs.map((job) => scheduledJobView(job, call)));
}

async function create(call: Call): Promise<Answer> {
  const fields = await call.fields();
  const spec = field.asFields(fields["jobSpec"]);
  const job: ScheduledJob = {
    id: call.world.objectId(),
    namespace: namespaceOf(call, contributors),
    createdBy: call.writer.name,
    createdAt: call.world.now(),
    spec: jobSpecOf(spec),
    labels: labelsOf(spec),
    schedule: scheduleOf(fields),
    suspend: field.optionalFlag(fields, "suspend") ?? false,
    concurrency: field.optionalFlag(fields, "concurrency") ?? false,
    lastJob: undefined,
  };
  call.world.scheduledJobs.push(job);
  return json(scheduledJobView(job, call));
}

function run(call: Call): Answer {
  const scheduled = find(call);
  const now = call.world.now();
  const last = call.world.jobs.find(({ id }) => id === scheduled.lastJob?.id);
  if (last && !scheduled.concurrency && jobProgress(last, call).finishedAt === undefined) {
    throw new Refusal(
      409,
      "Another job is already running at the same time, set `concurrency` to allow multiple instances of scheduled jobs to run concurrently",
    );
  }
  const job = startJob(call, scheduled.spec, scheduled.labels, { type: "scheduled-job", id: scheduled.id });
  scheduled.lastJob = { id: job.id, at: now };
  return json(jobView(job, call));
}

function change(apply: (job: ScheduledJob, fields: Fields) => void): (call: Call) => Promise<Answer> {
  return async (call) => {
    const job = find(call);
    apply(job, await call.fields());
    return json(scheduledJobView(job, call));
  };
}

function find(call: Call, allowed: readonly Role[] = contributors): ScheduledJob {
  const namespace = namespaceOf(call, allowed);
  const job = call.world.scheduledJobs.find(
    ({ id, namespace: owner }) => id === call.param("jobId") && owner === namespace,
  );
  if (!job) throw new Refusal(404, "Scheduled job not found");
  return job;
}

function scheduleOf(fields: Fields): string {
  const schedule = requiredText(fields, "schedule");
  if (!/^@(annually|yearly|monthly|weekly|daily|hourly)$|^[\d*,/ -]+$/.test(schedule))
    throw invalid("Invalid schedule", "schedule");
  return schedule;
}

/** Nothing runs by itself here: the next run is said to be an hour away. */
function scheduledJobView(job: ScheduledJob, call: Call): Record<string, unknown> {
  const { world } = call;
  const { id, createdAt, schedule, suspend, concurrency, lastJob, spec, labels } = job;
  return {
    id,
    createdAt: isoDate(createdAt),
    schedule,
    suspend,
    concurrency,
    status: {
      lastJob: lastJob ? { id: lastJob.id, at: isoDate(lastJob.at) } : null,
      nextJobRunAt: isoDate(world.now() + hour),
    },
    type: "scheduled-job",
    owner: ownerRef(job.namespace, world),
    initiator: ownerRef(job.createdBy, world),
    jobSpec: { ...spec, labels },
  };
}
