import { labels, type ContenderName } from "../contenders/contender.js";
import { compare } from "../lib/compare.js";
import type { Benchmark, Figure } from "../lib/figure.js";
import { Server } from "../lib/server.js";
import type { Batch } from "../programs/client.js";
import type { ServerSettings } from "../programs/server.js";

export const pages: Benchmark = {
  title: "Walking a list",

  async measure() {
    return [
      await cpu("item by item", "generator", {}, 1.05),
      await cpu("page by page", "fetch", { work: 0 }, 1.15),
      await faster(
        "20 ms latency: faster than @huggingface/hub",
        { latency: 20, models: 10_000 },
        ["hub", "huggingface-hub"],
        () => ({ kind: "walk", times: 1 }),
        1.9,
      ),
      await faster(
        "20 ms latency, 500 a page: faster than @huggingface/hub",
        { latency: 20, models: 10_000 },
        ["hub", "huggingface-hub"],
        () => ({ kind: "walk", times: 1, pageSize: 500 }),
        1.1,
      ),
      await faster(
        "20 ms latency, 10 ms of work a page: faster than a loop",
        { latency: 20, models: 2000 },
        ["hub", "fetch"],
        () => ({ kind: "walk", times: 1, pageSize: 100, work: 10 }),
        1.35,
      ),
      await faster(
        "bodies 30 ms behind their headers: faster than a loop",
        { bodyDelay: 30, models: 2000 },
        ["hub", "fetch"],
        () => ({ kind: "walk", times: 1, pageSize: 100, work: 0 }),
        1.5,
      ),
    ];
  },
};

/** CPU against what one would write by hand, for the same 50 pages of 100 items. */
async function cpu(
  what: string,
  other: "fetch" | "generator",
  { work }: { work?: number },
  atMost: number,
): Promise<Figure> {
  const server = await Server.start({ models: 5000 });
  try {
    const result = await compare({
      endpoint: server.endpoint,
      contenders: [other, "hub"],
      batch: { kind: "walk", times: 1, pageSize: 100, work },
      measure: "cpu",
      warmUp: 10,
      rounds: 12,
      repeats: 3,
    });
    const beside = `${(result.hub.cost / 50).toFixed(0)} ÷ ${(result[other].cost / 50).toFixed(0)} µs a page`;
    const base = other === "fetch" ? "a loop of fetch" : labels.generator;
    return { name: `CPU ÷ ${base}, ${what}`, value: result.hub.ratio, atMost, beside };
  } finally {
    await server.stop();
  }
}

/** How many times as fast the first is as the second, by the clock. */
async function faster(
  name: string,
  settings: ServerSettings,
  contenders: readonly [ContenderName, ContenderName],
  batch: (contender: ContenderName) => Batch,
  atLeast: number,
): Promise<Figure> {
  const server = await Server.start(settings);
  const [own, other] = contenders;
  try {
    const result = await compare({
      endpoint: server.endpoint,
      contenders,
      batch,
      measure: "milliseconds",
      warmUp: 3,
      rounds: 9,
      repeats: 1,
    });
    const beside = `${result[other].cost.toFixed(0)} ÷ ${result[own].cost.toFixed(0)} ms`;
    return { name, value: result[other].ratio, atLeast, beside };
  } finally {
    await server.stop();
  }
}
