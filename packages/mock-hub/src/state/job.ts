type JobStage = "SCHEDULING" | "RUNNING" | "COMPLETED" | "ERROR" | "CANCELED";

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

/** How far a job is. */
export interface JobProgress {
  readonly stage: JobStage;
  readonly startedAt?: number;
  readonly finishedAt?: number;
}

const steps = 5;

/** When each line of a job's log appears: the job starts with the first one and ends with the last one. */
export function logTimesOf(job: Job, duration: number): number[] {
  return Array.from({ length: steps }, (_, index) => job.createdAt + Math.round(((index + 1) * duration) / steps));
}

/** Jobs need no machine: they start and end by the clock. What ended before it was canceled stays as it ended. */
export function progressOf(job: Job, duration: number, now: number): JobProgress {
  const [startedAt = 0, ...rest] = logTimesOf(job, duration);
  const end = rest.at(-1) ?? startedAt;
  const canceledAt = job.canceledAt ?? Infinity;
  const reached = Math.min(now, canceledAt);
  if (reached >= end) return { stage: fails(job) ? "ERROR" : "COMPLETED", startedAt, finishedAt: end };
  const start = reached >= startedAt ? { startedAt } : {};
  if (now >= canceledAt) return { stage: "CANCELED", ...start, finishedAt: canceledAt };
  return { stage: reached >= startedAt ? "RUNNING" : "SCHEDULING", ...start };
}

/** As in a shell, the command `false` does nothing but fail. */
function fails({ spec: { command } }: Job): boolean {
  return Array.isArray(command) && command[0] === "false";
}
