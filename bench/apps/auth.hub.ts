import { Auth, createHub } from "@hf-api/hub";

const hub = createHub({ auth: Auth }, { token: prompt("token") });
document.body.append((await hub.auth.whoami()).name);
