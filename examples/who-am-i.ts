// Shows whose token HF_TOKEN is, what it may do, and the organisations of its owner.
import { Hub, HubResponseError } from "@hf-api/hub";

const hub = new Hub();

try {
  const { name, orgs, auth } = await hub.auth.whoami();
  console.log(`${name}, with a token to ${auth.accessToken?.role ?? "use"}`);
  for (const org of orgs) console.log(`member of ${org.name} as ${org.roleInOrg ?? "somebody"}`);
} catch (error) {
  if (!(error instanceof HubResponseError) || error.status !== 401) throw error;
  console.log("nobody: HF_TOKEN is not set, or not known to the Hub");
}
