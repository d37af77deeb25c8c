import type { Body, Query, Schema } from "@hf-api/raw";
import { ownerOr } from "../identity.js";
import type { RequestOptions } from "../options.js";
import { jobPlace, type Job, type JobsInput } from "./jobs.js";
import { Namespace } from "../namespace.js";

export interface ScheduledJobInput extends JobsInput {
  scheduledJobId: string;
}

/** A schedule: what it runs and when, its last run and its next. */
export interface ScheduledJob extends Schema<"ScheduledJob"> {}

/** `label` is `key=value`. */
export interface ListScheduledJobsInput extends JobsInput, Query<"get", "/api/scheduled-jobs/{namespace}"> {}
/** `schedule` is a cron expression in UTC, or one of `@hourly`, `@daily`, `@weekly`, `@monthly` and `@yearly`. */
export interface CreateScheduledJobInput extends JobsInput, Body<"post", "/api/scheduled-jobs/{namespace}"> {}
export interface SetScheduledJobLabelsInput
  extends ScheduledJobInput, Body<"put", "/api/scheduled-jobs/{namespace}/{jobId}/labels"> {}
/** When it runs from now on, in UTC. */
export interface SetScheduleInput
  extends ScheduledJobInput, Body<"post", "/api/scheduled-jobs/{namespace}/{jobId}/schedule"> {}

/** Jobs that the Hub runs again and again. Each run is a job of its own, with its own id and bill. */
export class ScheduledJobs extends Namespace {
  /**
   * Lists schedules.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/jobs/GET/api/scheduled-jobs/%7Bnamespace%7D
   * @example
   * const schedules = await hub.scheduledJobs.list({ label: "team=nlp" });
   */
  async list({ namespace, ...query }: ListScheduledJobsInput = {}, options?: RequestOptions): Promise<ScheduledJob[]> {
    return this.transport.json.get("/api/scheduled-jobs/{namespace}", {
      path: { namespace: await ownerOr(this.transport, namespace, options) },
      query,
      ...options,
    });
  }

  /**
   * Returns a schedule.
   *
   * @throws {HubResponseError} with code `NotFound`.
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/jobs/GET/api/scheduled-jobs/%7Bnamespace%7D/%7BjobId%7D
   * @example
   * const { status } = await hub.scheduledJobs.get({ scheduledJobId: "687fb701029421ae5549d999" });
   */
  async get(schedule: ScheduledJobInput, options?: RequestOptions): Promise<ScheduledJob> {
    return this.transport.json.get("/api/scheduled-jobs/{namespace}/{jobId}", {
      path: await this.#place(schedule, options),
      ...options,
    });
  }

  /**
   * Begins a schedule, which costs money with each run. A run that is due while the last one goes on is left out, unless
   * `concurrency` allows both; `suspend` creates a schedule that waits for `resume`.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/jobs/POST/api/scheduled-jobs/%7Bnamespace%7D
   * @example
   * await hub.scheduledJobs.create({
   *   schedule: "@daily",
   *   jobSpec: { dockerImage: "python:3.12", command: ["python", "-c", "print(6 * 7)"], flavor: "cpu-basic" },
   * });
   */
  async create({ namespace, ...body }: CreateScheduledJobInput, options?: RequestOptions): Promise<ScheduledJob> {
    return this.transport.json.post("/api/scheduled-jobs/{namespace}", {
      path: { namespace: await ownerOr(this.transport, namespace, options) },
      body,
      ...options,
    });
  }

  /**
   * Ends a schedule for good. Jobs that it has begun go on.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/jobs/DELETE/api/scheduled-jobs/%7Bnamespace%7D/%7BjobId%7D
   * @example
   * await hub.scheduledJobs.delete({ scheduledJobId: "687fb701029421ae5549d999" });
   */
  async delete(schedule: ScheduledJobInput, options?: RequestOptions): Promise<void> {
    return this.transport.empty.delete("/api/scheduled-jobs/{namespace}/{jobId}", {
      path: await this.#place(schedule, options),
      ...options,
    });
  }

  /**
   * Makes a schedule start no more jobs until it is resumed.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/jobs/POST/api/scheduled-jobs/%7Bnamespace%7D/%7BjobId%7D/suspend
   * @example
   * await hub.scheduledJobs.suspend({ scheduledJobId: "687fb701029421ae5549d999" });
   */
  async suspend(schedule: ScheduledJobInput, options?: RequestOptions): Promise<void> {
    return this.transport.empty.post("/api/scheduled-jobs/{namespace}/{jobId}/suspend", {
      path: await this.#place(schedule, options),
      ...options,
    });
  }

  /**
   * Lets a suspended schedule start jobs again, from its next date on.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/jobs/POST/api/scheduled-jobs/%7Bnamespace%7D/%7BjobId%7D/resume
   * @example
   * await hub.scheduledJobs.resume({ scheduledJobId: "687fb701029421ae5549d999" });
   */
  async resume(schedule: ScheduledJobInput, options?: RequestOptions): Promise<void> {
    return this.transport.empty.post("/api/scheduled-jobs/{namespace}/{jobId}/resume", {
      path: await this.#place(schedule, options),
      ...options,
    });
  }

  /**
   * Runs a schedule's job now, besides its dates, and returns that job.
   *
   * @throws {HubResponseError} with code `Conflict` when one runs already and the schedule allows only one at a time.
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/jobs/POST/api/scheduled-jobs/%7Bnamespace%7D/%7BjobId%7D/run
   * @example
   * const job = await hub.scheduledJobs.run({ scheduledJobId: "687fb701029421ae5549d999" });
   */
  async run(schedule: ScheduledJobInput, options?: RequestOptions): Promise<Job> {
    return this.transport.json.post("/api/scheduled-jobs/{namespace}/{jobId}/run", {
      path: await this.#place(schedule, options),
      ...options,
    });
  }

  /**
   * Gives a schedule these labels instead of those it has.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/jobs/PUT/api/scheduled-jobs/%7Bnamespace%7D/%7BjobId%7D/labels
   * @example
   * await hub.scheduledJobs.setLabels({ scheduledJobId: "687fb701029421ae5549d999", labels: { team: "nlp" } });
   */
  async setLabels(
    { scheduledJobId, namespace, ...body }: SetScheduledJobLabelsInput,
    options?: RequestOptions,
  ): Promise<ScheduledJob> {
    return this.transport.json.put("/api/scheduled-jobs/{namespace}/{jobId}/labels", {
      path: await this.#place({ scheduledJobId, namespace }, options),
      body,
      ...options,
    });
  }

  /**
   * Changes when a schedule starts its jobs.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/jobs/POST/api/scheduled-jobs/%7Bnamespace%7D/%7BjobId%7D/schedule
   * @example
   * await hub.scheduledJobs.setSchedule({ scheduledJobId: "687fb701029421ae5549d999", schedule: "0 6 * * 1" });
   */
  async setSchedule(
    { scheduledJobId, namespace, ...body }: SetScheduleInput,
    options?: RequestOptions,
  ): Promise<ScheduledJob> {
    return this.transport.json.post("/api/scheduled-jobs/{namespace}/{jobId}/schedule", {
      path: await this.#place({ scheduledJobId, namespace }, options),
      body,
      ...options,
    });
  }

  #place(
    { scheduledJobId, namespace }: ScheduledJobInput,
    options: RequestOptions | undefined,
  ): ReturnType<typeof jobPlace> {
    return jobPlace(this.transport, { jobId: scheduledJobId, namespace }, options);
  }
}
