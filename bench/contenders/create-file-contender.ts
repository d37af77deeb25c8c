import type { FileContender, FileContenderName } from "./file-contender.js";

/** Loads one library and nothing of the others. */
export async function createFileContender(name: FileContenderName, endpoint: string): Promise<FileContender> {
  const { createContender } = await load[name]();
  return createContender(endpoint, name !== "hub-unverified");
}

type Load = () => Promise<{ createContender: (endpoint: string, verify: boolean) => FileContender }>;

const load: Record<FileContenderName, Load> = {
  fetch: () => import("./files-fetch.js"),
  hub: () => import("./files-hub.js"),
  "hub-unverified": () => import("./files-hub.js"),
  "huggingface-hub": () => import("./files-huggingface-hub.js"),
};
