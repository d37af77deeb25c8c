import { describe, expect, it, vi } from "vitest";
import { page } from "../servers/answers.js";
import { silence, stalledBody } from "../servers/faults.js";
import type { Answer } from "../servers/fault-server.js";
import { failure, hubAt, pause, useFaultServer, within } from "../servers/setup.js";

const server = useFaultServer();
const reason = new Error("the user left");

const list = (signal?: AbortSignal): ReturnType<ReturnType<typeof hubAt>["models"]["list"]> =>
  hubAt(server().url, { timeout: 60_000 }).models.list({}, { signal });

const stalls: [string, Answer][] = [
  ["before its headers", silence],
  ["in its body", stalledBody("[")],
];

/** Both walks have the same three methods, whatever they give. */
const walks: [string, () => AsyncIterator<unknown>][] = [
  ["items", () => list()[Symbol.asyncIterator]()],
  ["pages", () => list().pages()],
];

describe.each(walks)("a walk of %s that is ended while it waits", (_, begin) => {
  it.each(stalls)("for its first page, which stalls %s, ends at once, and its connection", async (__, stall) => {
    server().on("/api/models", stall);
    const walk = begin();
    const pending = walk.next().catch(() => undefined);
    await vi.waitUntil(() => server().requests.length === 1);
    await pause(10);
    expect(await within(200, walk.return?.() ?? pause(5000))).toBe(true);
    expect(await within(200, pending)).toBe(true);
    expect(await within(500, server().requests[0]?.closed ?? pause(5000))).toBe(true);
    expect(await walk.next()).toEqual({ done: true, value: undefined });
  });

  it.each(stalls)("for another page, which stalls %s, ends at once, and its connection", async (__, stall) => {
    server().on("/api/models", page([1], "/api/models?cursor=a"), stall);
    const walk = begin();
    await walk.next();
    const pending = walk.next().catch(() => undefined);
    await vi.waitUntil(() => server().requests.length === 2);
    await pause(10);
    expect(await within(200, walk.return?.() ?? pause(5000))).toBe(true);
    expect(await within(200, pending)).toBe(true);
    expect(await within(500, server().requests[1]?.closed ?? pause(5000))).toBe(true);
  });

  it("before it began asks for nothing", async () => {
    const walk = begin();
    await walk.return?.();
    expect(await walk.next()).toEqual({ done: true, value: undefined });
    expect(server().requests).toHaveLength(0);
  });
});

describe("a signal that ends a walk", () => {
  const threePages = (): void => {
    server().on("/api/models", page([1], "/api/models?cursor=a"), page([2], "/api/models?cursor=b"), page([3]));
  };

  it("when the last page has arrived already, but nobody asked for it yet, keeps it back", async () => {
    threePages();
    const controller = new AbortController();
    const walk = list(controller.signal)[Symbol.asyncIterator]();
    await walk.next();
    await walk.next();
    await vi.waitUntil(() => server().requests.length === 3);
    await pause(30);
    controller.abort(reason);
    expect(await failure(walk.next())).toBe(reason);
    expect(await walk.next()).toEqual({ done: true, value: undefined });
  });

  it("does so for a walk of pages as well", async () => {
    threePages();
    const controller = new AbortController();
    const walk = list(controller.signal).pages();
    await walk.next();
    await walk.next();
    await vi.waitUntil(() => server().requests.length === 3);
    await pause(30);
    controller.abort(reason);
    expect(await failure(walk.next())).toBe(reason);
  });

  it("leaves no listener behind when the walk is over", async () => {
    threePages();
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, "addEventListener");
    const removed = vi.spyOn(signal, "removeEventListener");
    expect(await list(signal).take()).toEqual([1, 2, 3]);
    for await (const _ of list(signal)) break;
    for await (const _ of list(signal).pages()) break;
    expect(added).toHaveBeenCalled();
    expect(added.mock.calls.length).toBe(removed.mock.calls.length);
  });
});
