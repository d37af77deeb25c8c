import { defineConfig } from "vitest/config";

// Some tests wait for time limits; a busy machine makes them wait longer.
export default defineConfig({
  test: {
    setupFiles: ["./test/properties.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    typecheck: { tsconfig: "tsconfig.test.json", include: ["test/types/**/*.test-d.ts"] },
  },
});
