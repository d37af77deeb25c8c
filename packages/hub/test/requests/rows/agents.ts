import type { Row } from "../row.js";

export const rows: Row[] = [
  {
    method: "agents.getHarnesses",
    operation: "getAgentHarnesses",
    call: (hub) => hub.agents.getHarnesses(),
    request: "GET /api/agent-harnesses",
  },
];
