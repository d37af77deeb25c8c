import { Hub } from "@hf-api/hub";

const hub = new Hub({ token: prompt("token") });
document.body.append((await hub.auth.whoami()).name);
