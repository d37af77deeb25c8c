import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createMockHub, type MockHub } from "@hf-api/mock-hub";
import { listen, type MockHubServer } from "@hf-api/mock-hub/node";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Hub, HubError, HubInputError } from "../../src/index.js";
import { HubLoginError, trustedPublisher } from "../../src/oauth/index.js";
import { failure } from "../servers/setup.js";

const repo = "ada/from-ci";
const issuer = "https://token.actions.githubusercontent.com";
const requestToken = "of-the-runner";
let now = 0;
let mock: MockHub;
let server: MockHubServer;
let github: Server;
let asked: IncomingMessage[];
let respond: (request: IncomingMessage, response: ServerResponse) => void;
let sub = "repo:ada/from-ci:ref:refs/heads/main";

const idToken = (aud: string): string => {
  const claims = { iss: issuer, aud, sub, exp: now / 1000 + 600 };
  return `e30.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.`;
};

beforeEach(async () => {
  now = Date.now();
  sub = "repo:ada/from-ci:ref:refs/heads/main";
  mock = createMockHub({ now: () => now, oauth: { tokenLifetime: 3600 } });
  server = await listen(mock);
  mock.state.oauth.publishers.push({ issuer, claims: { sub }, resource: repo });
  await new Hub({ endpoint: server.url, token: mock.tokens.write }).repos.create({ repo });
  asked = [];
  respond = (request, response) => {
    const audience = new URL(request.url ?? "", "http://x").searchParams.get("audience") ?? "";
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ value: idToken(audience) }));
  };
  github = createServer((request, response) => {
    asked.push(request);
    respond(request, response);
  });
  await new Promise<void>((resolve) => github.listen(0, "127.0.0.1", resolve));
  for (const name of ["HF_OIDC_RESOURCE", "HF_OIDC_ID_TOKEN", "GITHUB_ACTIONS"]) vi.stubEnv(name, "");
  const { port } = github.address() as AddressInfo;
  vi.stubEnv("ACTIONS_ID_TOKEN_REQUEST_URL", `http://127.0.0.1:${port}/token?api-version=2.0`);
  vi.stubEnv("ACTIONS_ID_TOKEN_REQUEST_TOKEN", requestToken);
});

afterEach(async () => {
  github.closeAllConnections();
  await Promise.all([server.close(), new Promise((resolve) => github.close(resolve))]);
});

const publisher = (options: Parameters<typeof trustedPublisher>[0] = {}) =>
  trustedPublisher({ resource: repo, endpoint: server.url, retries: 0, ...options });
const exchanges = () => [...mock.requests].filter(({ path }) => path === "/oauth/token").length;

describe("a job that a repository trusts", () => {
  it("asks GitHub Actions for an ID token, once for all requests, and writes with what the Hub gives for it", async () => {
    const hub = new Hub({ endpoint: server.url, token: publisher() });
    await Promise.all([
      hub.models.files.upload({ repo, path: "a.txt", content: "a" }),
      hub.auth.whoami(),
      hub.models.get({ repo }),
    ]);
    expect(await hub.models.files.exists({ repo, path: "a.txt" })).toBe(true);
    const [request] = asked;
    expect([asked.length, exchanges()]).toEqual([1, 1]);
    expect(request?.headers.authorization).toBe(`Bearer ${requestToken}`);
    expect(request?.url).toBe(`/token?api-version=2.0&audience=${encodeURIComponent(server.url)}`);
  });

  it("renews the token before it ends, by a fresh ID token", async () => {
    const token = publisher();
    const first = await token();
    expect(await token()).toBe(first);
    now += 56 * 60 * 1000;
    vi.spyOn(Date, "now").mockImplementation(() => now);
    const second = await token();
    expect([second === first, asked.length, exchanges()]).toEqual([false, 2, 2]);
    now += 30 * 60 * 1000;
    expect(await new Hub({ endpoint: server.url, token }).auth.whoami()).toMatchObject({ name: "ada" });
    expect(exchanges()).toBe(2);
  });

  it("may bring the ID token of another CI service, by a function, an option or the environment", async () => {
    for (const given of [async (audience: string) => idToken(audience), () => idToken(server.url), idToken(server.url)])
      expect(await publisher({ idToken: given })()).toMatch(/^hf_/);
    vi.stubEnv("HF_OIDC_RESOURCE", repo);
    vi.stubEnv("HF_OIDC_ID_TOKEN", idToken("https://huggingface.co"));
    expect(await trustedPublisher({ endpoint: server.url })()).toMatch(/^hf_/);
    expect(asked).toEqual([]);
  });

  it("asks again where GitHub's server failed", async () => {
    const usual = respond;
    respond = (_, response) => {
      respond = usual;
      response.writeHead(503).end();
    };
    expect(await publisher()()).toMatch(/^hf_/);
    expect(asked).toHaveLength(2);
  });
});

describe("a job gets no token", () => {
  it("that nobody trusts, and is told where to look", async () => {
    sub = "repo:ada/fork:ref:refs/heads/main";
    const error = await failure(new Hub({ endpoint: server.url, token: publisher() }).auth.whoami());
    expect(error).toBeInstanceOf(HubLoginError);
    expect(error).toMatchObject({ code: "invalid_grant" });
    expect((error as Error).message).toContain(`for ${repo}; check in its Settings, Trusted Publishers`);
  });

  it.each([
    ["without the permission", { GITHUB_ACTIONS: "true", ACTIONS_ID_TOKEN_REQUEST_URL: "" }, /id-token: write/],
    ["outside of CI", { ACTIONS_ID_TOKEN_REQUEST_TOKEN: "" }, /no CI service is known here; pass idToken/],
  ])("%s", (_, variables, message) => {
    for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
    expect(() => publisher()).toThrow(message);
    expect(() => publisher()).toThrow(HubInputError);
  });

  it("without a resource, or with an empty ID token", async () => {
    expect(() => trustedPublisher()).toThrow("resource is missing");
    expect(await failure(publisher({ idToken: () => " " })())).toBeInstanceOf(HubInputError);
  });

  it("from a GitHub that refuses, and no error shows what the runner was given", async () => {
    respond = (_, response) => response.writeHead(403).end(`no: ${requestToken}`);
    const error = await failure(publisher()());
    expect(error).toBeInstanceOf(HubError);
    const { message, stack, cause } = error as Error;
    expect(message).toMatch(/responded with 403; check that the job has `permissions: id-token: write`/);
    expect(`${message}${stack}${String(cause)}`).not.toContain(requestToken);
    expect(asked).toHaveLength(1);
    respond = (_, response) => response.writeHead(302, { location: "http://127.0.0.1:1/" }).end();
    expect(await failure(publisher()())).toMatchObject({ name: "HubConnectionError" });
  });
});
