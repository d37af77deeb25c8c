export type JobStage = "SCHEDULING" | "RUNNING" | "COMPLETED" | "CANCELED";

/** What somebody asked to run, as it was sent, without the values of its secrets. */
export interface JobSpec {
  readonly [name: string]: unknown;
  readonly flavor: string;
  readonly environment: Record<string, unknown>;
  readonly secrets: readonly string[];
}

export interface Job {
  readonly id: string;
  readonly namespace: string;
  readonly createdBy: string;
  readonly createdAt: number;
  readonly spec: JobSpec;
  labels: Record<string, string>;
  canceledAt?: number;
  expose?: unknown;
  readonly initiator?: { type: string; id: string };
}

export interface ScheduledJob {
  readonly id: string;
  readonly namespace: string;
  readonly createdBy: string;
  readonly createdAt: number;
  readonly spec: JobSpec;
  readonly concurrency: boolean;
  labels: Record<string, string>;
  schedule: string;
  suspend: boolean;
  lastJob: { id: string; at: number } | undefined;
}

/** When, in milliseconds after its creation, each line of a job's log appears; the last one ends the job. */
export const logTimes: readonly number[] = [200, 400, 600, 800, 1000];

/** Jobs need no machine: they start and end by the clock. */
export function stageOf(job: Job, now: number): JobStage {
  if (job.canceledAt !== undefined) return "CANCELED";
  const [start = 0] = logTimes;
  const elapsed = now - job.createdAt;
  return elapsed < start ? "SCHEDULING" : elapsed < (logTimes.at(-1) ?? 0) ? "RUNNING" : "COMPLETED";
}
