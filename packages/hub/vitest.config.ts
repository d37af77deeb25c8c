import { defineConfig } from "vitest/config";
import { sharedConfig } from "../../vitest.shared.js";

export default defineConfig(({ mode }) => ({
  test: {
    ...sharedConfig(mode),
    setupFiles: ["./test/properties.ts"],
    typecheck: { tsconfig: "tsconfig.test.json", include: ["test/types/**/*.test-d.ts"] },
  },
}));
