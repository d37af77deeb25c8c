import type { Body, Query, Result, Schema } from "@hf-api/raw";
import { eventStream, type EventStream, type StreamOptions } from "../events/event-stream.js";
import { HubInputError } from "../errors.js";
import { ownerOr } from "../identity.js";
import type { Transport } from "../transport/transport.js";
import type { ListInput } from "../lists/list-input.js";
import { linkedPages } from "../lists/loaders.js";
import type { RequestOptions } from "../options.js";
import type { Pages } from "../lists/pages.js";
import type { Item } from "../lists/item.js";
import { Namespace } from "../namespace.js";
import type { WaitOptions } from "../waits/waits.js";
import { waits } from "../waits/on-demand.js";

export interface JobsInput {
  /** The user or organisation that the jobs belong to. Default: the signed-in user. */
  namespace?: string | undefined;
}

export interface JobInput extends JobsInput {
  jobId: string;
}

/** What runs, or ran: its specification, status and timing. `status.stage` says how far it is. */
export interface Job extends Schema<"Job"> {}
/** A machine that jobs run on. Prices are per `unitLabel`. */
export interface JobHardware extends Item<Result<"get", "/api/jobs/hardware">> {}
export interface JobCount extends Result<"get", "/api/jobs/{namespace}/count"> {}
/** One line of output, and when it was written. */
export interface LogLine extends Schema<"LogLine"> {}
/** How busy one replica of a job or Space is. */
export interface JobMetrics extends Schema<"JobMetrics"> {}
/** Whom the token belongs to, and whose jobs they may use. */
export interface JobAccess extends Result<"post", "/api/jobs/{namespace}/auth-check/{perms}"> {}

/** Filters as in the list of jobs. */
export interface CountJobsInput extends JobsInput, Query<"get", "/api/jobs/{namespace}/count"> {}
/** `label` is `key=value`. */
export interface ListJobsInput
  extends JobsInput, Omit<Query<"get", "/api/jobs/{namespace}">, "cursor">, Omit<ListInput, "pageSize"> {}
/**
 * A network of jobs, which reach each other on every port without being reachable from outside: those of one owner and
 * one resource group that name the same `group`, of at most 46 small letters, digits and dashes. Others find a job by its
 * `aliases`, of at most 34 characters each, none of them twice.
 */
export interface JobNetwork extends Schema<"JobNetwork"> {}
/** What runs is a `dockerImage` or a Space (`spaceId`), with `command` and `arguments`. */
export interface RunJobInput extends JobsInput, Omit<Body<"post", "/api/jobs/{namespace}">, "network"> {
  /** Joins a network of jobs; scheduled jobs cannot. */
  network?: JobNetwork | undefined;
}
/** Labels that replace all those that the job has. */
export interface SetJobLabelsInput extends JobInput, Body<"put", "/api/jobs/{namespace}/{jobId}/labels"> {}
/** At most 20 ports of each kind, which replace those that are exposed. */
export interface ExposeJobInput extends JobInput, Body<"put", "/api/jobs/{namespace}/{jobId}/expose"> {}

/** Which job's output, and how much of what is there already. */
export interface StreamJobLogsInput extends JobInput, Query<"get", "/api/jobs/{namespace}/{jobId}/logs"> {
  /** How many of the latest lines to begin with; the Hub sends the job's first line before them. Default: all. */
  tail?: number | undefined;
  /**
   * Whether to wait for lines that are written from now on. Without it, the stream ends with the lines that are there,
   * after 5 seconds of silence (`idleTimeout`) at the latest. Default true.
   */
  follow?: boolean | undefined;
}

/** Which job, and what to wait for. */
export interface WaitForJobInput extends JobInput {
  /** Where the wait ends, apart from stages that last: `COMPLETED`, `CANCELED`, `ERROR` and `DELETED`. */
  stages?: readonly JobStage[] | undefined;
}

/** How far a job is. */
export type JobStage = Job["status"]["stage"];

/** Whose jobs, and which right to them. */
export interface CheckJobsAccessInput extends JobsInput {
  /** The right to check for. */
  perms: "read" | "write";
}

export interface CheckJobAccessInput extends CheckJobsAccessInput, JobInput {}

/** Commands that run on the Hub's machines, billed by the minute to whom they belong. */
export class Jobs extends Namespace {
  /**
   * Lists jobs, the latest first.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/jobs/GET/api/jobs/%7Bnamespace%7D
   * @example
   * for await (const job of hub.jobs.list({ stage: ["RUNNING", "COMPLETED"], label: "team=nlp" })) console.log(job.id);
   */
  list({ namespace, limit, ...query }: ListJobsInput = {}, options?: RequestOptions): Pages<Job> {
    return linkedPages(this.transport, "/api/jobs/{namespace}", {
      path: { namespace },
      query,
      findOwner: (all) => ownerOr(this.transport, namespace, all),
      limit,
      ...options,
    });
  }

  /**
   * Returns a job as it is now.
   *
   * @throws {HubResponseError} with code `NotFound`.
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/jobs/GET/api/jobs/%7Bnamespace%7D/%7BjobId%7D
   * @example
   * const { status } = await hub.jobs.get({ jobId: "687fb701029421ae5549d998" });
   */
  async get(job: JobInput, options?: RequestOptions): Promise<Job> {
    return this.transport.json.get("/api/jobs/{namespace}/{jobId}", {
      path: await this.#place(job, options),
      ...options,
    });
  }

  /**
   * Queues a job, which costs money from its start to its end; `timeoutSeconds` bounds both. Secrets reach the job as
   * environment variables, and nobody can read them back.
   *
   * @throws {HubResponseError} with code `PaymentRequired` when there is no credit.
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/jobs/POST/api/jobs/%7Bnamespace%7D
   * @example
   * const job = await hub.jobs.run({
   *   dockerImage: "python:3.12",
   *   command: ["python", "-c", "print(6 * 7)"],
   *   flavor: "cpu-basic",
   *   timeoutSeconds: 600,
   * });
   */
  async run({ namespace, ...body }: RunJobInput, options?: RequestOptions): Promise<Job> {
    return this.transport.json.post("/api/jobs/{namespace}", {
      path: { namespace: await ownerOr(this.transport, namespace, options) },
      body,
      ...options,
    });
  }

  /**
   * Stops a job for good.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/jobs/POST/api/jobs/%7Bnamespace%7D/%7BjobId%7D/cancel
   * @example
   * await hub.jobs.cancel({ jobId: "687fb701029421ae5549d998" });
   */
  async cancel(job: JobInput, options?: RequestOptions): Promise<Job> {
    return this.transport.json.post("/api/jobs/{namespace}/{jobId}/cancel", {
      path: await this.#place(job, options),
      ...options,
    });
  }

  /**
   * Queues a new job like an earlier one, and returns the new one. It is billed like any other.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/jobs/POST/api/jobs/%7Bnamespace%7D/%7BjobId%7D/duplicate
   * @example
   * const again = await hub.jobs.duplicate({ jobId: "687fb701029421ae5549d998" });
   */
  async duplicate(job: JobInput, options?: RequestOptions): Promise<Job> {
    return this.transport.json.post("/api/jobs/{namespace}/{jobId}/duplicate", {
      path: await this.#place(job, options),
      ...options,
    });
  }

  /**
   * Waits until a job has ended, or has one of the `stages`, and returns it. A job that failed is no error: look at its
   * `status.stage`. The Hub is asked after 1 second, then less and less often, and failures that may pass are waited out.
   *
   * @throws {HubTimeoutError} after `deadline` milliseconds; the job goes on.
   * @throws {HubResponseError} with code `NotFound`.
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/jobs/GET/api/jobs/%7Bnamespace%7D/%7BjobId%7D
   * @example
   * const { status } = await hub.jobs.wait(
   *   { jobId: "687fb701029421ae5549d998" },
   *   { deadline: 3_600_000, onProgress: (job) => console.log(job.status.stage) },
   * );
   */
  async wait({ stages = [], ...job }: WaitForJobInput, options?: WaitOptions<Job>): Promise<Job> {
    return (await waits(this.transport)).job(`job ${job.jobId}`, (all) => this.get(job, all), stages, options);
  }

  /**
   * Counts jobs, those of some stages where `stage` names them.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/jobs/GET/api/jobs/%7Bnamespace%7D/count
   * @example
   * const { count } = await hub.jobs.count({ stage: ["RUNNING", "SCHEDULING"] });
   */
  async count({ namespace, ...query }: CountJobsInput = {}, options?: RequestOptions): Promise<JobCount> {
    return this.transport.json.get("/api/jobs/{namespace}/count", {
      path: { namespace: await ownerOr(this.transport, namespace, options) },
      query,
      ...options,
    });
  }

  /**
   * Gives a job these labels instead of those it has.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/jobs/PUT/api/jobs/%7Bnamespace%7D/%7BjobId%7D/labels
   * @example
   * await hub.jobs.setLabels({ jobId: "687fb701029421ae5549d998", labels: { team: "nlp" } });
   */
  async setLabels({ jobId, namespace, ...body }: SetJobLabelsInput, options?: RequestOptions): Promise<Job> {
    return this.transport.json.put("/api/jobs/{namespace}/{jobId}/labels", {
      path: await this.#place({ jobId, namespace }, options),
      body,
      ...options,
    });
  }

  /**
   * Makes these ports of a job reachable instead of those that are. Visitors need the right to read the job, except at
   * the ports in `portsPublic`, which are open to everyone.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/jobs/PUT/api/jobs/%7Bnamespace%7D/%7BjobId%7D/expose
   * @example
   * await hub.jobs.expose({ jobId: "687fb701029421ae5549d998", ports: [8080] });
   */
  async expose({ jobId, namespace, ...body }: ExposeJobInput, options?: RequestOptions): Promise<Job> {
    return this.transport.json.put("/api/jobs/{namespace}/{jobId}/expose", {
      path: await this.#place({ jobId, namespace }, options),
      body,
      ...options,
    });
  }

  /**
   * Lists the machines that jobs can run on; `name` is what a job takes as its `flavor`.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/jobs/GET/api/jobs/hardware
   * @example
   * const cheap = (await hub.jobs.listHardware()).filter(({ unitCostUSD }) => unitCostUSD < 0.01);
   */
  async listHardware(options?: RequestOptions): Promise<JobHardware[]> {
    return this.transport.json.get("/api/jobs/hardware", { ...options });
  }

  /**
   * Follows a job's output, from its start unless `tail` says otherwise, to its end. The Hub may end the stream of a job
   * that has hardly started: while the job's stage is `RUNNING`, ask again. After a reconnect, only new lines are
   * delivered.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/jobs/GET/api/jobs/%7Bnamespace%7D/%7BjobId%7D/logs
   * @example
   * for await (const { data } of hub.jobs.streamLogs({ jobId: "687fb701029421ae5549d998" })) console.log(data);
   */
  streamLogs(
    { jobId, namespace, tail, follow, ...query }: StreamJobLogsInput,
    options?: StreamOptions,
  ): EventStream<LogLine> {
    return eventStream(this.transport, "/api/jobs/{namespace}/{jobId}/logs", {
      find: async (latest) => ({
        path: await this.#place({ jobId, namespace }, options),
        query: { ...query, tail: latest },
      }),
      log: { tail, follow },
      ...options,
    });
  }

  /**
   * Follows how busy a running job is. The stream does not end with the job: watch the job's stage, and end it by a
   * `signal`. Of a job that is over, the Hub has none.
   *
   * @throws {HubResponseError} when the job is over already.
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/jobs/GET/api/jobs/%7Bnamespace%7D/%7BjobId%7D/metrics
   * @example
   * for await (const { cpu_usage_pct } of hub.jobs.streamMetrics({ jobId: "687fb701029421ae5549d998" })) {
   *   console.log(cpu_usage_pct);
   * }
   */
  streamMetrics(job: JobInput, options?: StreamOptions): EventStream<JobMetrics> {
    return eventStream(this.transport, "/api/jobs/{namespace}/{jobId}/metrics", {
      find: async () => ({ path: await this.#place(job, options) }),
      ...options,
    });
  }

  /**
   * Follows what happens to a job. Nothing says what the Hub returns of it, so each event's data is yours to check.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/jobs/GET/api/jobs/%7Bnamespace%7D/%7BjobId%7D/events
   * @example
   * for await (const event of hub.jobs.streamEvents({ jobId: "687fb701029421ae5549d998" })) console.log(event);
   */
  streamEvents(job: JobInput, options?: StreamOptions): EventStream<unknown> {
    return eventStream(this.transport, "/api/jobs/{namespace}/{jobId}/events", {
      find: async () => ({ path: await this.#place(job, options) }),
      ...options,
    });
  }

  /**
   * Finds out whether the token may see or change a job, and whom it belongs to.
   *
   * @throws {HubResponseError} with code `Forbidden` or `NotFound` when it may not.
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/jobs/POST/api/jobs/%7Bnamespace%7D/%7BjobId%7D/auth-check/%7Bperms%7D
   * @example
   * await hub.jobs.checkAccess({ jobId: "687fb701029421ae5549d998", perms: "write" });
   */
  async checkAccess({ perms, ...job }: CheckJobAccessInput, options?: RequestOptions): Promise<JobAccess> {
    return this.transport.json.post("/api/jobs/{namespace}/{jobId}/auth-check/{perms}", {
      path: { ...(await this.#place(job, options)), perms },
      idempotent: true,
      ...options,
    });
  }

  /**
   * Finds out whether the token may see or run jobs of a user or an organisation.
   *
   * @throws {HubResponseError} with code `Forbidden` or `NotFound` when it may not.
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/jobs/POST/api/jobs/%7Bnamespace%7D/auth-check/%7Bperms%7D
   * @example
   * await hub.jobs.checkNamespaceAccess({ namespace: "my-org", perms: "write" });
   */
  async checkNamespaceAccess({ namespace, perms }: CheckJobsAccessInput, options?: RequestOptions): Promise<JobAccess> {
    return this.transport.json.post("/api/jobs/{namespace}/auth-check/{perms}", {
      path: { namespace: await ownerOr(this.transport, namespace, options), perms },
      idempotent: true,
      ...options,
    });
  }

  #place(job: JobInput, options: RequestOptions | undefined): Promise<JobPlace> {
    return jobPlace(this.transport, job, options);
  }
}

interface JobPlace {
  namespace: string;
  jobId: string;
}

/**
 * Where a job or a schedule is, for a route.
 *
 * @throws {HubInputError} for an id that is none, before anybody is asked for the owner.
 */
export async function jobPlace(
  transport: Transport,
  { jobId, namespace }: JobInput,
  options: RequestOptions | undefined,
): Promise<JobPlace> {
  if (typeof jobId !== "string" || !/^[\w-]+$/.test(jobId)) {
    throw new HubInputError(`the job's id is ${JSON.stringify(jobId)?.slice(0, 120)}; expected letters and digits`);
  }
  return { namespace: await ownerOr(transport, namespace, options), jobId };
}
