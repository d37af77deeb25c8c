import { describe, expect, it } from "vitest";
import { json, rateLimited } from "../servers/responses.js";
import { hangUp, reset, shortBody, silence } from "../servers/faults.js";
import { FaultServer, type Handler } from "../servers/fault-server.js";
import type { Hub } from "../../src/hub.js";
import type { RequestOptions } from "../../src/options.js";
import { failure, getModel, hubAt, modelPath, token, useFaultServer } from "../servers/setup.js";

const server = useFaultServer();

const createPath = "/api/repos/create";
const create = (hub: Hub, options: RequestOptions = {}): Promise<unknown> =>
  hub.repos.create({ repo: "owner/name", visibility: "private" }, options);
const messageOf = async (call: Promise<unknown>): Promise<string> => ((await failure(call)) as Error).message;

const mayHaveActed: [string, Handler][] = [
  ["a reset", reset],
  ["a hang-up", hangUp],
  ["a timeout", silence],
  ["a body that breaks off", shortBody("{")],
  ["a 500", json({}, { status: 500 })],
  ["a 502", json({}, { status: 502 })],
  ["a 504", json({}, { status: 504 })],
  ["a 408", json({}, { status: 408 })],
  ["another body than JSON", json("text")],
];
const didNothing: [string, Handler][] = [
  ["a 400", json({}, { status: 400 })],
  ["a 404", json({}, { status: 404 })],
  ["a 429", rateLimited({ ratelimit: '"api";r=0;t=290' })],
];

describe("an error of a POST", () => {
  const words = "the Hub may have acted nevertheless: check before you send it again";

  it.each(mayHaveActed)("says that the Hub may have acted, after %s", async (_, response) => {
    server().on(createPath, response);
    const error = (await failure(create(hubAt(server().url, { timeout: 150 })))) as Error;
    expect(error.message.split("; ").at(-1)).toBe(words);
    // What most logs show.
    expect(error.stack?.split(words)).toHaveLength(2);
    expect(error.stack).toContain(error.message);
  });

  it.each(didNothing)("does not say so after %s", async (_, response) => {
    server().on(createPath, response);
    expect(await messageOf(create(hubAt(server().url)))).not.toContain("may have acted");
  });

  it("does not say so when no connection came about", async () => {
    const gone = await FaultServer.start();
    await gone.close();
    expect(await messageOf(create(hubAt(gone.url, { retries: 0 })))).toMatch(/\(ECONNREFUSED\)$/);
  });

  it("does not say so when the time was over before it was sent", async () => {
    const never = (): Promise<string> => new Promise(() => undefined);
    expect(await messageOf(create(hubAt(server().url, { token: never, timeout: 30 })))).not.toContain("may have acted");
    server().on(modelPath, json({ id: "x" }, { headers: { ratelimit: '"api";r=0;t=30' } }));
    const hub = hubAt(server().url);
    await getModel(hub);
    expect(await messageOf(create(hub, { deadline: 30 }))).toBe(
      `no complete response within 30 ms: POST ${server().url}${createPath}`,
    );
  });

  it("is the caller's own reason, untouched, when the caller gives up", async () => {
    server().on(createPath, silence);
    const controller = new AbortController();
    const call = failure(create(hubAt(server().url), { signal: controller.signal }));
    const reason = new Error("enough");
    controller.abort(reason);
    expect(await call).toBe(reason);
    expect(reason.message).toBe("enough");
  });
});

it("an error of a request that may be sent twice does not say that the Hub may have acted", async () => {
  server().on(modelPath, reset);
  server().on(`${modelPath}/settings`, reset);
  const hub = hubAt(server().url, { retries: 0 });
  expect(await messageOf(getModel(hub))).not.toContain("may have acted");
  const update = hub.models.updateSettings({ repo: "owner/name", private: true });
  expect(await messageOf(update)).not.toContain("may have acted");
});

describe("a lost commit", () => {
  const commitPath = "/api/models/owner/name/commit/main";
  const commit = (hub: Hub, more: object = {}): Promise<unknown> =>
    hub.models.commit({ repo: "owner/name", title: "Tidy up", operations: [{ delete: "a" }], ...more });

  it.each([
    ["a reset", reset],
    ["a timeout", silence],
    ["a 504", json({}, { status: 504 })],
  ])("says that it may have been made, and where to look, after %s", async (_, response) => {
    server().on(commitPath, response);
    const hub = hubAt(server().url, { timeout: 150 });
    const where = 'the commit may have been made nevertheless: look for "Tidy up" with';
    expect(await messageOf(commit(hub))).toMatch(new RegExp(`; ${where} listCommits\\(\\) of main$`));
    expect(await messageOf(commit(hub, { createPullRequest: true }))).toMatch(
      new RegExp(`; ${where} discussions\\.list\\(\\)$`),
    );
  });

  it("says so as well when the deadline of the whole was over", async () => {
    server().on(commitPath, silence);
    const hub = hubAt(server().url, { deadline: 100 });
    expect(await messageOf(commit(hub))).toBe(
      `no complete response within 100 ms: POST ${server().url}${commitPath}; the commit may have been made ` +
        `nevertheless: look for "Tidy up" with listCommits() of main`,
    );
  });
});

describe("a timeout names the request, without secrets:", () => {
  const url = (path: string): string => `${server().url}${path}`;

  it("of an attempt", async () => {
    server().on(modelPath, silence);
    expect(await messageOf(getModel(hubAt(server().url, { timeout: 30, retries: 0 })))).toBe(
      `no complete response within 30 ms: GET ${url(modelPath)}`,
    );
  });

  it("of a deadline", async () => {
    server().on(modelPath, silence);
    expect(await messageOf(getModel(hubAt(server().url, { deadline: 30 })))).toBe(
      `no complete response within 30 ms: GET ${url(modelPath)}`,
    );
  });

  it("of a deadline of several requests, whichever was under way", async () => {
    server().on("/api/whoami-v2", silence);
    const call = (): Promise<unknown> => hubAt(server().url, { deadline: 30 }).collections.create({ title: "Mine" });
    expect(await messageOf(call())).toBe(`no complete response within 30 ms: GET ${url("/api/whoami-v2")}`);
  });

  it("of a deadline of several requests that ends while one of them waits to be retried", async () => {
    server().on("/oauth/token", json({ error: "authorization_pending" }, { status: 400 }));
    const wait = hubAt(server().url).oauth.waitForDeviceToken(
      { client_id: "c", device_code: "d", interval: 0.01 },
      { deadline: 60 },
    );
    expect(await messageOf(wait)).toMatch(/^no complete response within 60 ms/);
  });

  it("of bytes that stop to come", async () => {
    const path = "/owner/name/resolve/main/f";
    server().on(path, ({ response }) => {
      response.writeHead(200, { "content-length": 9 });
      response.write("a");
    });
    const file = await hubAt(server().url, { timeout: 50, retries: 0 }).models.files.download({
      repo: "owner/name",
      path: "f",
    });
    expect(await messageOf(file.text())).toBe(`no byte came within 50 ms: GET ${url(path)}`);
  });

  it("that repeats the token in its address", async () => {
    server().on(
      modelPath,
      ({ response }) => void response.writeHead(307, { location: `/x/${token}?sig=s3cretS3cret` }).end(),
    );
    server().otherwise(silence);
    expect(await messageOf(getModel(hubAt(server().url, { timeout: 150, retries: 0 })))).toBe(
      `no complete response within 150 ms: GET ${url("/x/***?sig=***")}`,
    );
  });
});
