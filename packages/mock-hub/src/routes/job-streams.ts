import type { Call } from "../http/call.js";
import { logTimesOf, type Job, type JobProgress } from "../state/job.js";
import { isoDate } from "../state/world.js";
import { jobProgress, jobView } from "./job-view.js";

/** Follows the log as it grows, and ends when the job does. The first line is always sent, before any tail. */
export async function* logsOf(job: Job, call: Call, tail: number): AsyncGenerator<unknown> {
  const times = logTimesOf(job, call.world.jobDuration);
  const reached = Math.min(call.world.now(), job.canceledAt ?? Infinity);
  const written = times.filter((time) => time <= reached).length;
  for (const [index, time] of times.entries()) {
    if (index > 0 && index < written - tail) continue;
    await until(time, call);
    if ((job.canceledAt ?? Infinity) < time) return;
    yield index === 0 ? startOf(time) : { data: `Step ${index} of ${times.length - 1}`, timestamp: isoDate(time) };
  }
}

/** The Hub writes this line itself, to the second. */
function startOf(time: number): object {
  const seconds = isoDate(time).slice(0, 19);
  return { data: `===== Job started at ${seconds.replace("T", " ")} =====`, timestamp: `${seconds}Z` };
}

/** What the job is now, and each time that its stage changes. */
export async function* stagesOf(job: Job, call: Call): AsyncGenerator<unknown> {
  const times = logTimesOf(job, call.world.jobDuration);
  let told: JobProgress | undefined;
  for (const time of [job.createdAt, ...times]) {
    await until(time, call);
    const progress = jobProgress(job, call, Math.max(time, call.world.now()));
    if (progress.stage !== told?.stage) yield jobView(job, call, progress);
    told = progress;
    if (progress.finishedAt !== undefined) return;
  }
}

/** A timer may fire a millisecond early; whoever looks at the job when its stream has ended shall see its end. */
async function until(time: number, call: Call): Promise<void> {
  const delay = time - call.world.now();
  if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay + 1));
}
