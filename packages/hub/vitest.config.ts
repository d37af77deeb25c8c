import { configDefaults, defineConfig } from "vitest/config";

// Some tests wait for time limits; a busy machine makes them wait longer.
export default defineConfig({
  test: {
    setupFiles: ["./test/properties.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    exclude: [...configDefaults.exclude, ...(process.env["LONG"] ? [] : ["**/*.long.test.ts"])],
    typecheck: { tsconfig: "tsconfig.test.json", include: ["test/types/**/*.test-d.ts"] },
  },
});
