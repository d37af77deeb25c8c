// Restarts a Space of yours and prints the first lines of its output.
import { Hub } from "@hf-api/hub";

const [repo] = process.argv.slice(2);
if (repo === undefined) throw new Error("Expected the id of a Space of yours, such as me/my-space");
const hub = new Hub();

const { stage } = await hub.spaces.restart({ repo });
console.log(`${repo}: ${stage}`);

// A Space runs on and on, and so would the loop: leaving it ends the connection.
let left = 10;
for await (const line of hub.spaces.streamLogs({ repo })) {
  console.log(`  ${line.data.trimEnd()}`);
  if (--left === 0) break;
}
