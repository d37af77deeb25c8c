import { describe, expect, it, vi } from "vitest";
import { Pages, type ItemIterator, type Page } from "../../src/lists/pages.js";
import type { HubOptions } from "../../src/options.js";
import { page } from "../servers/responses.js";
import { silence, stalledBody } from "../servers/faults.js";
import type { Handler } from "../servers/fault-server.js";
import { failure, hubAt, useFaultServer } from "../servers/setup.js";
import { arrived, closes, recordEvents, settled, within } from "../servers/waits.js";

const server = useFaultServer();
const reason = new Error("the user left");

const list = (
  signal?: AbortSignal,
  observe?: HubOptions["observe"],
): ReturnType<ReturnType<typeof hubAt>["models"]["list"]> =>
  hubAt(server().url, { timeout: 60_000, observe }).models.list({}, { signal });

/** With the number of responses whose headers come. */
const stalls: [string, Handler, number][] = [
  ["before its headers", silence, 0],
  ["in its body", stalledBody("["), 1],
];

/** Both walks have the same three methods, whatever they give. */
const walks: [
  string,
  (observe?: HubOptions["observe"]) => AsyncGenerator<unknown, void, undefined> | ItemIterator<unknown>,
][] = [
  ["items", (observe) => list(undefined, observe)[Symbol.asyncIterator]()],
  ["pages", (observe) => list(undefined, observe).pages()],
];

describe.each(walks)("a walk of %s that is ended while it waits", (_, begin) => {
  it.each(stalls)(
    "for its first page, which stalls %s, ends at once, and its connection",
    async (__, stall, headers) => {
      server().on("/api/models", stall);
      const { events, observe } = recordEvents("response");
      const walk = begin(observe);
      const pending = walk.next().catch(() => undefined);
      await arrived(server().requests);
      await arrived(events, headers);
      await settled();
      await within(1000, walk.return());
      await within(1000, pending);
      await closes(server().requests[0]);
      expect(await walk.next()).toEqual({ done: true, value: undefined });
    },
  );

  it.each(stalls)("for another page, which stalls %s, ends at once, and its connection", async (__, stall, headers) => {
    server().on("/api/models", page([1], "/api/models?cursor=a"), stall);
    const { events, observe } = recordEvents("response");
    const walk = begin(observe);
    await walk.next();
    const pending = walk.next().catch(() => undefined);
    await arrived(server().requests, 2);
    await arrived(events, 1 + headers);
    await settled();
    await within(1000, walk.return());
    await within(1000, pending);
    await closes(server().requests[1]);
  });

  it("before it began asks for nothing", async () => {
    const walk = begin();
    await walk.return();
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
    const { events, observe } = recordEvents("response");
    const walk = list(controller.signal, observe)[Symbol.asyncIterator]();
    await walk.next();
    await walk.next();
    await arrived(events, 3);
    await settled();
    controller.abort(reason);
    expect(await failure(walk.next())).toBe(reason);
    expect(await walk.next()).toEqual({ done: true, value: undefined });
  });

  it("does so for a walk of pages as well", async () => {
    threePages();
    const controller = new AbortController();
    const { events, observe } = recordEvents("response");
    const walk = list(controller.signal, observe).pages();
    await walk.next();
    await walk.next();
    await arrived(events, 3);
    await settled();
    controller.abort(reason);
    expect(await failure(walk.next())).toBe(reason);
  });

  it("leaves no listener behind when the walk is over", async () => {
    threePages();
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, "addEventListener");
    const removed = vi.spyOn(signal, "removeEventListener");
    expect(await list(signal).toArray()).toEqual([1, 2, 3]);
    for await (const _ of list(signal)) break;
    for await (const _ of list(signal).pages()) break;
    expect(added).toHaveBeenCalled();
    expect(added.mock.calls.length).toBe(removed.mock.calls.length);
  });
});

describe("after an abort the next step rejects with the reason", () => {
  const next = async (walk: AsyncIterator<unknown>): Promise<unknown> => failure(walk.next());

  /** A list of these pages. A request that comes late changes nothing for the next test. */
  function pagesOf(...pages: number[][]): void {
    server().on("/api/models", (exchange) => {
      const number = Number(new URL(exchange.request.path, "http://x").searchParams.get("cursor"));
      const items = pages[number] ?? [];
      return page(items, number + 1 < pages.length ? `?cursor=${number + 1}` : undefined)(exchange);
    });
  }

  it.each<[string, number[][], number]>([
    ["the only page", [[1, 2, 3]], 1],
    ["the only page, after its last item", [[1, 2]], 2],
    ["the first page", [[1, 2, 3], [4]], 1],
    ["a page in the middle", [[1], [2, 3], [4]], 2],
    ["the last page", [[1], [2, 3, 4]], 2],
    ["the last page, after its last item", [[1], [2]], 2],
  ])("of items, in %s", async (_, pages, steps) => {
    pagesOf(...pages);
    const controller = new AbortController();
    const walk = list(controller.signal)[Symbol.asyncIterator]();
    for (let step = 1; step <= steps; step += 1) expect(await walk.next()).toEqual({ done: false, value: step });
    controller.abort(reason);
    expect(await next(walk)).toBe(reason);
    expect(await walk.next()).toEqual({ done: true, value: undefined });
  });

  it.each<[string, number[][], number]>([
    ["the only page", [[1]], 1],
    ["the first page", [[1], [2]], 1],
    ["a page in the middle", [[1], [2], [3]], 2],
    ["the last page", [[1], [2]], 2],
  ])("of pages, at %s", async (_, pages, steps) => {
    pagesOf(...pages);
    const controller = new AbortController();
    const walk = list(controller.signal).pages();
    for (let step = 1; step <= steps; step += 1) expect((await walk.next()).value?.items).toEqual([step]);
    controller.abort(reason);
    expect(await next(walk)).toBe(reason);
    expect(await walk.next()).toEqual({ done: true, value: undefined });
  });

  it("of a loop whose body aborts", async () => {
    pagesOf(Array.from({ length: 1000 }, (_, id) => id));
    const controller = new AbortController();
    let seen = 0;
    const walk = async (): Promise<void> => {
      for await (const _ of list(controller.signal)) {
        seen += 1;
        if (seen === 3) controller.abort(reason);
      }
    };
    expect(await failure(walk())).toBe(reason);
    expect(seen).toBe(3);
  });

  it("of items at a limit", async () => {
    pagesOf([1, 2, 3]);
    const controller = new AbortController();
    const walk = hubAt(server().url).models.list({ limit: 2 }, { signal: controller.signal })[Symbol.asyncIterator]();
    await walk.next();
    await walk.next();
    controller.abort(reason);
    expect(await next(walk)).toBe(reason);
  });

  it("of items that were asked for at once, to the first of them", async () => {
    pagesOf([1, 2]);
    const controller = new AbortController();
    const walk = list(controller.signal)[Symbol.asyncIterator]();
    const steps = [walk.next(), walk.next(), walk.next()];
    await steps[0];
    controller.abort(reason);
    const settled = await Promise.allSettled([...steps, walk.next()]);
    expect(settled.filter(({ status }) => status === "rejected")).toEqual([{ status: "rejected", reason }]);
  });

  it("of items whose page arrives as the signal aborts", async () => {
    const items = Array.from({ length: 100 }, (_, index) => index);
    // The abort comes so many microtasks after the page.
    for (let delay = 0; delay < 12; delay += 1) {
      const controller = new AbortController();
      const abort = async (): Promise<void> => {
        for (let turn = 0; turn < delay; turn += 1) await undefined;
        controller.abort(reason);
      };
      const load = async (): Promise<Page<number>> => {
        void abort();
        return { items };
      };
      let late = 0;
      const walk = async (): Promise<void> => {
        for await (const _ of new Pages(load, { signal: controller.signal })) if (controller.signal.aborted) late += 1;
      };
      expect(await failure(walk())).toBe(reason);
      // The step that was under way as the signal aborted may give its item.
      expect(late).toBeLessThanOrEqual(1);
    }
  });

  it("of take(), in its only page and between pages", async () => {
    for (const pages of [[[1]], [[1], [2]]]) {
      server().reset();
      pagesOf(...pages);
      const controller = new AbortController();
      const options = { signal: controller.signal, onResponse: () => queueMicrotask(() => controller.abort(reason)) };
      expect(await failure(hubAt(server().url).models.list({}, options).toArray())).toBe(reason);
      expect(server().requests).toHaveLength(1);
    }
  });

  it("of the items of take()", async () => {
    pagesOf([1, 2]);
    const controller = new AbortController();
    const walk = list(controller.signal).take(2)[Symbol.asyncIterator]();
    expect((await walk.next()).value).toBe(1);
    controller.abort(reason);
    expect(await next(walk)).toBe(reason);
  });

  it.each([undefined, 0, 1])("of a list with the limit %s that was never begun, without a request", async (limit) => {
    const signal = AbortSignal.abort(reason);
    const aborted = hubAt(server().url).models.list({ limit }, { signal });
    expect(await next(aborted[Symbol.asyncIterator]())).toBe(reason);
    expect(await next(aborted.pages())).toBe(reason);
    expect(await failure(aborted.toArray())).toBe(reason);
    expect(server().requests).toHaveLength(0);
  });
});
