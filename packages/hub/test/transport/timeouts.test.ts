import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it, vi } from "vitest";
import { after, json, page, rateLimited } from "../servers/responses.js";
import { drip, endlessBody, reset, silence, stalledBody } from "../servers/faults.js";
import type { Handler } from "../servers/fault-server.js";
import { HubTimeoutError } from "../../src/errors.js";
import type { RequestEvent } from "../../src/options.js";
import { failure, getModel, hubAt, model, modelPath, useFaultServer, withoutBackOff } from "../servers/setup.js";
import { arrived, closes, holdTimers, noneUnderWay, recordEvents, settled, within } from "../servers/waits.js";

const server = useFaultServer();

const slow: Record<string, Handler> = {
  "no headers": silence,
  "a stalled body": stalledBody('{"id":'),
  "an endless body": endlessBody(),
  "a slow drip": drip(JSON.stringify({ id: "x".repeat(200) }), 20),
};

describe("an attempt", () => {
  it.each(Object.entries(slow))("ends at its time limit, its connection closed: %s", async (_, response) => {
    await holdTimers();
    server().on(modelPath, response);
    let isOver = false;
    const call = failure(getModel(hubAt(server().url, { timeout: 150, retries: 0 }))).finally(() => (isOver = true));
    await arrived(server().requests);
    await vi.advanceTimersByTimeAsync(149);
    await settled();
    expect(isOver).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(await call).toBeInstanceOf(HubTimeoutError);
    expect(await call).toMatchObject({ name: "HubTimeoutError", timeout: 150 });
    await closes(server().requests[0]);
  });

  it("with an error status keeps it when the error's body stalls", async () => {
    await holdTimers();
    server().on(modelPath, stalledBody('{"error":"no', 404));
    const { events, observe } = recordEvents("response");
    const call = failure(getModel(hubAt(server().url, { timeout: 150, observe })));
    await arrived(events);
    await settled();
    await vi.advanceTimersByTimeAsync(150);
    expect(await call).toMatchObject({ status: 404 });
    expect(server().requests).toHaveLength(1);
  });

  it("ends in spite of garbage collections", async () => {
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as () => void;
    server().on(modelPath, silence);
    const signal = new AbortController().signal;
    const calls = Promise.all(
      Array.from({ length: 10 }, () =>
        failure(getModel(hubAt(server().url, { timeout: 500, retries: 0 }), { signal })),
      ),
    );
    await arrived(server().requests, 10);
    const collecting = setInterval(collect, 20);
    const errors = await within(5000, calls).finally(() => clearInterval(collecting));
    for (const error of errors) expect(error).toBeInstanceOf(HubTimeoutError);
  });
});

it("the sources use no signal that the garbage collector can take", () => {
  const folder = new URL("../../src/", import.meta.url);
  for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".ts"),
  )) {
    const code = readFileSync(new URL(file, folder), "utf8").replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
    expect(code, file).not.toMatch(/AbortSignal\.(any|timeout)/);
  }
});

describe("a deadline", () => {
  it("covers attempts and waits", async () => {
    server().on(modelPath, silence);
    const call = failure(getModel(hubAt(server().url, { timeout: 150, deadline: 400, retries: 50 })));
    expect(await within(2000, call)).toBeInstanceOf(HubTimeoutError);
    // Its last request is not to come to the next test.
    await noneUnderWay(server().url);
  });

  it("names itself when it is what ended the call", async () => {
    await holdTimers();
    server().on(modelPath, silence);
    const { events, observe } = recordEvents("request");
    const call = failure(getModel(hubAt(server().url, { deadline: 120, observe })));
    await Promise.all([arrived(events), arrived(server().requests)]);
    await vi.advanceTimersByTimeAsync(120);
    expect(await call).toMatchObject({ timeout: 120 });
    await noneUnderWay(server().url);
    expect(server().requests).toHaveLength(1);
  });

  it("spares a wait that would outlast it", async () => {
    server().on(modelPath, rateLimited({ "retry-after": "5" }));
    const call = failure(getModel(hubAt(server().url, { deadline: 4000 })));
    expect(await within(2000, call)).toMatchObject({ status: 429, retryAfter: 5 });
  });
});

describe("an abort", () => {
  const reason = new Error("the user left");

  it("before the call makes no request", async () => {
    server().on(modelPath, json(model));
    expect(await failure(getModel(hubAt(server().url), { signal: AbortSignal.abort(reason) }))).toBe(reason);
    const list = hubAt(server().url).models.list({}, { signal: AbortSignal.abort(reason) });
    expect(await failure(list.toArray())).toBe(reason);
    expect(server().requests).toHaveLength(0);
  });

  /** What has to be observed before the call is in that moment. */
  const moments: [string, Handler, RequestEvent["type"]][] = [
    ["headers", silence, "request"],
    ["the body", stalledBody("{"), "response"],
    ["the back-off", rateLimited({ "retry-after": "9" }), "retry"],
  ];
  it.each(moments)("during %s ends the call with its reason, and its connection", async (name, response, type) => {
    await holdTimers();
    server().on(modelPath, response);
    const controller = new AbortController();
    const { events, observe } = recordEvents(type);
    const hub = hubAt(server().url, { timeout: 9000, observe });
    const call = failure(getModel(hub, { signal: controller.signal }));
    await Promise.all([arrived(server().requests), arrived(events)]);
    await settled();
    controller.abort(reason);
    // No time passes meanwhile.
    expect(await call).toBe(reason);
    if (name !== "the back-off") await closes(server().requests[0]);
    await vi.advanceTimersByTimeAsync(20_000);
    await noneUnderWay(server().url);
    expect(server().requests).toHaveLength(1);
  });

  it("is an AbortError unless the caller gave a reason, and never a time-out", async () => {
    server().on(modelPath, silence);
    const controller = new AbortController();
    const call = failure(getModel(hubAt(server().url), { signal: controller.signal }));
    await arrived(server().requests);
    controller.abort();
    const error = await call;
    expect(error).toMatchObject({ name: "AbortError" });
    expect(error).not.toBeInstanceOf(HubTimeoutError);
  });

  it("between pages ends the walk", async () => {
    server().on("/api/models", page([1, 2], "/api/models?cursor=a"), page([3]));
    const controller = new AbortController();
    const seen: unknown[] = [];
    const walk = async (): Promise<void> => {
      for await (const item of hubAt(server().url).models.list({}, { signal: controller.signal })) {
        seen.push(item);
        if (seen.length === 2) controller.abort(reason);
      }
    };
    expect(await failure(walk())).toBe(reason);
    expect(seen).toEqual([1, 2]);
    expect(server().requests).toHaveLength(1);
  });

  it("during a page ends the walk and the request", async () => {
    server().on("/api/models", page([1], "/api/models?cursor=a"), silence);
    const controller = new AbortController();
    const walk = failure(hubAt(server().url).models.list({}, { signal: controller.signal }).toArray());
    await arrived(server().requests, 2);
    controller.abort(reason);
    expect(await walk).toBe(reason);
    await closes(server().requests[1]);
  });
});

it("a time-out and slow responses do not leak into the next call", async () => {
  withoutBackOff();
  server().on(modelPath, silence, reset, after(100, json(model)));
  const hub = hubAt(server().url, { timeout: 200 });
  expect(await getModel(hub)).toEqual(model);
  expect(await getModel(hub)).toEqual(model);
});

it("the process ends by itself after the last call", () => {
  const script = `
    import { createServer } from "node:http";
    const { Hub } = await import(${JSON.stringify(new URL("../../src/hub.ts", import.meta.url).href)});
    const headers = { "content-type": "application/json", ratelimit: '"api";r=9;t=200' };
    const server = createServer((request, response) => response.writeHead(200, headers).end("{}")).listen(0, async () => {
      server.unref();
      const hub = new Hub({ token: "hf_x", endpoint: "http://127.0.0.1:" + server.address().port, deadline: 50_000 });
      await hub.models.get({ repo: "owner/name" }, { signal: new AbortController().signal });
      server.on("connection", (socket) => socket.unref());
      console.log("done");
    });
    server.on("connection", (socket) => socket.unref());`;
  const began = performance.now();
  const child = spawnSync(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
    encoding: "utf8",
    timeout: 40_000,
  });
  expect(child.stdout, child.stderr).toBe("done\n");
  expect(child.status).toBe(0);
  expect(performance.now() - began).toBeLessThan(30_000);
});
