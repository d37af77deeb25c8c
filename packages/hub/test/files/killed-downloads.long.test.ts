import { describe, expect, it } from "vitest";
import { KillRuns } from "./kill-runs.js";

const runs = KillRuns.use();
const places = 50;

describe.skipIf(process.platform === "win32")("a download that is killed at 50 places", () => {
  it.each(["file", "folder", "snapshot"] as const)(
    "of a %s goes on in the next process",
    { timeout: 300_000 },
    async (kind) => {
      const steps = await runs().countSteps(kind);
      const all = new Set(Array.from({ length: places }, (_, place) => 1 + Math.floor((place * steps) / places)));
      expect(all.size).toBe(places);
      for (const step of all) await runs().check(kind, step);
    },
  );
});
