import { beforeEach, describe, expect, it } from "vitest";
import { createMockHub, type MockHub } from "../src/index.js";
import { type Api, apiOf, pluck, present } from "./api.js";

const requests = "/api/models/ada/files/user-access-request";
const authCheck = "/api/models/ada/files/auth-check";
const notFound = { status: 404, body: { error: "No access request found matching your criteria" } };
let hub: MockHub;
let ada: Api;
let grace: Api;

beforeEach(async () => {
  hub = createMockHub({ seed: 1 });
  ada = apiOf(hub, hub.tokens.write);
  grace = apiOf(hub, hub.tokens.other);
  await ada("POST", "/api/repos/create", { name: "files" });
  await ada("PUT", "/api/models/ada/files/settings", { gated: "manual" });
});

const ask = (fields: object = {}) => grace("POST", "/ada/files/ask-access", fields);
const handle = (fields: object) => ada("POST", `${requests}/handle`, fields);
const grant = (fields: object) => ada("POST", `${requests}/grant`, fields);
const listed = async (status: string) => (await ada("GET", `${requests}/${status}`)).body as Record<string, unknown>[];

describe("a request for access", () => {
  it("is made once, and leads back to the page", async () => {
    const asked = await ask({ purpose: "tests" });
    expect([asked.status, asked.headers.get("location")]).toEqual([303, `${hub.url}/ada/files`]);
    const [first] = await listed("pending");
    await ask({ purpose: "other" });
    expect(await listed("pending")).toEqual([first]);
    expect(first).toMatchObject({
      status: "pending",
      user: { user: "grace", email: "grace@example.com" },
      fields: { purpose: "tests" },
    });
    expect(first).not.toHaveProperty("reviewedAt");
  });

  it("is accepted, rejected and put back, with the time and the name of whoever decided", async () => {
    await ask();
    const [{ requestId } = {}] = await listed("pending");
    expect(await handle({ requestId, status: "accepted" })).toMatchObject({ status: 200, body: {} });
    const reviewedAt = expect.stringMatching(/^\d{4}-.*Z$/);
    expect(await listed("accepted")).toMatchObject([{ requestId, reviewedAt, grantedBy: { user: "ada" } }]);
    expect((await handle({ user: "grace", status: "rejected", rejectionReason: "No" })).status).toBe(200);
    const [rejected] = await listed("rejected");
    expect(rejected).toMatchObject({ reviewedAt });
    expect(rejected).not.toHaveProperty("grantedBy");
    expect((await handle({ user: "grace", status: "pending" })).status).toBe(200);
    expect((await listed("pending"))[0]).not.toHaveProperty("reviewedAt");
  });

  it("is not found when it has the status already, or was never made", async () => {
    await ask();
    expect(await handle({ user: "grace", status: "pending" })).toMatchObject(notFound);
    expect(await handle({ user: "mei", status: "accepted" })).toMatchObject(notFound);
    expect(await handle({ requestId: "0".repeat(24), status: "accepted" })).toMatchObject(notFound);
    expect(await handle({ user: "nobody", status: "accepted" })).toMatchObject({
      status: 404,
      body: { error: "User not found" },
    });
    for (const who of [{}, { user: "grace", userId: "5".repeat(24) }])
      expect((await handle({ ...who, status: "accepted" })).status).toBe(400);
  });

  it("may be reset, after which the user asks anew", async () => {
    await ask();
    expect((await handle({ user: "grace", status: "reset", resetReason: "x".repeat(201) })).status).toBe(400);
    expect((await handle({ user: "grace", status: "reset", resetReason: "Terms changed" })).status).toBe(200);
    expect(await listed("reset")).toMatchObject([{ status: "reset", user: { user: "grace" } }]);
    await ask();
    expect(await listed("reset")).toEqual([]);
    expect(await listed("pending")).toHaveLength(1);
  });

  it("is taken back only while it is pending", async () => {
    const cancel = () => grace("POST", `${requests}/cancel`);
    const nothing = {
      status: 404,
      body: { error: "No pending access request found for this repo and this user" },
    };
    expect(await cancel()).toMatchObject(nothing);
    await ask();
    expect(await cancel()).toMatchObject({ status: 200, body: { ok: true } });
    await ask();
    await handle({ user: "grace", status: "accepted" });
    expect(await cancel()).toMatchObject(nothing);
    expect((await grace("GET", authCheck)).status).toBe(200);
  });

  it("may be one of several that are decided together, whatever their status was", async () => {
    await ask();
    const batch = (status: string, who: object[]) => ada("POST", `${requests}/batch`, { status, requests: who });
    const first = await batch("accepted", [{ user: "grace" }, { user: "mei" }, { user: "nobody" }]);
    expect(first.body).toEqual([
      { user: "grace", ok: true },
      { user: "mei", ok: false, error: "request_not_found" },
      { user: "nobody", ok: false, error: "user_not_found" },
    ]);
    expect((await batch("accepted", [{ user: "grace" }])).body).toEqual([{ user: "grace", ok: true }]);
  });
});

describe("a grant", () => {
  it("lets a user in once, without showing the e-mail address", async () => {
    const { _id: userId } = present(hub.state.accounts.user("grace"));
    expect(await grant({ userId })).toMatchObject({ status: 200, body: {} });
    expect((await grace("GET", authCheck)).status).toBe(200);
    const [granted] = await listed("accepted");
    expect(granted).toMatchObject({ user: { user: "grace" }, grantedBy: { user: "ada" } });
    expect(granted?.["user"]).not.toHaveProperty("email");
    expect(await grant({ user: "grace" })).toMatchObject({
      status: 400,
      body: { error: "That user already has access to the repo" },
    });
    expect((await grant({ user: "nobody" })).status).toBe(404);
  });

  it("accepts the request that the user made", async () => {
    await ask();
    expect((await grant({ user: "grace" })).status).toBe(200);
    expect(await listed("pending")).toEqual([]);
    expect(await listed("accepted")).toMatchObject([{ user: { user: "grace", email: "grace@example.com" } }]);
  });
});

it("what is not gated takes no decisions, and still lists those that were made", async () => {
  await grant({ user: "grace" });
  await ada("PUT", "/api/models/ada/files/settings", { gated: false });
  for (const [path, body] of [
    [`${requests}/grant`, { user: "mei" }],
    [`${requests}/handle`, { user: "grace", status: "rejected" }],
    [`${requests}/batch`, { status: "rejected", requests: [{ user: "grace" }] }],
  ] as const) {
    const { status, headers } = await ada("POST", path, body);
    expect([path, status, headers.get("x-error-code")]).toEqual([path, 400, "RepoNotGated"]);
  }
  expect(await listed("accepted")).toHaveLength(1);
});

it("the report has what the reviews said, and no address that was not shared", async () => {
  await ask();
  await handle({ user: "grace", status: "rejected" });
  await grant({ user: "mei" });
  const { headers, body } = await ada("GET", "/ada/files/user-access-report");
  expect(headers.get("content-disposition")).toBe("attachment; filename=user-access-report-ada-files.json");
  const time = expect.stringMatching(/^\d{4}-.*Z$/);
  const ada_ = present(hub.state.accounts.user("ada"));
  expect(body).toEqual([
    { fullname: "Grace Sample", user: "grace", email: "grace@example.com", time, reviewedAt: time, status: "rejected" },
    {
      fullname: present(hub.state.accounts.user("mei")).fullname,
      user: "mei",
      time,
      reviewedAt: time,
      status: "accepted",
      grantedBy: { fullname: ada_.fullname, user: "ada" },
    },
  ]);
});

describe("whoever has no access", () => {
  const page = () => `${hub.url}/ada/files`;
  const refusals: [string, () => Promise<unknown>, () => string][] = [
    [
      "did not ask",
      async () => {},
      () =>
        `Access to model ada/files is restricted and you are not in the authorized list. Visit ${page()} to ask for access.`,
    ],
    ["waits", ask, () => "Your request to access model ada/files is awaiting a review from the repo authors."],
    [
      "was rejected",
      async () => {
        await ask();
        await handle({ user: "grace", status: "rejected" });
      },
      () => "Your request to access model ada/files has been rejected by the repo's authors.",
    ],
    [
      "was reset",
      async () => {
        await ask();
        await handle({ user: "grace", status: "reset" });
      },
      () =>
        `Your request to access model ada/files has been reset by the repo's authors. Visit ${page()} to submit a new request.`,
    ],
  ];

  it.each(refusals)("is told so: %s", async (_, prepare, message) => {
    await prepare();
    for (const path of [authCheck, "/ada/files/resolve/main/.gitattributes", "/ada/files/resolve/main/no"]) {
      const { status, headers, body } = await grace("GET", path);
      expect([status, headers.get("x-error-code"), body]).toEqual([403, "GatedRepo", { error: message() }]);
    }
  });

  it("is told to log in when nobody is signed in", async () => {
    const { status, headers, body } = await apiOf(hub)("GET", "/ada/files/resolve/main/.gitattributes");
    expect([status, headers.get("x-error-code")]).toEqual([401, "GatedRepo"]);
    expect(body).toEqual({
      error:
        "Access to model ada/files is restricted. You must have access to it and be authenticated to access it. Please log in.",
    });
  });

  it("reads the card, and of large files no hash", async () => {
    const sample = present(hub.state.repos.models.find("openai-community/gpt2"));
    sample.record.gated = "auto";
    expect((await grace("GET", "/openai-community/gpt2/resolve/main/README.md")).status).toBe(307);
    expect((await grace("GET", "/openai-community/gpt2/resolve/main/config.json")).status).toBe(403);
    const hashes = async (api: Api) => {
      const { body } = await api("GET", "/api/models/openai-community/gpt2/tree/main");
      return (body as { lfs?: { oid: string } }[]).flatMap(({ lfs }) => lfs?.oid ?? []);
    };
    expect(await hashes(grace)).toEqual(["*".repeat(64)]);
    await grace("POST", "/openai-community/gpt2/ask-access", {});
    expect(await hashes(grace)).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)]);
  });

  it("may be a member of the organization, when its members have to ask too", async () => {
    await ada("POST", "/api/repos/create", { name: "ours", organization: "acme-research" });
    const path = "/api/models/acme-research/ours";
    await ada("PUT", `${path}/settings`, { gated: "manual" });
    expect((await grace("GET", `${path}/auth-check`)).status).toBe(200);
    const settings = await ada("PUT", `${path}/settings`, { orgMembersGated: true });
    expect(settings.body).toEqual({ orgMembersGated: true });
    expect((await grace("GET", `${path}/auth-check`)).status).toBe(403);
    expect((await ada("GET", `${path}/auth-check`)).status).toBe(200);
  });
});

it("settings answer what was sent", async () => {
  const put = async (fields: object) => (await ada("PUT", "/api/models/ada/files/settings", fields)).body;
  expect(await put({})).toEqual({});
  expect(await put({ gated: "auto" })).toEqual({ gated: "auto" });
  expect(await put({ private: true, discussionsDisabled: true })).toEqual({ private: true, discussionsDisabled: true });
  expect(await put({ gatedNotificationsMode: "bulk", gatedNotificationsEmail: "a@example.com" })).toEqual({});
  expect((await ada("GET", "/api/models/ada/files")).body).toMatchObject({ private: true, gated: "auto" });
  expect(pluck(await listed("accepted"), "status")).toEqual([]);
});
