import { beforeEach, describe, expect, it } from "vitest";
import { createMockHub, type MockHub } from "../src/index.js";
import { type Api, apiOf, pluck } from "./api.js";

let hub: MockHub;
let ada: Api;
let anonymous: Api;

beforeEach(() => {
  hub = createMockHub({ seed: 1 });
  ada = apiOf(hub, hub.tokens.write);
  anonymous = apiOf(hub);
});

describe("posts", () => {
  const page = async (query: string): Promise<{ socialPosts: unknown[]; numTotalItems: number }> =>
    (await anonymous("GET", `/api/posts${query}`)).body as never;

  it("come ten at once at most, the latest first", async () => {
    const { socialPosts, numTotalItems } = await page("?limit=50");
    expect([socialPosts.length, numTotalItems]).toEqual([10, 24]);
    const dates = pluck(socialPosts, "publishedAt") as string[];
    expect(dates).toEqual(dates.toSorted().toReversed());
    expect((await anonymous("GET", "/api/posts?sort=latest")).status).toBe(400);
  });

  it("go on behind those that are skipped", async () => {
    const slugs = await Promise.all(
      [0, 10, 20].map(async (skip) => pluck((await page(`?skip=${skip}`)).socialPosts, "slug")),
    );
    expect(slugs.map(({ length }) => length)).toEqual([10, 10, 4]);
    expect(new Set(slugs.flat()).size).toBe(24);
  });

  it("are gone once their author deletes them, who alone may", async () => {
    const [mine, other] = [true, false].map((own) => hub.state.posts.find(({ author }) => (author === "ada") === own));
    expect((await ada("DELETE", `/api/posts/${other?.author}/${other?.slug}`)).status).toBe(403);
    expect((await ada("DELETE", `/api/posts/ada/${mine?.slug}`)).status).toBe(200);
    expect((await ada("DELETE", `/api/posts/ada/${mine?.slug}`)).status).toBe(404);
    expect((await page("")).numTotalItems).toBe(23);
  });
});

it("tasks recommend public models of theirs", async () => {
  const { body } = await anonymous("GET", "/api/tasks");
  const { models, widgetModels } = (body as Record<string, Record<string, unknown[]>>)["fill-mask"] ?? {};
  expect(widgetModels).toEqual(pluck(models, "id").slice(0, 1));
  for (const id of pluck(models, "id"))
    expect(await anonymous("GET", `/api/models/${String(id)}`)).toMatchObject({ body: { pipeline_tag: "fill-mask" } });
});

it("a provider's models are those that name it as theirs", async () => {
  const gpt2 = hub.state.repos.models.find("openai-community/gpt2");
  if (gpt2)
    gpt2.record.inferenceProviders = [{ provider: "mine", providerId: "g2", task: "fill-mask", status: "staging" }];
  expect((await anonymous("GET", "/api/partners/mine/models")).body).toEqual({
    "fill-mask": { "openai-community/gpt2": { status: "staging", providerId: "g2" } },
  });
  expect((await anonymous("GET", "/api/partners/nobody/models")).status).toBe(404);
});

it("the history of a collection is there as long as the collection", async () => {
  const { slug } = ((await anonymous("GET", "/api/collections?limit=1")).body as { slug: string }[])[0] ?? { slug: "" };
  expect((await anonymous("GET", `/api/collections/${slug}/history`)).status).toBe(200);
  expect((await ada("GET", "/api/collections/ada/none-64f9a55bb3115b4f513ec026/history")).status).toBe(404);
});

it("OpenID Connect finds addresses that answer, under the name that the client uses", async () => {
  const { body } = await anonymous("GET", "/.well-known/openid-configuration");
  const { issuer, userinfo_endpoint } = body as Record<string, string>;
  expect(issuer).toBe(hub.url);
  const { pathname } = new URL(userinfo_endpoint ?? "");
  expect(await ada("GET", pathname)).toMatchObject({ status: 200, body: { preferred_username: "ada" } });
});
