import { describe, expect, it } from "vitest";
import { json } from "../servers/responses.js";
import { failure, hubAt, useFaultServer } from "../servers/setup.js";

const server = useFaultServer();
const collect = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
};

describe("a list with numbered pages", () => {
  const daily = (): ReturnType<ReturnType<typeof hubAt>["papers"]["listDaily"]> =>
    hubAt(server().url).papers.listDaily({ pageSize: 2 });

  it("ends with an error where a cache gives one page for all numbers", async () => {
    server().on("/api/daily_papers", json([{ title: "a" }, { title: "b" }]));
    const seen: unknown[] = [];
    const walk = async (): Promise<void> => {
      for await (const paper of daily()) seen.push(paper.title);
    };
    expect(String(await failure(walk()))).toContain("pages 0 and 1 of /api/daily_papers are the same");
    expect(seen).toEqual(["a", "b"]);
    expect(server().requests).toHaveLength(2);
  });

  it("may be walked twice at once", async () => {
    server().on("/api/daily_papers", ({ request, ...exchange }) => {
      const number = Number(new URL(request.path, "http://x").searchParams.get("p"));
      return json(number < 3 ? [{ title: number }] : [])({ request, ...exchange });
    });
    const papers = daily();
    const walks = await Promise.all([collect(papers), collect(papers)]);
    expect(walks.map((walk) => walk.map(({ title }) => title))).toEqual([
      [0, 1, 2],
      [0, 1, 2],
    ]);
  });
});
