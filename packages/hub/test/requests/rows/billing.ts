import { readAll } from "../read-all.js";
import type { Row } from "../row.js";

export const rows: Row[] = [
  {
    method: "billing.getUsage",
    operation: "getMyBillingUsage",
    call: (hub) => hub.billing.getUsage(),
    request: "GET /api/settings/billing/usage",
  },
  {
    method: "billing.getUsage",
    operation: "getMyBillingUsage",
    call: (hub) => hub.billing.getUsage({ periodId: "65a1b2c3d4e5f60718293a4b" }),
    request: "GET /api/settings/billing/usage?periodId=65a1b2c3d4e5f60718293a4b",
  },
  {
    method: "billing.getUsage",
    operation: "getOrganizationBillingUsage",
    call: (hub) => hub.billing.getUsage({ org: "my-org", periodId: "65a1b2c3d4e5f60718293a4b" }),
    request: "GET /api/organizations/my-org/billing/usage?periodId=65a1b2c3d4e5f60718293a4b",
  },
  {
    method: "billing.getUsageBetween",
    operation: "getMyBillingUsageV2",
    call: (hub) =>
      hub.billing.getUsageBetween({ startDate: "2026-01-01", endDate: new Date("2026-02-01T00:00:00.999Z") }),
    request: "GET /api/settings/billing/usage-v2?startDate=1767225600&endDate=1769904000",
  },
  {
    method: "billing.getUsageBetween",
    operation: "getOrganizationBillingUsageV2",
    call: (hub) => hub.billing.getUsageBetween({ org: "my-org", startDate: "2026-01-01", endDate: "2026-02-01" }),
    request: "GET /api/organizations/my-org/billing/usage-v2?startDate=1767225600&endDate=1769904000",
  },
  {
    method: "billing.getInferenceUsage",
    operation: "getMyBillingUsageByInferenceSession",
    call: (hub) => hub.billing.getInferenceUsage(),
    request: "GET /api/settings/billing/usage-by-inference-session",
  },
  {
    method: "billing.getInferenceUsage",
    operation: "getOrganizationBillingUsageByInferenceSession",
    call: (hub) => hub.billing.getInferenceUsage({ org: "my-org", startDate: new Date("2026-01-01") }),
    request: "GET /api/organizations/my-org/billing/usage-by-inference-session?startDate=2026-01-01T00%3A00%3A00.000Z",
  },
  {
    method: "billing.getResourceGroupUsage",
    operation: "getOrganizationBillingUsageByResourceGroup",
    call: (hub) => hub.billing.getResourceGroupUsage({ org: "my-org", endDate: new Date("2026-02-01") }),
    request: "GET /api/organizations/my-org/billing/usage-by-resource-group?endDate=2026-02-01T00%3A00%3A00.000Z",
  },
  {
    method: "billing.getJobsUsage",
    operation: "getMyBillingUsageForJobs",
    call: (hub) => hub.billing.getJobsUsage(),
    request: "GET /api/settings/billing/usage/jobs",
  },
  {
    method: "billing.streamUsage",
    operation: "streamMyBillingUsage",
    call: (hub) => readAll(hub.billing.streamUsage()),
    request: "GET /api/settings/billing/usage/live",
  },
  {
    method: "billing.streamUsage",
    operation: "streamOrganizationBillingUsage",
    call: (hub) => readAll(hub.billing.streamUsage({ org: "my-org" })),
    request: "GET /api/organizations/my-org/billing/usage/live",
  },
  {
    method: "billing.streamUsage",
    operation: "streamUserBillingUsage",
    call: (hub) => readAll(hub.billing.streamUsage({ username: "julien-c" })),
    request: "GET /api/users/julien-c/billing/usage/live",
  },
  {
    method: "billing.streamMetrics",
    operation: "streamMyMetrics",
    call: (hub) => readAll(hub.billing.streamMetrics()),
    request: "GET /api/settings/metrics/live",
  },
];
