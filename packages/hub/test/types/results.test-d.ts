import { describe, expectTypeOf, it } from "vitest";
import type * as api from "../../src/index.js";
import type { EventStream, Hub, HubFile, Pages } from "../../src/index.js";

declare const hub: Hub;
const repo = "ns/repo";
const jobId = "687fb701029421ae5549d998";

describe("what methods give", () => {
  it("is one named shape", () => {
    expectTypeOf(hub.auth.whoami()).toEqualTypeOf<Promise<api.WhoAmI>>();
    expectTypeOf(hub.models.get({ repo })).toEqualTypeOf<Promise<api.ModelDetails>>();
    expectTypeOf(hub.datasets.get({ repo })).toEqualTypeOf<Promise<api.DatasetDetails>>();
    expectTypeOf(hub.spaces.getRuntime({ repo })).toEqualTypeOf<Promise<api.SpaceRuntime>>();
    expectTypeOf(hub.models.getRefs({ repo })).toEqualTypeOf<Promise<api.GitRefs>>();
    expectTypeOf(hub.repos.create({ repo })).toEqualTypeOf<Promise<api.CreatedRepo>>();
    expectTypeOf(hub.buckets.get({ repo })).toEqualTypeOf<Promise<api.Bucket>>();
    expectTypeOf(hub.collections.get({ collection: "ns/c-1" })).toEqualTypeOf<Promise<api.Collection>>();
    expectTypeOf(hub.jobs.get({ jobId })).toEqualTypeOf<Promise<api.Job>>();
    expectTypeOf(hub.models.exportAccessReport({ repo })).toEqualTypeOf<Promise<api.AccessReportEntry[]>>();
    expectTypeOf(hub.jobs.listHardware()).toEqualTypeOf<Promise<api.JobHardware[]>>();
    expectTypeOf(hub.scheduledJobs.list()).toEqualTypeOf<Promise<api.ScheduledJob[]>>();
    expectTypeOf(hub.organizations.getOverview({ org: "org" })).toEqualTypeOf<Promise<api.OrganizationOverview>>();
    expectTypeOf(hub.resourceGroups.list({ org: "org" })).toEqualTypeOf<Promise<api.ResourceGroup[]>>();
    expectTypeOf(hub.users.getOverview({ username: "me" })).toEqualTypeOf<Promise<api.UserOverview>>();
    expectTypeOf(hub.papers.get({ paperId: "2311.12983" })).toEqualTypeOf<Promise<api.Paper>>();
    expectTypeOf(hub.webhooks.list()).toEqualTypeOf<Promise<api.Webhook[]>>();
    expectTypeOf(hub.docs.list()).toEqualTypeOf<Promise<api.DocsSite[]>>();
    expectTypeOf(hub.search.quick({ q: "bert" })).toEqualTypeOf<Promise<api.QuickSearchResults>>();
    expectTypeOf(hub.oauth.getUserInfo()).toEqualTypeOf<Promise<api.UserInfo>>();
    expectTypeOf(hub.oauth.getToken).returns.toEqualTypeOf<Promise<api.OAuthToken>>();
    expectTypeOf(hub.repos.validateCard({ content: "" })).toEqualTypeOf<Promise<api.CardReport>>();
    expectTypeOf(hub.registry.getToken({ service: "s" })).toEqualTypeOf<Promise<api.RegistryToken>>();
    expectTypeOf(hub.agents.getHarnesses()).toEqualTypeOf<Promise<api.AgentHarnesses>>();
    expectTypeOf(hub.sqlConsole.deleteEmbed({ repo, embedId: "1" })).toEqualTypeOf<Promise<void>>();
  });

  it("is pages where the Hub pages", () => {
    expectTypeOf(hub.models.list()).toEqualTypeOf<Pages<api.ListedModel>>();
    expectTypeOf(hub.models.listCommits({ repo })).toEqualTypeOf<Pages<api.Commit>>();
    expectTypeOf(hub.jobs.list()).toEqualTypeOf<Pages<api.Job>>();
    expectTypeOf(hub.organizations.listMembers({ org: "org" })).toEqualTypeOf<Pages<api.OrganizationMember>>();
    expectTypeOf(hub.scim.listUsers({ org: "org" })).toEqualTypeOf<Pages<api.ScimUser>>();
    expectTypeOf(hub.papers.listDaily()).toEqualTypeOf<Pages<api.DailyPaper>>();
    expectTypeOf(hub.models.list().take(5)).resolves.toEqualTypeOf<api.ListedModel[]>();
  });

  it("is events where the Hub streams them", () => {
    expectTypeOf(hub.jobs.streamLogs({ jobId })).toEqualTypeOf<EventStream<api.LogLine>>();
    expectTypeOf(hub.jobs.streamMetrics({ jobId })).toEqualTypeOf<EventStream<api.JobMetrics>>();
    expectTypeOf(hub.spaces.streamLogs({ repo })).toEqualTypeOf<EventStream<api.LogLine>>();
  });

  it("is a file where the Hub sends bytes", () => {
    expectTypeOf(hub.models.files.download({ repo, path: "config.json" })).toEqualTypeOf<Promise<HubFile>>();
  });

  it("has the members that the Hub documents", () => {
    expectTypeOf<api.ModelInfo["id"]>().toBeString();
    expectTypeOf<api.TreeEntry["path"]>().toBeString();
    expectTypeOf<api.WhoAmI["name"]>().toBeString();
    expectTypeOf<api.CreatedRepo["url"]>().toBeString();
    expectTypeOf<api.Job["status"]["stage"]>().toExtend<string>();
    expectTypeOf<api.Job["dockerImage"]>().toEqualTypeOf<string | undefined>();
    expectTypeOf<api.JobHardware["unitCostUSD"]>().toBeNumber();
    expectTypeOf<api.JobCount>().toEqualTypeOf<{ count: number }>();
    expectTypeOf<api.LogLine["data"]>().toBeString();
    expectTypeOf<api.ScheduledJob["schedule"]>().toBeString();
    expectTypeOf<api.EndpointAccess["patternRestrictions"]>().toEqualTypeOf<string[] | undefined>();
    expectTypeOf<api.TrendingRepo["repoType"]>().toEqualTypeOf<"dataset" | "model" | "space">();
    expectTypeOf<api.QuickSearchResults["modelsCount"]>().toBeNumber();
    expectTypeOf<api.DeviceAuthorization["user_code"]>().toBeString();
    expectTypeOf<api.ProvisionedResource["status"]>().toEqualTypeOf<"complete" | "error" | "pending" | "removed">();
    expectTypeOf<api.SqlConsoleEmbed["slug"]>().toBeString();
    expectTypeOf<api.DocsHits["hits"][number]["url"]>().toBeString();
  });

  it("is told apart by its own properties", () => {
    const trending = {} as api.TrendingRepo;
    if (trending.repoType === "dataset") expectTypeOf(trending.repoData.id).toBeString();
    const resource = {} as api.ProvisionedResource;
    if (resource.status === "error") expectTypeOf(resource.error.message).toBeString();
  });
});

describe("ReturnType and Parameters", () => {
  it("of a list see what is listed without expand", () => {
    expectTypeOf<ReturnType<Hub["models"]["list"]>>().toEqualTypeOf<Pages<api.ListedModel>>();
    expectTypeOf<ReturnType<Hub["datasets"]["list"]>>().toEqualTypeOf<Pages<api.ListedDataset>>();
    expectTypeOf<ReturnType<Hub["spaces"]["list"]>>().toEqualTypeOf<Pages<api.ListedSpace>>();
    expectTypeOf<Awaited<ReturnType<ReturnType<Hub["models"]["list"]>["page"]>>["items"]>().toEqualTypeOf<
      api.ListedModel[]
    >();
  });

  it("of a repository see its details", () => {
    expectTypeOf<ReturnType<Hub["models"]["get"]>>().toEqualTypeOf<Promise<api.ModelDetails>>();
    expectTypeOf<ReturnType<Hub["datasets"]["get"]>>().toEqualTypeOf<Promise<api.DatasetDetails>>();
    expectTypeOf<ReturnType<Hub["spaces"]["get"]>>().toEqualTypeOf<Promise<api.SpaceDetails>>();
  });
});
