import { defineConfig, type ViteUserConfig } from "vitest/config";

// Some tests run the whole command as a process; on a busy machine each takes its time.
const config: ViteUserConfig = defineConfig({ test: { testTimeout: 60_000 } });
export default config;
