import { longestTimer, onAbort } from "../async/abortable.js";
import { parsePolicy, parseRateLimit, type Policy, type RateLimitState } from "./rate-limit.js";

// Before the first response nobody knows the quota: so many requests may go ahead of it.
const firstProbes = 10;
// In milliseconds: if those take longer to arrive, as many more may follow them.
const patience = 300;
// The Hub tells the time to the end of a window in whole seconds.
const windowTolerance = 1500;

// The Hub has three. Another server could name ever more of them.
const mostBuckets = 16;

interface Waiter {
  start: () => void;
  fail: (error: unknown) => void;
  maxWait: number;
  /** Called before the wait for a window's end, with its length in milliseconds. */
  onWait: ((wait: number) => void) | undefined;
}

/**
 * Keeps the requests of one client inside the Hub's quotas: it lets go as many as the latest response left, and holds the
 * others until the window ends. Where no response speaks of quotas (in browsers), it holds nothing.
 */
export class RateLimiter {
  readonly #buckets = new Map<string, Bucket>();
  #policy: { header: string | null; policy: Policy | undefined } = { header: null, policy: undefined };

  /** Undefined when the request may go at once; else a promise for the moment when it may. */
  admit(
    bucket: string,
    maxWait: number,
    signal: AbortSignal | undefined,
    onWait?: (wait: number) => void,
  ): Promise<void> | undefined {
    return this.#bucket(bucket).admit(maxWait, signal, onWait);
  }

  /** Must follow each admission once, with the response's headers or without a response. */
  settle(bucket: string, headers?: Headers): void {
    const named = headers === undefined ? undefined : parseRateLimit(headers.get("ratelimit"));
    const policy = named === undefined ? undefined : this.#policyOf(headers?.get("ratelimit-policy") ?? null);
    // The Hub knows better which quota a request was counted against.
    if (named !== undefined && named.bucket !== bucket && this.#hasRoom(named.bucket)) {
      this.#bucket(named.bucket).learn(named, policy);
    }
    this.#bucket(bucket).settle(headers !== undefined, named?.bucket === bucket ? named : undefined, policy);
  }

  /** It stays the same for all responses of a bucket, or nearly so. */
  #policyOf(header: string | null): Policy | undefined {
    if (header !== this.#policy.header) this.#policy = { header, policy: parsePolicy(header) };
    return this.#policy.policy;
  }

  get states(): Record<string, RateLimitState> {
    const known = [...this.#buckets].flatMap(([name, { state }]) =>
      state === undefined ? [] : [[name, state] as const],
    );
    return Object.fromEntries(known);
  }

  #hasRoom(name: string): boolean {
    return this.#buckets.has(name) || this.#buckets.size < mostBuckets;
  }

  #bucket(name: string): Bucket {
    let bucket = this.#buckets.get(name);
    if (bucket === undefined) this.#buckets.set(name, (bucket = new Bucket()));
    return bucket;
  }
}

class Bucket {
  #remaining: number | undefined;
  /** By `performance.now()`, which nobody can set. */
  #resetAt = 0;
  #policy: Policy | undefined;
  #silent = false;
  #probes = firstProbes;
  /** How much later a window ends than the Hub tells, in milliseconds: it may round the seconds down. */
  #lag = 0;
  #inFlight = 0;
  #waiting: Waiter[] = [];
  /** Whether those who wait know for how long. */
  #isAnnounced = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #impatience: ReturnType<typeof setTimeout> | undefined;

  get state(): RateLimitState | undefined {
    if (this.#remaining === undefined) return undefined;
    const reset = new Date(Date.now() + this.#resetAt - performance.now());
    return { remaining: this.#remaining, reset, ...this.#policy };
  }

  admit(
    maxWait: number,
    signal: AbortSignal | undefined,
    onWait: ((wait: number) => void) | undefined,
  ): Promise<void> | undefined {
    const now = performance.now();
    if ((this.#waiting.length === 0 && this.#free(now) > 0) || this.#isTooLong(maxWait, now)) {
      this.#inFlight += 1;
      return undefined;
    }
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        maxWait,
        onWait,
        start: () => {
          forget();
          resolve();
        },
        fail: (error) => {
          forget();
          this.#waiting.splice(this.#waiting.indexOf(waiter), 1);
          this.#schedule();
          reject(error as Error);
        },
      };
      const forget = onAbort(signal, () => waiter.fail(signal?.reason));
      this.#waiting.push(waiter);
      if (this.#isAnnounced) this.#announce([waiter]);
      this.#schedule();
    });
  }

  settle(
    responded: boolean,
    limit: { remaining: number; seconds: number } | undefined,
    policy: Policy | undefined,
  ): void {
    this.#inFlight -= 1;
    if (limit !== undefined) this.learn(limit, policy);
    else if (responded && this.#remaining === undefined) this.#silent = true;
    this.#release();
  }

  learn({ remaining, seconds }: { remaining: number; seconds: number }, policy: Policy | undefined): void {
    // A window that should be over, and is not.
    if (remaining === 0 && this.#remaining === undefined && this.#probes === 1) this.#lag = 1000;
    const resetAt = performance.now() + seconds * 1000 + this.#lag;
    const sameWindow = this.#remaining !== undefined && resetAt < this.#resetAt + windowTolerance;
    // Responses overtake each other; within a window the smallest number is the newest.
    this.#remaining = sameWindow ? Math.min(remaining, this.#remaining ?? remaining) : remaining;
    // Whole seconds name the window's end too late rather than too early; the earliest is the nearest.
    this.#resetAt = sameWindow ? Math.min(resetAt, this.#resetAt) : resetAt;
    this.#policy = policy ?? this.#policy;
    this.#isAnnounced &&= sameWindow;
    this.#silent = false;
  }

  #free(now: number): number {
    if (this.#silent) return Infinity;
    if (this.#remaining !== undefined && now >= this.#resetAt) {
      // A new window, of which nothing is known yet: one request goes ahead to find out.
      this.#remaining = undefined;
      this.#isAnnounced = false;
      this.#probes = 1;
    }
    return (this.#remaining ?? this.#probes) - this.#inFlight;
  }

  /** A wait that is too long is the server's to refuse: its response says how long. */
  #isTooLong(maxWait: number, now: number): boolean {
    return this.#resetAt - now > maxWait;
  }

  #release(): void {
    const now = performance.now();
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      if (this.#free(now) <= 0 && !this.#isTooLong(next.maxWait, now)) break;
      this.#inFlight += 1;
      this.#waiting.shift();
      next.start();
    }
    this.#schedule();
  }

  /** A timer runs only while somebody waits: for the window's end, or for what went ahead to find out. */
  #schedule(): void {
    const known = this.#remaining !== undefined;
    if (this.#waiting.length === 0 || known) {
      clearTimeout(this.#impatience);
      this.#impatience = undefined;
    }
    clearTimeout(this.#timer);
    if (this.#waiting.length === 0) return;
    if (known) {
      this.#timer = setTimeout(() => this.#release(), Math.min(this.#untilReset(), longestTimer));
      if (!this.#isAnnounced) this.#announce([...this.#waiting]);
    } else {
      this.#impatience ??= setTimeout(() => {
        this.#impatience = undefined;
        this.#probes = this.#inFlight + firstProbes;
        this.#release();
      }, patience);
    }
  }

  /** Says how long they wait for the end of the window. */
  #announce(waiters: readonly Waiter[]): void {
    this.#isAnnounced = true;
    for (const { onWait, fail } of waiters) {
      try {
        onWait?.(this.#untilReset());
      } catch (error) {
        fail(error);
      }
    }
  }

  /** In milliseconds, and a little longer. */
  #untilReset(): number {
    return Math.max(0, this.#resetAt - performance.now()) + 20;
  }
}
