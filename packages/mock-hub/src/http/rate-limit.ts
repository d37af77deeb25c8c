import { json, type Answer } from "./answer.js";
import type { Token } from "../state/accounts.js";

export type Bucket = "api" | "resolvers" | "pages";

export interface RateLimitOptions {
  /** Requests each caller has in a window, by bucket. */
  api?: number;
  resolvers?: number;
  pages?: number;
  /** Seconds. Windows are fixed: all of them start at multiples of this. Default 300. */
  window?: number;
}

type Plan = Record<Bucket, number>;

/** The Hub's own figures for 300 seconds, for those who ask for them. */
const hubPlans: Record<"anonymous" | "free" | "pro", Plan> = {
  anonymous: { api: 500, resolvers: 3_000, pages: 100 },
  free: { api: 1_000, resolvers: 5_000, pages: 200 },
  pro: { api: 2_500, resolvers: 12_000, pages: 400 },
};

// The default must never get in the way of somebody's test suite.
const generous: Plan = { api: 1_000_000, resolvers: 1_000_000, pages: 1_000_000 };

export function bucketOf(path: string): Bucket {
  if (/^\/(?:[^/]+\/){2,3}(?:resolve|raw)\//.test(path) || path.startsWith("/api/resolve-cache/")) return "resolvers";
  return path.startsWith("/api/") ? "api" : "pages";
}

/** Counts requests per caller and bucket in fixed windows. */
export class RateLimit {
  readonly #options: RateLimitOptions | "hub";
  readonly #now: () => number;
  readonly #seconds: number;
  #window = -1;
  #used = new Map<string, number>();

  constructor(options: RateLimitOptions | "hub", now: () => number) {
    this.#options = options;
    this.#now = now;
    this.#seconds = options === "hub" ? 300 : (options.window ?? 300);
  }

  /** Takes one request off the caller's budget, and says what stands in the headers of its response. */
  take(
    bucket: Bucket,
    caller: string,
    token: Token | undefined,
  ): { headers: Record<string, string>; refusal?: Answer } {
    const seconds = this.#now() / 1000;
    const window = Math.floor(seconds / this.#seconds);
    if (window !== this.#window) {
      this.#window = window;
      this.#used.clear();
    }
    const key = `${bucket} ${caller}`;
    const used = (this.#used.get(key) ?? 0) + 1;
    this.#used.set(key, used);
    const quota = this.#quota(bucket, token);
    const reset = Math.ceil((window + 1) * this.#seconds - seconds);
    const headers = {
      ratelimit: `"${bucket}";r=${Math.max(0, quota - used)};t=${reset}`,
      "ratelimit-policy": `"fixed window";"${bucket}";q=${quota};w=${this.#seconds}`,
    };
    return used > quota ? { headers, refusal: refuse(bucket, quota, this.#seconds, token) } : { headers };
  }

  #quota(bucket: Bucket, token: Token | undefined): number {
    if (this.#options !== "hub") return this.#options[bucket] ?? generous[bucket];
    return hubPlans[token ? (token.user.isPro ? "pro" : "free") : "anonymous"][bucket];
  }
}

function refuse(bucket: Bucket, quota: number, seconds: number, token: Token | undefined): Answer {
  const whom = token ? "you" : "your IP (127.0.0.1)";
  return json(
    { error: `We had to rate limit ${whom}: the quota is ${quota} ${bucket} requests per ${seconds} seconds.` },
    429,
  );
}
