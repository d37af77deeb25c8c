import { json, rateLimited } from "./responses.js";
import type { Handler } from "./fault-server.js";

/** A fixed window, as the Hub keeps one: so many requests, then 429 until the window is over. */
export class Quota {
  readonly #quota: number;
  readonly #window: number;
  readonly #round: (seconds: number) => number;
  #began = -Infinity;
  #used = 0;
  refused = 0;

  /** `window` in seconds; `round` makes whole seconds of what is left of it. */
  constructor(quota: number, window: number, round: (seconds: number) => number = Math.ceil) {
    this.#quota = quota;
    this.#window = window;
    this.#round = round;
  }

  /** Counts each request and reports what is left; responds within the quota. */
  respondWith(value: unknown): Handler {
    return (exchange) => {
      const now = performance.now() / 1000;
      if (now >= this.#began + this.#window) {
        this.#began = now;
        this.#used = 0;
      }
      const allowed = this.#used < this.#quota;
      if (allowed) this.#used += 1;
      else this.refused += 1;
      const seconds = this.#round(this.#began + this.#window - now);
      const headers = {
        ratelimit: `"api";r=${this.#quota - this.#used};t=${seconds}`,
        "ratelimit-policy": `"fixed window";"api";q=${this.#quota};w=${this.#window}`,
      };
      return (allowed ? json(value, { headers }) : rateLimited(headers))(exchange);
    };
  }
}
