import { getActiveResourcesInfo } from "node:process";
import { Hub } from "@hf-api/hub";
import { answering } from "../lib/answering.js";

export interface Soaked {
  calls: number;
  /** The first few, in the errors' own words. */
  failures: string[];
  /** In MiB. */
  heapGrowth: number;
  sockets: number;
}

const workers = 8;
const repo = "openai-community/gpt2";

const [endpoint = ""] = process.argv.slice(2);
const hub = new Hub({ endpoint, token: null, retries: 16, maxWait: 2000 });

const kinds: readonly (() => Promise<unknown>)[] = [
  () => hub.models.get({ repo }),
  () => hub.models.list({ pageSize: 20 }).take(100),
  async () => (await hub.models.files.download({ repo, path: "model.safetensors" })).bytes(),
  async () => (await hub.models.files.download({ repo, path: "config.json" })).json(),
  async () => {
    // Half a list, left in the middle.
    for await (const _ of hub.models.list({ pageSize: 10 })) break;
  },
];

answering<number>(async (seconds) => {
  const started = performance.now();
  const ends = started + seconds * 1000;
  const failures: string[] = [];
  let calls = 0;
  let heapBefore: number | undefined;
  const work = async (worker: number): Promise<void> => {
    for (let turn = worker; performance.now() < ends; turn += 1) {
      calls += 1;
      await kinds[turn % kinds.length]?.().catch((error: unknown) => {
        if (failures.length < 5) failures.push(String(error));
      });
      if (performance.now() - started > seconds * 100) heapBefore ??= heapMiB();
    }
  };
  await Promise.all(Array.from({ length: workers }, (_, worker) => work(worker)));
  const sockets = getActiveResourcesInfo().filter((name) => name === "TCPSocketWrap").length;
  return { calls, failures, heapGrowth: heapMiB() - (heapBefore ?? 0), sockets } satisfies Soaked;
});

function heapMiB(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 2 ** 20;
}
