import { describe, expect, it } from "vitest";
import { Hub } from "../../src/hub.js";
import type { Pages } from "../../src/lists/pages.js";

const repo = "ns/repo";
const org = "my-org";
const username = "ada";

/** Each list that takes a page size: how many items the Hub allows on a page, at most and at least. */
const lists: [string, number, number, (hub: Hub, size: { pageSize?: number; limit?: number }) => Pages<unknown>][] = [
  ["models", 1000, 1, (hub, size) => hub.models.list(size)],
  ["datasets", 1000, 1, (hub, size) => hub.datasets.list(size)],
  ["spaces", 1000, 1, (hub, size) => hub.spaces.list(size)],
  ["kernels", 1000, 1, (hub, size) => hub.kernels.list(size)],
  ["commits", 1000, 1, (hub, size) => hub.models.listCommits({ repo, ...size })],
  ["files", 1000, 1, (hub, size) => hub.models.files.list({ repo, ...size })],
  ["files with more about each", 100, 1, (hub, size) => hub.models.files.list({ repo, expand: true, ...size })],
  ["large files", 1000, 1, (hub, size) => hub.models.files.listLfs({ repo, ...size })],
  ["files of a bucket", 5000, 1, (hub, size) => hub.buckets.files.list({ repo, ...size })],
  ["access requests", 1000, 10, (hub, size) => hub.models.listAccessRequests({ repo, status: "pending", ...size })],
  ["collections", 10_000, 1, (hub, size) => hub.collections.list(size)],
  ["papers", 100, 1, (hub, size) => hub.papers.list(size)],
  ["daily papers", 100, 1, (hub, size) => hub.papers.listDaily(size)],
  ["the token owner's repositories", Infinity, 1, (hub, size) => hub.account.listRepos(size)],
  ["an organisation's repositories", Infinity, 1, (hub, size) => hub.organizations.listRepos({ org, ...size })],
  ["members", 10_000, 10, (hub, size) => hub.organizations.listMembers({ org, ...size })],
  ["followers of an organisation", 100, 10, (hub, size) => hub.organizations.listFollowers({ org, ...size })],
  ["followers of a user", 100, 10, (hub, size) => hub.users.listFollowers({ username, ...size })],
  ["likes", 1000, 1, (hub, size) => hub.users.listLikes({ username, ...size })],
  ["users of SCIM", 1000, 1, (hub, size) => hub.scim.listUsers({ org, ...size })],
  ["groups of SCIM", 1000, 1, (hub, size) => hub.scim.listGroups({ org, ...size })],
];

describe.each(lists)("a page of the list of %s", (_, most, least, list) => {
  /** The page size of the first request. */
  const sizeOf = async (size: { pageSize?: number; limit?: number }): Promise<string | null> => {
    const sent: URL[] = [];
    const fetch = async (url: string): Promise<Response> => {
      sent.push(new URL(url));
      return Response.json(url.includes("/scim/") ? { Resources: [], totalResults: 0 } : []);
    };
    await list(new Hub({ token: "hf_x", endpoint: "https://hub.test", fetch }), size).toArray();
    const [{ searchParams } = new URL("https://none.test")] = sent;
    return searchParams.get("limit") ?? searchParams.get("count");
  };

  it(`holds what is asked for, between ${least} and ${most}`, async () => {
    const above = Math.min(most, 1_000_000) + 1;
    expect(await sizeOf({ pageSize: above })).toBe(String(Math.min(above, most)));
    expect(await sizeOf({ pageSize: above - 2 })).toBe(String(above - 2));
    expect(await sizeOf({ pageSize: 1 })).toBe(String(least));
  });

  it("holds as much as the limit needs, and what the Hub chooses where nothing is said", async () => {
    expect(await sizeOf({ limit: 20 })).toBe("20");
    expect(await sizeOf({ limit: 1_000_000 })).toBe(String(Math.min(1_000_000, most)));
    expect(await sizeOf({})).toBeNull();
  });
});
