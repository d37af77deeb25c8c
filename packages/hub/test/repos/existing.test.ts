import { createMockHub, type MockHub } from "@hf-api/mock-hub";
import { listen, type MockHubServer } from "@hf-api/mock-hub/node";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Hub, HubResponseError } from "../../src/index.js";
import { json } from "../servers/responses.js";
import { failure, hubAt, useFaultServer } from "../servers/setup.js";

const kinds = ["models", "datasets", "spaces"] as const;
const typeOf = { models: "model", datasets: "dataset", spaces: "space" } as const;
const faults = useFaultServer();
let mock: MockHub;
let server: MockHubServer;
/** `ada`: admin of `acme-research`, who reads in `tiny-labs`. */
let hub: Hub;
let reader: Hub;
let anonymous: Hub;

beforeEach(async () => {
  mock = createMockHub({ repos: { models: 5, datasets: 3, spaces: 3 } });
  server = await listen(mock);
  const { url: endpoint } = server;
  hub = new Hub({ endpoint, token: mock.tokens.write });
  reader = new Hub({ endpoint, token: mock.tokens.read });
  anonymous = new Hub({ endpoint, token: null });
});
afterEach(async () => await server.close());

const createKind = (by: Hub, kind: (typeof kinds)[number], repo: string, existOk?: boolean) =>
  kind === "spaces"
    ? by.repos.create({ repo, existOk, type: "space", sdk: "static" })
    : by.repos.create({ repo, existOk, type: typeOf[kind] });
const sent = () => [...mock.requests].map(({ method, path }) => `${method} ${path.split("?")[0]}`);
const statusOf = async (promise: Promise<unknown>) => ((await failure(promise)) as HubResponseError).status;

describe.each(kinds)("a repository among %s", (kind) => {
  const repo = "ada/there-or-not";

  it("that exists is as good as a new one with existOk, and is the same for an owner who is left out", async () => {
    const created = await createKind(hub, kind, repo, true);
    await createKind(hub, kind, repo, true);
    expect(await createKind(hub, kind, repo, true)).toEqual(created);
    expect(await createKind(hub, kind, "there-or-not", true)).toEqual(created);
    expect(await statusOf(createKind(hub, kind, repo))).toBe(409);
    expect(await statusOf(createKind(hub, kind, repo, false))).toBe(409);
  });

  it("is found where the token may not create one: 403 for a reader, 401 without a token", async () => {
    const created = await createKind(hub, kind, repo);
    expect(await createKind(reader, kind, repo, true)).toEqual(created);
    expect(await createKind(anonymous, kind, repo, true)).toEqual(created);
    // What is not there, or not to be seen, leaves the refusal as it was.
    expect(await statusOf(createKind(reader, kind, "ada/nothing", true))).toBe(403);
    expect(await statusOf(createKind(anonymous, kind, "ada/nothing", true))).toBe(401);
    await hub[kind].updateSettings({ repo, visibility: "private" });
    expect(await statusOf(createKind(anonymous, kind, repo, true))).toBe(401);
  });

  it("that many create at once is created once, and deleted once", async () => {
    const all = await Promise.all(Array.from({ length: 8 }, () => createKind(hub, kind, repo, true)));
    expect(new Set(all.map(({ id }) => id)).size).toBe(1);
    const remove = () => hub.repos.delete({ repo, type: typeOf[kind], missingOk: true });
    await Promise.all(Array.from({ length: 8 }, remove));
    expect(await hub[kind].exists({ repo })).toBe(false);
  });

  it("that is gone is as good as deleted with missingOk alone; other refusals stay", async () => {
    const type = typeOf[kind];
    await hub.repos.delete({ repo: "ada/nothing", type, missingOk: true });
    expect(await failure(hub.repos.delete({ repo: "ada/nothing", type }))).toMatchObject({ code: "RepoNotFound" });
    await createKind(hub, kind, repo);
    for (const [by, status] of [
      [reader, 403],
      [anonymous, 401],
    ] as const)
      expect(await statusOf(by.repos.delete({ repo, type, missingOk: true }))).toBe(status);
    expect(await hub[kind].exists({ repo })).toBe(true);
  });

  it("exists or does not, with its revisions, in one small request", async () => {
    await createKind(hub, kind, repo);
    await hub[kind].createBranch({ repo, branch: "dev" });
    await hub[kind].createTag({ repo, tag: "v1" });
    const before = sent().length;
    const exists = async (input: { repo: string; revision?: string }) => hub[kind].exists(input);
    expect(await exists({ repo })).toBe(true);
    expect(sent().length - before).toBe(1);
    for (const revision of ["dev", "v1", "main"]) expect(await exists({ repo, revision })).toBe(true);
    expect(await exists({ repo, revision: "other" })).toBe(false);
    expect(await exists({ repo: "ada/nothing" })).toBe(false);
    await hub[kind].updateSettings({ repo, visibility: "private" });
    expect(await anonymous[kind].exists({ repo })).toBe(false);
    const stranger = new Hub({ endpoint: server.url, token: "hf_unknown" });
    expect(await failure(stranger[kind].exists({ repo }))).toMatchObject({ code: "InvalidToken" });
  });

  it("has branches and tags that exist, or are gone, just as well", async () => {
    await createKind(hub, kind, repo);
    const branch = { repo, branch: "dev" };
    const tag = { repo, tag: "v1", message: "First" };
    await Promise.all([1, 2, 3, 4].map(() => hub[kind].createBranch({ ...branch, existOk: true })));
    await Promise.all([1, 2, 3, 4].map(() => hub[kind].createTag({ ...tag, existOk: true })));
    expect(await statusOf(hub[kind].createBranch(branch))).toBe(409);
    expect(await statusOf(hub[kind].createTag(tag))).toBe(409);
    // Who may only read finds what there is, and is refused what is not.
    await reader[kind].createBranch({ ...branch, existOk: true });
    await anonymous[kind].createTag({ ...tag, existOk: true });
    expect(await statusOf(reader[kind].createBranch({ repo, branch: "v1", existOk: true }))).toBe(403);
    expect(await statusOf(anonymous[kind].createTag({ repo, tag: "dev", existOk: true }))).toBe(401);
    await Promise.all([1, 2, 3, 4].map(() => hub[kind].deleteBranch({ ...branch, missingOk: true })));
    await Promise.all([1, 2, 3, 4].map(() => hub[kind].deleteTag({ ...tag, missingOk: true })));
    expect(await failure(hub[kind].deleteBranch(branch))).toMatchObject({ code: "RevisionNotFound" });
    expect(await failure(hub[kind].deleteTag(tag))).toMatchObject({ code: "RevisionNotFound" });
    // A repository that is not there is more likely a mistake than a branch that is gone.
    const elsewhere = { repo: "ada/nothing", missingOk: true };
    expect(await failure(hub[kind].deleteBranch({ ...elsewhere, branch: "dev" }))).toMatchObject({
      code: "RepoNotFound",
    });
    expect(await statusOf(hub[kind].deleteBranch({ repo, branch: "main", missingOk: true }))).toBe(403);
  });
});

describe("a kernel", () => {
  it("that exists is as good as a new one", async () => {
    const input = { repo: "ada/kernel", type: "kernel", existOk: true } as const;
    const { name, url } = await hub.repos.create(input);
    expect(await hub.repos.create(input)).toMatchObject({ name, url });
  });
});

describe("a collection", () => {
  it("that exists is as good as a new one, also for many at once, and exists", async () => {
    const input = { title: "Small models", existOk: true };
    const all = await Promise.all([1, 2, 3, 4].map(() => hub.collections.create(input)));
    const [{ slug: collection } = { slug: "" }] = all;
    expect(new Set(all.map(({ slug }) => slug)).size).toBe(1);
    expect(await statusOf(hub.collections.create({ title: "Small models" }))).toBe(409);
    expect(await statusOf(reader.collections.create({ ...input, title: "Other" }))).toBe(403);
    expect(await hub.collections.exists({ collection })).toBe(true);
    await Promise.all([1, 2, 3, 4].map(() => hub.collections.delete({ collection, missingOk: true })));
    expect(await hub.collections.exists({ collection })).toBe(false);
    expect(await statusOf(hub.collections.delete({ collection }))).toBe(404);
    expect(await anonymous.collections.exists({ collection })).toBe(false);
  });
});

describe("what the Hub refuses for other reasons", () => {
  const info = { _id: "1", id: "ada/x", author: "ada" };
  const create = (existOk = true, signal?: AbortSignal) =>
    hubAt(faults().url, { retries: 0 }).repos.create({ repo: "ada/x", existOk }, { signal });
  const posts = () => faults().requests.filter(({ method }) => method === "POST").length;

  it("402 finds what there is", async () => {
    faults().on("/api/repos/create", json({ error: "Payment required" }, { status: 402 }));
    faults().on("/api/models/ada/x", json(info));
    expect(await create()).toEqual({ id: "1", name: "ada/x", url: `${faults().url}/ada/x` });
  });

  it.each([400, 404, 413, 500])("%d stays, and nobody looks", async (status) => {
    faults().on("/api/repos/create", json({ error: "no" }, { status }));
    faults().on("/api/models/ada/x", json(info));
    expect(await statusOf(create())).toBe(status);
    expect(faults().requests).toHaveLength(1);
  });

  it("a repository that another one removed meanwhile leaves the conflict as it was", async () => {
    faults().on("/api/repos/create", json({ error: "You already created this model repo" }, { status: 409 }));
    faults().on("/api/models/ada/x", json({ error: "Repository not found" }, { status: 404 }));
    expect(await failure(create())).toMatchObject({ status: 409, code: "Conflict" });
  });

  const busy = json({ error: "Cannot create repo: another conflicting operation is in progress" }, { status: 409 });

  it("one that the Hub is busy with is asked for again, with a pause, and given up in the end", async () => {
    faults().on("/api/repos/create", busy, busy, json({ id: "1", name: "ada/x", url: "u" }));
    expect(await create()).toMatchObject({ url: "u" });
    expect(posts()).toBe(3);
    faults().on("/api/repos/create", busy);
    expect(await statusOf(create(false))).toBe(409);
    expect(posts()).toBe(4);
    const late = create(true, AbortSignal.timeout(300));
    expect(await failure(late)).toMatchObject({ name: "TimeoutError" });
  });
});
