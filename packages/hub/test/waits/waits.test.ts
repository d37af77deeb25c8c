import { createMockHub, type MockHub } from "@hf-api/mock-hub";
import { listen, type MockHubServer } from "@hf-api/mock-hub/node";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { addWords } from "../../src/transport/add-words.js";
import { duration } from "../../src/inputs/numbers.js";
import { Hub, HubError, HubInputError, HubTimeoutError, type Job } from "../../src/index.js";
import { Waits } from "../../src/waits/waits.js";
import { resolveOptions } from "../../src/options.js";
import { Transport } from "../../src/transport/transport.js";
import { json } from "../servers/responses.js";
import { failure, hubAt, useFaultServer } from "../servers/setup.js";
import { noneUnderWay, quietFor } from "../servers/waits.js";

const faults = useFaultServer();
const jobPath = "/api/jobs/ns/687f";
const at = (stage: string) => json({ id: "687f", status: { stage, message: null } });
const job = { jobId: "687f", namespace: "ns" };
const fast = { interval: 5 };
let mock: MockHub;
let server: MockHubServer;
let hub: Hub;

beforeEach(async () => {
  mock = createMockHub({ jobDuration: 300, repos: { models: 1, datasets: 1, spaces: 1 } });
  server = await listen(mock);
  hub = new Hub({ endpoint: server.url, token: mock.tokens.write });
});
afterEach(async () => await server.close());

const run = (command: string[] = ["true"]) =>
  hub.jobs.run({ dockerImage: "python:3.12", command, flavor: "cpu-basic", timeoutSeconds: 60 });

describe("a wait for a job", () => {
  it.each([
    [["true"], "COMPLETED"],
    [["false"], "ERROR"],
  ])("ends when %j has ended, and tells each stage once", async (command, end) => {
    const { id: jobId } = await run(command);
    const stages: string[] = [];
    const ended = await hub.jobs.wait({ jobId }, { ...fast, onProgress: ({ status }) => stages.push(status.stage) });
    expect(ended).toMatchObject({ id: jobId, status: { stage: end } });
    expect(stages).toEqual([...new Set(stages)]);
    expect(stages.at(-1)).toBe(end);
    expect(stages.length).toBeGreaterThan(1);
  });

  it("ends with a stage that is named, and with one that lasts instead", async () => {
    const { id: jobId } = await run();
    expect((await hub.jobs.wait({ jobId, stages: ["RUNNING"] }, fast)).status.stage).toBe("RUNNING");
    await hub.jobs.cancel({ jobId });
    expect((await hub.jobs.wait({ jobId, stages: ["RUNNING"] }, fast)).status.stage).toBe("CANCELED");
  });

  it("ends by its deadline, which covers all requests, and says how far the job was", async () => {
    faults().on(jobPath, at("SCHEDULING"), at("RUNNING"));
    const begun = performance.now();
    const error = await failure(hubAt(faults().url).jobs.wait(job, { ...fast, deadline: 1000 }));
    expect(error).toBeInstanceOf(HubTimeoutError);
    expect((error as Error).message).toMatch(/within 1000 ms.*; job 687f was in the stage RUNNING$/);
    expect(performance.now() - begun).toBeLessThan(5000);
    // The last one may be on its way still.
    await noneUnderWay(faults().url);
    const { length } = faults().requests;
    await quietFor(50);
    expect(faults().requests).toHaveLength(length);
  });

  it("ends by an abort, with its reason", async () => {
    faults().on(jobPath, at("RUNNING"));
    const controller = new AbortController();
    const waiting = failure(hubAt(faults().url).jobs.wait(job, { signal: controller.signal }));
    await expect.poll(() => faults().requests.length).toBe(1);
    controller.abort(new Error("enough"));
    expect(await waiting).toMatchObject({ message: "enough" });
  });

  it("ends with what onProgress throws", async () => {
    faults().on(jobPath, at("RUNNING"));
    const onProgress = (): never => {
      throw new Error("mine");
    };
    expect(await failure(hubAt(faults().url).jobs.wait(job, { onProgress }))).toMatchObject({ message: "mine" });
    expect(faults().requests).toHaveLength(1);
  });

  it("goes on after failures that pass, and not after others", async () => {
    const broken = json({ error: "bad gateway" }, { status: 502 });
    const once = hubAt(faults().url, { retries: 0 });
    faults().on(jobPath, broken, broken, at("RUNNING"), broken, broken, broken, broken, at("COMPLETED"));
    expect((await once.jobs.wait(job, fast)).status.stage).toBe("COMPLETED");
    expect(faults().requests).toHaveLength(8);
    faults().reset();
    faults().on(jobPath, broken);
    expect(await failure(once.jobs.wait(job, fast))).toMatchObject({ status: 502 });
    expect(faults().requests).toHaveLength(5);
    faults().reset();
    faults().on(jobPath, json({ error: "no such job" }, { status: 404 }));
    expect(await failure(once.jobs.wait(job, fast))).toMatchObject({ code: "NotFound" });
    expect(faults().requests).toHaveLength(1);
  });

  it.each([0, -1, NaN])("refuses an interval of %d", async (interval) => {
    expect(await failure(hub.jobs.wait(job, { interval }))).toBeInstanceOf(HubInputError);
  });

  it("asks less and less often, at random, and anew after each change", async () => {
    const pauses: number[] = [];
    const sleep = async (milliseconds: number): Promise<void> => void pauses.push(milliseconds);
    const transport = new Transport(resolveOptions({ token: null }));
    const waits = new Waits(transport, { sleep, duration, addWords, HubError });
    const stages = [...Array<string>(10).fill("SCHEDULING"), "RUNNING", "RUNNING", "COMPLETED"];
    const read = async () => ({ status: { stage: stages.shift() ?? "" } });
    await waits.job("job", read, [], undefined);
    const expected = [1000, 1500, 2250, 3375, 5062.5, 7593.75, 11_390.625, 15_000, 15_000, 15_000, 1000, 1500];
    expect(pauses).toHaveLength(expected.length);
    for (const [index, pause] of pauses.entries()) {
      expect(pause / (expected[index] ?? 0)).toBeGreaterThanOrEqual(0.75);
      expect(pause / (expected[index] ?? 0)).toBeLessThanOrEqual(1.25);
    }
  });
});

describe("a wait for a Space", () => {
  const repo = "ada/waited-for";
  const space = () => {
    const found = mock.state.repos.spaces.find(repo);
    if (found === undefined) throw new Error("there is no Space");
    return found.space;
  };
  beforeEach(async () => void (await hub.repos.create({ repo, type: "space", sdk: "docker" })));

  it("ends when it runs, and tells the stages", async () => {
    space().stage = "BUILDING";
    const stages: string[] = [];
    const onProgress = ({ stage }: { stage: string }): void => {
      stages.push(stage);
      space().stage = stage === "BUILDING" ? "APP_STARTING" : "RUNNING";
    };
    expect((await hub.spaces.waitFor({ repo }, { ...fast, onProgress })).stage).toBe("RUNNING");
    expect(stages).toEqual(["BUILDING", "APP_STARTING", "RUNNING"]);
  });

  it("ends with any of the stages that are named", async () => {
    await hub.spaces.pause({ repo });
    expect((await hub.spaces.waitFor({ repo, stage: ["STOPPED", "PAUSED"] }, fast)).stage).toBe("PAUSED");
  });

  it("gives up where the Space stays in another stage, but not at once: it may be an old one", async () => {
    space().stage = "BUILD_ERROR";
    const error = await failure(hub.spaces.waitFor({ repo }, fast));
    expect(error).toBeInstanceOf(HubError);
    expect((error as Error).message).toBe(
      `the Space ${repo} is in the stage BUILD_ERROR, and does not become RUNNING by itself; its logs may say why`,
    );
    let seen = 0;
    const old = new Hub({
      endpoint: server.url,
      token: mock.tokens.write,
      fetch: (url, init) => {
        if (url.endsWith("/runtime") && ++seen === 3) space().stage = "RUNNING";
        return fetch(url, init);
      },
    });
    expect((await old.spaces.waitFor({ repo }, fast)).stage).toBe("RUNNING");
  });
});

describe("a log that is not followed", () => {
  it("ends with the lines that are there, while the job goes on", async () => {
    mock = createMockHub({ jobDuration: 4000 });
    const slow = await listen(mock);
    try {
      const own = new Hub({ endpoint: slow.url, token: mock.tokens.write });
      const { id: jobId } = await own.jobs.run({ dockerImage: "a", command: ["true"], flavor: "cpu-basic" });
      await own.jobs.wait({ jobId, stages: ["RUNNING"] }, { interval: 50 });
      await expect
        .poll(async () => (await linesOf(own, jobId)).length, { timeout: 5000, interval: 100 })
        .toBeGreaterThan(0);
      const { status }: Job = await own.jobs.get({ jobId });
      expect(status.stage).toBe("RUNNING");
      const ended = await own.jobs.wait({ jobId }, { interval: 200 });
      expect(ended.status.stage).toBe("COMPLETED");
      const all = await linesOf(own, jobId);
      const followed: string[] = [];
      for await (const { data } of own.jobs.streamLogs({ jobId })) followed.push(data);
      expect(all).toEqual(followed);
    } finally {
      await slow.close();
    }
  });

  const linesOf = async (own: Hub, jobId: string): Promise<string[]> => {
    const lines: string[] = [];
    for await (const { data } of own.jobs.streamLogs({ jobId, follow: false }, { idleTimeout: 150 })) lines.push(data);
    return lines;
  };
});
