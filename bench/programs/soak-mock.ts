import { createMockHub } from "@hf-api/mock-hub";
import { listen } from "@hf-api/mock-hub/node";
import { answering } from "../lib/answering.js";

const mock = createMockHub({
  seed: 7,
  faults: { latency: [1, 40], reset: 0.1, status: { 429: 0.05, 500: 0.05, 503: 0.05 }, truncate: 0.05, corrupt: 0 },
});
const server = await listen(mock);

answering<null>(() => Promise.resolve(server.url));
// The server alone would keep the process.
process.once("disconnect", () => void server.close());
