import { beforeEach, describe, expect, it } from "vitest";
import { createMockHub, type MockHub } from "../src/index.js";
import { type Api, apiOf, present } from "./api.js";

let hub: MockHub;
let ada: Api;

beforeEach(() => {
  hub = createMockHub({ seed: 1 });
  ada = apiOf(hub, hub.tokens.write);
});

describe("what a test may put into the world", () => {
  it("the name of a token", async () => {
    const { accounts } = hub.state;
    const user = present(accounts.user("grace"));
    const nameFor = async (token: string) =>
      (await apiOf(hub, token)("GET", "/api/whoami-v2")).body as { auth: { accessToken: { displayName: string } } };
    accounts.issueToken("hf_ci", { user, role: "write", name: "CI" });
    expect((await nameFor("hf_ci")).auth.accessToken.displayName).toBe("CI");
    expect((await nameFor(hub.tokens.read)).auth.accessToken.displayName).toBe("mock read token");
  });

  it("avatars, which are relative and lead to a picture", async () => {
    const user = present(hub.state.accounts.user("ada"));
    expect((await ada("GET", "/api/whoami-v2")).body).toMatchObject({ avatarUrl: `/avatars/${user._id}.svg` });
    user.avatarUrl = "/avatars/owl.svg";
    expect((await ada("GET", "/api/whoami-v2")).body).toMatchObject({ avatarUrl: "/avatars/owl.svg" });
    expect((await ada("GET", "/api/users/ada/overview")).body).toMatchObject({ avatarUrl: "/avatars/owl.svg" });
    expect((await ada("GET", "/api/users/ada/avatar")).body).toEqual({ avatarUrl: `${hub.url}/avatars/owl.svg` });
    const picture = await hub.fetch(`${hub.url}/api/avatars/ada`);
    expect([picture.status, picture.url]).toEqual([200, `${hub.url}/avatars/owl.svg`]);
    expect([picture.headers.get("content-type"), await picture.text()]).toEqual([
      "image/svg+xml",
      expect.stringMatching(/^<svg /),
    ]);
    const org = present(hub.state.accounts.org("acme-research"));
    expect((await ada("GET", "/api/organizations/acme-research/avatar")).body).toEqual({
      avatarUrl: `${hub.url}/avatars/${org._id}.svg`,
    });
    expect((await ada("GET", "/avatars/none.svg")).status).toBe(404);
  });

  it("an organization whose repositories and buckets are private unless the request says otherwise", async () => {
    present(hub.state.accounts.org("acme-research")).isPrivateByDefault = true;
    const isPrivate = async (name: string, fields: object = {}) => {
      await ada("POST", "/api/repos/create", { name, organization: "acme-research", ...fields });
      return ((await ada("GET", `/api/models/acme-research/${name}`)).body as { private: boolean }).private;
    };
    expect(await isPrivate("usual")).toBe(true);
    expect(await isPrivate("open", { private: false })).toBe(false);
    expect(await isPrivate("shown", { visibility: "public" })).toBe(false);
    expect(await isPrivate("ours")).toBe(true);
    await ada("POST", "/api/repos/create", { name: "mine" });
    expect((await ada("GET", "/api/models/ada/mine")).body).toMatchObject({ private: false });
    await ada("POST", "/api/buckets/acme-research/usual", {});
    await ada("POST", "/api/buckets/acme-research/open", { visibility: "public" });
    expect((await ada("GET", "/api/buckets/acme-research/usual")).body).toMatchObject({ private: true });
    expect((await ada("GET", "/api/buckets/acme-research/open")).body).toMatchObject({ private: false });
  });

  it("who serves a model", async () => {
    const { record } = present(hub.state.repos.models.find("openai-community/gpt2"));
    const served = { provider: "groq", providerId: "g2", task: "text-generation", status: "live" } as const;
    record.inferenceProviders = [served];
    const { body } = await ada("GET", "/api/models/openai-community/gpt2?expand=inferenceProviderMapping");
    expect(body).toMatchObject({ inferenceProviderMapping: { groq: { providerId: "g2", status: "live" } } });
  });

  it("what hardware costs", async () => {
    const prices = async (user: string) => (await ada("GET", `/api/${user}/hardware`)).body as { name: string }[];
    expect((await prices("jobs"))[0]).toMatchObject({
      name: "cpu-basic",
      accelerator: null,
      unitCostMicroUSD: 167,
      unitCostUSD: 0.000167,
      unitLabel: "minute",
      ephemeralStorage: expect.any(String),
    });
    const [machine] = hub.state.hardware.spaces;
    present(machine).unitCostMicroUSD = 42;
    expect((await prices("spaces"))[0]).toMatchObject({ name: "cpu-basic", unitCostMicroUSD: 42 });
    expect((await prices("spaces"))[0]).not.toHaveProperty("ephemeralStorage");
  });
});
