import type { Query, Result, Schema } from "@hf-api/raw";
import { isoTime, unixSeconds, type DateInput } from "../inputs/dates.js";
import { HubInputError } from "../errors.js";
import { eventStream, type EventStream, type StreamOptions } from "../events/event-stream.js";
import type { RequestOptions } from "../options.js";
import { Namespace } from "../namespace.js";
import type { OrganizationInput } from "./organizations.js";

/** What was used in one billing period, by product. */
export interface BillingUsage extends Schema<"BillingUsage"> {}
/** What was used between two dates, by product. The Hub's document does not say in which form: any part may be absent. */
export interface UsageBetween extends Result<"get", "/api/settings/billing/usage-v2"> {}
/** What is used now. Any part may be absent. */
export interface LiveUsage extends Schema<"LiveUsage"> {}
/** Requests and their costs (in cents), by month and session. */
export interface InferenceUsage extends Result<"get", "/api/settings/billing/usage-by-inference-session"> {}
/** What one month cost, by resource group. */
export interface ResourceGroupUsagePeriod extends Schema<"ResourceGroupUsagePeriod"> {}
/** Costs (in cents), times (in seconds) and storage (in GB, the month's peak), by month and resource group. */
export interface ResourceGroupUsage extends Result<
  "get",
  "/api/organizations/{name}/billing/usage-by-resource-group"
> {}
/** Minutes and costs (in millionths of a dollar) of each job. */
export interface JobsUsage extends Result<"get", "/api/settings/billing/usage/jobs"> {}

interface Payer {
  /** An organisation. Default: the signed-in user. */
  org?: string | undefined;
}

/** `periodId` names the billing period. Default: the current one. */
export interface GetUsageInput extends Payer, Query<"get", "/api/settings/billing/usage"> {}

/** Whose usage, from when to when. */
export interface GetUsageBetweenInput
  extends Payer, Omit<Query<"get", "/api/settings/billing/usage-v2">, "startDate" | "endDate"> {
  /** Down to the second. */
  startDate: DateInput;
  /** Down to the second. */
  endDate: DateInput;
}

interface Period {
  startDate?: DateInput | undefined;
  endDate?: DateInput | undefined;
}

/** Whose usage, from when to when. */
export interface GetInferenceUsageInput
  extends Payer, Period, Omit<Query<"get", "/api/settings/billing/usage-by-inference-session">, keyof Period> {}
/** Both dates lie in the last twelve months. Default: the current month. */
export interface GetResourceGroupUsageInput
  extends
    OrganizationInput,
    Period,
    Omit<Query<"get", "/api/organizations/{name}/billing/usage-by-resource-group">, keyof Period> {}

/** Whose usage to watch: an organisation's or a user's. Default: the signed-in user's. */
export type StreamUsageInput =
  { org?: string | undefined; username?: undefined } | { org?: undefined; username?: string | undefined };

/** What the signed-in user and their organisations use and pay. */
export class Billing extends Namespace {
  /**
   * Returns what was used in the current billing period, or in the one that `periodId` names.
   *
   * @throws {HubResponseError} with code `Forbidden` unless the token may see the organisation's bills.
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/users/GET/api/settings/billing/usage
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/orgs/GET/api/organizations/%7Bname%7D/billing/usage
   * @example
   * const { usage, period } = await hub.billing.getUsage({ org: "my-org" });
   */
  async getUsage({ org, ...query }: GetUsageInput = {}, options?: RequestOptions): Promise<BillingUsage> {
    return org === undefined
      ? this.transport.json.get("/api/settings/billing/usage", { query, ...options })
      : this.transport.json.get("/api/organizations/{name}/billing/usage", { path: { name: org }, query, ...options });
  }

  /**
   * Returns what was used between two dates.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/users/GET/api/settings/billing/usage-v2
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/orgs/GET/api/organizations/%7Bname%7D/billing/usage-v2
   * @example
   * const usage = await hub.billing.getUsageBetween({ startDate: "2026-01-01", endDate: new Date() });
   */
  async getUsageBetween(
    { org, startDate, endDate, ...rest }: GetUsageBetweenInput,
    options?: RequestOptions,
  ): Promise<UsageBetween> {
    const query = {
      ...rest,
      startDate: unixSeconds("startDate", startDate),
      endDate: unixSeconds("endDate", endDate),
    };
    return org === undefined
      ? this.transport.json.get("/api/settings/billing/usage-v2", { query, ...options })
      : this.transport.json.get("/api/organizations/{name}/billing/usage-v2", {
          path: { name: org },
          query,
          ...options,
        });
  }

  /**
   * Returns what calls of inference providers cost, by month and session.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/users/GET/api/settings/billing/usage-by-inference-session
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/orgs/GET/api/organizations/%7Bname%7D/billing/usage-by-inference-session
   * @example
   * const { periods, currency } = await hub.billing.getInferenceUsage({ startDate: new Date("2026-01-01") });
   */
  async getInferenceUsage(
    { org, ...period }: GetInferenceUsageInput = {},
    options?: RequestOptions,
  ): Promise<InferenceUsage> {
    const query = periodOf(period);
    return org === undefined
      ? this.transport.json.get("/api/settings/billing/usage-by-inference-session", { query, ...options })
      : this.transport.json.get("/api/organizations/{name}/billing/usage-by-inference-session", {
          path: { name: org },
          query,
          ...options,
        });
  }

  /**
   * Returns what the resource groups of an organisation used, by month.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/orgs/GET/api/organizations/%7Bname%7D/billing/usage-by-resource-group
   * @example
   * const { periods } = await hub.billing.getResourceGroupUsage({ org: "my-org", startDate: new Date("2026-01-01") });
   */
  async getResourceGroupUsage(
    { org, ...period }: GetResourceGroupUsageInput,
    options?: RequestOptions,
  ): Promise<ResourceGroupUsage> {
    return this.transport.json.get("/api/organizations/{name}/billing/usage-by-resource-group", {
      path: { name: org },
      query: periodOf(period),
      ...options,
    });
  }

  /**
   * Returns what the user's jobs used in the current subscription period.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/users/GET/api/settings/billing/usage/jobs
   * @example
   * const { usage } = await hub.billing.getJobsUsage();
   */
  async getJobsUsage(options?: RequestOptions): Promise<JobsUsage> {
    return this.transport.json.get("/api/settings/billing/usage/jobs", { ...options });
  }

  /**
   * Follows what is used as it happens. After a broken connection the stream goes on with what happens then. Events that
   * only keep the connection open have a text in the place of data.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/users/GET/api/settings/billing/usage/live
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/orgs/GET/api/organizations/%7Bname%7D/billing/usage/live
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/users/GET/api/users/%7Busername%7D/billing/usage/live
   * @example
   * for await (const usage of hub.billing.streamUsage({ org: "my-org" })) {
   *   console.log(typeof usage === "object" ? usage.inference?.usedNanoUsd : usage);
   * }
   */
  streamUsage({ org, username }: StreamUsageInput = {}, options?: StreamOptions): EventStream<LiveUsage | string> {
    const { transport } = this;
    if (org !== undefined && username !== undefined) {
      throw new HubInputError("usage is either an organisation's or a user's; both org and username are given");
    }
    if (org !== undefined) {
      const find = async () => ({ path: { name: org } });
      return eventStream(transport, "/api/organizations/{name}/billing/usage/live", { find, ...options });
    }
    if (username !== undefined) {
      const find = async () => ({ path: { username } });
      return eventStream(transport, "/api/users/{username}/billing/usage/live", { find, ...options });
    }
    return eventStream(transport, "/api/settings/billing/usage/live", { find: async () => ({}), ...options });
  }

  /**
   * Follows what the user spends and how many of their jobs run, over one connection. After a broken connection the
   * stream goes on with what happens then. Events that only keep the connection open have a text in the place of data.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/users/GET/api/settings/metrics/live
   * @example
   * for await (const { event, data } of hub.billing.streamMetrics().events()) {
   *   if (event === "usage" && typeof data === "object") console.log(data.rateLimits?.blockedPastWeek);
   *   else console.log(event, data);
   * }
   */
  streamMetrics(options?: StreamOptions): EventStream<LiveUsage | string> {
    return eventStream(this.transport, "/api/settings/metrics/live", { find: async () => ({}), ...options });
  }
}

function periodOf<P extends Period>({ startDate, endDate, ...rest }: P) {
  return { ...rest, startDate: isoTime("startDate", startDate), endDate: isoTime("endDate", endDate) };
}
