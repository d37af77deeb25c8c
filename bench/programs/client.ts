import { setTimeout as sleep } from "node:timers/promises";
import type { ContenderName } from "../contenders/contender.js";
import { createContender } from "../contenders/create.js";
import { answering } from "../lib/answering.js";

/** One batch of work for a client. */
export type Batch =
  | { kind: "whoami" | "getModel"; times: number }
  | { kind: "walk"; times: number; pageSize?: number | undefined; work?: number | undefined };

/** What a batch cost, for each call or walk. */
export interface Cost {
  /** Microseconds of this process, all its threads included. */
  cpu: number;
  milliseconds: number;
}

const [name, endpoint = ""] = process.argv.slice(2);
const contender = await createContender(name as ContenderName, endpoint);

answering<Batch>(async (batch) => {
  // What the batch before left behind is not this one's to pay for.
  globalThis.gc?.();
  const run = runnerOf(batch);
  const started = performance.now();
  const before = process.cpuUsage();
  for (let number = 0; number < batch.times; number += 1) await run();
  const { user, system } = process.cpuUsage(before);
  const milliseconds = performance.now() - started;
  return { cpu: (user + system) / batch.times, milliseconds: milliseconds / batch.times } satisfies Cost;
});

function runnerOf(batch: Batch): () => Promise<unknown> {
  if (batch.kind !== "walk") {
    return batch.kind === "whoami" ? () => contender.whoami() : () => contender.getModel("engines/model-1");
  }
  const { walk } = contender;
  if (walk === undefined) throw new Error(`${name} walks no lists`);
  const { pageSize, work } = batch;
  return () =>
    walk({ pageSize, work: work === undefined ? undefined : async () => void (work > 0 && (await sleep(work))) });
}
