import { unlessAborted } from "../async/abortable.js";
import { runCallback } from "../async/run-callback.js";
import { HubError, HubInputError } from "../errors.js";
import type { Fetch, RequestEvent, Settings } from "../options.js";
import type { Attempt } from "./attempt.js";
import { connectionError, observed, type SentRequest } from "./error-response.js";
import { foreignFetch } from "./foreign-fetch.js";
import { bucketOf } from "./rate-limit.js";
import { RateLimiter } from "./rate-limiter.js";
import { fetchFollowing, fetchOnce, type FollowedResponse } from "./redirects.js";
import { Secrets } from "./secrets.js";
import { checkUnread } from "./sent-body.js";

/** What a request needs of an attempt. */
export type Try = Pick<Attempt, "number" | "signal" | "maxWait" | "startTimeout" | "pauseTimeout" | "runCallback">;

/** What fetch gets beside the URL. The headers are a record under lower-case names, so that each is there once. */
export interface Outgoing extends RequestInit {
  method: string;
  headers: Record<string, string>;
  signal: AbortSignal;
}

/** Makes one request and takes its response: with the token where it belongs, within the Hub's quotas, redirects included. */
export class Exchange {
  readonly limiter: RateLimiter = new RateLimiter();
  /** The tokens that were sent. */
  readonly secrets: Secrets = new Secrets();
  /** Whether the caller gave the fetch, which may work in its own way. */
  readonly isForeign: boolean;
  readonly #fetch: Fetch;
  readonly #settings: Settings;
  /** What the URL of each request to the Hub starts with. */
  readonly #base: string;
  #calls = 0;

  constructor(settings: Settings) {
    this.#settings = settings;
    this.#base = `${settings.endpoint}/`;
    const { fetch = globalThis.fetch } = settings;
    this.isForeign = fetch !== globalThis.fetch;
    this.#fetch = this.isForeign ? foreignFetch(fetch) : fetch;
  }

  get endpoint(): string {
    return this.#settings.endpoint;
  }

  /** The headers that each request to the Hub has, under lower-case names. */
  get headers(): Readonly<Record<string, string>> {
    return this.#settings.headers;
  }

  /** Whether a URL is one of the Hub's, which alone gets the token. */
  isOwn(url: string): boolean {
    return url.startsWith(this.#base);
  }

  /** What the errors and events of a call say of its request. */
  ask(method: string, url: string, anonymous: boolean = false): SentRequest {
    return { call: ++this.#calls, method, url, anonymous, token: undefined, sent: false, sender: this };
  }

  /** Makes one request of a call to the Hub. */
  async run(request: SentRequest, outgoing: Outgoing, attempt: Try): Promise<FollowedResponse> {
    // Resolved, as fetch would do: dots and backslashes must not hide where a request goes.
    const url = mayResolve.test(request.url) ? (request.url = new URL(request.url).href) : request.url;
    const { observe, token } = this.#settings;
    if (url.length > maxUrl) {
      throw new HubInputError(`the URL has ${url.length} characters; servers reject more than ${maxUrl}`);
    }
    if (!request.anonymous && token !== undefined && this.isOwn(url)) {
      await this.authorize(request, outgoing.headers, attempt);
    }
    attempt.signal.throwIfAborted();
    const bucket = bucketOf(url);
    const onWait = observe && waitReporter(observe, request, attempt);
    const admission = this.limiter.admit(bucket, attempt.maxWait, attempt.signal, onWait);
    if (admission !== undefined) await admission;
    let followed: FollowedResponse | undefined;
    try {
      followed = await this.send(request, outgoing, attempt);
      return followed;
    } finally {
      // Another server's response says nothing of the Hub's quotas; the redirect there does.
      this.limiter.settle(bucket, followed?.hubHeaders);
    }
  }

  /** Makes one request that is a call by itself, in one attempt whose only limit is its signal. */
  async runOnce(url: string, outgoing: Outgoing): Promise<Response> {
    const { body, method, signal } = outgoing;
    if (body instanceof ReadableStream) checkUnread("the body", body);
    const attempt = {
      number: 1,
      signal,
      maxWait: this.#settings.maxWait,
      startTimeout: noop,
      pauseTimeout: noop,
      runCallback,
    };
    return (await this.run(this.ask(method, url), outgoing, attempt)).response;
  }

  /** Adds the token to the headers. Only for URLs of the Hub. */
  async authorize(request: SentRequest, headers: Record<string, string>, attempt: Try): Promise<void> {
    const { token } = this.#settings;
    request.token = typeof token === "function" ? await tokenWithin(attempt, token) : token;
    if (request.token === undefined) return;
    this.secrets.add(request.token);
    headers["authorization"] = `Bearer ${request.token}`;
  }

  /** Sends a request within the attempt's time, and tells the observer. Follows redirects unless the request says how not to. */
  async send(request: SentRequest, outgoing: Outgoing, attempt: Try): Promise<FollowedResponse> {
    const { observe } = this.#settings;
    const { number, signal } = attempt;
    const started = observe === undefined ? 0 : performance.now();
    if (observe !== undefined) {
      attempt.runCallback(() => observe({ type: "request", ...observed(request, started), attempt: number }));
    }
    attempt.startTimeout();
    request.sent = true;
    let followed: FollowedResponse;
    try {
      followed = await (outgoing.redirect === undefined ? fetchFollowing : fetchOnce)(this.#fetch, request, outgoing);
    } catch (error) {
      if (error instanceof HubError || signal.aborted) throw error;
      throw connectionError("no response", request, error);
    }
    if (observe !== undefined) {
      const { status, headers } = followed.response;
      const requestId = headers.get("x-request-id") ?? undefined;
      const duration = performance.now() - started;
      const facts = observed(request, started);
      attempt.runCallback(() => observe({ type: "response", ...facts, attempt: number, status, requestId, duration }));
    }
    return followed;
  }
}

const noop = (): void => undefined;

/** Tells the observer of a wait for the Hub's rate limit. */
const waitReporter =
  (observe: (event: RequestEvent) => void, request: SentRequest, attempt: Try) =>
  (wait: number): void => {
    attempt.runCallback(() => observe({ type: "wait", ...observed(request), attempt: attempt.number, wait }));
  };

/** What a URL has that resolving it may change: a segment that begins with a dot, a backslash, white space. */
const mayResolve = /\/\.|%2e|[\\\s]/i;

/** What servers and proxies on the way commonly take, the Hub's included. */
const maxUrl = 8192;

/** The token, from whoever knows it, within the attempt's time. */
export async function tokenWithin(attempt: Try, token: () => Promise<string | undefined>): Promise<string | undefined> {
  attempt.startTimeout();
  try {
    return await unlessAborted(token(), attempt.signal);
  } finally {
    attempt.pauseTimeout();
  }
}
