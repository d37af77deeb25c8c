import { createMockHub } from "@hf-api/mock-hub";
import { describe, expect, it } from "vitest";
import { Hub } from "../../src/index.js";

const app = { client_id: "90e1", scope: "openid profile write-repos" };

describe("logging in on a device, against the embedded Hub", () => {
  it("waits for the user, and gives a token that works", async () => {
    const mock = createMockHub({ oauth: { interval: 0.01, approveAfter: Infinity } });
    const hub = new Hub({ endpoint: mock.url, fetch: mock.fetch, token: null });
    const authorization = await hub.oauth.startDeviceAuthorization(app);
    const waiting = hub.oauth.waitForDeviceToken({ ...app, ...authorization });
    const asked = (): number => [...mock.requests].filter(({ path }) => path === "/oauth/token").length;
    await expect.poll(asked, { timeout: 5000 }).toBeGreaterThan(1);
    mock.state.oauth.approve(authorization.user_code, "grace");
    const { access_token, refresh_token = "" } = await waiting;
    const signedIn = new Hub({ endpoint: mock.url, fetch: mock.fetch, token: access_token });
    expect(await signedIn.auth.whoami()).toMatchObject({ name: "grace" });
    const renewed = await hub.oauth.getToken({ grant_type: "refresh_token", client_id: app.client_id, refresh_token });
    expect(renewed.access_token).not.toBe(access_token);
  });

  it.each([
    ["access_denied", (mock: ReturnType<typeof createMockHub>, code: string) => mock.state.oauth.deny(code), 600],
    ["expired_token", () => undefined, 0.03],
  ] as const)("ends with %s", async (error, act, codeLifetime) => {
    const mock = createMockHub({ oauth: { interval: 0.01, approveAfter: Infinity, codeLifetime } });
    const hub = new Hub({ endpoint: mock.url, fetch: mock.fetch, token: null });
    const authorization = await hub.oauth.startDeviceAuthorization(app);
    act(mock, authorization.user_code);
    await expect(hub.oauth.waitForDeviceToken({ ...app, ...authorization })).rejects.toMatchObject({ body: { error } });
  });
});
