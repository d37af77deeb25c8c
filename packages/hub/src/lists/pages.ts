import { follow, stopping } from "../async/abortable.js";
import { HubError } from "../errors.js";
import { count } from "../inputs/numbers.js";

export interface Page<T> {
  items: T[];
  /**
   * Where the next page begins; hand it to `from()` to go on, in another process as well. Absent on the last page, and
   * on one that `limit` cut: what was cut would be skipped.
   */
  next?: string | undefined;
  /** How many items the whole list has, where the Hub says it. */
  total?: number | undefined;
}

/**
 * Loads the page at a cursor, or the first one. Calls `onNext` as soon as the next cursor is known, which may be long
 * before the items are.
 */
export type LoadPage<T> = (
  cursor: string | undefined,
  signal: AbortSignal,
  onNext: (cursor: string | undefined) => void,
) => Promise<Page<T>>;

export interface PagesOptions {
  /** The walk ends after so many items. */
  limit?: number | undefined;
  /** Ends the walk, also between pages. */
  signal?: AbortSignal | undefined;
  /** The cursor to begin at. */
  start?: string | undefined;
}

/**
 * A list that the Hub hands out in pages. Nothing is requested before the first item is asked for. Iterating it gives
 * items; each iteration starts anew.
 *
 * @example
 * for await (const model of hub.models.list({ author: "google" })) console.log(model.id);
 */
export class Pages<T> implements AsyncIterable<T> {
  readonly #load: LoadPage<T>;
  readonly #options: PagesOptions;

  constructor(load: LoadPage<T>, options: PagesOptions = {}) {
    if (options.limit !== undefined && options.limit !== Infinity) count("limit", options.limit);
    this.#load = load;
    this.#options = options;
  }

  /** The same list from a cursor on, as `page.next` of an earlier walk gave it. */
  from(cursor: string): Pages<T> {
    return new Pages(this.#load, { ...this.#options, start: cursor });
  }

  /** The first `count` items; fetches no more pages than they need. Without `count`, all of them. */
  async take(count: number = Infinity): Promise<T[]> {
    const limit = Math.min(count, this.#options.limit ?? Infinity);
    const items: T[] = [];
    for await (const page of new Pages(this.#load, { ...this.#options, limit }).pages()) {
      for (const item of page.items) items.push(item);
    }
    return items;
  }

  [Symbol.asyncIterator](): ItemIterator<T> {
    return new ItemIterator(this.pages());
  }

  /**
   * Whole pages, each with the cursor of the next one. From the second page on, the page after the one you hold is
   * requested while you work on it.
   */
  pages(): AsyncGenerator<Page<T>, void, undefined> {
    const walk = new AbortController();
    return stopping(this.#walk(walk), () => walk.abort());
  }

  async *#walk(walk: AbortController): AsyncGenerator<Page<T>, void, undefined> {
    const { limit = Infinity, signal, start } = this.#options;
    let left = limit;
    if (left === 0) return;
    const forget = follow(signal, walk);
    const loops = new LoopGuard();
    let number = 1;
    let loading = this.#begin(start, walk.signal);
    try {
      for (;;) {
        // The consumer waits for this page, so its follower may start as soon as its address is known.
        if (number > 1) loading.lookAhead((cursor) => left > loading.expected && this.#begin(cursor, walk.signal));
        const page = await loading.page;
        // It may have arrived before the signal ended the walk.
        walk.signal.throwIfAborted();
        const items = page.items.length > left ? page.items.slice(0, left) : page.items;
        left -= items.length;
        const done = page.next === undefined || left === 0;
        yield items === page.items ? page : cutPage(page, items);
        if (done || page.next === undefined) return;
        loops.check(page.next);
        // A page that had to be fetched again may name another follower than at first.
        const ahead = loading.ahead?.cursor === page.next ? loading.ahead : this.#begin(page.next, walk.signal);
        ahead.expected = page.items.length;
        loading = ahead;
        number += 1;
      }
    } finally {
      // A consumer that stops early wants nothing of what is under way.
      forget();
      walk.abort();
    }
  }

  #begin(cursor: string | undefined, signal: AbortSignal): Loading<T> {
    return new Loading(this.#load, cursor, signal);
  }
}

/** The items of pages, one by one; written out, because a generator costs several promises an item. */
export class ItemIterator<T> implements AsyncIterableIterator<T> {
  readonly #pages: AsyncGenerator<Page<T>, void, undefined>;
  #items: T[] = [];
  #index = 0;
  /** Whoever asks for several items at once gets them in their order. */
  #turn: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  constructor(pages: AsyncGenerator<Page<T>, void, undefined>) {
    this.#pages = pages;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<T, void>> {
    if (this.#waiting === 0 && this.#index < this.#items.length) return Promise.resolve(this.#take());
    this.#waiting += 1;
    const turn = this.#turn.then(() => this.#turnPage());
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async return(): Promise<IteratorReturnResult<void>> {
    await this.#pages.return();
    this.#items = [];
    return { done: true, value: undefined };
  }

  async #turnPage(): Promise<IteratorResult<T, void>> {
    try {
      while (this.#index >= this.#items.length) {
        const { done, value } = await this.#pages.next();
        if (done === true || value === undefined) return { done: true, value: undefined };
        this.#items = value.items;
        this.#index = 0;
      }
      return this.#take();
    } finally {
      this.#waiting -= 1;
    }
  }

  #take(): IteratorYieldResult<T> {
    const value = this.#items[this.#index] as T;
    this.#index += 1;
    return { done: false, value };
  }
}

/** One page on its way, and maybe the one behind it. */
class Loading<T> {
  readonly cursor: string | undefined;
  readonly page: Promise<Page<T>>;
  /** How many items the page before had: a guess at how many this one will bring. */
  expected = 0;
  ahead: Loading<T> | undefined;
  #next: { cursor: string | undefined } | undefined;
  #start: ((cursor: string) => Loading<T> | false) | undefined;

  constructor(load: LoadPage<T>, cursor: string | undefined, signal: AbortSignal) {
    this.cursor = cursor;
    this.page = load(cursor, signal, (next) => {
      this.#next = { cursor: next };
      this.#launch();
    });
    // Whoever awaits the page hears of its failure; a page that nobody came to fetch fails in silence.
    this.page.catch(() => undefined);
  }

  lookAhead(start: (cursor: string) => Loading<T> | false): void {
    this.#start = start;
    this.#launch();
  }

  #launch(): void {
    if (this.#start === undefined || this.#next?.cursor === undefined || this.ahead !== undefined) return;
    this.ahead = this.#start(this.#next.cursor) || undefined;
  }
}

/** Notices that cursors repeat, in constant memory: compares each with one that it remembers ever longer (Brent). */
class LoopGuard {
  #remembered: string | undefined;
  #steps = 0;
  #limit = 1;

  check(cursor: string): void {
    if (cursor === this.#remembered) throw new HubError("the list leads back to a page that was there before");
    this.#steps += 1;
    if (this.#steps === this.#limit) {
      this.#remembered = cursor;
      this.#steps = 0;
      this.#limit *= 2;
    }
  }
}

function cutPage<T>({ next: _next, ...page }: Page<T>, items: T[]): Page<T> {
  return { ...page, items };
}
