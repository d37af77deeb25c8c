import type { Row } from "../row.js";

export const rows: Row[] = [
  { method: "auth.whoami", operation: "whoami", call: (hub) => hub.auth.whoami(), request: "GET /api/whoami-v2" },
];
