/** A program for a project that has the packages installed and knows nothing of this repository. */
export const firstCall = `import { Hub } from "@hf-api/hub";
import { createMockHub } from "@hf-api/mock-hub";
import { listen } from "@hf-api/mock-hub/node";

const mock = createMockHub({ seed: 1 });
const server = await listen(mock);
const hub = new Hub({ endpoint: server.url, token: mock.tokens.write });
console.log("hub.auth.whoami() answered", (await hub.auth.whoami()).name);
await server.close();
`;
