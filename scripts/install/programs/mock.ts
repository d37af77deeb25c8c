import { createMockHub } from "@hf-api/mock-hub";
import { listen } from "@hf-api/mock-hub/node";

// A mock Hub in a process of its own. It ends when the one who started it does.
// Large files go up in parts early, so that small ones show it.
const mock = createMockHub({ seed: 1, lfs: { multipartThreshold: 200_000, chunkSize: 100_000 } });
const server = await listen(mock);
console.log(JSON.stringify({ endpoint: server.url, token: mock.tokens.write }));
process.stdin.resume().on("close", () => process.exit());
