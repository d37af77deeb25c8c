import { describe, expect, it } from "vitest";
import { body, empty, json, page } from "../servers/responses.js";
import { resetInBody, reset } from "../servers/faults.js";
import { HubError, HubInputError, HubResponseError } from "../../src/errors.js";
import { failure, hubAt, token, useFaultServer, withoutBackOff } from "../servers/setup.js";
import { arrived, closes, noneUnderWay, settled } from "../servers/waits.js";

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
    await noneUnderWay(server().url);
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
    await noneUnderWay(server().url);
    expect(cursors()).toEqual([null]);
    server().reset();
    pagesOf(100);
    for await (const item of list()) {
      if (Number(item) < 3) continue;
      // The third page is under way already.
      await arrived(server().requests, 3);
      break;
    }
    await noneUnderWay(server().url);
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
});

/** Walks a list whose every page links to what the function makes of its own address. */
async function walkLoop(next: (path: string) => string): Promise<{ seen: number; sent: string[]; error: unknown }> {
  const sent: string[] = [];
  const fetch: typeof globalThis.fetch = async (url) => {
    const path = String(url).slice("https://huggingface.co".length);
    sent.push(path);
    return Response.json([1], { headers: { link: `<${next(path)}>; rel="next"` } });
  };
  let seen = 0;
  const walk = async (): Promise<void> => {
    for await (const _ of hubAt("https://huggingface.co", { fetch }).models.list()) seen += 1;
  };
  return { error: await failure(walk()), seen, sent };
}

describe("a walk that leads back to itself", () => {
  const cursorIn = (path: string): number => Number(/\d+$/.exec(path)?.[0] ?? 0);

  it.each([
    ["its own address", (path: string) => path],
    ["an empty link", () => ""],
    ["an empty query", () => "?"],
    ["a fragment", () => "#top"],
    ["another spelling of its path", () => "https://hf.co/api/x/../%6dodels/"],
  ])("at once delivers its page once: %s", async (_, next) => {
    const { error, seen, sent } = await walkLoop(next);
    expect(error).toEqual(new HubError("the list leads back to a page that was there before"));
    expect(seen).toBe(1);
    expect(sent).toEqual(["/api/models"]);
  });

  it("from a later page does not deliver its first page again", async () => {
    const { error, seen } = await walkLoop((path) => `/api/models${["?cursor=1", "?cursor=2", ""][cursorIn(path)]}`);
    expect(error).toBeInstanceOf(HubError);
    expect(seen).toBe(3);
  });

  it.each([1, 2, 3, 5, 8, 20])("ends after pages that repeat in a loop of %i", async (length) => {
    for (const before of [0, 1, 4, 9]) {
      const { error, seen, sent } = await walkLoop((path) => {
        const cursor = cursorIn(path) + 1;
        return `/api/models?cursor=${cursor > before + length ? cursor - length : cursor}`;
      });
      expect(error).toBeInstanceOf(HubError);
      expect(seen).toBeGreaterThanOrEqual(before + length);
      expect(sent.length).toBeLessThanOrEqual(3 * (1 + before + length) + 1);
    }
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
    await noneUnderWay(server().url);
    expect(server().requests).toHaveLength(2 * needed);
  });

  it("of 0 makes no request", async () => {
    expect(await list().take(0)).toEqual([]);
    expect(await hubAt(server().url).models.list({ limit: 0 }).toArray()).toEqual([]);
    expect(server().requests).toHaveLength(0);
  });

  it("asks for no more items a page than the Hub gives", async () => {
    pagesOf(1);
    await hubAt(server().url).models.list({ limit: 5000 }).toArray();
    await hubAt(server().url).models.list({ limit: 5 }).toArray();
    await hubAt(server().url).models.list({ pageSize: 9999 }).toArray();
    expect(server().requests.map(({ path }) => path)).toEqual([
      "/api/models?limit=1000",
      "/api/models?limit=5",
      "/api/models?limit=1000",
    ]);
  });

  it.each([
    [-1, "-1"],
    [1.5, "1.5"],
    [NaN, "NaN"],
    [null as unknown as number, "null"],
    ["2" as unknown as number, 'the string "2"'],
  ])("of %j is refused, and the message shows it", async (limit, shown) => {
    const expected = `is ${shown}; expected a whole number from 0`;
    await expect(list().take(limit)).rejects.toThrow(new HubInputError(`count ${expected}`));
    expect(() => hubAt(server().url).models.list({ limit })).toThrow(new HubInputError(`limit ${expected}`));
    expect(server().requests).toHaveLength(0);
  });
});

describe("what take() returns", () => {
  it("is a promise of an array", async () => {
    pagesOf(3);
    const taken = list().take(3);
    expect(taken).toBeInstanceOf(Promise);
    expect(await taken).toEqual([0, 1, 2]);
    expect(await Promise.all([list().take(1), list().toArray()])).toEqual([[0], numbers(6)]);
  });

  it("can be iterated, which makes no further request", async () => {
    pagesOf(3);
    const taken = list().take(3);
    expect(await collect(taken)).toEqual([0, 1, 2]);
    expect(await collect(taken)).toEqual([0, 1, 2]);
    expect(await taken).toEqual([0, 1, 2]);
    expect(cursors()).toEqual([null, "1"]);
  });

  it("rejects where it is iterated as well", async () => {
    server().on("/api/models", json({ error: "gone" }, { status: 410 }));
    expect(await failure(collect(list().take(3)))).toMatchObject({ status: 410 });
  });
});

describe("looking ahead", () => {
  /** Pages whose headers come at once and whose bodies come later, the page with this number once it may. */
  function lateBodies(count: number, held?: number, mayCome?: Promise<void>): void {
    server().on("/api/models", async ({ request, response }) => {
      const number = Number(new URL(request.path, "http://x").searchParams.get("cursor") ?? 0);
      const link = number + 1 < count ? { link: `</api/models?cursor=${number + 1}>; rel="next"` } : {};
      response.writeHead(200, { "content-type": "application/json", ...link });
      response.flushHeaders();
      await settled();
      if (number === held) await mayCome;
      response.end(JSON.stringify([number]));
    });
  }

  it("starts when the Link header is there, before the body is", async () => {
    let letCome = (): void => undefined;
    lateBodies(4, 1, new Promise((resolve) => (letCome = resolve)));
    const walk = list()[Symbol.asyncIterator]();
    await walk.next();
    let isThere = false;
    const second = walk.next().finally(() => (isThere = true));
    await arrived(server().requests, 3);
    await settled();
    expect(isThere).toBe(false);
    expect(cursors()).toEqual([null, "1", "2"]);
    letCome();
    expect(await second).toMatchObject({ value: 1 });
    await walk.return();
  });

  it("does not start before a second page is asked for", async () => {
    lateBodies(4);
    const walk = list()[Symbol.asyncIterator]();
    await walk.next();
    await noneUnderWay(server().url);
    expect(cursors()).toEqual([null]);
    await walk.return();
  });

  it("stays one page ahead of a slow consumer", async () => {
    lateBodies(10);
    const walk = list()[Symbol.asyncIterator]();
    await walk.next();
    await walk.next();
    await arrived(server().requests, 3);
    // The third page has come as well.
    await settled();
    await settled();
    await noneUnderWay(server().url);
    expect(cursors()).toEqual([null, "1", "2"]);
    await walk.return();
  });

  it("leaves no request behind when the walk ends early", async () => {
    server().on("/api/models", page([1], "/api/models?cursor=a"), page([2], "/api/models?cursor=b"), () => undefined);
    for await (const item of list({ timeout: 60_000 })) {
      if (Number(item) < 2) continue;
      await arrived(server().requests, 3);
      break;
    }
    await closes(server().requests[2]);
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
    expect(await hubAt(server().url).models.list().from(cursor.next).toArray()).toEqual([4, 5, 6, 7]);
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

describe("a response that is no list", () => {
  it.each([
    [{ error: "You are rate limited" }, '"You are rate limited"'],
    [{}, "a JSON object"],
    ["text", '"text"'],
    [7, "7"],
    [null, "null"],
  ])("is an error that says what came: %j", async (value, shown) => {
    server().on("/api/models", json(value));
    const error = await failure(list().toArray());
    expect(error).toBeInstanceOf(HubError);
    expect(String(error)).toContain(shown);
  });

  it.each([
    ["nothing", empty(204)],
    ["null", json(null)],
    ["a list where an object is due", json([1])],
    ["an object whose list is null", json({ discussions: null, count: 1 })],
    ["an object without its list", json({ error: "slow down" })],
  ])("is one where the list is a property as well: %s", async (_, response) => {
    server().on("/api/models/owner/name/discussions", response);
    const error = await failure(hubAt(server().url).discussions.list({ repo: "owner/name" }).toArray());
    expect(error).toBeInstanceOf(HubError);
  });

  it("is shown in part", async () => {
    server().on("/api/models", json({ error: "slow down".repeat(1000) }));
    expect(String(await failure(list().toArray())).length).toBeLessThan(300);
  });

  it("does not show the token that it repeats", async () => {
    server().on("/api/models", json({ error: `${token} is limited` }));
    expect(String(await failure(list().toArray()))).toContain("*** is limited");
  });

  it("names its status when it is a page of HTML", async () => {
    server().on("/api/models", body("<html>", { headers: { "content-type": "text/html; charset=utf-8" } }));
    expect(await failure(list().toArray())).toBeInstanceOf(HubResponseError);
  });

  it.each(["<", "<>", "<>; rel=prev", "rel=next", "</x", '</x>; rel="', "</x>; rel=prev", ",,,;;;", "<".repeat(5000)])(
    "delivers its page and ends when its Link header is malformed: %s",
    async (link) => {
      server().on("/api/models", page([1], undefined, { link }), page([2]));
      expect(await list().toArray()).toEqual([1]);
      expect(server().requests).toHaveLength(1);
    },
  );
});
