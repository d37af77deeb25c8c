import { defineConfig, type ViteUserConfigFnObject } from "vitest/config";
import { sharedConfig } from "../vitest.shared.js";

const config: ViteUserConfigFnObject = defineConfig(({ mode }) => ({ test: sharedConfig(mode) }));
export default config;
