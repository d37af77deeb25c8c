import { describe, expectTypeOf, it } from "vitest";
import type * as api from "../../src/index.js";
import type { Hub } from "../../src/index.js";

declare const hub: Hub;

type OrNone<T> = T | undefined;

describe("the head of a card", () => {
  it("has the fields that its kind of repository knows, and any others", async () => {
    const model = {} as NonNullable<api.ModelInfo["cardData"]>;
    expectTypeOf(model).toEqualTypeOf<api.ModelCardData>();
    expectTypeOf(model.license).toEqualTypeOf<OrNone<string | string[]>>();
    expectTypeOf(model.base_model).toEqualTypeOf<OrNone<string | string[]>>();
    expectTypeOf(model.pipeline_tag).toEqualTypeOf<OrNone<string>>();
    expectTypeOf(model["my_own"]).toEqualTypeOf<unknown>();
    const dataset = {} as NonNullable<api.DatasetDetails["cardData"]>;
    expectTypeOf(dataset.configs?.[0]?.config_name).toEqualTypeOf<OrNone<string>>();
    expectTypeOf(dataset.task_categories).toEqualTypeOf<OrNone<string[]>>();
    const space = {} as NonNullable<api.ListedSpace["cardData"]>;
    expectTypeOf(space.app_port).toEqualTypeOf<OrNone<number>>();
    expectTypeOf(space.hf_oauth).toEqualTypeOf<OrNone<boolean>>();
    for await (const { cardData } of hub.kernels.list()) expectTypeOf(cardData?.tags).toEqualTypeOf<OrNone<string[]>>();
  });
});

describe("what a model tells of itself", () => {
  it("has a configuration and results", () => {
    const { config, "model-index": index } = {} as api.ModelDetails;
    expectTypeOf(config?.model_type).toEqualTypeOf<OrNone<string>>();
    expectTypeOf(config?.diffusers?._class_name).toEqualTypeOf<OrNone<string>>();
    expectTypeOf(index).extract<null>().toEqualTypeOf<null>();
    const result = index?.[0]?.results[0];
    expectTypeOf(result?.task.type).toEqualTypeOf<OrNone<string>>();
    expectTypeOf(result?.dataset?.split).toEqualTypeOf<OrNone<string>>();
    expectTypeOf(result?.metrics[0]?.value).toEqualTypeOf<unknown>();
  });
});

describe("other responses", () => {
  it("name the organisation behind a paper", () => {
    expectTypeOf<NonNullable<api.DailyPaper["organization"]>["fullname"]>().toEqualTypeOf<OrNone<string>>();
    expectTypeOf<NonNullable<api.DailyPaper["paper"]["organization"]>["name"]>().toEqualTypeOf<OrNone<string>>();
    expectTypeOf<NonNullable<api.PaperSearchResult["organization"]>["avatar"]>().toEqualTypeOf<OrNone<string>>();
  });

  it("have the parts of Croissant", () => {
    const { distribution, recordSet, creator } = {} as api.Croissant;
    expectTypeOf(distribution?.[0]?.["@type"]).toEqualTypeOf<OrNone<string>>();
    expectTypeOf(recordSet?.[0]?.["@id"]).toEqualTypeOf<OrNone<string>>();
    expectTypeOf([creator ?? []].flat()[0]?.url).toEqualTypeOf<OrNone<string>>();
  });

  it("have the attributes of SCIM, and theirs", () => {
    const attribute = {} as api.ScimSchema["attributes"][number];
    expectTypeOf(attribute.mutability).toEqualTypeOf<"immutable" | "readOnly" | "readWrite" | "writeOnly">();
    expectTypeOf(attribute.subAttributes?.[0]?.multiValued).toEqualTypeOf<OrNone<boolean>>();
  });
});

describe("what comes in several kinds", () => {
  it("is told apart, and each kind has a name", () => {
    const news = {} as api.Notification;
    if (news.type === "repo") expectTypeOf(news).toEqualTypeOf<api.DiscussionNotification>();
    if (news.type === "paper") expectTypeOf(news).toEqualTypeOf<api.PaperNotification>();
    if (news.type === "post") expectTypeOf(news).toEqualTypeOf<api.PostNotification>();
    if (news.type === "community_blog") expectTypeOf(news).toEqualTypeOf<api.ArticleNotification>();
    const trending = {} as api.TrendingRepo;
    if (trending.repoType === "space") expectTypeOf(trending).toEqualTypeOf<api.TrendingSpace>();
    if (trending.repoType === "model") expectTypeOf(trending).toEqualTypeOf<api.TrendingModel>();
    const resource = {} as api.ProvisionedResource;
    if (resource.status === "pending") expectTypeOf(resource).toEqualTypeOf<api.ProvisioningPending>();
    if (resource.status === "complete") expectTypeOf(resource).toEqualTypeOf<api.ProvisioningComplete>();
    const account = {} as api.AccountResponse;
    if (account.type === "credentials") expectTypeOf(account.credentials.bearer.access_token).toBeString();
  });

  it("is what happens in a discussion as well", () => {
    expectTypeOf<api.Discussion["events"]>().toEqualTypeOf<api.TimelineEvent[]>();
    const event = {} as api.TimelineEvent;
    if (event.type === "comment") expectTypeOf(event).toExtend<api.Comment>();
    if (event.type === "status-change") expectTypeOf(event).toExtend<api.StatusChange>();
    if (event.type === "title-change") expectTypeOf(event.data.to).toBeString();
  });

  it("is a repository to be created as well", () => {
    expectTypeOf<api.CreateSpaceInput>().toExtend<api.CreateRepoInput>();
    expectTypeOf<api.CreateRepoInput & { type: "space" }>().toExtend<api.CreateSpaceInput>();
    const type = "model" as "model" | "dataset" | "kernel";
    void hub.repos.create({ repo: "a/b", type });
    // @ts-expect-error a model has no SDK
    void hub.repos.create({ repo: "a/b", type: "model", sdk: "static" });
  });
});
