import type { Hub } from "../src/hub.js";

export type Preparation = (hub: Hub) => Promise<unknown>;

const askFirst: Preparation = async (hub) => {
  await hub.models.requestAccess({ repo: "meta-llama/Llama-3.1-8B" });
  await hub.datasets.requestAccess({ repo: "nvidia/OpenMathReasoning" });
};

/** What has to come before a sample, where one world cannot suit all: what one sample makes, another one removes. */
export const preparations: Readonly<Record<string, Preparation>> = {
  "models.cancelAccessRequest": askFirst,
  "datasets.cancelAccessRequest": askFirst,
  "discussions.deleteRef": (hub) => hub.discussions.setStatus({ repo: "me/my-model", num: 4, status: "closed" }),
};
