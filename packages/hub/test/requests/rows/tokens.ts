import type { Row } from "../row.js";

export const rows: Row[] = [
  {
    method: "tokens.revokeLeaked",
    operation: "revokeLeakedTokens",
    call: (hub) => hub.tokens.revokeLeaked({ credentials: ["hf_leaked"] }),
    request: "POST /api/credentials/revoke",
    body: { credentials: ["hf_leaked"] },
  },
];
