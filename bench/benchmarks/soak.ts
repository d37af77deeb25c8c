import { Child } from "../lib/child.js";
import type { Benchmark, Figure } from "../lib/figure.js";
import type { Soaked } from "../programs/soak.js";

const minutes = Number(process.env["SOAK_MINUTES"] ?? 10);

/** Not part of a plain run, for its length. */
export const soak: Benchmark = {
  title: `${minutes} minutes of calls, pages and files, a third of the requests harmed`,

  async measure(): Promise<Figure[]> {
    const mock = new Child("soak-mock");
    const client = new Child("soak", [await mock.ask<string>()]);
    try {
      const { calls, failures, heapGrowth, sockets } = await client.ask<Soaked>(minutes * 60);
      return [
        { name: "calls", value: calls, count: true },
        { name: "calls that failed", value: failures.length, count: true, atMost: 0, beside: failures.join("; ") },
        { name: "heap at the end − after a tenth of the time", value: heapGrowth, unit: "MiB", atMost: 8 },
        { name: "sockets open at the end, of 8 workers", value: sockets, count: true, atMost: 16 },
      ];
    } finally {
      await client.stop();
      await mock.stop();
    }
  },
};
