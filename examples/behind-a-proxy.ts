// Calls the Hub through the proxy of HTTPS_PROXY or HTTP_PROXY, past it to the hosts of NO_PROXY. From Node 22.21 and
// 24.5 on, NODE_USE_ENV_PROXY=1 does the same without undici.
import { EnvHttpProxyAgent, setGlobalDispatcher } from "undici";
import { Hub } from "@hf-api/hub";

setGlobalDispatcher(new EnvHttpProxyAgent());

const repo = "openai-community/gpt2";
// A proxy that is wrong is wrong the second time as well. The test's Hub is not encrypted.
const hub = new Hub({ retries: 0, allowHttp: true });
const { likes } = await hub.models.get({ repo });
const config = await hub.models.files.download({ repo, path: "config.json" });
console.log(`${repo}: ${likes} likes, config.json has ${(await config.text()).length} characters`);
