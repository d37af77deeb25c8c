import { join } from "node:path";
import { inspect } from "node:util";
import { build } from "esbuild";
import { expect, it } from "vitest";

it("a list is printed by its own name, also from a bundle", async () => {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, "../../src/lists/pages.ts")],
    bundle: true,
    format: "esm",
    target: "es2022",
    write: false,
  });
  const bundle = Buffer.from(outputFiles[0]?.contents ?? "").toString("base64");
  const { Pages } = (await import(/* @vite-ignore */ `data:text/javascript;base64,${bundle}`)) as {
    Pages: new (load: () => Promise<never>) => { from(cursor: string): object };
  };
  const list = new Pages(() => Promise.reject(new Error("not read")));
  expect([inspect(list), inspect(list.from("a"))]).toEqual(["Pages {}", "Pages {}"]);
});
