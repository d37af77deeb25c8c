import { beforeEach, describe, expect, it } from "vitest";
import { createMockHub, type MockHub, type MockHubOptions } from "../src/index.js";
import { apiOf, type Api, type Result } from "./api.js";

const deviceGrant = "urn:ietf:params:oauth:grant-type:device_code";
const app = { client_id: "app" };
let now = Date.UTC(2026, 0, 20);
let hub: MockHub;
let anyone: Api;

function start(oauth: MockHubOptions["oauth"] = {}): void {
  hub = createMockHub({ seed: 1, now: () => now, oauth });
  anyone = apiOf(hub);
}

beforeEach(() => start());

interface Login {
  device_code: string;
  user_code: string;
  verification_uri_complete: string;
}

interface Tokens {
  access_token: string;
  refresh_token: string;
}

const logIn = async (scope = "openid profile") =>
  (await anyone("POST", "/oauth/device", { ...app, scope })).body as Login;

const ask = (fields: Record<string, string>) =>
  anyone("POST", "/oauth/token", String(new URLSearchParams({ ...app, ...fields })), {
    "content-type": "application/x-www-form-urlencoded",
  });

const poll = ({ device_code }: Login, fields = {}) => ask({ grant_type: deviceGrant, device_code, ...fields });
const refresh = (refresh_token: string, fields = {}) => ask({ grant_type: "refresh_token", refresh_token, ...fields });
const outcome = ({ status, body }: Result) => [status, (body as { error?: string }).error];
const whoIs = async ({ access_token }: Tokens) => (await apiOf(hub, access_token)("GET", "/api/whoami-v2")).body;

describe("a device", () => {
  it("waits, and then gets a token of its user", async () => {
    const login = await logIn();
    expect(login).toMatchObject({
      user_code: expect.stringMatching(/^[\dA-F]{4}-[\dA-F]{4}$/),
      verification_uri: `${hub.url}/oauth/device`,
      expires_in: 600,
      interval: 1,
    });
    for (let question = 0; question < 2; question++) {
      const waiting = await poll(login);
      expect(outcome(waiting)).toEqual([400, "authorization_pending"]);
      expect(waiting.body).toMatchObject({ error_description: waiting.headers.get("x-error-message") });
    }
    const { status, headers, body } = await poll(login);
    expect([status, headers.get("cache-control")]).toEqual([200, "no-store"]);
    expect(body).toMatchObject({ token_type: "bearer", expires_in: 28_800, scope: "openid profile" });
    const expiresAt = new Date(now + 28_800_000).toISOString();
    expect(await whoIs(body as Tokens)).toMatchObject({ name: "ada", auth: { type: "oauth", expiresAt } });
    // A code is good for one token.
    expect(outcome(await poll(login))).toEqual([400, "invalid_grant"]);
  });

  it("gets in by the state, in anybody's name, and not before", async () => {
    start({ approveAfter: Infinity });
    const login = await logIn();
    for (let question = 0; question < 20; question++)
      expect(outcome(await poll(login))).toEqual([400, "authorization_pending"]);
    expect(() => hub.state.oauth.approve("NONE-SUCH")).toThrow(/No device waits with the code "NONE-SUCH"/);
    expect(() => hub.state.oauth.approve(login.user_code, "nobody")).toThrow('There is no user "nobody"');
    hub.state.oauth.approve(login.user_code.toLowerCase(), "grace");
    expect(await whoIs((await poll(login)).body as Tokens)).toMatchObject({ name: "grace" });
  });

  it("gets in by the page that its user opens", async () => {
    start({ approveAfter: Infinity });
    const login = await logIn();
    expect((await anyone("GET", "/oauth/device?user_code=NONE-SUCH")).status).toBe(404);
    expect((await anyone("GET", login.verification_uri_complete)).status).toBe(200);
    expect((await poll(login)).status).toBe(200);
  });

  it("is told when its user refuses", async () => {
    const login = await logIn();
    hub.state.oauth.deny(login.user_code);
    expect(outcome(await poll(login))).toEqual([400, "access_denied"]);
  });

  it("is told when its code has expired", async () => {
    start({ codeLifetime: 60 });
    const login = await logIn();
    hub.state.oauth.approve(login.user_code);
    now += 60_000;
    expect(outcome(await poll(login))).toEqual([400, "expired_token"]);
  });

  it("is slowed down only where that is asked for", async () => {
    start({ slowDown: true, interval: 5 });
    const login = await logIn();
    expect(outcome(await poll(login))).toEqual([400, "authorization_pending"]);
    now += 4_900;
    expect(outcome(await poll(login))).toEqual([400, "slow_down"]);
    now += 9_900;
    expect(outcome(await poll(login))).toEqual([400, "slow_down"]);
    now += 15_000;
    expect(outcome(await poll(login))).toEqual([400, "authorization_pending"]);
  });

  it("may name its app in a header, as apps with a secret do", async () => {
    const { device_code } = await logIn();
    const waiting = (client: string) =>
      anyone(
        "POST",
        "/oauth/token",
        { grant_type: deviceGrant, device_code },
        { authorization: `Basic ${btoa(client)}` },
      );
    expect(outcome(await waiting("app:secret"))).toEqual([400, "authorization_pending"]);
    expect(outcome(await waiting("other:secret"))).toEqual([400, "invalid_grant"]);
    expect((await anyone("GET", "/api/models", undefined, { authorization: `Basic ${btoa("a:b")}` })).status).toBe(401);
  });

  it("has to be the one that began, and to say what it wants", async () => {
    const login = await logIn();
    expect(outcome(await poll(login, { client_id: "other" }))).toEqual([400, "invalid_grant"]);
    expect(outcome(await ask({ grant_type: deviceGrant }))).toEqual([400, "invalid_request"]);
    expect(outcome(await ask({ grant_type: "password" }))).toEqual([400, "unsupported_grant_type"]);
    expect(outcome(await anyone("POST", "/oauth/device", {}))).toEqual([400, "invalid_request"]);
  });
});

describe("a token", () => {
  const getToken = async (scope?: string) => {
    const login = await logIn(scope);
    hub.state.oauth.approve(login.user_code);
    return (await poll(login)).body as Tokens;
  };

  it("expires, and is renewed once by its refresh token", async () => {
    const old = await getToken();
    now += 28_800_000;
    const refused = await apiOf(hub, old.access_token)("GET", "/api/whoami-v2");
    expect(outcome(refused)).toEqual([401, "Invalid credentials in Authorization header"]);
    expect(outcome(await refresh(old.refresh_token, { client_id: "other" }))).toEqual([400, "invalid_grant"]);
    const renewed = (await refresh(old.refresh_token)).body as Tokens;
    expect(await whoIs(renewed)).toMatchObject({ name: "ada" });
    expect(outcome(await refresh(old.refresh_token))).toEqual([400, "invalid_grant"]);
    expect((await refresh(renewed.refresh_token)).status).toBe(200);
  });

  it("may write only where its scope says so", async () => {
    const create = async (scope: string) =>
      (await apiOf(hub, (await getToken(scope)).access_token)("POST", "/api/repos/create", { name: "by-oauth" }))
        .status;
    expect(await create("openid read-repos")).toBe(403);
    expect(await create("openid write-repos")).toBe(200);
  });

  it("tells who its user is", async () => {
    const api = apiOf(hub, (await getToken()).access_token);
    for (const method of ["GET", "POST"]) {
      expect((await api(method, "/oauth/userinfo")).body).toMatchObject({
        sub: hub.state.accounts.user("ada")?._id,
        preferred_username: "ada",
        orgs: expect.arrayContaining([expect.objectContaining({ preferred_username: "acme-research" })]),
      });
    }
    expect((await anyone("GET", "/oauth/userinfo")).status).toBe(401);
  });
});
