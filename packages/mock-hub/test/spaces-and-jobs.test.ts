import { beforeEach, expect, it } from "vitest";
import { createMockHub, type MockHub } from "../src/index.js";
import { apiOf, pluck, present, type Api } from "./api.js";

const start = Date.UTC(2026, 0, 20);
let now = start;
let hub: MockHub;
let ada: Api;

beforeEach(async () => {
  now = start;
  hub = createMockHub({ seed: 1, now: () => now });
  ada = apiOf(hub, hub.tokens.write);
  await ada("POST", "/api/repos/create", { type: "space", name: "app", sdk: "docker" });
});

it("variables come back, secrets do not", async () => {
  const space = "/api/spaces/ada/app";
  expect((await ada("POST", `${space}/secrets`, { key: "TOKEN", value: "hush" })).body).toEqual({});
  expect(
    (await ada("POST", `${space}/variables`, { key: "MODE", value: "fast", description: "how" })).body,
  ).toMatchObject({
    MODE: { value: "fast", description: "how" },
  });
  const secrets = await ada("GET", `${space}/secrets`);
  expect(secrets.body).toEqual({ TOKEN: { key: "TOKEN", updatedAt: new Date(start).toISOString() } });
  expect((await ada("POST", `${space}/variables`, { key: "1x", value: "" })).status).toBe(400);
  await ada("DELETE", `${space}/variables`, { key: "MODE" });
  expect((await ada("GET", `${space}/variables`)).body).toEqual({});
});

it("a Space is paused, moved to other hardware and restarted", async () => {
  const space = "/api/spaces/ada/app";
  expect((await ada("POST", `${space}/pause`)).body).toMatchObject({ stage: "PAUSED", hardware: { current: null } });
  expect((await ada("POST", `${space}/hardware`, { flavor: "t4-small" })).body).toMatchObject({
    hardware: { requested: "t4-small" },
  });
  await ada("POST", `${space}/restart`);
  expect((await ada("GET", `${space}/runtime`)).body).toMatchObject({
    stage: "RUNNING",
    hardware: { current: "t4-small" },
  });
  expect((await ada("POST", "/api/repos/create", { type: "space", name: "no-sdk" })).status).toBe(400);
});

it("a Space can be created with its hardware and secrets, and duplicated with others", async () => {
  const secrets = [{ key: "TOKEN", value: "hush" }];
  await ada("POST", "/api/repos/create", { type: "space", name: "set", sdk: "docker", hardware: "t4-small", secrets });
  expect((await ada("GET", "/api/spaces/ada/set/runtime")).body).toMatchObject({ hardware: { requested: "t4-small" } });
  expect((await ada("GET", "/api/spaces/ada/set/secrets")).body).toMatchObject({ TOKEN: { key: "TOKEN" } });
  const copy = await ada("POST", "/api/spaces/ada/set/duplicate", { repository: "northwind-ai/copy" });
  expect(copy.body).toEqual({ url: `${hub.url}/spaces/northwind-ai/copy` });
  expect((await ada("GET", "/api/spaces/northwind-ai/copy/secrets")).body).toEqual({});
});

it("a job is scheduled, runs and completes by the clock", async () => {
  const created = await ada("POST", "/api/jobs/acme-research", {
    dockerImage: "python:3.12",
    flavor: "cpu-basic",
    secrets: { KEY: "hush" },
    labels: { a: "b" },
    network: { group: "train", aliases: ["master"] },
  });
  expect(created.body).toMatchObject({
    owner: { name: "acme-research" },
    network: { group: "train", aliases: ["master"] },
    secrets: ["KEY"],
    status: { stage: "SCHEDULING" },
  });
  expect(JSON.stringify(created.body)).not.toContain("hush");
  const { id } = created.body as { id: string };
  const stage = async () =>
    ((await ada("GET", `/api/jobs/acme-research/${id}`)).body as { status: { stage: string } }).status.stage;
  now += 300;
  expect(await stage()).toBe("RUNNING");
  expect((await ada("GET", "/api/jobs/acme-research?stage=RUNNING&label=a=b")).body).toHaveLength(1);
  now += 1_000;
  expect(await stage()).toBe("COMPLETED");
  expect((await ada("GET", "/api/jobs/acme-research/count")).body).toEqual({ count: 2 });
});

const python = { dockerImage: "x", flavor: "cpu-basic" };
const run = async (command: string[]) => {
  ada = apiOf(hub, hub.tokens.write);
  return ((await ada("POST", "/api/jobs/ada", { ...python, command })).body as { id: string }).id;
};
const seconds = (count: number) => new Date(start + count * 1000).toISOString();

it("a job tells when it started and ended, and how long that took", async () => {
  const id = await run(["true"]);
  const read = async () => (await ada("GET", `/api/jobs/ada/${id}`)).body;
  expect(await read()).not.toHaveProperty("startedAt");
  now += 200;
  expect(await read()).toMatchObject({ status: { stage: "RUNNING" }, startedAt: seconds(0.2) });
  expect(await read()).not.toHaveProperty("finishedAt");
  now += 10_000;
  expect(await read()).toMatchObject({
    status: { stage: "COMPLETED", message: null },
    startedAt: seconds(0.2),
    finishedAt: seconds(1),
    durations: { schedulingSecs: 0.2, runningSecs: 0.8, totalSecs: 1 },
  });
});

it("a job whose command is `false` fails", async () => {
  const id = await run(["false"]);
  now += 1000;
  expect((await ada("GET", `/api/jobs/ada/${id}`)).body).toMatchObject({
    status: { stage: "ERROR", message: expect.stringContaining("code 1") },
    finishedAt: seconds(1),
    durations: { totalSecs: 1 },
  });
  expect((await ada("GET", "/api/jobs/ada?stage=ERROR")).body).toHaveLength(1);
});

it("the events of a job tell of each stage once", async () => {
  hub = createMockHub({ seed: 1, now: () => now, jobDuration: 20 });
  const id = await run(["true"]);
  const stages = async () => {
    const { body } = await ada("GET", `/api/jobs/ada/${id}/events`);
    return [...String(body).matchAll(/"stage":"(\w+)"/g)].map(([, stage]) => stage).join(" ");
  };
  // The stream goes on by the time that passes, even if the clock of the hub stands still.
  expect(await stages()).toBe("SCHEDULING RUNNING COMPLETED");
  now += 20;
  expect(await stages()).toBe("COMPLETED");
});

it("jobs take as long as they are told to, and streams end with them", async () => {
  hub = createMockHub({ jobDuration: 50 });
  const id = await run(["true"]);
  for (const stream of ["logs", "events"]) {
    await ada("GET", `/api/jobs/ada/${id}/${stream}`);
    expect((await ada("GET", `/api/jobs/ada/${id}`)).body).toMatchObject({ status: { stage: "COMPLETED" } });
  }
});

it("jobs and schedules are read with a token that may only read", async () => {
  const reader = apiOf(hub, hub.tokens.read);
  const created = await ada("POST", "/api/scheduled-jobs/ada", { schedule: "@hourly", jobSpec: python });
  const path = `/api/scheduled-jobs/ada/${(created.body as { id: string }).id}`;
  for (const read of ["/api/jobs/ada", "/api/scheduled-jobs/ada", path])
    expect((await reader("GET", read)).status).toBe(200);
  expect((await reader("DELETE", path)).status).toBe(403);
  expect((await reader("POST", `${path}/suspend`)).status).toBe(403);
});

const eventsOf = (body: unknown): unknown[] =>
  String(body)
    .trim()
    .split("\n\n")
    .map((event) => JSON.parse(event.replace(/^data: /, "")) as unknown);

it("the log of a job is an event stream that ends with the job", async () => {
  const { id } = (await ada("POST", "/api/jobs/ada", { dockerImage: "x", flavor: "cpu-basic" })).body as { id: string };
  now += 10_000;
  const log = await ada("GET", `/api/jobs/ada/${id}/logs`);
  expect(log.headers.get("content-type")).toBe("text/event-stream");
  const started = expect.stringMatching(/^===== Job started at \d{4}-\d\d-\d\d \d\d:\d\d:\d\d =====$/);
  const [first, ...steps] = eventsOf(log.body);
  expect(first).toEqual({ data: started, timestamp: expect.stringMatching(/T\d\d:\d\d:\d\dZ$/) });
  expect(pluck(steps, "data")).toEqual(["Step 1 of 4", "Step 2 of 4", "Step 3 of 4", "Step 4 of 4"]);
});

it("a tail of the log of a job comes after its first line", async () => {
  const { id } = (await ada("POST", "/api/jobs/ada", { dockerImage: "x", flavor: "cpu-basic" })).body as { id: string };
  now += 10_000;
  const tail = async (count: number): Promise<unknown[]> =>
    eventsOf((await ada("GET", `/api/jobs/ada/${id}/logs?tail=${count}`)).body);
  const all = eventsOf((await ada("GET", `/api/jobs/ada/${id}/logs`)).body);
  expect(await tail(2)).toEqual([all[0], ...all.slice(-2)]);
  expect(await tail(0)).toEqual([all[0]]);
  for (const count of [4, 5, 100]) expect(await tail(count)).toEqual(all);
});

it("the log of a Space may begin with its latest lines", async () => {
  const logs = (query: string) => ada("GET", `/api/spaces/ada/transcribe-mistwood/logs/build${query}`);
  const all = eventsOf((await logs("")).body);
  expect(all).toHaveLength(2);
  expect(eventsOf((await logs("?tail=1")).body)).toEqual(all.slice(1));
  expect(eventsOf((await logs("?tail=9")).body)).toEqual(all);
});

it("a canceled job stays canceled, and a duplicate starts anew", async () => {
  const { id } = (await ada("POST", "/api/jobs/ada", { dockerImage: "x", flavor: "cpu-basic" })).body as { id: string };
  now += 500;
  await ada("POST", `/api/jobs/ada/${id}/cancel`);
  now += 10_000;
  const canceled = { status: { stage: "CANCELED" }, finishedAt: seconds(0.5), durations: { runningSecs: 0.3 } };
  expect((await ada("POST", `/api/jobs/ada/${id}/cancel`)).body).toMatchObject(canceled);
  expect(String((await ada("GET", `/api/jobs/ada/${id}/logs?tail=1`)).body)).toContain("Step 1 of 4");
  expect((await ada("POST", `/api/jobs/ada/${id}/duplicate`)).body).toMatchObject({
    status: { stage: "SCHEDULING" },
    initiator: { type: "duplicated-job", id },
  });
  const [seeded] = hub.state.jobs;
  const late = await ada("POST", `/api/jobs/ada/${present(seeded).id}/cancel`);
  expect(late.body).toMatchObject({ status: { stage: "COMPLETED" } });
  expect((await ada("POST", "/api/jobs/tiny-labs", { dockerImage: "x", flavor: "cpu-basic" })).status).toBe(403);
  expect((await ada("POST", "/api/jobs/ada", { flavor: "cpu-basic" })).status).toBe(400);
});

it("a scheduled job runs on demand, one at a time", async () => {
  const created = await ada("POST", "/api/scheduled-jobs/ada", {
    schedule: "@hourly",
    jobSpec: { dockerImage: "x", flavor: "cpu-basic", network: { group: "train" } },
  });
  expect(created.body).toMatchObject({ schedule: "@hourly", suspend: false, status: { lastJob: null } });
  expect(created.body).not.toHaveProperty("jobSpec.network");
  const path = `/api/scheduled-jobs/ada/${(created.body as { id: string }).id}`;
  await ada("POST", `${path}/suspend`);
  expect((await ada("GET", path)).body).toMatchObject({ suspend: true });
  expect((await ada("POST", `${path}/run`)).body).toMatchObject({ initiator: { type: "scheduled-job" } });
  expect((await ada("POST", `${path}/run`)).status).toBe(409);
  now += 10_000;
  expect((await ada("POST", `${path}/run`)).status).toBe(200);
  await ada("DELETE", path);
  expect((await ada("GET", "/api/scheduled-jobs/ada")).body).toEqual([]);
});
