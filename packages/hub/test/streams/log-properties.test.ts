import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LogPosition } from "../../src/events/log-position.js";
import type { LogLine } from "../../src/namespaces/jobs.js";
import { followLog, lineAt, logFetch, sentLines, type FollowedLog, type LogConnection } from "../servers/log-server.js";

/** Follows a log as a stream does, without connections or waits. */
function followed(log: readonly LogLine[], tail: number | undefined, connections: LogConnection[]): FollowedLog {
  const gaps: FollowedLog["gaps"] = [];
  const position = new LogPosition<{ data: LogLine }>(tail, (after, before) => gaps.push({ after, before }));
  const lines = connections.flatMap((connection) => {
    const sent = sentLines(log, position.tail, connection);
    position.begin(false);
    const events = sent.flatMap((data) => position.take({ data }));
    return connection.cutAfter === undefined ? [...events, ...position.end()] : events;
  });
  return { lines: lines.map(({ data }) => data.data), gaps };
}

/** Times that never go back; several lines may have the same. */
const times = fc.array(fc.nat(2), { minLength: 1, maxLength: 12 }).map((steps) => {
  let time = 0;
  return steps.map((step) => (time += step));
});

/** A log of lines that all differ, by number. */
const distinctLog = times.map((all) => all.map((time, index) => lineAt(time, String(index))));
/** The same, with a time of its own for each: it shows where a server goes back, or begins. */
const spacedLog = distinctLog.map((log) => log.map((_, index) => lineAt(index, String(index))));
/** A log with many lines that are equal. */
const repetitiveLog = times.chain((all) =>
  fc
    .array(fc.constantFrom("a", "b"), { minLength: all.length, maxLength: all.length })
    .map((texts) => all.map((time, index) => lineAt(time, texts[index] ?? ""))),
);

/** Connections to a log that grows: each breaks but the last one, which sees the log end. */
function connectionsTo(log: readonly LogLine[], extra: fc.Arbitrary<Partial<LogConnection>>) {
  const one = fc.tuple(fc.nat(log.length), fc.nat(log.length), fc.nat(2 * log.length), extra);
  return fc.array(one, { minLength: 1, maxLength: 5 }).map((all): LogConnection[] => {
    let written = 0;
    return all.map(([has, more, cutAfter, { again, ...rest }], index) => {
      const last = index === all.length - 1;
      written = last ? log.length : Math.max(written, has);
      const connection = { written, more: Math.min(more, log.length - written), ...rest };
      // To send the last line alone again looks like another line that is equal.
      const back = again === undefined ? {} : { again: Math.max(0, Math.min(again, written - 2)) };
      return { ...connection, ...(written > 1 ? back : {}), ...(last ? {} : { cutAfter }) };
    });
  });
}

const plain = fc.constant({});
const late = fc.nat(12).map((from) => ({ from }));
const thinned = fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }).map((omitted) => ({
  omits: (index: number) => omitted[index] === true,
}));
const goingBack = fc.nat(12).map((again) => ({ again }));
const doubled = fc
  .array(fc.integer({ min: 1, max: 3 }), { minLength: 12, maxLength: 12 })
  .map((counts) => ({ copies: (index: number) => counts[index] ?? 1 }));
const tails = fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined });

/** The lines, by number, that a reader wants of these connections: each after the last one before. */
function wanted(log: readonly LogLine[], tail: number | undefined, connections: LogConnection[]): string[] {
  const lines: string[] = [];
  for (const connection of connections) {
    for (const { data } of sentLines(log, lines.length > 1 ? undefined : tail, connection)) {
      if (Number(data) > Number(lines.at(-1) ?? -1)) lines.push(data);
    }
  }
  return lines;
}

/** Whether numbers are left out; the first one may stand before a tail. */
const isBroken = (lines: string[], tail: number | undefined): boolean =>
  (tail === undefined ? lines : lines.slice(1)).some(
    (text, index, all) => index > 0 && Number(text) !== Number(all[index - 1]) + 1,
  );

const withConnections = <T extends readonly LogLine[]>(
  log: fc.Arbitrary<T>,
  extra: fc.Arbitrary<Partial<LogConnection>>,
): fc.Arbitrary<[T, LogConnection[]]> =>
  log.chain((lines) => connectionsTo(lines, extra).map((connections): [T, LogConnection[]] => [lines, connections]));

describe("whatever a server sends again, wherever connections break", () => {
  it.each([
    ["everything", distinctLog, plain],
    ["the later lines", spacedLog, late],
    ["some of the lines", spacedLog, thinned],
    ["lines that it has just sent", spacedLog, goingBack],
  ])("if that is %s, new lines are delivered once and in order", (_, logs, extra) => {
    fc.assert(
      fc.property(withConnections(logs, extra), tails, ([log, others], tail) => {
        // What the first connection sends is delivered as it is.
        const connections = [{ written: 1, cutAfter: 1 }, ...others];
        expect(followed(log, tail, connections).lines).toEqual(wanted(log, tail, connections));
      }),
      { numRuns: 2000 },
    );
  });

  it("no gap is silent, and none is told where there is none", () => {
    fc.assert(
      fc.property(withConnections(distinctLog, late), tails, ([log, connections], tail) => {
        const { lines, gaps } = followed(log, tail, connections);
        if (isBroken(lines, tail)) expect(gaps).not.toEqual([]);
        if (tail === undefined && connections.every(({ from }) => from === 0)) expect(gaps).toEqual([]);
      }),
      { numRuns: 5000 },
    );
  });

  it("lines that are equal are as many as in the log", () => {
    fc.assert(
      fc.property(withConnections(repetitiveLog, plain), ([log, connections]) => {
        expect(followed(log, undefined, connections)).toEqual({ lines: log.map(({ data }) => data), gaps: [] });
      }),
      { numRuns: 2000 },
    );
  });

  it("lines that it sends several times are delivered once, if it does so to a line before the last", () => {
    const extra = doubled.map(({ copies }) => ({ copies: (index: number) => (index === 0 ? 2 : copies(index)) }));
    fc.assert(
      fc.property(withConnections(distinctLog, extra), fc.integer({ min: 2, max: 9 }), ([log, connections], read) => {
        fc.pre(log.length > 1);
        const first = { written: log.length, cutAfter: read };
        const { lines, gaps } = followed(log, undefined, [first, ...connections]);
        expect(lines).toEqual(log.map(({ data }) => data));
        expect(gaps).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("over a stream", () => {
  beforeEach(() => {
    // No jitter: connections come back at once.
    vi.spyOn(Math, "random").mockReturnValue(0);
  });

  afterEach(() => vi.restoreAllMocks());

  it("the same lines are delivered in chunks of any size", async () => {
    const extra = fc.oneof(plain, late, thinned, goingBack);
    await fc.assert(
      fc.asyncProperty(
        withConnections(spacedLog, extra),
        tails,
        fc.integer({ min: 1, max: 90 }),
        async ([log, others], tail, size) => {
          const connections = [{ written: 1, cutAfter: 1 }, ...others];
          const fetch = logFetch(log, connections, size);
          expect(await followLog(log, tail, { fetch })).toMatchObject({ lines: wanted(log, tail, connections) });
        },
      ),
      { numRuns: 40 },
    );
  });
});
