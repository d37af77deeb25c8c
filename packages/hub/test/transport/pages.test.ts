import { describe, expect, it, vi } from "vitest";
import { body, json, page } from "../servers/answers.js";
import { resetInBody, reset } from "../servers/faults.js";
import { HubError, HubResponseError } from "../../src/errors.js";
import { failure, hubAt, pause, token, useFaultServer, within, withoutBackOff } from "../servers/setup.js";

const server = useFaultServer();
const list = (options: Parameters<typeof hubAt>[1] = {}): ReturnType<ReturnType<typeof hubAt>["models"]["list"]> =>
  hubAt(server().url, options).models.list();
const collect = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
};

/** A list of so many pages, two items each. */
function pagesOf(count: number): void {
  server().on("/api/models", ({ request, ...exchange }) => {
    const number = Number(new URL(request.path, "http://x").searchParams.get("cursor") ?? 0);
    const next = number + 1 < count ? `/api/models?cursor=${number + 1}` : undefined;
    return page([number * 2, number * 2 + 1], next)({ request, ...exchange });
  });
}

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
const cursors = (): (string | null)[] =>
  server().requests.map(({ path }) => new URL(path, "http://x").searchParams.get("cursor"));

describe("a walk", () => {
  it("gives each item once, in order, with the token on each page", async () => {
    pagesOf(5);
    expect(await collect(list())).toEqual(numbers(10));
    expect(cursors()).toEqual([null, "1", "2", "3", "4"]);
    for (const { headers } of server().requests) expect(headers.authorization).toBe(`Bearer ${token}`);
  });

  it("begins when the first item is asked for", async () => {
    pagesOf(1);
    const pages = list();
    const walk = pages[Symbol.asyncIterator]();
    await pause(30);
    expect(server().requests).toHaveLength(0);
    await walk.next();
    expect(server().requests).toHaveLength(1);
  });

  it("can be repeated, and two of them do not meet", async () => {
    pagesOf(3);
    const pages = list();
    const [one, two] = await Promise.all([collect(pages), collect(pages)]);
    expect(one).toEqual(numbers(6));
    expect(two).toEqual(numbers(6));
    expect(await collect(pages)).toEqual(numbers(6));
  });

  it("goes through empty pages", async () => {
    server().on("/api/models", page([], "/api/models?cursor=a"), page([], "/api/models?cursor=b"), page([1]));
    expect(await collect(list())).toEqual([1]);
  });

  it("ends where the consumer breaks off", async () => {
    pagesOf(100);
    for await (const item of list()) if (Number(item) === 1) break;
    await pause(50);
    expect(cursors()).toEqual([null]);
    server().reset();
    pagesOf(100);
    for await (const item of list()) if (Number(item) === 3) break;
    await pause(50);
    // The third page was under way already.
    expect(cursors()).toEqual([null, "1", "2"]);
  });

  it("delivers what came before an error, then the error", async () => {
    server().on(
      "/api/models",
      page([1], "/api/models?cursor=a"),
      page([2], "/api/models?cursor=b"),
      json({ error: "gone" }, { status: 410 }),
    );
    const seen: unknown[] = [];
    const walk = async (): Promise<void> => {
      for await (const item of list()) seen.push(item);
    };
    expect(await failure(walk())).toMatchObject({ status: 410, serverMessage: "gone" });
    expect(seen).toEqual([1, 2]);
  });

  it("repeats a page that broke off, and loses or doubles nothing", async () => {
    withoutBackOff();
    const cut = resetInBody("[1,2");
    server().on(
      "/api/models",
      cut,
      page([1], "/api/models?cursor=a"),
      reset,
      page([2], "/api/models?cursor=b"),
      cut,
      page([3]),
    );
    expect(await collect(list())).toEqual([1, 2, 3]);
  });

  it("follows the page it kept when a repeated page names another follower", async () => {
    withoutBackOff();
    const first = page([1], "/api/models?cursor=a");
    server().on("/api/models", ({ request, attempt, ...exchange }) => {
      const cursor = new URL(request.path, "http://x").searchParams.get("cursor");
      if (cursor === null) return first({ request, attempt, ...exchange });
      if (cursor === "old") return page(["stale"])({ request, attempt, ...exchange });
      if (cursor === "new") return page([3])({ request, attempt, ...exchange });
      exchange.response.setHeader("link", `</api/models?cursor=${attempt === 2 ? "old" : "new"}>; rel="next"`);
      return (attempt === 2 ? resetInBody("[") : page([2]))({ request, attempt, ...exchange });
    });
    expect(await collect(list())).toEqual([1, 2, 3]);
  });

  it.each([
    ["at once", (path: string) => path],
    ["after a while", (path: string) => `/api/models?cursor=${(Number(/\d+$/.exec(path)?.[0] ?? 0) + 1) % 7}`],
  ])("that leads back to itself %s ends with an error after what it found", async (name, next) => {
    server().on("/api/models", (exchange) => page([1], next(exchange.request.path))(exchange));
    const seen: unknown[] = [];
    const walk = async (): Promise<void> => {
      for await (const item of list()) seen.push(item);
    };
    expect(await failure(walk())).toBeInstanceOf(HubError);
    expect(seen.length).toBeGreaterThanOrEqual(2);
    await pause(20);
    expect(server().requests.length).toBeLessThanOrEqual(name === "at once" ? 5 : 30);
  });
});

describe("a limit", () => {
  it.each([1, 2, 3, 4, 5, 10, 99])("of %i is exact and fetches no page in vain", async (limit) => {
    pagesOf(5);
    expect(await list().take(limit)).toEqual(numbers(Math.min(limit, 10)));
    expect(await collect(hubAt(server().url).models.list({ limit, pageSize: 2 }))).toEqual(
      numbers(Math.min(limit, 10)),
    );
    const needed = Math.min(5, Math.ceil(limit / 2));
    await pause(20);
    expect(server().requests).toHaveLength(2 * needed);
  });

  it("of 0 makes no request", async () => {
    expect(await list().take(0)).toEqual([]);
    expect(await hubAt(server().url).models.list({ limit: 0 }).take()).toEqual([]);
    expect(server().requests).toHaveLength(0);
  });

  it("asks for no more items a page than the Hub gives", async () => {
    pagesOf(1);
    await hubAt(server().url).models.list({ limit: 5000 }).take();
    await hubAt(server().url).models.list({ limit: 5 }).take();
    await hubAt(server().url).models.list({ pageSize: 9999 }).take();
    expect(server().requests.map(({ path }) => path)).toEqual([
      "/api/models?limit=1000",
      "/api/models?limit=5",
      "/api/models?limit=1000",
    ]);
  });

  it.each([-1, 1.5, NaN, "2" as unknown as number])("of %s is refused", async (limit) => {
    await expect(async () => await list().take(limit)).rejects.toBeInstanceOf(HubError);
    expect(() => hubAt(server().url).models.list({ limit })).toThrow(HubError);
  });
});

describe("looking ahead", () => {
  /** Pages whose headers come at once and whose bodies come later. */
  function slowBodies(delay: number, count = 4): void {
    server().on("/api/models", async ({ request, response }) => {
      const number = Number(new URL(request.path, "http://x").searchParams.get("cursor") ?? 0);
      const link = number + 1 < count ? { link: `</api/models?cursor=${number + 1}>; rel="next"` } : {};
      response.writeHead(200, { "content-type": "application/json", ...link });
      response.flushHeaders();
      await pause(delay);
      response.end(JSON.stringify([number]));
    });
  }

  it("starts when the Link header is there, before the body is", async () => {
    slowBodies(400);
    const walk = list()[Symbol.asyncIterator]();
    await walk.next();
    let settled = false;
    const second = walk.next().finally(() => (settled = true));
    await vi.waitUntil(() => server().requests.length === 3);
    expect(settled).toBe(false);
    expect(cursors()).toEqual([null, "1", "2"]);
    await second;
    await walk.return();
  });

  it("does not start before a second page is asked for", async () => {
    slowBodies(10);
    const walk = list()[Symbol.asyncIterator]();
    await walk.next();
    await pause(60);
    expect(cursors()).toEqual([null]);
    await walk.return();
  });

  it("stays one page ahead of a slow consumer", async () => {
    slowBodies(1, 10);
    const walk = list()[Symbol.asyncIterator]();
    await walk.next();
    await walk.next();
    await pause(60);
    expect(cursors()).toEqual([null, "1", "2"]);
    await walk.return();
  });

  it("leaves no request behind when the walk ends early", async () => {
    server().on("/api/models", page([1], "/api/models?cursor=a"), page([2], "/api/models?cursor=b"), () => undefined);
    for await (const item of list({ timeout: 60_000 })) if (Number(item) === 2) break;
    await pause(20);
    expect(await within(1000, server().requests[2]?.closed ?? pause(5000))).toBe(true);
  });
});

describe("pages", () => {
  it("tell their cursor, where another client may go on", async () => {
    pagesOf(4);
    const walk = list().pages();
    await walk.next();
    const { value } = await walk.next();
    await walk.return();
    expect(value).toMatchObject({ items: [2, 3], next: expect.any(String) });
    const cursor = JSON.parse(JSON.stringify(value)) as { next: string };
    expect(await hubAt(server().url).models.list().from(cursor.next).take()).toEqual([4, 5, 6, 7]);
  });

  it("tell the whole list's size where the Hub does", async () => {
    server().on("/api/models", page([1], undefined, { "x-total-count": "77" }));
    const { value } = await list().pages().next();
    expect(value).toEqual({ items: [1], total: 77 });
  });

  it("are cut at the limit, and lead nowhere from there", async () => {
    pagesOf(3);
    const seen: [number, boolean][] = [];
    for await (const { items, next } of hubAt(server().url).models.list({ limit: 3, pageSize: 2 }).pages())
      seen.push([items.length, next !== undefined]);
    expect(seen).toEqual([
      [2, true],
      [1, false],
    ]);
  });
});

describe("a next page at another place", () => {
  const foreign = [
    "https://evil.example/api/models?cursor=a",
    "//evil.example/x",
    "https://user@evil.example/x",
    "data:application/json,[]",
    "http://[::1",
    "https://huggingface.co.evil.example/x",
  ];

  it.each(foreign)("is not fetched, and the page before it is delivered: %s", async (next) => {
    server().on("/api/models", page([1], next));
    const seen: unknown[] = [];
    const walk = async (): Promise<void> => {
      for await (const item of list()) seen.push(item);
    };
    const error = await failure(walk());
    expect(error).toBeInstanceOf(HubError);
    expect(String(error)).not.toContain("user");
    expect(seen).toEqual([1]);
    expect(server().requests).toHaveLength(1);
  });

  it("is not fetched over http when the endpoint is https", async () => {
    const seen: string[] = [];
    const fetch: typeof globalThis.fetch = async (url) => {
      seen.push(String(url));
      return Response.json([1], { headers: { link: '<http://huggingface.co/api/models?cursor=a>; rel="next"' } });
    };
    await failure(hubAt("https://huggingface.co", { fetch }).models.list().take());
    expect(seen).toEqual(["https://huggingface.co/api/models"]);
  });

  it("of the Hub itself is the mirror's, below the mirror's prefix", async () => {
    server().on(
      "/hf/api/models",
      page([1], "https://huggingface.co/api/models?cursor=a%2Fb&x=1"),
      page([2], `${server().url}/hf/api/models?cursor=c`),
      page([3], "?cursor=d"),
      page([4]),
    );
    expect(await hubAt(`${server().url}/hf/`).models.list().take()).toEqual([1, 2, 3, 4]);
    expect(server().requests.map(({ path }) => path)).toEqual([
      "/hf/api/models",
      "/hf/api/models?cursor=a%2Fb&x=1",
      "/hf/api/models?cursor=c",
      "/hf/api/models?cursor=d",
    ]);
  });

  it("with a user's name in it is fetched without that name", async () => {
    server().on("/api/models", page([1], `${server().url.replace("//", "//user:pw@")}/api/models?cursor=a`), page([2]));
    expect(await list().take()).toEqual([1, 2]);
    expect(server().requests[1]?.headers.authorization).toBe(`Bearer ${token}`);
  });
});

describe("an answer that is no list", () => {
  it.each([[{ error: "You are rate limited" }], [{}], [null], ["text"], [7]])("is an error: %j", async (value) => {
    server().on("/api/models", json(value));
    const error = await failure(list().take());
    expect(error).toBeInstanceOf(HubError);
    if (value instanceof Object && "error" in value) expect(String(error)).toContain("You are rate limited");
  });

  it("names its status when it is a page of HTML", async () => {
    server().on("/api/models", body("<html>", { headers: { "content-type": "text/html; charset=utf-8" } }));
    expect(await failure(list().take())).toBeInstanceOf(HubResponseError);
  });

  it.each(["<", "<>", "rel=next", "</x", '</x>; rel="', "</x>; rel=prev", ",,,;;;", "<".repeat(5000)])(
    "delivers its page and ends when its Link header is malformed: %s",
    async (link) => {
      server().on("/api/models", page([1], undefined, { link }), page([2]));
      expect(await list().take()).toEqual([1]);
      expect(server().requests).toHaveLength(1);
    },
  );
});

it("a million items leave no trace in memory", async () => {
  const { setFlagsFromString } = await import("node:v8");
  setFlagsFromString("--expose-gc");
  const collectGarbage = (await import("node:vm")).runInNewContext("gc") as () => void;
  const items = JSON.stringify(Array.from({ length: 100 }, (_, id) => ({ id })));
  let number = 0;
  const fetch: typeof globalThis.fetch = async () => {
    number += 1;
    const link = number < 10_000 ? { link: `</api/models?cursor=${number}>; rel="next"` } : {};
    return new Response(items, { headers: { "content-type": "application/json", ...link } });
  };
  let count = 0;
  let before = 0;
  for await (const _ of hubAt("https://huggingface.co", { fetch }).models.list()) {
    count += 1;
    if (count === 100_000) {
      collectGarbage();
      before = process.memoryUsage().heapUsed;
    }
  }
  collectGarbage();
  expect(count).toBe(1_000_000);
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(16 * 1024 * 1024);
}, 30_000);
