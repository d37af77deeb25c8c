import * as entries from "./entries.js";
import { smoke } from "./smoke.js";
import { target } from "./target.js";

// Node, Bun and Deno run this. Node names itself as the others do from 21 on, and then in short.
const agent = globalThis.navigator?.userAgent ?? "Node.js";
const runtime = agent.startsWith("Node.js") ? `Node.js/${process.versions.node}` : agent;
for (const [name, entry] of Object.entries(entries)) {
  if (Object.keys(entry).length === 0) throw new Error(`${name} exports nothing`);
}
console.log(`${runtime}: ${Object.keys(entries).length} entries, ${await smoke(target, true)}`);
