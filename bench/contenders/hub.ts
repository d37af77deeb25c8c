import { Hub } from "@hf-api/hub";
import { token, type Contender } from "./contender.js";

/** With its defaults: retries, quotas and time-outs are on. */
export function createContender(endpoint: string): Contender {
  const hub = new Hub({ endpoint, token });
  return {
    whoami: () => hub.auth.whoami(),
    getModel: (repo) => hub.models.get({ repo }),
    async walk({ pageSize, work }) {
      const list = hub.models.list({ pageSize });
      let models = 0;
      if (work === undefined) {
        for await (const item of list) models += item.id === "" ? 0 : 1;
        return models;
      }
      for await (const page of list.pages()) {
        for (const item of page.items) models += item.id === "" ? 0 : 1;
        await work();
      }
      return models;
    },
  };
}
