import { oauthHandleRedirect, oauthLoginUrl } from "@huggingface/hub";
import { beforeEach, describe, expect, it } from "vitest";
import { createMockHub, type MockHub } from "../src/index.js";
import { listen } from "../src/node.js";
import { apiOf, present, type Api, type Result } from "./api.js";

const redirectUri = "https://app.example/callback?from=hub";
const verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
// Of the verifier above, as RFC 7636 prints it.
const challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
let now = Date.UTC(2026, 0, 20);
let hub: MockHub;
let anyone: Api;

beforeEach(() => {
  hub = createMockHub({ seed: 1, now: () => now, oauth: { codeLifetime: 60 } });
  anyone = apiOf(hub);
});

const request = {
  client_id: "app",
  response_type: "code",
  redirect_uri: redirectUri,
  scope: "openid profile write-repos",
  state: "s t&a=te",
  nonce: "n1",
  code_challenge: challenge,
  code_challenge_method: "S256",
};
const form = { "content-type": "application/x-www-form-urlencoded" };
const open = (fields: Record<string, string>) => anyone("GET", `/oauth/authorize?${new URLSearchParams(fields)}`);

/** Presses a button of the page; returns the address that it leads back to. */
async function press(decision: "allow" | "deny", fields: Record<string, string> = {}): Promise<URL> {
  const body = String(new URLSearchParams({ ...request, user: "grace", decision, ...fields }));
  const { status, headers } = await anyone("POST", "/oauth/authorize", body, form);
  expect(status).toBe(303);
  return new URL(present(headers.get("location")));
}

const codeOf = async (fields?: Record<string, string>) =>
  present((await press("allow", fields)).searchParams.get("code"));
const redeem = (code: string, fields: Record<string, string> = {}) =>
  anyone(
    "POST",
    "/oauth/token",
    String(
      new URLSearchParams({
        grant_type: "authorization_code",
        code,
        redirect_uri: redirectUri,
        code_verifier: verifier,
        ...fields,
      }),
    ),
    form,
  );
const errorOf = ({ status, body }: Result) => [status, (body as { error?: string }).error];

describe("the consent page", () => {
  it("says who wants what, and sends again whatever the app sent", async () => {
    const org = present(hub.state.accounts.org("acme-research"));
    const { status, headers, body } = await open({ ...request, client_id: '<"app">', orgIds: org._id });
    expect([status, headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
    expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    for (const words of ["app.example", "write-repos", "&lt;&quot;app&quot;&gt;", org.fullname, "(grace)"])
      expect(body).toContain(words);
    expect(body).toContain('name="state" value="s t&amp;a=te"');
    expect(body).not.toContain('<"app">');
  });

  it.each([
    [{ client_id: "" }, "client_id is missing"],
    [{ response_type: "token" }, "response_type has to be code"],
    [{ redirect_uri: "callback" }, "redirect_uri is missing, or not a URL"],
    [{ redirect_uri: "javascript:alert(1)" }, "redirect_uri has to be a URL of http or https"],
    [{ code_challenge_method: "plain" }, "code_challenge_method has to be S256"],
  ])("redirects nobody for %j", async (fields, words) => {
    for (const answer of [
      await open({ ...request, ...fields }),
      await anyone("POST", "/oauth/authorize", String(new URLSearchParams({ ...request, ...fields })), form),
    ]) {
      expect([answer.status, answer.headers.get("location")]).toEqual([400, null]);
      expect(answer.body).toContain(words);
    }
  });

  it("redirects to the addresses alone that a registered app named", async () => {
    const { status, body } = await anyone("POST", "/oauth/register", {
      client_name: "Poems",
      redirect_uris: [redirectUri],
      token_endpoint_auth_method: "none",
    });
    expect([status, Object.keys(body as object)]).toEqual([201, expect.not.arrayContaining(["client_secret"])]);
    const client_id = (body as { client_id: string }).client_id;
    expect((await open({ ...request, client_id })).body).toContain("Poems wants to log you in");
    const foreign = await open({ ...request, client_id, redirect_uri: "https://evil.example/" });
    expect([foreign.status, foreign.body]).toEqual([
      400,
      expect.stringMatching(/Poems may not redirect to https:\/\/evil\.example\/.*app\.example\/callback/),
    ]);
  });

  it("takes back to the app whether its user agreed", async () => {
    const allowed = await press("allow");
    expect(Object.fromEntries(allowed.searchParams)).toEqual({
      from: "hub",
      code: expect.any(String),
      state: "s t&a=te",
    });
    const denied = await press("deny");
    expect(Object.fromEntries(denied.searchParams)).toMatchObject({ error: "access_denied", state: "s t&a=te" });
    expect(denied.searchParams.has("code")).toBe(false);
  });
});

describe("a code", () => {
  it("is good for one token, of the user who agreed, with the nonce of its request", async () => {
    const code = await codeOf();
    const { body } = await redeem(code);
    const { access_token, id_token } = body as { access_token: string; id_token: string };
    expect((await apiOf(hub, access_token)("GET", "/api/whoami-v2")).body).toMatchObject({ name: "grace" });
    const claims: unknown = JSON.parse(atob(present(id_token.split(".")[1])));
    expect(claims).toMatchObject({ aud: "app", nonce: "n1", preferred_username: "grace", iss: hub.url });
    expect(errorOf(await redeem(code))).toEqual([400, "invalid_grant"]);
  });

  it("comes without an ID token where the scope has no openid", async () => {
    expect((await redeem(await codeOf({ scope: "profile" }))).body).not.toHaveProperty("id_token");
  });

  it.each([
    ["another verifier", { code_verifier: `${verifier}x` }],
    ["no verifier", { code_verifier: "" }],
    ["another redirect_uri", { redirect_uri: "https://app.example/" }],
    ["another client", { client_id: "other" }],
    ["a code that nobody issued", { code: "7c1d" }],
  ])("is refused with %s", async (_, fields) => {
    expect(errorOf(await redeem(await codeOf(), fields))).toEqual([400, "invalid_grant"]);
  });

  it("expires", async () => {
    const code = await codeOf();
    now += 60_000;
    expect(errorOf(await redeem(code))).toEqual([400, "invalid_grant"]);
  });

  it("may be made by a test, without the page", async () => {
    const user = present(hub.state.accounts.user("grace"));
    hub.state.oauth.consent({ user, clientId: "app", scope: "profile", redirectUri }, "made-up");
    expect((await redeem("made-up")).status).toBe(200);
  });
});

describe("a token of another service", () => {
  const exchange = (claims: object, resource = "grace/poems") =>
    anyone(
      "POST",
      "/oauth/token",
      String(
        new URLSearchParams({
          grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
          subject_token_type: "urn:ietf:params:oauth:token-type:id_token",
          subject_token: `e30.${btoa(JSON.stringify(claims))}.`,
          resource,
        }),
      ),
      form,
    );
  const good = { iss: "https://ci.example", aud: "https://huggingface.co", sub: "repo:a/b", exp: now / 1000 + 600 };

  it("is any one as long as nobody said whom to trust", async () => {
    expect((await exchange({})).status).toBe(200);
  });

  it("has to have the issuer, the claims and the audience that the resource trusts, and to be fresh", async () => {
    hub.state.oauth.publishers.push({
      issuer: "https://ci.example",
      claims: { sub: "repo:a/b" },
      resource: "grace/poems",
      user: "grace",
    });
    now = Date.UTC(2026, 0, 20);
    const { body } = await exchange(good);
    expect(body).not.toHaveProperty("refresh_token");
    const { access_token } = body as { access_token: string };
    expect((await apiOf(hub, access_token)("GET", "/api/whoami-v2")).body).toMatchObject({ name: "grace" });
    for (const wrong of [{ iss: "https://x.example" }, { aud: "x" }, { sub: "repo:a/c" }, { exp: now / 1000 }])
      expect(errorOf(await exchange({ ...good, ...wrong }))).toEqual([400, "invalid_grant"]);
    expect(errorOf(await exchange(good, "grace/other"))).toEqual([400, "invalid_grant"]);
  });
});

it("@huggingface/hub logs in by it, and refuses another state", async () => {
  const server = await listen(hub);
  try {
    const localStorage: { codeVerifier?: string; nonce?: string } = {};
    const redirectUrl = "https://app.example/";
    const url = await oauthLoginUrl({ hubUrl: server.url, clientId: "app", redirectUrl, localStorage, state: "mine" });
    const fields = Object.fromEntries(new URL(url).searchParams);
    const redirectedUrl = (await press("allow", fields)).href;
    const { nonce = "", codeVerifier = "" } = localStorage;
    const handle = (it: string) => oauthHandleRedirect({ hubUrl: server.url, redirectedUrl: it, nonce, codeVerifier });
    await expect(handle(redirectedUrl.replace(nonce, crypto.randomUUID()))).rejects.toThrow(/state/);
    const result = await handle(redirectedUrl);
    expect(result).toMatchObject({ state: "mine", userInfo: { preferred_username: "grace" } });
    expect(result.accessTokenExpiresAt.getTime()).toBeGreaterThan(Date.now());
  } finally {
    await server.close();
  }
});
