import { expectTypeOf, test } from "vitest";
import type { Hub } from "../../src/index.js";

declare const hub: Hub;

test("an answer that expand does not narrow tells what the Hub always tells", async () => {
  const model = await hub.models.get({ repo: "a/b" });
  expectTypeOf(model.downloads).toEqualTypeOf<number>();
  expectTypeOf(model.siblings[0]?.rfilename).toEqualTypeOf<string | undefined>();
  for await (const dataset of hub.datasets.list({ limit: 1 })) expectTypeOf(dataset.tags).toEqualTypeOf<string[]>();
  for await (const space of hub.spaces.list()) expectTypeOf(space.likes).toEqualTypeOf<number>();
});

test("with expand, everything but the ids may be absent", async () => {
  const model = await hub.models.get({ repo: "a/b", expand: ["sha"] });
  expectTypeOf(model.downloads).toEqualTypeOf<number | undefined>();
  expectTypeOf(model.id).toEqualTypeOf<string>();
  for await (const item of hub.models.list({ expand: ["likes"] })) {
    expectTypeOf(item.tags).toEqualTypeOf<string[] | undefined>();
  }
});
