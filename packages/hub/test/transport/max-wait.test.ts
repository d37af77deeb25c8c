import { describe, expect, it } from "vitest";
import { Hub } from "../../src/hub.js";
import { downloadFolder } from "../../src/node/index.js";
import type { RequestEvent, RequestOptions } from "../../src/options.js";
import { json, rateLimited } from "../servers/responses.js";
import { failure, getModel, hubAt, model, modelPath, useFaultServer } from "../servers/setup.js";
import { arrived } from "../servers/waits.js";

const server = useFaultServer();
const repo = "owner/name";

type Call = (hub: Hub, options?: RequestOptions) => Promise<unknown>;

const single: Record<string, Call> = {
  "a call": getModel,
  "a download": (hub, options) => hub.models.files.download({ repo, path: "f" }, options),
  "a call that first asks for the owner": (hub, options) => hub.jobs.get({ jobId: "1" }, options),
};
const bulk: Record<string, Call> = {
  "a list": (hub, options) => hub.models.list({}, options).toArray(),
  "a list that first asks for the owner": (hub, options) => hub.jobs.list({}, options).toArray(),
  "a list of numbered pages": (hub, options) => hub.discussions.list({ repo }, options).toArray(),
  "a commit": (hub, options) => hub.models.commit({ repo, title: "t", operations: [{ delete: "a" }] }, options),
  "an upload": (hub, options) => hub.models.files.upload({ repo, path: "a", content: "b" }, options),
  "the download of a folder": (hub, options) => downloadFolder(hub.models, { repo }, "/nowhere", options),
};

/** Whether the call waits when the Hub requests it to, so many seconds; the wait itself is cut short. */
async function waits(call: Call, seconds: number, maxWait: { ofHub?: number; ofCall?: number } = {}): Promise<boolean> {
  const controller = new AbortController();
  const observe = ({ type }: RequestEvent): void => {
    if (type === "retry") controller.abort();
  };
  const fetch = async (): Promise<Response> =>
    Response.json({ error: "slow down" }, { status: 429, headers: { "retry-after": String(seconds) } });
  const hub = new Hub({ token: "hf_x", endpoint: "https://hub.test", fetch, observe, maxWait: maxWait.ofHub });
  const error = await failure(call(hub, { signal: controller.signal, maxWait: maxWait.ofCall }));
  const isWaiting = controller.signal.aborted;
  expect(error).toMatchObject(isWaiting ? { name: "AbortError" } : { status: 429, retryAfter: seconds });
  return isWaiting;
}

describe("the longest wait that the Hub may request", () => {
  it.each(Object.entries(single))("is 60 s by default for %s", async (_, call) => {
    expect([await waits(call, 60), await waits(call, 61)]).toEqual([true, false]);
  });

  it.each(Object.entries(bulk))("is 300 s by default for %s", async (_, call) => {
    expect([await waits(call, 300), await waits(call, 301)]).toEqual([true, false]);
  });

  it.each(Object.entries({ ...single, ...bulk }))("is the client's own for %s", async (_, call) => {
    const maxWait = { ofHub: 5000 };
    expect([await waits(call, 5, maxWait), await waits(call, 6, maxWait)]).toEqual([true, false]);
  });

  it.each(Object.entries({ ...single, ...bulk }))(
    "is the call's own for %s, whatever the client's is",
    async (_, call) => {
      const maxWait = { ofHub: 900_000, ofCall: 5000 };
      expect([await waits(call, 5, maxWait), await waits(call, 6, maxWait)]).toEqual([true, false]);
      expect(await waits(call, 900, { ofHub: 1000, ofCall: 900_000 })).toBe(true);
    },
  );

  it.each([0, -1, Number.NaN, "60" as unknown as number])("is refused when it is %o", async (maxWait) => {
    expect(() => new Hub({ maxWait })).toThrow("maxWait");
    expect(await failure(getModel(hubAt(server().url), { maxWait }))).toMatchObject({ name: "HubInputError" });
    expect(server().requests).toHaveLength(0);
  });
});

describe("a request that is held back by the rate limit", () => {
  const usedUp = { headers: { ratelimit: '"api";r=0;t=40' } };

  it("is announced before the wait, with its length", async () => {
    server().on(modelPath, json(model, usedUp));
    const events: RequestEvent[] = [];
    const hub = hubAt(server().url, { observe: (event) => events.push(event) });
    await getModel(hub);
    events.length = 0;
    const controller = new AbortController();
    const call = failure(getModel(hub, { signal: controller.signal }));
    await arrived(events);
    expect(events).toEqual([
      {
        type: "wait",
        call: 2,
        startTime: expect.any(Number),
        method: "GET",
        url: `${server().url}${modelPath}`,
        attempt: 1,
        wait: expect.any(Number),
      },
    ]);
    const [event] = events;
    expect(event?.type === "wait" && event.wait).toBeGreaterThan(35_000);
    expect(event?.type === "wait" && event.wait).toBeLessThan(41_100);
    controller.abort();
    await call;
    expect(server().requests).toHaveLength(1);
  });

  it("is no longer held back when its observer throws, and takes no place", async () => {
    server().on(modelPath, json(model, usedUp));
    const reason = new Error("mine");
    const hub = hubAt(server().url, {
      observe: ({ type }) => {
        if (type === "wait") throw reason;
      },
    });
    await getModel(hub);
    expect(await failure(getModel(hub))).toBe(reason);
    expect(await failure(getModel(hub))).toBe(reason);
    expect(server().requests).toHaveLength(1);
  });

  it("of a call with less patience goes out, for the Hub to refuse", async () => {
    server().on(modelPath, json(model, usedUp), rateLimited({ ratelimit: '"api";r=0;t=40' }));
    const hub = hubAt(server().url);
    await getModel(hub);
    expect(await failure(getModel(hub, { maxWait: 30_000 }))).toMatchObject({ status: 429, retryAfter: 40 });
    expect(server().requests).toHaveLength(2);
  });
});

it("waits for the rate limit are not part of an attempt's timeout", async () => {
  server().on(modelPath, json(model, { headers: { ratelimit: '"api";r=0;t=1' } }), json(model));
  const hub = hubAt(server().url, { timeout: 800, retries: 0 });
  await getModel(hub);
  expect(await getModel(hub)).toEqual(model);
});
