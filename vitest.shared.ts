import { availableParallelism } from "node:os";
import { configDefaults, type TestUserConfig } from "vitest/config";

const longTests = "**/*.long.test.ts";

/** What the tests of all packages share. `vitest --mode long` runs the long tests alone; without it they are left out. */
export function sharedConfig(mode: string): TestUserConfig {
  const isLong = mode === "long";
  return {
    ...(isLong ? { include: [longTests] } : { exclude: [...configDefaults.exclude, longTests] }),
    // Loading the sources anew for each file takes longer than most tests do. Long tests measure heaps, so each has its own.
    isolate: isLong,
    // Tests wait for the wire and for processes more than they compute, and turbo runs one package at a time.
    maxWorkers: isLong ? 1 : 2 * availableParallelism(),
    // Files share a process, so nothing outlives its test.
    restoreMocks: true,
    unstubEnvs: true,
    unstubGlobals: true,
    // Time limits and whole commands take longer on a busy machine; that alone fails nothing.
    testTimeout: isLong ? 300_000 : 60_000,
    hookTimeout: 60_000,
  };
}
