import type { paths } from "@hf-api/raw";
import createClient from "openapi-fetch";
import { token, type Contender } from "./contender.js";

export function createContender(endpoint: string): Contender {
  const client = createClient<paths>({ baseUrl: endpoint, headers: { authorization: `Bearer ${token}` } });
  return {
    async whoami() {
      const { data, response } = await client.GET("/api/whoami-v2");
      if (data === undefined) throw new Error(`whoami responded with ${response.status}`);
      return data;
    },
    async getModel(id) {
      const [namespace = "", repo = ""] = id.split("/");
      const { data, response } = await client.GET("/api/models/{namespace}/{repo}", {
        params: { path: { namespace, repo } },
      });
      if (data === undefined) throw new Error(`${id} responded with ${response.status}`);
      return data;
    },
  };
}
