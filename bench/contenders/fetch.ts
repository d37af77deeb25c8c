import { token, type Contender } from "./contender.js";

/** What one would write by hand, and what all others are measured by. */
export function createContender(endpoint: string): Contender {
  const headers = { authorization: `Bearer ${token}` };

  async function getJson(path: string): Promise<unknown> {
    const response = await fetch(`${endpoint}${path}`, { headers });
    if (!response.ok) throw new Error(`${path} responded with ${response.status}`);
    return response.json();
  }

  return {
    whoami: () => getJson("/api/whoami-v2"),
    getModel: (repo) => getJson(`/api/models/${repo}`),
    async walk({ pageSize = 1000, work }) {
      let models = 0;
      let url: string | undefined = `${endpoint}/api/models?limit=${pageSize}`;
      while (url !== undefined) {
        const response: Response = await fetch(url, { headers });
        if (!response.ok) throw new Error(`the list responded with ${response.status}`);
        const items = (await response.json()) as { id: string }[];
        for (const item of items) models += item.id === "" ? 0 : 1;
        await work?.();
        url = /<([^>]+)>; rel="next"/.exec(response.headers.get("link") ?? "")?.[1];
      }
      return models;
    },
  };
}
