import { describe, expect, it } from "vitest";
import { HubInputError } from "../../src/errors.js";
import { json, page } from "../servers/responses.js";
import { failure, hubAt, useFaultServer } from "../servers/setup.js";
import { noneUnderWay } from "../servers/waits.js";

const server = useFaultServer();
const first = "/api/models?author=ada&limit=2";
const second = "/api/models?author=ada&limit=2&cursor=b";

const list = (input = {}, signal?: AbortSignal): ReturnType<ReturnType<typeof hubAt>["models"]["list"]> =>
  hubAt(server().url).models.list({ author: "ada", pageSize: 2, ...input }, { signal });

/** Two pages, and the third and last one. */
function threePages(): void {
  server().on("/api/models", (exchange) => {
    const cursor = new URL(exchange.request.path, "http://x").searchParams.get("cursor");
    if (cursor === null) return page([1, 2], second)(exchange);
    return cursor === "b" ? page([3, 4], `${second}c`)(exchange) : page([5])(exchange);
  });
}

const asked = (): string[] => server().requests.map(({ path }) => path);

describe("page()", () => {
  it("gives the first page and where the next one is, in one request", async () => {
    threePages();
    const { items, next } = await list().page();
    expect(items).toEqual([1, 2]);
    await noneUnderWay(server().url);
    expect(asked()).toEqual([first]);
    expect(next).toBe(second);
  });

  it("goes on from a cursor, until there is none", async () => {
    threePages();
    const seen: unknown[] = [];
    let cursor: string | undefined;
    do {
      const { items, next } = await list().page(cursor);
      seen.push(...items);
      cursor = next;
    } while (cursor !== undefined);
    expect(seen).toEqual([1, 2, 3, 4, 5]);
    await noneUnderWay(server().url);
    expect(asked()).toEqual([first, second, `${second}c`]);
  });

  it("is the page at the cursor that the list begins at", async () => {
    threePages();
    expect((await list().from(second).page()).items).toEqual([3, 4]);
    expect((await list().from(second).page(`${second}c`)).items).toEqual([5]);
  });

  it("heeds the limit of its list, and then names no next page", async () => {
    threePages();
    expect(await list({ limit: 1 }).page()).toEqual({ items: [1] });
    expect(await list({ limit: 0 }).page()).toEqual({ items: [] });
    expect(server().requests).toHaveLength(1);
  });

  it("tells the whole list's size where the Hub does", async () => {
    server().on("/api/models", page([1], undefined, { "x-total-count": "77" }));
    expect(await list().page()).toEqual({ items: [1], total: 77 });
  });

  it("refuses the cursor of another list before any request", async () => {
    const error = await failure(list().page("/api/datasets?cursor=a"));
    expect(error).toBeInstanceOf(HubInputError);
    expect(String(error)).toContain('"/api/datasets" is not of this list, /api/models');
    expect(server().requests).toHaveLength(0);
  });

  it("ends with the reason of its list's signal, and closes the connection", async () => {
    server().on("/api/models", () => undefined);
    const controller = new AbortController();
    const loading = failure(list({}, controller.signal).page());
    await expect.poll(() => server().requests.length).toBe(1);
    const reason = new Error("another search");
    controller.abort(reason);
    expect(await loading).toBe(reason);
    await server().requests[0]?.closed;
  });

  it("rejects with what the Hub refused", async () => {
    server().on("/api/models", json({ error: "gone" }, { status: 410 }));
    expect(await failure(list().page())).toMatchObject({ status: 410 });
  });
});

describe("take()", () => {
  it("needs a number; toArray() takes no number and gives all", async () => {
    threePages();
    const items = list();
    // @ts-expect-error: as JavaScript calls it
    await expect(items.take()).rejects.toThrow("take() needs a number of items; toArray() returns all of them");
    expect(server().requests).toHaveLength(0);
    expect(await items.toArray()).toEqual([1, 2, 3, 4, 5]);
  });
});
