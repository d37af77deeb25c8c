import { snapshotDownload } from "@huggingface/hub";
import { Hub } from "@hf-api/hub";
import { snapshot } from "@hf-api/hub/node";
import { answering } from "../lib/answering.js";

export type SnapshotContender = "hub" | "huggingface-hub";

export interface SnapshotCost {
  /** Milliseconds of this process, all its threads included. */
  cpu: number;
  milliseconds: number;
}

const [name, endpoint = ""] = process.argv.slice(2);
const repo = "engines/weights";
const hub = new Hub({ endpoint, token: null });
// It tells each file on the console, which is work as well.
console.debug = () => undefined;

const contenders: Record<SnapshotContender, (cache: string) => Promise<unknown>> = {
  hub: (cache) => snapshot(hub.models, { repo }, { cache }),
  "huggingface-hub": (cacheDir) => snapshotDownload({ repo, cacheDir, hubUrl: endpoint }),
};

answering<string>(async (cache) => {
  globalThis.gc?.();
  const started = performance.now();
  const before = process.cpuUsage();
  await contenders[name as SnapshotContender](cache);
  const { user, system } = process.cpuUsage(before);
  return { cpu: (user + system) / 1000, milliseconds: performance.now() - started } satisfies SnapshotCost;
});
