import { describe, expectTypeOf, it } from "vitest";
import type * as api from "../../src/index.js";
import type { Hub, Pages, RepoKind } from "../../src/index.js";

declare const hub: Hub;
const repo = "a/b";

describe("without expand", () => {
  it("a response has what the Hub always sends", async () => {
    const model = await hub.models.get({ repo });
    expectTypeOf(model.downloads).toEqualTypeOf<number>();
    expectTypeOf(model.siblings[0]?.rfilename).toEqualTypeOf<string | undefined>();
    expectTypeOf(model.modelId).toEqualTypeOf<string>();
    expectTypeOf(model.spaces).toEqualTypeOf<string[]>();
    const space = await hub.spaces.get({ repo, revision: "refs/pr/1" });
    expectTypeOf(space).toEqualTypeOf<api.SpaceDetails>();
    expectTypeOf(space.sha).toEqualTypeOf<string>();
    expectTypeOf(space.host).toEqualTypeOf<string>();
    expectTypeOf(space.runtime).toEqualTypeOf<api.SpaceInfo["runtime"]>();
    for await (const listed of hub.spaces.list()) expectTypeOf(listed.likes).toEqualTypeOf<number>();
  });

  it("a list of datasets tells more than the other two", async () => {
    for await (const dataset of hub.datasets.list({ limit: 1 })) {
      expectTypeOf(dataset.author).toEqualTypeOf<string>();
      expectTypeOf(dataset.sha).toEqualTypeOf<string>();
      expectTypeOf(dataset.disabled).toEqualTypeOf<boolean>();
      expectTypeOf(dataset.gated).toEqualTypeOf<false | "auto" | "manual">();
      expectTypeOf(dataset.lastModified).toEqualTypeOf<string>();
      expectTypeOf(dataset.siblings).toEqualTypeOf<api.RepoSibling[] | undefined>();
    }
    for await (const model of hub.models.list()) expectTypeOf(model.author).toEqualTypeOf<string | undefined>();
  });
});

describe("with expand", () => {
  it("what was asked for is there, as far as every repository has it", async () => {
    for await (const model of hub.models.list({ author: "a", expand: ["downloads", "sha", "safetensors"] })) {
      expectTypeOf(model.downloads).toEqualTypeOf<number>();
      expectTypeOf(model.sha).toEqualTypeOf<string>();
      expectTypeOf(model.safetensors?.total).toEqualTypeOf<number | undefined>();
      expectTypeOf(model.tags).toEqualTypeOf<string[] | undefined>();
      expectTypeOf(model.id).toEqualTypeOf<string>();
    }
    for await (const dataset of hub.datasets.list({ expand: ["author"] })) {
      expectTypeOf(dataset.author).toEqualTypeOf<string>();
      expectTypeOf(dataset.likes).toEqualTypeOf<number | undefined>();
    }
    for await (const space of hub.spaces.list({ expand: ["subdomain", "region"] })) {
      expectTypeOf(space.subdomain).toEqualTypeOf<string>();
      expectTypeOf(space.region).toEqualTypeOf<"eu" | "us" | undefined>();
    }
    const model = await hub.models.get({ repo, expand: ["sha", "spaces", "usedStorage"] });
    expectTypeOf(model.sha).toEqualTypeOf<string>();
    expectTypeOf(model.spaces).toEqualTypeOf<string[]>();
    expectTypeOf(model.usedStorage).toEqualTypeOf<number | undefined>();
    expectTypeOf(model.downloads).toEqualTypeOf<number | undefined>();
    const dataset = await hub.datasets.get({ repo, expand: ["gated"] });
    expectTypeOf(dataset.gated).toEqualTypeOf<false | "auto" | "manual">();
    const space = await hub.spaces.get({ repo, expand: ["siblings", "runtime"] });
    expectTypeOf(space.siblings).toEqualTypeOf<api.RepoSibling[]>();
    expectTypeOf(space.sha).toEqualTypeOf<string | undefined>();
  });

  it("the fields may be a constant of one's own", () => {
    const fields = ["downloads", "likes"] as const;
    expectTypeOf(hub.models.list({ expand: fields })).toEqualTypeOf<
      Pages<api.Expanded<api.ModelListItem, "downloads" | "likes">>
    >();
    const space = { repo, expand: ["sha"] } as const;
    expectTypeOf(hub.spaces.get(space)).resolves.toEqualTypeOf<api.Expanded<api.SpaceInfo, "sha", api.SpaceDetails>>();
  });

  it("takes only fields that there are", () => {
    // @ts-expect-error no such field
    void hub.models.list({ expand: ["download"] });
    // @ts-expect-error a list does not tell it
    void hub.models.list({ expand: ["usedStorage"] });
    // @ts-expect-error gated is none of a Space's fields
    void hub.spaces.get({ repo, expand: ["gated"] });
    // @ts-expect-error a misspelt key beside the fields
    void hub.datasets.get({ repo, expand: ["sha"], blob: true });
  });

  it("is not known from an input that was made elsewhere, so all but the ids may be absent", () => {
    const list = (input?: api.ListModelsInput) => hub.models.list(input);
    expectTypeOf(list).returns.toEqualTypeOf<Pages<api.ModelListItem>>();
    const get = (input: api.GetSpaceInput) => hub.spaces.get(input);
    expectTypeOf(get).returns.resolves.toEqualTypeOf<api.SpaceInfo>();
    const some = (input?: Omit<api.ListDatasetsInput, "expand">) => hub.datasets.list(input);
    expectTypeOf(some).returns.toEqualTypeOf<Pages<api.ListedDataset>>();
  });
});

describe("a kind that is known only when the program runs", () => {
  it("lists and reads like each of them", async () => {
    const kind = "models" as RepoKind;
    for await (const item of hub[kind].list({ author: "a", sort: "likes", limit: 3 })) {
      expectTypeOf(item.id).toEqualTypeOf<string>();
      expectTypeOf(item.likes).toEqualTypeOf<number>();
    }
    const first: api.ListedRepo[] = await hub[kind].list().take(1);
    void first;
    const info = await hub[kind].get({ repo, revision: "main", blobs: true });
    expectTypeOf(info.sha).toEqualTypeOf<string>();
    // @ts-expect-error models alone have it
    void hub[kind].list({ pipeline_tag: "text-generation" });
    // @ts-expect-error it is not told what of which kind
    void hub[kind].get({ repo, expand: ["sha"] });
  });

  it("is served by whatever takes a namespace of repositories", () => {
    const read = (repos: api.RepoNamespace) => repos.get({ repo });
    expectTypeOf(read).returns.resolves.toEqualTypeOf<api.RepoDetails>();
    void read(hub.models);
    void read(hub.datasets);
    void read(hub.spaces);
    expectTypeOf(hub.models as api.RepoNamespace)
      .toHaveProperty("list")
      .returns.toEqualTypeOf<Pages<api.ListedRepo>>();
  });
});
