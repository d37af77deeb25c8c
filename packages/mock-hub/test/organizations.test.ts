import { beforeEach, expect, it } from "vitest";
import { createMockHub, type MockHub } from "../src/index.js";
import { apiOf, pluck, type Api } from "./api.js";

const groups = "/api/organizations/acme-research/resource-groups";
let hub: MockHub;
let ada: Api;
let grace: Api;

beforeEach(async () => {
  hub = createMockHub({ seed: 1 });
  ada = apiOf(hub, hub.tokens.write);
  grace = apiOf(hub, hub.tokens.other);
});

it("an overview is for everyone and takes any letter case", async () => {
  expect((await apiOf(hub)("GET", "/api/organizations/ACME-Research/overview")).body).toMatchObject({
    name: "acme-research",
    numUsers: 6,
  });
  for (const name of ["ada", "nobody"]) {
    expect(await ada("GET", `/api/organizations/${name}/overview`)).toMatchObject({
      status: 404,
      body: { error: "Sorry, we can't find the page you are looking for." },
    });
  }
});

it("roles are shown to members, and changed by administrators", async () => {
  const members = "/api/organizations/acme-research/members";
  expect((await apiOf(hub)("GET", members)).body).not.toContainEqual(expect.objectContaining({ role: "admin" }));
  expect((await ada("GET", `${members}?search=gra`)).body).toMatchObject([{ user: "grace", role: "write" }]);
  expect((await grace("PUT", `${members}/kenji/role`, { role: "admin" })).status).toBe(403);
  expect((await ada("PUT", `${members}/kenji/role`, { role: "boss" })).status).toBe(400);
  await ada("PUT", `${members}/kenji/role`, { role: "read" });
  expect((await ada("GET", `${members}?search=kenji`)).body).toMatchObject([{ role: "read" }]);
  expect((await ada("GET", `${members}?limit=9`)).status).toBe(400);
});

it("a resource group takes users and repositories, and lets them go", async () => {
  await ada("POST", "/api/repos/create", { name: "grouped", organization: "acme-research" });
  const created = await ada("POST", groups, {
    name: "audio",
    users: [{ user: "kenji", role: "read" }],
    repos: [{ type: "model", name: "acme-research/grouped" }],
  });
  expect(created.body).toMatchObject({
    name: "audio",
    users: [{ name: "kenji" }],
    resources: [{ name: "acme-research/grouped" }],
  });
  const path = `${groups}/${(created.body as { id: string }).id}`;
  await ada("POST", `${path}/users`, { users: [{ name: "mei", role: "write" }] });
  await ada("PATCH", `${path}/users/mei`, { role: "admin" });
  await ada("DELETE", `${path}/users/kenji`);
  await ada("POST", `${path}/settings`, { autoJoin: { enabled: true, role: "read" } });
  await ada("PATCH", path, { description: "Sound" });
  expect((await grace("GET", path)).body).toMatchObject({
    description: "Sound",
    autoJoin: { enabled: true, role: "read" },
    users: [{ name: "mei", role: "admin" }],
  });
  expect((await grace("DELETE", path)).status).toBe(403);
  expect((await ada("DELETE", path)).body).toEqual({ success: true });
  expect((await ada("GET", "/api/models/acme-research/grouped/resource-group")).status).toBe(404);
});

it("resource groups are for members of paying organizations", async () => {
  expect((await ada("GET", "/api/organizations/open-weights/resource-groups")).status).toBe(403);
  expect((await grace("POST", "/api/organizations/open-weights/resource-groups", { name: "x" })).status).toBe(402);
});

it("followers and followed belong together", async () => {
  const followed = pluck((await ada("GET", "/api/users/grace/following")).body, "user") as string[];
  expect(followed.length).toBeGreaterThan(0);
  for (const name of followed) {
    expect(pluck((await ada("GET", `/api/users/${name}/followers?limit=100`)).body, "user")).toContain("grace");
  }
  expect((await ada("GET", "/api/users/nobody/overview")).body).toEqual({ error: "This user does not exist" });
});

it("webhooks keep their secret, and belong to one user", async () => {
  const definition = {
    url: "https://example.com/hook",
    watched: [{ type: "org", name: "acme-research" }],
    domains: ["repo"],
  };
  const created = await ada("POST", "/api/settings/webhooks", { ...definition, secret: "quiet" });
  expect(created.body).toMatchObject({ webhook: { ...definition, disabled: false, hasSecret: true } });
  expect(JSON.stringify(created.body)).not.toContain("quiet");
  const path = `/api/settings/webhooks/${(created.body as { webhook: { id: string } }).webhook.id}`;
  expect((await ada("POST", `${path}/disable`)).body).toMatchObject({ webhook: { disabled: true } });
  await ada("POST", path, { ...definition, domains: ["discussion"] });
  expect((await ada("GET", path)).body).toMatchObject({ webhook: { domains: ["discussion"], hasSecret: false } });
  expect((await grace("GET", path)).status).toBe(404);
  expect((await ada("POST", "/api/settings/webhooks", { watched: [] })).status).toBe(400);
  await ada("DELETE", path);
  expect((await ada("GET", "/api/settings/webhooks")).body).toEqual([]);
});

it("a member without access sees nothing that is private: no collection, and no former name of a repository", async () => {
  const owner = "acme-research";
  await ada("POST", "/api/collections", { title: "Secret", namespace: owner, private: true });
  await ada("POST", "/api/repos/create", { name: "hidden", organization: owner, private: true });
  await ada("POST", "/api/repos/move", { fromRepo: `${owner}/hidden`, toRepo: `${owner}/moved` });
  expect((await grace("GET", `/api/models/${owner}/hidden`)).status).toBe(307);
  await ada("PUT", `/api/organizations/${owner}/members/grace/role`, { role: "no_access" });
  expect((await grace("GET", `/api/collections?owner=${owner}&q=secret`)).body).toEqual([]);
  expect((await grace("GET", `/api/models/${owner}/hidden`)).status).toBe(404);
});

it("an overview counts the buckets that whoever asks may see", async () => {
  await ada("POST", "/api/buckets/acme-research/hidden", { private: true });
  const count = async (api: Api) =>
    ((await api("GET", "/api/organizations/acme-research/overview")).body as { numBuckets: number }).numBuckets;
  expect([await count(ada), await count(apiOf(hub))]).toEqual([2, 1]);
});

it("a member without access gets no gated files, and sees no resource groups", async () => {
  const owner = "acme-research";
  await ada("POST", "/api/repos/create", { name: "gated", organization: owner });
  await ada("PUT", `/api/models/${owner}/gated/settings`, { gated: "manual" });
  const read = async () => (await grace("GET", `/${owner}/gated/resolve/main/.gitattributes`)).status;
  const groups = async () => (await grace("GET", `/api/organizations/${owner}/resource-groups`)).status;
  expect([await read(), await groups()]).toEqual([307, 200]);
  await ada("PUT", `/api/organizations/${owner}/members/grace/role`, { role: "no_access" });
  expect([await read(), await groups()]).toEqual([403, 403]);
});
