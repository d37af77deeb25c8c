import { join } from "node:path";
import { inspect } from "node:util";
import { build } from "esbuild";
import { expect, it } from "vitest";
import { Hub } from "../../src/hub.js";

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
    Pages: new (load: () => Promise<never>, options: { route: string }) => { from(cursor: string): object };
  };
  const list = new Pages(() => Promise.reject(new Error("not read")), { route: "/api/models" });
  const shown = "Pages { route: '/api/models' }";
  expect([inspect(list), inspect(list.from("a"))]).toEqual([shown, shown]);
});

it("a list of the client says which one it is, and nothing of the token", () => {
  const hub = new Hub({ token: "hf_secret" });
  const { route } = hub.models.listCommits({ repo: "me/my-model" });
  expect(route).toBe("/api/models/{namespace}/{repo}/commits/{rev}");
  expect(inspect(hub.discussions.list({ repo: "me/my-model" }), { depth: 9, showHidden: true })).not.toContain(
    "secret",
  );
});
