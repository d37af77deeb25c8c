import type { Call } from "../http/call.js";
import { progressOf, type Job, type JobProgress } from "../state/job.js";
import { isoDate } from "../state/world.js";
import { ownerRef } from "./account-view.js";

export function jobProgress(job: Job, { world }: Call, now: number = world.now()): JobProgress {
  return progressOf(job, world.jobDuration, now);
}

export function jobView(job: Job, call: Call, progress: JobProgress = jobProgress(job, call)): Record<string, unknown> {
  const { world } = call;
  const createdBy = ownerRef(job.createdBy, world);
  const owner = ownerRef(job.namespace, world);
  return {
    id: job.id,
    createdAt: isoDate(job.createdAt),
    ...job.spec,
    createdBy: { id: createdBy.id, name: createdBy.name },
    type: "job",
    owner,
    initiator: job.initiator ?? createdBy,
    status: { stage: progress.stage, message: progress.stage === "ERROR" ? "The command failed with code 1" : null },
    ...timesOf(job, progress),
    labels: job.labels,
    ...(job.expose !== undefined && { expose: job.expose }),
  };
}

/** Durations are told in seconds, once the job has ended. */
function timesOf({ createdAt }: Job, { startedAt, finishedAt }: JobProgress): Record<string, unknown> {
  const seconds = (from: number, to: number): number => (to - from) / 1000;
  return {
    ...(startedAt !== undefined && { startedAt: isoDate(startedAt) }),
    ...(finishedAt !== undefined && {
      finishedAt: isoDate(finishedAt),
      durations: {
        schedulingSecs: seconds(createdAt, startedAt ?? finishedAt),
        runningSecs: seconds(startedAt ?? finishedAt, finishedAt),
        totalSecs: seconds(createdAt, finishedAt),
      },
    }),
  };
}
