import { describe, expectTypeOf, it } from "vitest";
import type * as api from "../../src/index.js";
import type { Hub, ListInput, RequestOptions, StreamOptions } from "../../src/index.js";
import type * as node from "../../src/node/index.js";

declare const hub: Hub;
declare const downloadTo: typeof node.downloadTo;

/** What T takes where whoever fills it hands on what may be undefined. */
type HandedOn<T> = { [K in keyof T]: {} extends Pick<T, K> ? OrUndefined<T[K]> : T[K] };
// What two inputs exclude from each other is `never`, and stays away.
type OrUndefined<T> = [Exclude<T, undefined>] extends [never] ? never : T | undefined;
/** The methods of T whose input takes no undefined for what may be left out. */
type Strict<T> = {
  [K in keyof T & string]: T[K] extends (input: infer I, ...rest: never[]) => unknown
    ? HandedOn<NonNullable<I>> extends NonNullable<I>
      ? never
      : K
    : T[K] extends object
      ? `${K}.${Strict<T[K]>}`
      : never;
}[keyof T & string];

type Input<M extends (...parameters: never[]) => unknown> = NonNullable<Parameters<M>[0]>;

describe("the input of methods", () => {
  it("has a name of its own", () => {
    expectTypeOf<Input<Hub["models"]["list"]>>().toEqualTypeOf<api.ListModelsInput>();
    expectTypeOf<Input<Hub["datasets"]["get"]>>().toEqualTypeOf<api.GetDatasetInput>();
    expectTypeOf<Input<Hub["spaces"]["setSecret"]>>().toEqualTypeOf<api.SetSecretInput>();
    expectTypeOf<Input<Hub["models"]["updateSettings"]>>().toEqualTypeOf<api.UpdateSettingsInput>();
    expectTypeOf<Input<Hub["repos"]["move"]>>().toEqualTypeOf<api.MoveRepoInput>();
    expectTypeOf<Input<Hub["buckets"]["create"]>>().toEqualTypeOf<api.CreateBucketInput>();
    expectTypeOf<Input<Hub["collections"]["addItem"]>>().toEqualTypeOf<api.AddCollectionItemInput>();
    expectTypeOf<Input<Hub["discussions"]["create"]>>().toEqualTypeOf<api.CreateDiscussionInput>();
    expectTypeOf<Input<Hub["jobs"]["run"]>>().toEqualTypeOf<api.RunJobInput>();
    expectTypeOf<Input<Hub["scheduledJobs"]["create"]>>().toEqualTypeOf<api.CreateScheduledJobInput>();
    expectTypeOf<Input<Hub["inferenceEndpoints"]["checkAccess"]>>().toEqualTypeOf<api.CheckEndpointAccessInput>();
    expectTypeOf<Input<Hub["organizations"]["listMembers"]>>().toEqualTypeOf<api.ListMembersInput>();
    expectTypeOf<Input<Hub["resourceGroups"]["create"]>>().toEqualTypeOf<api.CreateResourceGroupInput>();
    expectTypeOf<Input<Hub["papers"]["listDaily"]>>().toEqualTypeOf<api.ListDailyPapersInput>();
    expectTypeOf<Input<Hub["webhooks"]["create"]>>().toEqualTypeOf<api.CreateWebhookInput>();
    expectTypeOf<Input<Hub["search"]["quick"]>>().toEqualTypeOf<api.QuickSearchInput>();
    expectTypeOf<Input<Hub["oauth"]["registerApp"]>>().toEqualTypeOf<api.RegisterOAuthAppInput>();
    expectTypeOf<Input<Hub["oauth"]["getToken"]>>().toEqualTypeOf<api.GetOAuthTokenInput>();
    expectTypeOf<Input<Hub["provisioning"]["requestAccount"]>>().toEqualTypeOf<api.RequestAccountInput>();
  });

  it("is followed by the same options in all of them, and by a few more in streams", () => {
    expectTypeOf<Parameters<Hub["models"]["get"]>[1]>().toEqualTypeOf<RequestOptions | undefined>();
    expectTypeOf<Parameters<Hub["jobs"]["streamLogs"]>[1]>().toEqualTypeOf<StreamOptions | undefined>();
    expectTypeOf<StreamOptions>().toExtend<RequestOptions>();
    expectTypeOf<Parameters<Hub["auth"]["whoami"]>[0]>().toEqualTypeOf<RequestOptions | undefined>();
  });

  it("takes undefined for whatever may be left out, also deep inside", () => {
    const absent = undefined as string | undefined;
    void hub.models.list({ author: absent, search: absent });
    void hub.collections.create({ title: "t", description: absent, namespace: absent });
    void hub.models.createBranch({ repo: "a/b", branch: "c", startingPoint: absent });
    void hub.jobs.run({
      dockerImage: "i",
      flavor: "cpu-basic",
      volumes: [{ type: "model", source: "a/b", mountPath: "/m", revision: absent }],
    });
    expectTypeOf<Strict<Omit<Hub, "raw" | "rateLimits">>>().toEqualTypeOf<never>();
  });

  it("takes undefined where it chooses the result or the route", () => {
    const absent = undefined as string | undefined;
    expectTypeOf(hub.collections.list({ owner: "a", expand: undefined })).toEqualTypeOf<
      api.Pages<api.CollectionListItem>
    >();
    void hub.billing.streamUsage({ org: absent });
    void hub.billing.streamUsage({ username: absent });
    // @ts-expect-error one of them
    void hub.billing.streamUsage({ org: "a", username: "b" });
  });

  it("takes lists that nobody may change", () => {
    const texts = ["a", "b"] as const;
    const repo = "a/b";
    void hub.models.list({ filter: texts });
    void hub.models.listCommits({ repo, expand: ["formatted"] as const });
    void hub.models.files.info({ repo, paths: texts });
    void hub.models.files.deleteLfsBatch({ repo, sha: texts });
    void hub.models.files.preupload({ repo, files: [{ path: "a", size: 1, sample: "" }] as const });
    void hub.models.handleAccessRequests({ repo, status: "accepted", requests: [{ user: "a" }] as const });
    void hub.notifications.markAsRead({ discussionIds: texts });
    void hub.collections.list({ owner: texts, item: texts });
    void hub.collections.updateItems({ collection: "a/b-1", items: [{ itemId: "1", note: "" }] as const });
    void hub.resourceGroups.addUsers({ org: "a", resourceGroupId: "1", users: [{ user: "b", role: "read" }] as const });
    void hub.jobs.run({ dockerImage: "a", flavor: "cpu-basic", command: texts });
    void hub.tokens.revokeLeaked({ credentials: texts });
    const place = { org: "a", userId: "1" };
    void hub.scim.updateUser({ ...place, operations: [{ op: "replace", path: "active", value: true }] as const });
    void hub.scimProvisioning.updateUser({
      ...place,
      operations: [{ op: "replace", path: "active", value: true }] as const,
    });
    void hub.scim.updateGroup({ org: "a", groupId: "1", operations: [] as readonly api.ScimGroupOperation[] });
  });

  it("takes a direction as a number as well as in the Hub's own form", () => {
    void hub.models.list({ sort: "likes", direction: -1 });
    void hub.spaces.list({ direction: 1 });
    void hub.datasets.list({ direction: "-1" });
    // @ts-expect-error no such direction
    void hub.models.list({ direction: 0 });
  });

  it("calls the same by the same name", () => {
    void hub.models.createCommit({ repo: "a/b", branch: "c", summary: "d", operations: [] });
    void hub.models.commit({ repo: "a/b", branch: "c", title: "d", operations: [] });
    void hub.models.checkAccess({ repo: "a/b", perms: "write" });
    void hub.jobs.checkAccess({ jobId: "1", perms: "write" });
    // @ts-expect-error no such right
    void hub.models.checkAccess({ repo: "a/b", perms: "infer" });
    void hub.provisioning.getResource({ resourceId: "1" });
    expectTypeOf<Hub["models"]>().not.toHaveProperty("kind");
    expectTypeOf<Hub["scim"]>().not.toHaveProperty("family");
  });

  it("may be left out where nothing in it is required", () => {
    void hub.models.list();
    void hub.jobs.count();
    void hub.search.getTrending();
    // @ts-expect-error which one?
    void hub.models.get();
    // @ts-expect-error which one?
    void hub.jobs.get({ namespace: "ns" });
  });

  it("takes no misspelt key", () => {
    // @ts-expect-error repo
    void hub.models.get({ rpeo: "ns/repo" });
    // @ts-expect-error dockerImage
    void hub.jobs.run({ image: "python:3.12", flavor: "cpu-basic" });
    // @ts-expect-error scheduledJobId
    void hub.scheduledJobs.run({ jobId: "687fb701029421ae5549d999" });
    // @ts-expect-error visibility
    void hub.repos.create({ repo: "ns/repo", visible: "private" });
  });

  it("takes no value that the Hub does not know", () => {
    void hub.jobs.list({ stage: "RUNNING" });
    // @ts-expect-error no such stage
    void hub.jobs.list({ stage: "running" });
    // @ts-expect-error no such machine
    void hub.jobs.run({ dockerImage: "python:3.12", flavor: "cpu-huge" });
    // @ts-expect-error no such right
    void hub.inferenceEndpoints.checkAccess({ namespace: "ns", endpoint: "e", perms: "own" });
  });

  it("names the SDK of a Space that is created", () => {
    void hub.repos.create({ repo: "ns/repo" });
    void hub.repos.create({ repo: "ns/repo", type: "dataset" });
    void hub.repos.create({ repo: "ns/space", type: "space", sdk: "static" });
    // @ts-expect-error no SDK
    void hub.repos.create({ repo: "ns/space", type: "space" });
    // @ts-expect-error no such SDK
    void hub.repos.create({ repo: "ns/space", type: "space", sdk: "flask" });
  });

  it("asks for what a grant of OAuth needs", () => {
    void hub.oauth.getToken({ grant_type: "refresh_token", client_id: "app", refresh_token: "r" });
    // @ts-expect-error which device?
    void hub.oauth.getToken({ grant_type: "urn:ietf:params:oauth:grant-type:device_code", client_id: "app" });
    // @ts-expect-error no such grant
    void hub.oauth.getToken({ grant_type: "password", client_id: "app" });
  });

  it("names files of whatever has some", () => {
    const file = { repo: "a/b", path: "c" };
    for (const source of [hub.models, hub.datasets, hub.spaces, hub.kernels]) void downloadTo(source, file, "c");
    void downloadTo(hub.buckets, file, "c");
    // @ts-expect-error buckets have no revisions
    void downloadTo(hub.buckets, { ...file, revision: "main" }, "c");
  });

  it("counts a list as every list does", () => {
    expectTypeOf<api.ListModelsInput>().toExtend<ListInput>();
    expectTypeOf<api.ListMembersInput>().toExtend<ListInput>();
    expectTypeOf<api.ListTreeInput>().toExtend<ListInput>();
    expectTypeOf<api.ListJobsInput>().toExtend<Pick<ListInput, "limit">>();
    expectTypeOf<api.ListModelsInput>().not.toHaveProperty("cursor");
    expectTypeOf<api.ListJobsInput>().not.toHaveProperty("cursor");
  });

  it("takes a date where a date is meant", () => {
    expectTypeOf<Date>().toExtend<NonNullable<api.ListDailyPapersInput["date"]>>();
    expectTypeOf<Date>().toExtend<api.RequestAccountInput["expires_at"]>();
  });
});
