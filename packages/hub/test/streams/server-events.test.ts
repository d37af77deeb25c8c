import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HubError } from "../../src/errors.js";
import { readServerEvents, type ServerEvent } from "../../src/events/server-events.js";

const encoder = new TextEncoder();

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function* cut(bytes: Uint8Array, places: number[]): AsyncGenerator<Uint8Array> {
  const ends = [...new Set(places)].map((place) => place % (bytes.length + 1)).sort((a, b) => a - b);
  let start = 0;
  for (const end of [...ends, bytes.length]) {
    yield bytes.subarray(start, end);
    start = end;
  }
}

async function read(chunks: AsyncIterable<Uint8Array>): Promise<ServerEvent[]> {
  const events: ServerEvent[] = [];
  for await (const event of readServerEvents(chunks)) events.push(event);
  return events;
}

const readText = (text: string): Promise<ServerEvent[]> => read(pieces(encoder.encode(text), Infinity));
const message = (data: string, id?: string): ServerEvent => ({ event: "message", data, id });

describe("reading server-sent events", () => {
  it.each([
    ["LF", "\n"],
    ["CRLF", "\r\n"],
    ["CR", "\r"],
  ])("takes %s as the end of a line", async (_, end) => {
    expect(await readText(["data: a", "", "event: e", "data: b", "data: c", "", ""].join(end))).toEqual([
      message("a"),
      { event: "e", data: "b\nc", id: undefined },
    ]);
  });

  it("takes all line endings in one stream", async () => {
    expect(await readText("data: a\r\ndata: b\rdata: c\n\r\ndata: d\n\r")).toEqual([message("a\nb\nc"), message("d")]);
  });

  it.each([
    ["a value without a space", "data:a\n\n", [message("a")]],
    ["only one space before a value", "data:  a \n\n", [message(" a ")]],
    ["a value with colons", "data: a:b: c\n\n", [message("a:b: c")]],
    ["a field without a colon", "data\n\ndata\ndata\n\n", [message(""), message("\n")]],
    ["empty data", "data:\n\n", [message("")]],
    ["comments", ": keep-alive\n\n:\ndata: a\n: b\n\n", [message("a")]],
    ["fields that nobody knows", "data: a\nfoo: b\n data: c\nDATA: d\nretry: 10\n\n", [message("a")]],
    ["an event without data", "event: e\n\ndata: a\n\n", [message("a")]],
    ["no event that nothing ends", "data: a\n\ndata: b\n", [message("a")]],
    ["no event of a stream that is empty", "", []],
    ["a byte order mark at the start", "\ufeffdata: a\n\n", [message("a")]],
    ["a byte order mark elsewhere as a character", "data: a\n\n\ufeffdata: b\n\n", [message("a")]],
    [
      "ids, which stay until the next one",
      "id: 1\ndata: a\n\ndata: b\n\nid: 2\ndata: c\n\n",
      [message("a", "1"), message("b", "1"), message("c", "2")],
    ],
    ["an empty id", "id: 1\ndata: a\n\nid\ndata: b\n\n", [message("a", "1"), message("b", "")]],
    ["no id with a NUL", "id: 1\u00002\ndata: a\n\n", [message("a")]],
    ["the last of several names", "event: a\nevent: b\ndata\n\n", [{ event: "b", data: "", id: undefined }]],
  ] as const)("takes %s", async (_, text, events) => {
    expect(await readText(text)).toEqual(events);
  });

  it("tells how long the server wants to be left alone, in whole milliseconds, and passes over all else", async () => {
    const waits: number[] = [];
    const lines = ["80", "0", "soon", "-5", "1.5", "", " 7", "1e3", "999999999", "9999999999"];
    const text = lines.map((wait) => `retry:${wait}\n`).join("");
    const events = readServerEvents(pieces(encoder.encode(`${text}data: a\n\n`), 3), (wait) => waits.push(wait));
    expect(await events.next()).toMatchObject({ value: message("a") });
    expect(waits).toEqual([80, 0, 7, 999_999_999]);
  });

  it("gives an event as soon as its empty line is there, even if a line feed may follow", async () => {
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield encoder.encode("data: a\r\r");
      await new Promise(() => undefined);
    }
    expect((await readServerEvents(endless()).next()).value).toEqual(message("a"));
  });

  const mixed = encoder.encode(
    '\ufeff: hello\r\nid: 1\r\ndata: {"text":"grüße 测试 🤗"}\r\n\r\ndata: a\rdata: b\r\revent: é\ndata: 🤗\n\n',
  );

  it.each([1, 2, 3, 7, 64, Infinity])("gives the same events from pieces of %d bytes", async (size) => {
    expect(await read(pieces(mixed, size))).toEqual([
      message('{"text":"grüße 测试 🤗"}', "1"),
      message("a\nb", "1"),
      { event: "é", data: "🤗", id: "1" },
    ]);
  });

  it("gives the same events however the bytes are cut", async () => {
    const line = fc.oneof(
      fc.constantFrom("", "", "data: a", "data:b", "data", "data: ü测🤗", ": c", "event: e", "id: 1", "id", "retry: 5"),
      fc.string({ unit: "binary", maxLength: 8 }),
    );
    const lines = fc.array(fc.tuple(line, fc.constantFrom("\n", "\r", "\r\n")), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(lines, fc.boolean(), fc.array(fc.nat(400), { maxLength: 20 }), async (parts, marked, places) => {
        const bytes = encoder.encode((marked ? "\ufeff" : "") + parts.flat().join(""));
        expect(await read(cut(bytes, places))).toEqual(await read(pieces(bytes, Infinity)));
      }),
      { numRuns: 300 },
    );
  });

  it("gives back what a server wrote", async () => {
    const event = fc.record({
      event: fc.string({ unit: "grapheme", minLength: 1 }).map((text) => `e${text.replace(/[\r\n]/g, "")}`),
      data: fc.string({ unit: "grapheme" }).map((text) => text.replaceAll("\r", "")),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(event), fc.integer({ min: 1, max: 9 }), async (events, size) => {
        const text = events
          .map(({ event: name, data }) => {
            // Not by a pattern: its lines would also begin behind separators that are no line ends here.
            const lines = data.split("\n").map((line) => `data: ${line}\n`);
            return `event: ${name}\n${lines.join("")}\n`;
          })
          .join("");
        expect(await read(pieces(encoder.encode(text), size))).toEqual(
          events.map((written) => ({ ...written, id: undefined })),
        );
      }),
    );
  });

  it.each([
    ["one endless line", "x".repeat(65_536)],
    ["an event of endlessly many lines", `data: ${"x".repeat(65_528)}\n`],
    ["an event of endlessly many empty lines", "data\n".repeat(13_107)],
  ])("refuses %s at 16 MiB", async (_, chunk) => {
    let sent = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield encoder.encode("data: ");
      for (const bytes = encoder.encode(chunk); ; sent += bytes.length) yield bytes;
    }
    await expect(read(endless())).rejects.toThrow(HubError);
    expect(sent).toBeGreaterThan(15 * 1024 * 1024);
    expect(sent).toBeLessThan(6 * 17 * 1024 * 1024);
  });

  it("delivers an event of just under 16 MiB", async () => {
    const data = "x".repeat(16 * 1024 * 1024 - 10);
    const [event] = await read(pieces(encoder.encode(`data: ${data}\n\n`), 65_536));
    expect(event?.data.length).toBe(data.length);
  });
});
