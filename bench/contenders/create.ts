import type { Contender, ContenderName } from "./contender.js";

/** Loads one library and nothing of the others. */
export async function createContender(name: ContenderName, endpoint: string): Promise<Contender> {
  const { createContender: create } = await load[name]();
  return create(endpoint);
}

const load: Record<ContenderName, () => Promise<{ createContender: (endpoint: string) => Contender }>> = {
  fetch: () => import("./fetch.js"),
  raw: () => import("./raw.js"),
  hub: () => import("./hub.js"),
  "openapi-fetch": () => import("./openapi-fetch.js"),
  "huggingface-hub": () => import("./huggingface-hub.js"),
  generator: () => import("./generator.js"),
};
