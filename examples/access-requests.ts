// Lists who waits for access to a gated model of yours, and accepts all of them.
import { Hub } from "@hf-api/hub";

const [repo] = process.argv.slice(2);
if (repo === undefined) throw new Error("Expected the id of a gated model of yours, such as my-org/my-model");
const hub = new Hub();

const pending = await hub.models.listAccessRequests({ repo, status: "pending" }).toArray();
console.log(`${pending.length} pending`);

for (const { user, timestamp } of pending) {
  // Who was deleted since then has no name any more.
  if (user === undefined) continue;
  await hub.models.handleAccessRequest({ repo, user: user.user, status: "accepted" });
  console.log(`accepted ${user.user}, who asked on ${timestamp.slice(0, 10)}`);
}

const accepted = await hub.models.listAccessRequests({ repo, status: "accepted" }).toArray();
console.log(`${accepted.length} accepted`);
