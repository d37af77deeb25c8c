import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Hub } from "../../src/hub.js";
import type { RequestEvent } from "../../src/options.js";
import { serve, type Visit } from "../servers/event-server.js";
import { eventOf, followServed, lineAt, logOf, sentLines } from "../servers/log-server.js";
import { cut } from "../servers/numbered-events.js";

const names = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => `line ${from + index}`);
const ten = logOf(10);
const hundred = logOf(100);

beforeEach(() => {
  // No jitter: connections come back at once.
  vi.spyOn(Math, "random").mockReturnValue(0);
});

afterEach(() => vi.restoreAllMocks());

describe("after a reconnect, a log delivers exactly what is new", () => {
  it("when the server sends everything again", async () => {
    const followed = await followServed(
      ten,
      undefined,
      { written: 4, cutAfter: 4 },
      { written: 6, cutAfter: 2 },
      { written: 7, cutAfter: 7 },
      { written: 8, more: 2 },
    );
    expect(followed).toEqual({ lines: names(1, 10), gaps: [], requested: ["logs", "logs", "logs", "logs"] });
  });

  it.each([
    ["begins later", { from: 2 }],
    ["begins with the last line", { from: 3 }],
    ["leaves out older lines", { omits: (index: number) => index < 3 && index !== 1 }],
    ["sends older lines twice", { copies: (index: number) => (index === 1 ? 2 : 1) }],
    ["sends each line twice", { copies: () => 2 }],
    ["sends each line twice, beginning later", { from: 2, copies: () => 2 }],
    ["sends every other line three times", { copies: (index: number) => (index % 2 === 0 ? 3 : 1) }],
    ["goes back to a line that it has sent", { again: 2 }],
    ["goes back to a new line that it has sent", { again: 5 }],
    ["goes back to its start", { again: 0 }],
  ])("when the server %s", async (_, replay) => {
    const followed = await followServed(
      ten,
      undefined,
      { written: 4, cutAfter: 4 },
      { written: 7, more: 3, ...replay },
    );
    expect(followed).toMatchObject({ lines: names(1, 10), gaps: [] });
  });

  it("when new lines are left out, of those that are sent", async () => {
    const omits = (index: number): boolean => index % 2 === 1;
    const followed = await followServed(ten, undefined, { written: 5, cutAfter: 5 }, { written: 8, more: 2, omits });
    expect(followed).toMatchObject({ lines: [...names(1, 5), "line 7", "line 9"], gaps: [] });
  });

  it("when it began with a tail", async () => {
    const followed = await followServed(
      hundred,
      4,
      { written: 90, more: 2, cutAfter: 7 },
      { written: 95, cutAfter: 94 },
      { written: 95, more: 5 },
    );
    expect(followed).toEqual({
      lines: ["line 1", ...names(87, 100)],
      gaps: [],
      requested: ["logs?tail=4", "logs", "logs"],
    });
  });

  it("when it began with a tail in the middle of lines of one moment", async () => {
    const burst = [...logOf(3), ...names(4, 12).map((data) => lineAt(300, data)), lineAt(400, "line 13")];
    const followed = await followServed(burst, 3, { written: 10, cutAfter: 4 }, { written: 12, more: 1 });
    expect(followed).toMatchObject({ lines: ["line 1", ...names(8, 13)], gaps: [] });
  });

  it("when the tail broke off after the first line of the log", async () => {
    const followed = await followServed(hundred, 4, { written: 90, cutAfter: 1 }, { written: 95, more: 5 });
    expect(followed.lines).toEqual(["line 1", ...names(92, 100)]);
    expect(followed.requested).toEqual(["logs?tail=4", "logs?tail=4"]);
    expect(followed.gaps).toEqual([{ after: "line 1", before: "line 92" }]);
  });

  it("when the log had one line for long, whatever the tail", async () => {
    let clock = 0;
    vi.spyOn(performance, "now").mockImplementation(() => (clock += 10_000));
    const followed = await followServed(ten, 2, { written: 1, cutAfter: 1 }, { written: 8, more: 2 });
    expect(followed).toEqual({ lines: names(1, 10), gaps: [], requested: ["logs?tail=2", "logs"] });
  });

  it("when it began with a tail of nothing, without what was there before", async () => {
    let clock = 0;
    vi.spyOn(performance, "now").mockImplementation(() => (clock += 10_000));
    const followed = await followServed(ten, 0, { written: 5, cutAfter: 1 }, { written: 6, more: 4 });
    expect(followed.lines).toEqual(["line 1", ...names(7, 10)]);
    expect(followed.gaps).toEqual([{ after: "line 1", before: "line 7" }]);
  });

  it("of equal lines with one timestamp", async () => {
    const rows = ["a", "b", "b", "b", "b", "c", "b"].map((data) => lineAt(0, data));
    const log = [...rows, ...["d", "d", "d"].map((data) => lineAt(1, data)), lineAt(2, "d")];
    const cuts = log.map((_, index) => ({ written: log.length, cutAfter: index + 1 }));
    const followed = await followServed(log, undefined, ...cuts, { written: log.length });
    expect(followed).toMatchObject({ lines: log.map(({ data }) => data), gaps: [] });
  });

  it("of lines that are not in the order of their timestamps", async () => {
    const log = [50, 70, 60, 80, 65, 90].map((time) => lineAt(time, `at ${time}`));
    const cuts = log.map((_, index) => ({ written: log.length, cutAfter: index + 1 }));
    const followed = await followServed(log, undefined, ...cuts, { written: log.length });
    expect(followed).toMatchObject({ lines: log.map(({ data }) => data), gaps: [] });
  });

  it("of more lines than are remembered", async () => {
    const long = logOf(5000);
    const followed = await followServed(
      long,
      undefined,
      { written: 4000, cutAfter: 3500 },
      { written: 4500, again: 0, cutAfter: 8600 },
      { written: 5000 },
    );
    expect(followed.lines).toEqual(names(1, 5000));
    expect(followed.gaps).toEqual([]);
  });
});

describe("a log that goes on without the last line delivered", () => {
  it("is delivered with all that is left, and the gap is observed", async () => {
    const followed = await followServed(
      ten,
      undefined,
      { written: 3, cutAfter: 3 },
      { written: 8, from: 5, cutAfter: 2 },
      { written: 9, from: 6, more: 1 },
    );
    expect(followed.lines).toEqual([...names(1, 3), ...names(6, 10)]);
    expect(followed.gaps).toEqual([{ after: "line 3", before: "line 6" }]);
  });

  it("is delivered from within the moment of the last line", async () => {
    const log = [...logOf(2), ...names(3, 8).map((data) => lineAt(200, data)), lineAt(300, "line 9")];
    for (const end of [8, 9]) {
      const followed = await followServed(log, undefined, { written: 4, cutAfter: 4 }, { written: end, from: 6 });
      expect(followed.lines).toEqual([...names(1, 4), ...names(7, end)]);
      expect(followed.gaps).toHaveLength(1);
    }
  });

  it("has a gap even if the first line of the log comes again", async () => {
    const omits = (index: number): boolean => index > 0 && index < 6;
    const followed = await followServed(ten, undefined, { written: 3, cutAfter: 3 }, { written: 10, omits });
    expect(followed.lines).toEqual([...names(1, 3), ...names(7, 10)]);
    expect(followed.gaps).toEqual([{ after: "line 3", before: "line 7" }]);
  });

  it("has a gap if it ends before that line", async () => {
    const followed = await followServed(ten, undefined, { written: 5, cutAfter: 5 }, { written: 2 });
    expect(followed).toMatchObject({ lines: names(1, 5), gaps: [{ after: "line 5", before: undefined }] });
  });

  it("has a gap where lines come to light that an earlier connection left out", async () => {
    const omits = (index: number): boolean => index === 2 || index === 3;
    const followed = await followServed(ten, undefined, { written: 6, omits, cutAfter: 4 }, { written: 10 });
    expect(followed.lines).toEqual([...names(1, 2), ...names(5, 10)]);
    expect(followed.gaps).toEqual([{ after: "line 3", before: "line 4" }]);
  });

  it("has a gap where such a line comes to light between equal ones", async () => {
    const log = ["a", "b", "a"].map((data) => lineAt(0, data)).concat(lineAt(1, "c"));
    const omits = (index: number): boolean => index === 1;
    const followed = await followServed(log, undefined, { written: 3, omits, cutAfter: 2 }, { written: 4 });
    expect(followed.lines).toEqual(["a", "a", "c"]);
    expect(followed.gaps).toHaveLength(1);
  });

  it("tells the gap by the request and the timestamps around it", async () => {
    const observed: RequestEvent[] = [];
    const sends =
      (from: number, to: number, breaks: boolean) =>
      ({ response }: Visit): void => {
        response.writeHead(200, { "content-type": "text/event-stream" });
        response.write(sentLines(ten, undefined, { written: to, from }).map(eventOf).join(""));
        if (breaks) cut(response);
        else response.end();
      };
    const { url } = await serve(sends(0, 2, true), sends(5, 6, false));
    const hub = new Hub({ endpoint: url, token: null, observe: (event) => observed.push(event) });
    const lines = [];
    for await (const line of hub.spaces.streamLogs({ repo: "ns/space" })) lines.push(line);
    expect(lines).toEqual([ten[0], ten[1], ten[5]]);
    expect(observed.filter(({ type }) => type === "gap")).toEqual([
      {
        type: "gap",
        call: 2,
        startTime: expect.any(Number),
        method: "GET",
        url: `${url}/api/spaces/ns/space/logs/run`,
        after: "2026-05-12T12:00:00.100Z",
        before: "2026-05-12T12:00:00.500Z",
      },
    ]);
  });
});

describe("a log line", () => {
  const follow = async (...connections: string[][]): Promise<{ lines: unknown[]; ids: unknown[]; gaps: unknown[] }> => {
    const { url, visits } = await serve(
      ...connections.map((events, index) => ({ response }: Visit): void => {
        response.writeHead(200, { "content-type": "text/event-stream" });
        response.write(events.map((event) => `${event}\n\n`).join(""));
        if (index < connections.length - 1) cut(response);
        else response.end();
      }),
    );
    const gaps: unknown[] = [];
    const observe = (event: RequestEvent): unknown => event.type === "gap" && gaps.push(event);
    const hub = new Hub({ endpoint: url, token: null, observe });
    const lines: unknown[] = [];
    for await (const line of hub.jobs.streamLogs({ namespace: "ns", jobId: "1" })) lines.push(line);
    return { lines, ids: visits.map(({ headers }) => headers["last-event-id"]), gaps };
  };
  const data = (timestamp: string, text: string): string => `data: ${JSON.stringify({ timestamp, data: text })}`;

  it("is known by its timestamp however many digits that has", async () => {
    const { lines, gaps } = await follow(
      [data("2026-05-12T12:00:00Z", "a"), data("2026-05-12T12:00:00.250123456Z", "b")],
      [data("2026-05-12T12:00:00.000Z", "a"), data("2026-05-12T12:00:00.250Z", "b"), data("2026-05-12T12:00:01Z", "c")],
    );
    expect(lines.map((line) => (line as { data: string }).data)).toEqual(["a", "b", "c"]);
    expect(gaps).toEqual([]);
  });

  it("is known however its reader changes it", async () => {
    const sends =
      (length: number, breaks: boolean) =>
      ({ response }: Visit): void => {
        response.writeHead(200, { "content-type": "text/event-stream" });
        response.write(ten.slice(0, length).map(eventOf).join(""));
        if (breaks) cut(response);
        else response.end();
      };
    const { url } = await serve(sends(3, true), sends(4, true), sends(5, false));
    const lines: string[] = [];
    for await (const line of new Hub({ endpoint: url, token: null }).jobs.streamLogs({ namespace: "ns", jobId: "1" })) {
      lines.push(line.data);
      line.data = "seen";
      line.timestamp = undefined;
    }
    expect(lines).toEqual(names(1, 5));
  });

  it("is known by its text where it has no timestamp", async () => {
    const { lines, gaps } = await follow(
      ["data: ===== started =====", 'data: {"data":"a"}', 'data: {"data":"a"}'],
      ["data: ===== started =====", ...Array<string>(3).fill('data: {"data":"a"}'), 'data: {"level":1}'],
    );
    expect(lines).toEqual(["===== started =====", { data: "a" }, { data: "a" }, { data: "a" }, { level: 1 }]);
    expect(gaps).toEqual([]);
  });

  it("with an id is not sent again by a server that goes on after it", async () => {
    const { lines, ids, gaps } = await follow(
      [`id: 1\n${data("2026-05-12T12:00:00Z", "a")}`],
      [`id: 2\n${data("2026-05-12T12:00:00Z", "a")}`],
    );
    expect(lines).toHaveLength(2);
    expect(ids).toEqual([undefined, "1"]);
    expect(gaps).toEqual([]);
  });

  it("with an id that cannot be sent is known by its timestamp", async () => {
    const first = `id: 🤗\n${data("2026-05-12T12:00:00Z", "a")}`;
    const { lines, ids } = await follow([first], [first, `id: 2\n${data("2026-05-12T12:00:01Z", "b")}`]);
    expect(lines).toHaveLength(2);
    expect(ids).toEqual([undefined, undefined]);
  });
});
