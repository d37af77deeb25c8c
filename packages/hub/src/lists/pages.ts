import { abortWith, onAbort, stopping, untilAborted } from "../async/abortable.js";
import { HubError, HubInputError } from "../errors.js";
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
 * before the items are; `own` is the cursor that leads to the page itself.
 */
export type LoadPage<T> = (
  cursor: string | undefined,
  signal: AbortSignal,
  onNext: (cursor: string | undefined, own?: string) => void,
) => Promise<Page<T>>;

export interface PagesOptions {
  /** The walk ends after so many items. */
  limit?: number | undefined;
  /** Ends the walk, also between pages. */
  signal?: AbortSignal | undefined;
  /** The cursor to begin at. */
  start?: string | undefined;
  /** What the list shows of itself when it is printed. */
  route?: string | undefined;
}

/** An array of items, once it is there; `for await` waits for it as well. */
export interface TakenItems<T> extends Promise<T[]>, AsyncIterable<T> {}

/**
 * A list that the Hub hands out in pages. Nothing is requested before you read the first item. Iterating it gives
 * items; each iteration starts anew.
 *
 * @example
 * for await (const model of hub.models.list({ author: "google" })) console.log(model.id);
 */
export class Pages<T> implements AsyncIterable<T> {
  readonly #load: LoadPage<T>;
  readonly #options: PagesOptions;
  /** The list's route, as in `/api/models/{namespace}/{repo}/commits/{rev}`. */
  readonly route: string | undefined;

  constructor(load: LoadPage<T>, options: PagesOptions = {}) {
    if (options.limit !== undefined && options.limit !== Infinity) count("limit", options.limit);
    this.#load = load;
    this.#options = options;
    this.route = options.route;
  }

  /**
   * The same list from a cursor on, as `page.next` of an earlier walk gave it. A cursor of another list is rejected with
   * a `HubInputError` when the list is read, before any request.
   */
  from(cursor: string): Pages<T> {
    return pagesOf(this.#load, { ...this.#options, start: cursor });
  }

  /** All items as an array. */
  toArray(): Promise<T[]> {
    return this.#gather(Infinity);
  }

  /** The first `count` items; fetches no more pages than they need. */
  take(count: number): TakenItems<T> {
    const { signal } = this.#options;
    const items = this.#gather(count);
    return Object.assign(items, {
      async *[Symbol.asyncIterator]() {
        yield* untilAborted(await items, signal);
      },
    });
  }

  [Symbol.asyncIterator](): ItemIterator<T> {
    const walk = new AbortController();
    return new ItemIterator(this.#begin(walk), walk.signal);
  }

  /**
   * Whole pages, each with the cursor of the next one. From the second page on, the page after the one you hold is
   * requested while you work on it.
   */
  pages(): AsyncGenerator<Page<T>, void, undefined> {
    return this.#begin(new AbortController());
  }

  /**
   * One page, and as `next` the cursor of the next one: for lists that a person scrolls. Without a cursor it is the first
   * page.
   *
   * @throws {HubInputError} for a cursor of another list, before any request.
   */
  async page(cursor?: string): Promise<Page<T>> {
    const start = cursor ?? this.#options.start;
    const walk = pagesOf(this.#load, { ...this.#options, start }).pages();
    const { value } = await walk.next();
    await walk.return();
    return value ?? { items: [] };
  }

  async #gather(atMost: number | undefined): Promise<T[]> {
    if (atMost === undefined) throw new HubInputError("take() needs a number of items; toArray() returns all of them");
    if (atMost !== Infinity) count("count", atMost);
    const limit = Math.min(atMost, this.#options.limit ?? Infinity);
    const items: T[] = [];
    for await (const page of pagesOf(this.#load, { ...this.#options, limit }).pages()) {
      for (const item of page.items) items.push(item);
    }
    return items;
  }

  #begin(walk: AbortController): AsyncGenerator<Page<T>, void, undefined> {
    return stopping(this.#walk(walk), () => walk.abort());
  }

  async *#walk(walk: AbortController): AsyncGenerator<Page<T>, void, undefined> {
    const { limit = Infinity, signal, start } = this.#options;
    const forget = abortWith(signal, walk);
    try {
      walk.signal.throwIfAborted();
      let left = limit;
      if (left === 0) return;
      const begin = (cursor: string | undefined): Loading<T> => new Loading(this.#load, cursor, walk.signal);
      const loops = new LoopGuard();
      let loading = begin(start);
      // No page links to the next one: V8 in Node 20 keeps an old one alive, and it would keep all pages after it.
      let ahead: Loading<T> | undefined;
      let expected: number | undefined;
      for (;;) {
        // The consumer waits for this page, so its follower may start as soon as its address is known.
        if (expected !== undefined && left > expected) loading.onNext((cursor) => (ahead ??= begin(cursor)));
        const page = await loading.page;
        // It may have arrived before the signal ended the walk.
        walk.signal.throwIfAborted();
        const items = page.items.length > left ? page.items.slice(0, left) : page.items;
        left -= items.length;
        loops.first ??= loading.cursor;
        yield items === page.items ? page : cutPage(page, items);
        walk.signal.throwIfAborted();
        const { next } = page;
        if (next === undefined || left === 0) return;
        loops.check(next);
        expected = page.items.length;
        // A page that had to be fetched again may name another follower than at first.
        loading = ahead?.cursor === next ? ahead : begin(next);
        ahead = undefined;
      }
    } finally {
      // A consumer that stops early wants nothing of what is under way.
      forget();
      walk.abort();
    }
  }
}

/** Outside the class: bundlers rename a class that refers to itself, and console.log shows that name. */
function pagesOf<T>(load: LoadPage<T>, options: PagesOptions): Pages<T> {
  return new Pages(load, options);
}

/** The items of pages, one by one; written out, because a generator costs several promises an item. */
export class ItemIterator<T> implements AsyncIterableIterator<T> {
  readonly #pages: AsyncGenerator<Page<T>, void, undefined>;
  #items: T[] = [];
  #index = 0;
  /** Whoever asks for several items at once gets them in their order. */
  #turn: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  readonly #signal: AbortSignal;

  constructor(pages: AsyncGenerator<Page<T>, void, undefined>, signal: AbortSignal) {
    this.#pages = pages;
    this.#signal = signal;
    // To look at the signal before each item would cost more than to be called once.
    onAbort(signal, () => (this.#items = []));
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
        if (!this.#signal.aborted) this.#items = value.items;
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

/** One page on its way. */
class Loading<T> {
  cursor: string | undefined;
  readonly page: Promise<Page<T>>;
  #next: string | undefined;
  #act: ((next: string) => void) | undefined;

  constructor(load: LoadPage<T>, cursor: string | undefined, signal: AbortSignal) {
    this.cursor = cursor;
    this.page = load(cursor, signal, (next, own) => {
      this.cursor ??= own;
      this.#next = next;
      this.#tell();
    });
    // Whoever awaits the page gets its error; a page that nobody came to fetch fails in silence.
    this.page.catch(() => undefined);
  }

  /** Calls back once it is known that a page follows. */
  onNext(act: (next: string) => void): void {
    this.#act = act;
    this.#tell();
  }

  #tell(): void {
    if (this.#next !== undefined) this.#act?.(this.#next);
  }
}

/**
 * Notices that cursors repeat. A set of all cursors would grow with the list; this remembers the first one and another
 * one, which it replaces after 1, 2, 4, 8… pages (Brent's algorithm). So memory is constant, and a loop is found before
 * the walk is three times as long as all different pages.
 */
class LoopGuard {
  first: string | undefined;
  #remembered: string | undefined;
  #steps = 0;
  #limit = 1;

  check(cursor: string): void {
    if (cursor === this.first || cursor === this.#remembered) {
      throw new HubError("the list leads back to a page that was there before");
    }
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
