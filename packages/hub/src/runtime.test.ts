import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { Hub } from "./hub.js";
import { environmentVariable } from "./runtime.js";

it("an environment that may not be read is none, as Deno's without permission", () => {
  const guarded = new Proxy(
    {},
    {
      get: () => {
        throw new Error("NotCapable: Requires env access");
      },
    },
  );
  vi.stubGlobal("process", Object.create(process, { env: { value: guarded } }));
  expect(environmentVariable("HF_TOKEN")).toBeUndefined();
  expect(new Hub().endpoint).toBe("https://huggingface.co");
});

it("no source says what a Uint8Array is made of, which TypeScript before 5.7 cannot read in the declarations", () => {
  const sources = readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" }).filter((file) =>
    /(?<!\.test)\.ts$/.test(file),
  );
  expect(sources.length).toBeGreaterThan(100);
  const found = sources.filter((file) => readFileSync(join(import.meta.dirname, file), "utf8").includes("Uint8Array<"));
  expect(found).toEqual([]);
});
