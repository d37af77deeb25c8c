/** What the Hub says of one quota, as of its latest response. */
export interface RateLimitState {
  /** Requests left in the current window. */
  remaining: number;
  /** When the window ends and the quota is whole again. */
  reset: Date;
  /** Requests a window allows. */
  quota?: number;
  /** Length of a window in seconds. */
  window?: number;
}

/** `api`: everything under /api. `resolvers`: file downloads. `pages`: the rest. The Hub may add others. */
export type RateLimitBucket = "api" | "resolvers" | "pages" | (string & {});

/** Which quota a request will be counted against. */
export function bucketOf(url: string): RateLimitBucket {
  if (url.includes("/resolve/") || url.includes("/resolve-cache/")) return "resolvers";
  return url.includes("/api/") ? "api" : "pages";
}

interface RateLimitHeader {
  bucket: string;
  remaining: number;
  seconds: number;
}

/** Reads `RateLimit: "api";r=499;t=289`; undefined for anything else. */
export function parseRateLimit(header: string | null): RateLimitHeader | undefined {
  const match = /^\s*"([\w-]{1,40})"\s*;\s*r=(\d{1,9})\s*;\s*t=(\d{1,9})\s*$/.exec(header ?? "");
  if (match === null) return undefined;
  return { bucket: match[1] ?? "", remaining: Number(match[2]), seconds: Number(match[3]) };
}

export interface Policy {
  quota: number;
  window: number;
}

/** Reads `RateLimit-Policy: "fixed window";"api";q=500;w=300`. */
export function parsePolicy(header: string | null): Policy | undefined {
  const match = /;\s*q=(\d{1,9})\s*;\s*w=(\d{1,9})\s*$/.exec(header ?? "");
  return match === null ? undefined : { quota: Number(match[1]), window: Number(match[2]) };
}

/**
 * Seconds that the server wants to be left alone, or undefined where it does not say. The window's end counts only when
 * nothing is left in it: the Hub also responds with 429 for quotas that no header speaks of, such as repositories a day.
 */
export function waitOf(headers: Headers, now: number): number | undefined {
  const limit = parseRateLimit(headers.get("ratelimit"));
  const retryAfter = parseRetryAfter(headers.get("retry-after"), now);
  const window = limit?.remaining === 0 ? limit.seconds : undefined;
  if (retryAfter === undefined || window === undefined) return retryAfter ?? window;
  return Math.max(retryAfter, window);
}

/** Both forms of Retry-After: seconds, or a date. */
function parseRetryAfter(header: string | null, now: number): number | undefined {
  const text = header?.trim() ?? "";
  if (/^\d{1,9}$/.test(text)) return Number(text);
  // A date of HTTP starts with its weekday; Date.parse alone would take "-1" or "2.5" for one.
  const date = /^[A-Za-z]{3,9},? /.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, (date - now) / 1000);
}
