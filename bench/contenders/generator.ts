import { createContender as createFetchContender } from "./fetch.js";
import { token, type Contender } from "./contender.js";

/** What one would write by hand to walk a list item by item. */
export function createContender(endpoint: string): Contender {
  const headers = { authorization: `Bearer ${token}` };

  async function* models(pageSize: number): AsyncGenerator<{ id: string }> {
    let url: string | undefined = `${endpoint}/api/models?limit=${pageSize}`;
    while (url !== undefined) {
      const response: Response = await fetch(url, { headers });
      if (!response.ok) throw new Error(`the list responded with ${response.status}`);
      yield* (await response.json()) as { id: string }[];
      url = /<([^>]+)>; rel="next"/.exec(response.headers.get("link") ?? "")?.[1];
    }
  }

  return {
    ...createFetchContender(endpoint),
    async walk({ pageSize = 1000 }) {
      let found = 0;
      for await (const model of models(pageSize)) found += model.id === "" ? 0 : 1;
      return found;
    },
  };
}
