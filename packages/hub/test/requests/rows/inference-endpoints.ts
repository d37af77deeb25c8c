import type { Row } from "../row.js";

export const rows: Row[] = [
  {
    method: "inferenceEndpoints.checkAccess",
    operation: "checkInferenceEndpointAccess",
    call: (hub) =>
      hub.inferenceEndpoints.checkAccess({ namespace: "org", endpoint: "my-endpoint", perms: "infer", own: true }),
    request: "POST /api/inference-endpoints/org/my-endpoint/auth-check/infer?own=true",
  },
  {
    method: "inferenceEndpoints.checkNamespaceAccess",
    operation: "checkInferenceEndpointsNamespaceAccess",
    call: (hub) =>
      hub.inferenceEndpoints.checkNamespaceAccess({
        namespace: "org",
        perms: "write",
        repo_id: "org/model",
        incur_cost: true,
      }),
    request: "POST /api/inference-endpoints/org/auth-check/write?repo_id=org%2Fmodel&incur_cost=true",
  },
];
