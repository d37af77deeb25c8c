import { configDefaults, defineConfig, type ViteUserConfig } from "vitest/config";
import { findChromium, howToInstall } from "./test/chromium.js";

// Machines of people need no browser; where NEED_CHROMIUM is set, as in the workflows, its absence is a failure.
const withoutBrowser = findChromium() === undefined && process.env["NEED_CHROMIUM"] === undefined;
if (withoutBrowser) console.warn(`docs: no Chromium here, so test/browser is left out. ${howToInstall}`);

const config: ViteUserConfig = defineConfig({
  test: {
    globalSetup: ["./test/built-site.ts"],
    exclude: [...configDefaults.exclude, ...(withoutBrowser ? ["test/browser/**"] : [])],
    // A browser on a busy machine takes its time.
    expect: { poll: { timeout: 15_000 } },
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
export default config;
