import { createMockHub, type MockHub, type MockHubOptions } from "@hf-api/mock-hub";
import { listen, type MockHubServer } from "@hf-api/mock-hub/node";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Hub, HubInputError, HubResponseError } from "../../src/index.js";
import { createLogin, handleRedirect, HubLoginError, loginToken, refreshLogin } from "../../src/oauth/index.js";
import { failure } from "../servers/setup.js";
import { responseConsent, memoryStorage } from "./mock-login.js";

const redirectUrl = "https://my-app.example/callback";
const clientId = "my-app";
let now = 0;
let mock: MockHub;
let server: MockHubServer;
let storage = memoryStorage();

async function start(oauth: MockHubOptions["oauth"] = {}): Promise<void> {
  now = Date.now();
  mock = createMockHub({ oauth, now: () => now });
  server = await listen(mock);
  storage = memoryStorage();
}

beforeEach(() => start());
afterEach(async () => await server.close());

const begin = (input: Parameters<typeof createLogin>[0] = {}) =>
  createLogin({ clientId, redirectUrl, endpoint: server.url, storage, ...input });
const consent = (url: string, decision?: "allow" | "deny") => responseConsent(fetch, url, decision);
const end = (url: string, input: Parameters<typeof handleRedirect>[0] = {}) =>
  handleRedirect({ url, storage, retries: 0, ...input });
const logIn = async (input?: Parameters<typeof createLogin>[0]) => {
  const login = await end(await consent((await begin(input)).url));
  if (login === undefined) throw new Error("nobody is logged in");
  return login;
};
const requestsOf = (path: string) => [...mock.requests].filter((it) => it.path === path).length;

describe("a login", () => {
  it("makes no request to begin with, and asks for what it was told to", async () => {
    const { url } = await begin({ scopes: ["openid", "write-repos"], organizations: ["a", "b"] });
    const { origin, pathname, searchParams } = new URL(url);
    expect([origin + pathname, [...mock.requests]]).toEqual([`${server.url}/oauth/authorize`, []]);
    expect(Object.fromEntries(searchParams)).toEqual({
      client_id: clientId,
      redirect_uri: redirectUrl,
      response_type: "code",
      scope: "openid write-repos",
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: "S256",
      orgIds: "a,b",
    });
    const [kept = ""] = storage.items.values();
    const { verifier } = JSON.parse(kept) as { verifier: string };
    expect(verifier).toMatch(/^[\w-]{43}$/);
    expect(url).not.toContain(verifier);
    expect((await begin()).url).not.toBe((await begin()).url);
  });

  it("ends with a token, its user, its end and the app's own state", async () => {
    const before = Date.now();
    const login = await logIn({ scopes: "openid profile write-repos", state: "/page?a=1" });
    expect(login).toMatchObject({
      scopes: ["openid", "profile", "write-repos"],
      state: "/page?a=1",
      user: { preferred_username: "grace" },
      clientId,
      endpoint: server.url,
    });
    expect(login.expiresAt?.getTime()).toBeGreaterThanOrEqual(before + 28_800_000);
    const hub = new Hub({ endpoint: server.url, token: login.accessToken });
    expect(await hub.auth.whoami()).toMatchObject({ name: "grace" });
    await hub.repos.create({ repo: "grace/by-login" });
    expect(storage.items.size).toBe(0);
  });

  it("ends on a server that kept what was returned, with the app's secret", async () => {
    const { url, pending } = await begin({ storage: null });
    const bodies: unknown[] = [];
    const login = await end(await consent(url), {
      storage: null,
      pending,
      clientSecret: "s3cret",
      fetch: (to, init) => {
        bodies.push(init.body);
        return fetch(to, init);
      },
    });
    expect(login?.user?.preferred_username).toBe("grace");
    expect(new URLSearchParams(String(bodies[0])).get("client_secret")).toBe("s3cret");
    expect(pending).not.toContain("s3cret");
  });

  it("asks for no user without the scope openid", async () => {
    expect((await logIn({ scopes: "profile" })).user).toBeUndefined();
    expect(requestsOf("/oauth/userinfo")).toBe(0);
  });

  it("may be one of several at a time, and each ends once", async () => {
    const [first, second] = [await begin({ state: "1" }), await begin({ state: "2" })];
    const [back1, back2] = [await consent(first.url), await consent(second.url)];
    expect((await end(back2))?.state).toBe("2");
    expect((await end(back1))?.state).toBe("1");
    expect(await failure(end(back1))).toMatchObject({ code: "unknown_login" });
  });

  it("is handled once, however often the page asks at the same time", async () => {
    const back = await consent((await begin()).url);
    const [one, other] = await Promise.all([end(back), end(back)]);
    expect(one).toBe(other);
    expect(requestsOf("/oauth/token")).toBe(1);
  });

  it("leaves nothing of logins that were given up", async () => {
    await begin();
    vi.spyOn(Date, "now").mockReturnValue(now + 3_700_000);
    await begin();
    expect(storage.items.size).toBe(1);
  });

  it.each(["https://my-app.example/", "https://my-app.example/callback?code=1", "https://my-app.example/?state=s"])(
    "is not what %s ends",
    async (url) => {
      expect(await end(url)).toBeUndefined();
    },
  );
});

describe("a redirect is refused", () => {
  const refusal = async (back: string, input?: Parameters<typeof handleRedirect>[0]): Promise<HubLoginError> => {
    const error = await failure(end(back, input));
    expect(error).toBeInstanceOf(HubLoginError);
    return error as HubLoginError;
  };

  it("with another state, before any request, and the login can still end", async () => {
    const back = await consent((await begin()).url);
    const wrong = new URL(back);
    wrong.searchParams.set("state", "forged");
    const error = await refusal(wrong.href);
    expect([error.code, error.message]).toEqual(["unknown_login", expect.stringContaining("createLogin()")]);
    expect(requestsOf("/oauth/token")).toBe(0);
    expect(await end(back)).toMatchObject({ clientId });
  });

  it("where it leads to another page than was named", async () => {
    const back = await consent((await begin()).url);
    for (const [foreign, shown] of [
      [back.replace("my-app.example", "evil.example"), "https://evil.example/callback"],
      [back.replace("/callback", "/other"), "https://my-app.example/other"],
    ] as const) {
      const error = await refusal(foreign);
      expect(error.code).toBe("foreign_redirect");
      expect(error.message).toContain(`led to ${shown}, but the login named ${redirectUrl}`);
    }
    expect(requestsOf("/oauth/token")).toBe(0);
  });

  it("when its code has expired or was used", async () => {
    await server.close();
    await start({ codeLifetime: 1 });
    const { url, pending } = await begin();
    const back = await consent(url);
    now += 1000;
    const expired = await refusal(back);
    expect(expired.code).toBe("invalid_grant");
    expect(expired.message).toContain("start a new login with createLogin()");
    expect(expired.cause).toBeInstanceOf(HubResponseError);
    expect(storage.items.size).toBe(0);
    expect(await refusal(back, { pending })).toMatchObject({ code: "invalid_grant" });
  });

  it("when the user did not agree", async () => {
    const error = await refusal(await consent((await begin()).url, "deny"));
    expect([error.code, error.message]).toEqual(["access_denied", expect.stringContaining("did not agree")]);
    expect(storage.items.size).toBe(0);
  });

  it("with an ID token of another login or app", async () => {
    const { url, pending } = await begin({ storage: null });
    const back = await consent(url);
    const kept = JSON.parse(pending) as Record<string, unknown>;
    const changed = { ...kept, nonce: "another" };
    expect(await refusal(back, { pending: JSON.stringify(changed) })).toMatchObject({ code: "invalid_identity" });
    const other = await begin({ storage: null });
    const backToOther = await consent(other.url);
    const foreign = async (to: string, init: RequestInit): Promise<Response> => {
      const response = await fetch(to, init);
      if (!to.endsWith("/oauth/token")) return response;
      const body = (await response.json()) as { id_token: string };
      const [head, claims = ""] = body.id_token.split(".");
      const changedClaims = { ...(JSON.parse(atob(claims)) as object), aud: ["somebody-else"] };
      return Response.json({ ...body, id_token: `${head}.${btoa(JSON.stringify(changedClaims))}.` });
    };
    const error = await refusal(backToOther, { pending: other.pending, fetch: foreign });
    expect([error.code, error.message]).toEqual(["invalid_identity", expect.stringContaining("another app")]);
  });

  it("and the code is not lost when the connection was", async () => {
    const back = await consent((await begin()).url);
    const broken = (): Promise<Response> => Promise.reject(new TypeError("fetch failed"));
    expect(await failure(end(back, { fetch: broken }))).toMatchObject({ name: "HubConnectionError" });
    expect(await end(back)).toMatchObject({ clientId });
  });

  it("and says in plain text what a stranger's URL says", async () => {
    const { url } = await begin();
    const state = new URL(url).searchParams.get("state") ?? "";
    const back = `${redirectUrl}?${new URLSearchParams({ state, error: "a\nb", error_description: "line\n\u001b[31mred" })}`;
    const { message } = await refusal(back);
    expect(message).not.toMatch(/[\n\u001b]/);
  });
});

describe("what cannot begin a login says why", () => {
  it.each([
    [{ clientId: undefined }, /clientId is missing/],
    [{ redirectUrl: undefined }, /redirectUrl is missing; outside of a page/],
    [{ redirectUrl: "callback" }, /redirectUrl is callback; expected a URL/],
    [{ redirectUrl: "https://a.example/#x" }, /without #/],
    [{ redirectUrl: "javascript:alert(1)" }, /expected a URL of http or https/],
    [{ endpoint: "ftp://hub.example" }, /ftp/],
  ])("%j", async (input, message) => {
    const error = await failure(begin(input));
    expect(error).toBeInstanceOf(HubInputError);
    expect((error as Error).message).toMatch(message);
  });

  it("handleRedirect without a page, or with what is not what createLogin returned", async () => {
    await expect(handleRedirect()).rejects.toThrow("url is missing");
    await expect(handleRedirect({ url: "x" })).rejects.toThrow("url is not a URL");
    await expect(end(`${redirectUrl}?code=c&state=s`, { pending: "{}" })).rejects.toThrow(HubInputError);
  });
});

describe("in a Space", () => {
  const variables = (): Record<string, string> => ({
    OAUTH_CLIENT_ID: "of-the-space",
    OAUTH_SCOPES: "openid read-repos",
    OPENID_PROVIDER_URL: server.url,
  });
  const space = { clientId: undefined, endpoint: undefined };

  it("a page takes the app of window.huggingface", async () => {
    vi.stubGlobal("huggingface", { variables: variables() });
    const login = await logIn(space);
    expect(login).toMatchObject({ clientId: "of-the-space", scopes: ["openid", "read-repos"], endpoint: server.url });
  });

  it("a server takes the app of the environment, with its secret", async () => {
    for (const [name, value] of Object.entries(variables())) vi.stubEnv(name, value);
    vi.stubEnv("OAUTH_CLIENT_SECRET", "s3cret");
    const bodies: unknown[] = [];
    const { url, pending } = await begin({ ...space, storage: null });
    const login = await end(await consent(url), {
      pending,
      fetch: (to, init) => {
        bodies.push(init.body);
        return fetch(to, init);
      },
    });
    expect(login?.clientId).toBe("of-the-space");
    expect(String(bodies[0])).toContain("client_secret=s3cret");
  });

  it("without hf_oauth, says what the Space lacks", async () => {
    vi.stubGlobal("huggingface", { variables: {} });
    await expect(begin(space)).rejects.toThrow("add `hf_oauth: true` to the head of its README.md");
  });
});

describe("a token that ends", () => {
  it("is refreshed, once for each refresh token", async () => {
    const login = await logIn();
    const renewed = await refreshLogin(JSON.parse(JSON.stringify(login)) as typeof login);
    expect(renewed).toMatchObject({ clientId, user: { preferred_username: "grace" } });
    expect(renewed.accessToken).not.toBe(login.accessToken);
    expect(renewed.refreshToken).not.toBe(login.refreshToken);
    expect(renewed.expiresAt).toBeInstanceOf(Date);
    const error = await failure(refreshLogin(login));
    expect(error).toMatchObject({ code: "invalid_grant", message: expect.stringContaining("log in again") });
    await expect(refreshLogin({ ...login, refreshToken: undefined })).rejects.toThrow("the login has no refreshToken");
  });

  it("is renewed by a Hub before that, once for all requests, and again", async () => {
    const login = await logIn();
    const kept: string[] = [];
    const token = loginToken(login, { onRefresh: ({ accessToken }) => kept.push(accessToken) });
    const hub = new Hub({ endpoint: server.url, token });
    expect(await hub.auth.whoami()).toMatchObject({ name: "grace" });
    expect(kept).toEqual([]);
    const later = now + 28_800_000 - 240_000;
    vi.spyOn(Date, "now").mockImplementation(() => later);
    now = later;
    await Promise.all([token(), token(), hub.auth.whoami()]);
    expect(kept).toHaveLength(1);
    now = later + 28_800_000;
    vi.spyOn(Date, "now").mockImplementation(() => now);
    expect(await hub.auth.whoami()).toMatchObject({ name: "grace" });
    expect(kept).toHaveLength(2);
  });

  it("goes on as long as it is good when it cannot be renewed, and then says why", async () => {
    const login = await logIn();
    const token = loginToken(login, { retries: 0 });
    const late = now + 28_800_000 - 240_000;
    const clock = vi.spyOn(Date, "now").mockImplementation(() => late);
    mock.faults.once({ status: { 503: 1 } });
    expect(await token()).toBe(login.accessToken);
    clock.mockImplementation(() => now + 28_860_000);
    mock.faults.once({ status: { 503: 1 } });
    expect(await failure(token())).toMatchObject({ status: 503 });
  });

  it("is not shown by errors and events", async () => {
    const login = await logIn();
    const seen: string[] = [];
    const { refreshToken = "" } = login;
    await refreshLogin(login, { observe: (event) => seen.push(JSON.stringify(event)) });
    const error = await failure(refreshLogin(login, { observe: (event) => seen.push(JSON.stringify(event)) }));
    const { message, cause } = error as HubLoginError;
    const told = [...seen, message, JSON.stringify(error), JSON.stringify(cause), (cause as Error).message].join();
    expect(seen.length).toBeGreaterThan(1);
    for (const secret of [refreshToken, login.accessToken]) expect(told).not.toContain(secret);
  });
});
