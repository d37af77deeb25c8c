import { defineConfig, type ViteUserConfig } from "vitest/config";

const config: ViteUserConfig = defineConfig({
  test: {
    setupFiles: ["./test/properties.ts"],
    // No test leaves anything behind for the next file, and a compiler is slow to load in each.
    isolate: false,
    // Some tests run the whole command as a process; on a busy machine each takes its time.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
export default config;
