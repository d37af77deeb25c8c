import { beforeEach, describe, expect, it } from "vitest";
import { createMockHub, type MockHub } from "../src/index.js";
import { type Api, apiOf, pluck, present } from "./api.js";

interface Shown {
  slug: string;
  shareUrl: string;
  owner: object;
  items: { type: string; id: string }[];
}

let hub: MockHub;
let ada: Api;
let made: Shown;

beforeEach(async () => {
  hub = createMockHub({ seed: 1 });
  ada = apiOf(hub, hub.tokens.write);
  made = await create({ title: "Birds & bees" });
});

async function create(fields: object, api = ada): Promise<Shown> {
  const { status, body } = await api("POST", "/api/collections", { namespace: "ada", ...fields });
  expect(status).toBe(200);
  return body as Shown;
}

/** What the collection shows of something that was added to it. */
async function added(item: object, collection = made): Promise<object | undefined> {
  const { status, body } = await ada("POST", `/api/collections/${collection.slug}/items`, { item });
  expect(status).toBe(200);
  return (body as Shown).items.at(-1);
}

const idOf = (slug: string) => slug.slice(-24);

describe("a collection", () => {
  it("tells how many follow its owner, and whether the caller does", async () => {
    const { users } = hub.state.accounts;
    for (const user of users) user.following.delete("ada");
    for (const name of ["grace", "mei"]) present(hub.state.accounts.user(name)).following.add("ada");
    const ownerFor = async (token?: string) =>
      ((await apiOf(hub, token)("GET", `/api/collections/${made.slug}`)).body as Shown).owner;
    const account = present(hub.state.accounts.user("ada"));
    const owner = { _id: account._id, name: "ada", fullname: account.fullname, type: "user", isPro: account.isPro };
    expect(await ownerFor()).toMatchObject({ ...owner, followerCount: 2, isUserFollowing: false });
    expect(await ownerFor(hub.tokens.other)).toMatchObject({ ...owner, followerCount: 2, isUserFollowing: true });
    const listed = (await apiOf(hub)("GET", "/api/collections?owner=ada")).body as Shown[];
    expect(listed[0]?.owner).toMatchObject({ followerCount: 2, isUserFollowing: false });
  });

  it("is shared by an address without its id, which leads to it", async () => {
    expect(made.shareUrl).toBe(`${hub.url}/collections/ada/birds-bees`);
    expect(made.slug).toMatch(/^ada\/birds-bees-[0-9a-f]{24}$/);
    for (const slug of ["birds-bees", made.slug.slice("ada/".length), `old-title-${idOf(made.slug)}`])
      expect((await ada("GET", `/api/collections/ada/${slug}`)).body).toMatchObject({ slug: made.slug });
    for (const slug of ["ada/birds", "grace/birds-bees", `grace/birds-bees-${idOf(made.slug)}`])
      expect((await ada("GET", `/api/collections/${slug}`)).status).toBe(404);
  });
});

describe("a collection in a collection", () => {
  it("is shown, named by its id or its slug", async () => {
    const target = await create({ title: "Owls", description: "At night" });
    const id = idOf(target.slug);
    await added({ type: "paper", id: present([...hub.state.papers.keys()][0]) }, target);
    const card = {
      type: "collection",
      id,
      slug: target.slug,
      title: "Owls",
      description: "At night",
      shareUrl: `${hub.url}/collections/ada/owls`,
      numberItems: 1,
      upvotes: 0,
      isUpvotedByUser: false,
      theme: "orange",
      owner: { name: "ada", followerCount: expect.any(Number), isUserFollowing: false },
    };
    expect(await added({ type: "collection", id })).toMatchObject(card);
    const other = await create({ title: "Others" });
    expect(await added({ type: "collection", id: target.slug }, other)).toMatchObject(card);
    const items = await ada("POST", `/api/collections/${other.slug}/items`, { item: { type: "collection", id } });
    expect(items.status).toBe(409);
  });

  it("is not shown to those who may not see it, and has to exist", async () => {
    const secret = await create({ title: "Secret", private: true });
    const id = idOf(secret.slug);
    expect(await added({ type: "collection", id })).toMatchObject({ id });
    const { body } = await apiOf(hub)("GET", `/api/collections/${made.slug}`);
    expect((body as Shown).items).toEqual([]);
    const grace = apiOf(hub, hub.tokens.other);
    const hers = await create({ title: "Hers", namespace: "grace" }, grace);
    for (const unknown of [id, "0".repeat(24), "ada/nothing"]) {
      const item = { type: "collection", id: unknown };
      expect((await grace("POST", `/api/collections/${hers.slug}/items`, { item })).status).toBe(404);
    }
  });
});

describe("what a collection shows of its items", () => {
  const author = { followerCount: expect.any(Number), isUserFollowing: false };

  it("is of models who made them and who serves them", async () => {
    const gpt2 = present(hub.state.repos.models.find("openai-community/gpt2"));
    gpt2.record.inferenceProviders = [{ provider: "groq", providerId: "g2", task: "text-generation", status: "live" }];
    expect(await added({ type: "model", id: gpt2.id })).toMatchObject({
      repoType: "model",
      authorData: { name: "openai-community", type: "org", ...author },
      numParameters: expect.any(Number),
      availableInferenceProviders: [
        { provider: "groq", providerId: "g2", task: "text-generation", modelStatus: "live", providerStatus: "live" },
      ],
    });
  });

  it("is of Spaces their score, and of datasets no author's data", async () => {
    const space = present([...hub.state.repos.spaces].find((repo) => !repo.isPrivate));
    expect(await added({ type: "space", id: space.id })).toMatchObject({
      authorData: { name: space.owner, ...author },
      trendingScore: space.record.trendingScore,
    });
    const dataset = await added({ type: "dataset", id: "rajpurkar/squad" });
    expect(dataset).toMatchObject({ repoType: "dataset", author: "rajpurkar", isBenchmark: false });
    expect(dataset).not.toHaveProperty("authorData");
  });

  it("is of papers and buckets what their pages show", async () => {
    const [paper] = hub.state.papers.values();
    const { id, title, upvotes } = present(paper);
    const thumbnailUrl = expect.stringMatching(new RegExp(`/social-thumbnails/papers/${id}\\.png$`));
    expect(await added({ type: "paper", id })).toMatchObject({
      id,
      title,
      upvotes,
      isUpvotedByUser: false,
      thumbnailUrl,
    });
    await ada("POST", "/api/buckets/ada/store", {});
    expect(await added({ type: "bucket", id: "ada/store" })).toMatchObject({ repoType: "bucket", size: 0 });
    const { body } = await ada("GET", `/api/collections/${made.slug}`);
    expect(pluck((body as Shown).items, "type")).toEqual(["paper", "bucket"]);
  });
});
