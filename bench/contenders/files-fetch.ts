import { token } from "./contender.js";
import { repo, type FileContender } from "./file-contender.js";

/** What all others are measured by. */
export function createContender(endpoint: string): FileContender {
  return {
    async drain(path) {
      const headers = { authorization: `Bearer ${token}` };
      const response = await fetch(`${endpoint}/${repo}/resolve/main/${path}`, { headers });
      const reader = response.body?.getReader();
      while ((await reader?.read())?.done === false);
    },
  };
}
