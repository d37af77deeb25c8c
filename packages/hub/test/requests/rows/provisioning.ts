import type { RequestAccountInput } from "../../../src/namespaces/provisioning.js";
import type { Row } from "../row.js";

const account: Omit<RequestAccountInput, "expires_at"> = {
  object: "account_request",
  id: "request-1",
  email: "ada@example.com",
  scopes: ["read"],
  client_capabilities: ["browser"],
  confirmation_secret: "secret",
  orchestrator: { type: "stripe", stripe: { account: "acct_1" } },
};

export const rows: Row[] = [
  {
    method: "provisioning.checkHealth",
    operation: "getProvisioningHealth",
    call: (hub) => hub.provisioning.checkHealth(),
    request: "GET /api/agentic/provisioning/health",
  },
  {
    method: "provisioning.getServices",
    operation: "listProvisioningServices",
    call: (hub) => hub.provisioning.getServices(),
    request: "GET /api/agentic/provisioning/services",
  },
  {
    method: "provisioning.requestAccount",
    operation: "createProvisioningAccountRequest",
    call: (hub) => hub.provisioning.requestAccount({ ...account, expires_at: new Date("2026-01-31T12:00:00Z") }),
    request: "POST /api/agentic/provisioning/account_requests",
    body: { ...account, expires_at: "2026-01-31T12:00:00.000Z" },
  },
  {
    method: "provisioning.createResource",
    operation: "createProvisioningResource",
    call: (hub) =>
      hub.provisioning.createResource({ service_id: "bucket", configuration: { name: "b", visibility: "private" } }),
    request: "POST /api/agentic/provisioning/resources",
    body: { service_id: "bucket", configuration: { name: "b", visibility: "private" } },
  },
  {
    method: "provisioning.getResource",
    operation: "getProvisioningResource",
    call: (hub) => hub.provisioning.getResource({ resourceId: "r1" }),
    request: "GET /api/agentic/provisioning/resources/r1",
  },
  {
    method: "provisioning.updateService",
    operation: "updateProvisioningResourceService",
    call: (hub) => hub.provisioning.updateService({ resourceId: "r1", service_id: "pro" }),
    request: "POST /api/agentic/provisioning/resources/r1/update_service",
    body: { service_id: "pro" },
  },
  {
    method: "provisioning.rotateCredentials",
    operation: "rotateProvisioningResourceCredentials",
    call: (hub) => hub.provisioning.rotateCredentials({ resourceId: "r1" }),
    request: "POST /api/agentic/provisioning/resources/r1/rotate_credentials",
  },
  {
    method: "provisioning.removeResource",
    operation: "removeProvisioningResource",
    call: (hub) => hub.provisioning.removeResource({ resourceId: "r1" }),
    request: "POST /api/agentic/provisioning/resources/r1/remove",
  },
  {
    method: "provisioning.createDeepLink",
    operation: "createProvisioningDeepLink",
    call: (hub) => hub.provisioning.createDeepLink({ purpose: "dashboard" }),
    request: "POST /api/agentic/provisioning/deep_links",
    body: { purpose: "dashboard" },
  },
];
