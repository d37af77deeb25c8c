import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { body, json, redirect } from "../servers/responses.js";
import { hangUp, reset, resetInBody, shortBody, silence, stalledBody, unfinishedChunks } from "../servers/faults.js";
import type { Handler } from "../servers/fault-server.js";
import { failure, getModel, hubAt, model, modelPath, useFaultServer, withoutBackOff } from "../servers/setup.js";
import { arrived, closes, noneUnderWay, settled } from "../servers/waits.js";

const server = useFaultServer();
/** Without connections of earlier tests. */
const fresh = useFaultServer();

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;
const heapUsed = (): number => {
  collectGarbage();
  return process.memoryUsage().heapUsed;
};
const mebibyte = 1024 * 1024;

const rejections: unknown[] = [];
const warnings: Error[] = [];
const onRejection = (reason: unknown): number => rejections.push(reason);
const onWarning = (warning: Error): number => warnings.push(warning);
beforeAll(() => {
  process.on("unhandledRejection", onRejection);
  process.on("warning", onWarning);
});
afterAll(() => {
  process.off("unhandledRejection", onRejection);
  process.off("warning", onWarning);
  expect(rejections).toEqual([]);
});

/** Responses with the name that was requested. */
const echo: Handler = (exchange) => json({ id: exchange.request.path })(exchange);

it("200 calls at once each get their own response", async () => {
  server().otherwise(echo);
  const hub = hubAt(server().url);
  const responses = await Promise.all(
    Array.from({ length: 200 }, (_, n) => hub.models.get({ repo: `owner/name${n}` })),
  );
  expect(responses.map(({ id }) => id)).toEqual(Array.from({ length: 200 }, (_, n) => `/api/models/owner/name${n}`));
  // Connections that were not needed in the end come late, and are not to be counted in the next test.
  await noneUnderWay(server().url);
});

describe("connections", () => {
  it.each<[string, Handler]>([
    ["success", json(model)],
    ["refusals", json({ error: "no" }, { status: 404 })],
    ["server errors", json({ error: "no" }, { status: 500 })],
    ["pages of HTML", body("<html>", { headers: { "content-type": "text/html" } })],
    [
      "renames",
      (exchange) => (exchange.request.path === modelPath ? redirect(307, "/renamed") : json(model))(exchange),
    ],
  ])("are used again after %s", async (_, response) => {
    server().otherwise(response);
    const hub = hubAt(server().url, { retries: 0 });
    for (let call = 0; call < 60; call += 1) await getModel(hub).catch(() => undefined);
    // A busy machine now and then lets an idle one go.
    expect(server().sockets.accepted).toBeLessThanOrEqual(15);
  });

  it("are let go by attempts that fail", async () => {
    withoutBackOff();
    const faults = [
      reset,
      hangUp,
      shortBody("{"),
      unfinishedChunks("{"),
      resetInBody("{"),
      json({}, { status: 503 }),
      silence,
      stalledBody("{"),
    ];
    fresh().otherwise((exchange) => faults[((exchange.request.at * 1000) % faults.length) | 0]?.(exchange));
    const hub = hubAt(fresh().url, { retries: 0, timeout: 60 });
    for (let call = 0; call < 60; call += 1) await failure(getModel(hub));
    await vi.waitUntil(() => fresh().sockets.open <= 12);
  });

  it("are let go when the caller's own callback fails", async () => {
    server().on(modelPath, stalledBody("{"));
    const onResponse = (): void => {
      throw new Error("mine");
    };
    await failure(getModel(hubAt(server().url, { retries: 0 }), { onResponse }));
    // Soon: in the end, the garbage collector lets them go as well.
    await closes(server().requests[0]);
  });
});

describe("a signal that many calls share", () => {
  it("carries few listeners, and causes no warning", async () => {
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, "addEventListener");
    const removed = vi.spyOn(signal, "removeEventListener");
    server().otherwise(json(model));
    const hub = hubAt(server().url);
    for (let batch = 0; batch < 5; batch += 1) {
      await Promise.all(Array.from({ length: 50 }, () => getModel(hub, { signal })));
    }
    const before = heapUsed();
    for (let batch = 0; batch < 6; batch += 1) {
      await Promise.all(Array.from({ length: 200 }, () => getModel(hub, { signal })));
      expect(added.mock.calls.length - removed.mock.calls.length).toBeLessThanOrEqual(20);
    }
    server().requests.length = 0;
    expect(heapUsed() - before).toBeLessThan(16 * mebibyte);
    await settled();
    expect(warnings.filter(({ name }) => name === "MaxListenersExceededWarning")).toEqual([]);
  }, 120_000);

  it("ends all of them", async () => {
    server().otherwise(silence);
    const controller = new AbortController();
    const hub = hubAt(server().url);
    const calls = Array.from({ length: 30 }, () => failure(getModel(hub, { signal: controller.signal })));
    // A fresh client has so many under way; the others wait.
    await arrived(server().requests, 10);
    controller.abort();
    for (const error of await Promise.all(calls)) expect(error).toMatchObject({ name: "AbortError" });
  });
});

describe("a long run in which a third of all responses fail", () => {
  const faults = [
    reset,
    hangUp,
    shortBody('{"id"'),
    resetInBody('{"id"'),
    json({}, { status: 503 }),
    json({}, { status: 429 }),
    json({}, { status: 500 }),
  ];

  it("loses no call, no connection and no memory", async () => {
    // The same faults in each run: what an attempt meets depends on its name and number alone.
    const chance = (text: string): number => createHash("sha1").update(text).digest().readUInt32BE() / 2 ** 32;
    fresh().otherwise((exchange) => {
      const luck = chance(`${exchange.request.path} ${exchange.attempt}`);
      return (luck < 0.35 ? (faults[Math.floor((luck / 0.35) * faults.length)] ?? echo) : echo)(exchange);
    });
    withoutBackOff();
    const hub = hubAt(fresh().url, { retries: 6 });
    const run = async (count: number, first: number): Promise<void> => {
      for (let done = first; done < first + count; done += 20) {
        const names = Array.from({ length: 20 }, (_, n) => `name${done + n}`);
        const responses = await Promise.all(names.map((name) => hub.models.get({ repo: `owner/${name}` })));
        expect(responses.map(({ id }) => id)).toEqual(names.map((name) => `/api/models/owner/${name}`));
      }
    };
    await run(100, 1000);
    fresh().requests.length = 0;
    const before = heapUsed();
    await run(400, 0);
    expect(fresh().requests.length).toBeGreaterThan(500);
    await vi.waitUntil(() => fresh().sockets.open <= 40);
    fresh().requests.length = 0;
    expect(heapUsed() - before).toBeLessThan(16 * mebibyte);
  }, 120_000);
});

it("importing the package does nothing", () => {
  const script = `
    const before = new Set(Object.getOwnPropertyNames(globalThis));
    globalThis.fetch = () => { throw new Error("fetched"); };
    const { env } = process;
    const read = [];
    process.env = new Proxy(env, { get: (_, name) => (read.push(name), env[name]) });
    await import(${JSON.stringify(new URL("../../src/index.ts", import.meta.url).href)});
    const added = Object.getOwnPropertyNames(globalThis).filter((name) => !before.has(name));
    const ours = read.filter((name) => String(name).startsWith("HF_"));
    console.log(JSON.stringify({ added, ours, timers: process.getActiveResourcesInfo().filter((name) => name === "Timeout").length }));`;
  const output = execFileSync(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
    encoding: "utf8",
  });
  expect(JSON.parse(output)).toEqual({ added: [], ours: [], timers: 0 });
});
