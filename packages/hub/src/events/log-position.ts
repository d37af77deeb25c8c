import type { Schema } from "@hf-api/raw";

/** How many of the latest lines to remember: servers repeat lines, and send some of them out of order. */
const remembered = 1000;

/**
 * Where the reader of a log is. Log events have no ids, and a new connection sends the log again, or a part of it. The
 * timestamp and the text of a line tell whether it was delivered; what comes after the last line delivered is new. Of
 * lines that are equal to it, as many are new as were not delivered.
 */
export class LogPosition<E extends { readonly data: unknown }> {
  readonly #tail: number | undefined;
  readonly #onGap: OnGap;
  /** What was delivered since the last reconnect: most connections never break, and need no more of it. */
  #unread: Content[] = [];
  /** How often each of the latest lines was delivered; the key begins with its time. */
  readonly #lines = new Map<string, number>();
  /** The time of the oldest of them, if older ones exist. */
  #oldest: number | undefined;
  #last: Line | undefined;
  /** The latest time of any line delivered. */
  #latest = -Infinity;
  #delivered = 0;
  /** Whether lines are missing before the next one to remember. */
  #skips = false;
  #settled = false;
  /** The time of the line before, which a line without a timestamp takes over. */
  #previous = -Infinity;
  #replay: Replay<E> | undefined;

  constructor(tail: number | undefined, onGap: OnGap) {
    this.#tail = tail;
    this.#onGap = onGap;
  }

  /**
   * How many of the latest lines the next connection must request; `undefined` means all. With a tail the Hub sends the
   * first line of the log before it, so that line alone is no position: the lines up to the tail were never wanted.
   */
  get tail(): number | undefined {
    return this.#settled || this.#delivered > 1 ? undefined : this.#tail;
  }

  /** A connection stayed open: if only one line came, the log had no other. */
  settle(): void {
    this.#settled = this.#delivered > 0 && this.#tail !== 0;
  }

  /** Begins a connection; `resumed` if the server itself goes on after the last event. */
  begin(resumed: boolean): void {
    for (const content of this.#unread) this.#add(this.#read(content));
    this.#unread = [];
    this.#previous = -Infinity;
    this.#replay =
      resumed || this.#last === undefined
        ? undefined
        : {
            last: this.#last,
            complete: this.tail === undefined,
            time: -Infinity,
            seen: new Map(),
            held: [],
            missed: [],
            caughtUp: false,
            continuous: false,
            duplicates: false,
          };
  }

  /** Returns what the event makes deliverable. */
  take(event: E): E[] {
    const content = contentOf(event.data);
    if (this.#replay !== undefined) return this.#select({ ...this.#read(content), event }, this.#replay);
    this.#delivered += 1;
    if (this.#unread.push(content) > 2 * remembered) {
      this.#unread = this.#unread.slice(remembered);
      this.#skips = true;
    }
    return [event];
  }

  /** Returns what is left when the stream ends. */
  end(): E[] {
    return this.#replay === undefined || this.#replay.caughtUp ? [] : this.#deliver([], this.#replay);
  }

  #select(line: HeldLine<E>, replay: Replay<E>): E[] {
    const { key, time } = line;
    // A server that goes back sends lines again: they count anew.
    if (time !== replay.time) replay.seen.clear();
    replay.time = time;
    const seen = (replay.seen.get(key) ?? 0) + 1;
    replay.seen.set(key, seen);
    const count = this.#lines.get(key) ?? 0;
    if (count > 0 && (seen <= count || replay.duplicates)) {
      this.#miss(replay);
      if (!replay.caughtUp && key === replay.last.key && seen >= count) this.#catchUp(replay);
      return [];
    }
    if (this.#oldest !== undefined && time < this.#oldest) return [];
    if (replay.caughtUp || time > this.#latest) return this.#deliver([line], replay);
    // Whether it is new depends on whether a line that was delivered comes after it.
    replay.held.push(line);
    return [];
  }

  /** Lines that precede one that was delivered are copies, or too late for their place. */
  #miss(replay: Replay<E>): void {
    for (const line of replay.held) {
      // Of the time of the oldest, a tail may have left out some.
      const isWanted = line.time !== this.#oldest;
      if (isWanted && this.#lines.has(line.key)) {
        replay.duplicates = true;
        continue;
      }
      this.#remember(line);
      if (isWanted) replay.missed.push(line);
    }
    replay.held = [];
  }

  /** What follows is new. */
  #catchUp(replay: Replay<E>): void {
    const { missed } = replay;
    if (missed.length > 0) this.#onGap(missed[0]?.timestamp, missed.at(-1)?.timestamp);
    replay.caughtUp = true;
    // After a tail, lines may be missing that were written in between.
    replay.continuous = replay.complete;
  }

  #deliver(newer: HeldLine<E>[], replay: Replay<E>): E[] {
    const lines = [...replay.held.filter(({ time }) => time >= replay.last.time), ...newer];
    if (!replay.continuous) this.#onGap(replay.last.timestamp, lines[0]?.timestamp);
    replay.held = [];
    replay.caughtUp = replay.continuous = true;
    for (const line of lines) this.#add(line);
    this.#delivered += lines.length;
    return lines.map(({ event }) => event);
  }

  #add(line: Line): void {
    const { time } = line;
    if (this.#skips) this.#oldest = time;
    // After the first line of the log, a tail leaves lines out.
    this.#skips = this.#tail !== undefined && this.#last === undefined;
    this.#remember(line);
    this.#last = line;
    if (time > this.#latest) this.#latest = time;
  }

  #remember({ key }: Line): void {
    this.#lines.set(key, (this.#lines.get(key) ?? 0) + 1);
    if (this.#lines.size > 2 * remembered) this.#forget();
  }

  #forget(): void {
    for (const key of this.#lines.keys()) {
      if (this.#lines.size === remembered) {
        this.#oldest = parseFloat(key);
        return;
      }
      this.#lines.delete(key);
    }
  }

  #read({ timestamp, text }: Content): Line {
    const parsed = timestamp === undefined ? NaN : Date.parse(timestamp);
    const time = Number.isNaN(parsed) ? this.#previous : parsed;
    this.#previous = time;
    return { timestamp, time, key: `${time} ${text}` };
  }
}

/** Copied at once: who reads the line may change it. */
function contentOf(data: unknown): Content {
  const { data: text, timestamp } = (typeof data === "object" && data !== null ? data : { data }) as Partial<LogLine>;
  return { timestamp, text: typeof text === "string" ? text : JSON.stringify(data) };
}

/** Hears the timestamps of the lines before and after a gap, as far as there are any. */
export type OnGap = (after: string | undefined, before: string | undefined) => void;

type LogLine = Schema<"LogLine">;

interface Content {
  timestamp: string | undefined;
  text: string;
}

interface Line {
  timestamp: string | undefined;
  /** In milliseconds: servers write the same timestamp with more or fewer digits. */
  time: number;
  /** Time and text. */
  key: string;
}

interface HeldLine<E> extends Line {
  event: E;
}

/** What a connection that repeats lines has sent so far. */
interface Replay<E> {
  /** The last line that was delivered before. */
  readonly last: Line;
  /** Whether the whole log was requested. */
  readonly complete: boolean;
  /** The time of the line before. */
  time: number;
  /** How often each line of that time came. */
  readonly seen: Map<string, number>;
  /** Lines that are unknown, and not newer than all others. */
  held: HeldLine<E>[];
  /** Those of them that turned out to be too late. */
  readonly missed: Line[];
  /** Whether the lines that come now are new. */
  caughtUp: boolean;
  /** Whether no line can be missing before them, or that was told. */
  continuous: boolean;
  /** Whether the server sends lines more often than the log has them. */
  duplicates: boolean;
}
