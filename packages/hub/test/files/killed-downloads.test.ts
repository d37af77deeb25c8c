import { describe, expect, it } from "vitest";
import { KillRuns } from "./kill-runs.js";

const runs = KillRuns.use();

// Links and permissions to kill are not Windows's, and the long tests kill at many more steps.
describe.skipIf(process.platform === "win32")("a download that is killed", () => {
  it.each(["file", "folder", "snapshot"] as const)("of a %s goes on in the next process", async (kind) => {
    const steps = await runs().countSteps(kind);
    expect(steps).toBeGreaterThan(30);
    for (const part of [0.3, 0.6, 0.9]) await runs().check(kind, Math.floor(steps * part));
  });
});
