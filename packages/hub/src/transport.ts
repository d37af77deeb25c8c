import {
  createRawClient,
  InvalidInputError,
  type LightRequest,
  type RawClient,
  type Result,
  type Route,
  type Verb,
} from "@hf-api/raw";
import { sleep } from "./abortable.js";
import { withinTime } from "./attempt.js";
import { Calls, type AnyCall, type Call, type JsonCalls, type Reading, type SendCalls, type TextCalls } from "./calls.js";
import { readErrorAnswer, unexpectedAnswer } from "./error-answer.js";
import { HubConnectionError, HubError, HubInputError } from "./errors.js";
import { nextLink } from "./link.js";
import { nextPageRoute } from "./next-page.js";
import { checkHeaders, count, duration, type RequestOptions, type Settings } from "./options.js";
import { Pages, type Page } from "./pages.js";
import { bucketOf } from "./rate-limit.js";
import { RateLimiter } from "./rate-limiter.js";
import { redactUrl } from "./redact.js";
import { fetchFollowing } from "./redirects.js";
import { decideRetry, RetryBudget } from "./retry.js";

/** Carries every call of every namespace: sends it, repeats it where that is safe, and knows no endpoint by name. */
export class Transport {
  readonly #settings: Settings;
  readonly #raw: RawClient;
  readonly #limiter = new RateLimiter();
  readonly #budget = new RetryBudget();

  readonly json: JsonCalls;
  readonly send: SendCalls;
  readonly text: TextCalls;

  constructor(settings: Settings) {
    this.#settings = settings;
    this.#raw = createRawClient({ endpoint: settings.endpoint, headers: settings.headers });
    const carry = this.#call.bind(this);
    this.json = new Calls(carry, "json") as unknown as JsonCalls;
    this.send = new Calls(carry, "nothing") as SendCalls;
    this.text = new Calls(carry, "text") as TextCalls;
  }

  get limiter(): RateLimiter {
    return this.#limiter;
  }

  /** The openapi-fetch client below; its middlewares see each attempt. */
  get raw(): RawClient {
    return this.#raw;
  }

  /** A list that continues where the answer's Link header says. */
  linkedPages<P extends Route<"get">>(
    route: P,
    call: Call<"get", P> & { limit?: number | undefined },
  ): Pages<Result<"get", P> extends readonly (infer T)[] ? T : never> {
    type Item = Result<"get", P> extends readonly (infer T)[] ? T : never;
    const { limit, ...parts }: AnyCall & { limit?: number | undefined } = loose(call);
    const load = async (
      cursor: string | undefined,
      signal: AbortSignal,
      onNext: (next: string | undefined) => void,
    ): Promise<Page<Item>> => {
      let next: string | undefined;
      const options: AnyCall = {
        ...(cursor === undefined ? parts : withoutParts(parts)),
        signal,
        onResponse: (response) => {
          const link = nextLink(response.headers.get("link"));
          next = link === undefined ? undefined : nextPageRoute(link, response.url, this.#settings.endpoint);
          parts.onResponse?.(response);
          onNext(next);
        },
      };
      const items = await this.#call("get", cursor === undefined ? route : checkCursor(cursor), options, "json");
      if (!Array.isArray(items)) {
        const words = (items as { error?: unknown } | null)?.error;
        throw new HubError(`GET ${route} answered with ${typeof words === "string" ? `"${words.slice(0, 200)}"` : "no list"}`);
      }
      return { items: items as Item[], ...(next === undefined ? {} : { next }) };
    };
    return new Pages(load, { limit, signal: parts.signal });
  }

  async #call(verb: Verb, route: string, parts: AnyCall, reading: Reading): Promise<unknown> {
    const { signal } = parts;
    const retries = count("retries", parts.retries ?? this.#settings.retries);
    const deadline = duration("deadline", parts.deadline, this.#settings.deadline);
    const timeout = duration("timeout", parts.timeout, this.#settings.timeout);
    const ends = deadline === Infinity ? Infinity : Date.now() + deadline;
    const idempotent = parts.idempotent ?? (verb === "get" || verb === "put" || verb === "delete");
    // A stream can be read once; nobody could send it again.
    const replayable = !(parts.body instanceof ReadableStream);
    for (let attempt = 1; ; attempt += 1) {
      try {
        const left = ends - Date.now();
        const result = await withinTime(Math.min(timeout, left), signal, (within) =>
          this.#attempt(verb, route, parts, reading, within, attempt),
        );
        this.#budget.earn();
        return result;
      } catch (thrown) {
        if (signal?.aborted) throw signal.reason;
        const error = thrown instanceof InvalidInputError ? new HubInputError(thrown.message) : thrown;
        if (!replayable || attempt > retries) throw error;
        const retry = decideRetry({ error, attempt, idempotent, maxWait: this.#settings.maxWait });
        if (retry === undefined || Date.now() + retry.wait >= ends) throw error;
        if (!retry.asked && !this.#budget.spend()) throw error;
        this.#settings.observe?.({ type: "retry", method: verb.toUpperCase(), url: route, attempt, wait: retry.wait, error });
        await sleep(retry.wait, signal);
      }
    }
  }

  async #attempt(
    verb: Verb,
    route: string,
    parts: AnyCall,
    reading: Reading,
    signal: AbortSignal,
    attempt: number,
  ): Promise<unknown> {
    const asked = { method: verb.toUpperCase(), url: route, authorized: false };
    let answer: Response | undefined;
    const request = this.#raw.request as unknown as LooseRequest;
    try {
      const { data } = await request(verb, route, {
        params: { path: parts.path, query: parts.query },
        body: parts.body,
        headers: parts.headers === undefined ? undefined : checkHeaders(parts.headers),
        signal,
        parseAs: reading === "json" ? "json" : "text",
        fetch: async (outgoing) => {
          answer = await this.#exchange(outgoing, asked, parts, reading, signal, attempt);
          return answer;
        },
      });
      if (reading === "nothing") return undefined;
      if (data === undefined && reading === "json" && answer?.status !== 204 && answer?.status !== 205) {
        throw unexpectedAnswer(answer as Response, asked, "an empty body where JSON was due");
      }
      return data;
    } catch (error) {
      if (error instanceof HubError || error instanceof InvalidInputError || signal.aborted) throw error;
      if (answer === undefined) throw new HubInputError((error as Error).message);
      if (error instanceof SyntaxError) throw unexpectedAnswer(answer, asked, "broken JSON", error);
      throw new HubConnectionError(`the answer to ${asked.method} ${redactUrl(asked.url)} broke off`, { cause: error });
    }
  }

  /** One request and its answer, redirects included. Whatever is no success leaves here as an error. */
  async #exchange(
    outgoing: LightRequest | Request,
    asked: { method: string; url: string; authorized: boolean },
    parts: AnyCall,
    reading: Reading,
    signal: AbortSignal,
    attempt: number,
  ): Promise<Response> {
    const { fetch, token: source, observe, maxWait } = this.#settings;
    const init = outgoing instanceof Request ? await initOf(outgoing, signal) : outgoing.init;
    asked.url = outgoing.url;
    const token = typeof source === "function" ? await source() : source;
    if (token !== undefined) {
      (init.headers as Headers).set("authorization", `Bearer ${token}`);
      asked.authorized = true;
    }
    const bucket = bucketOf(asked.url);
    const admission = this.#limiter.admit(bucket, maxWait, signal);
    if (admission !== undefined) await admission;
    const started = observe === undefined ? 0 : performance.now();
    observe?.({ type: "request", method: asked.method, url: redactUrl(asked.url), attempt });
    let response: Response | undefined;
    try {
      const answer = await fetchFollowing(fetch, asked.url, init);
      response = answer.response;
      asked.url = answer.url;
    } catch (error) {
      if (error instanceof HubError || signal.aborted) throw error;
      throw new HubConnectionError(`no answer to ${asked.method} ${redactUrl(asked.url)}`, { cause: error });
    } finally {
      this.#limiter.settle(bucket, response?.headers);
    }
    if (observe !== undefined) {
      const requestId = response.headers.get("x-request-id") ?? undefined;
      const duration = performance.now() - started;
      observe({ type: "response", method: asked.method, url: redactUrl(asked.url), attempt, status: response.status, requestId, duration });
    }
    if (!response.ok) throw await readErrorAnswer(response, asked);
    const type = response.headers.get("content-type");
    if (reading === "json" && type !== null && !/json/i.test(type)) {
      await response.body?.cancel();
      throw unexpectedAnswer(response, asked, `${type.split(";")[0]} where JSON was due`);
    }
    parts.onResponse?.({ status: response.status, headers: response.headers, url: asked.url });
    return response;
  }
}

type LooseRequest = (
  verb: string,
  route: string,
  init: {
    params: { path: AnyCall["path"]; query: AnyCall["query"] };
    body: unknown;
    headers: Record<string, string> | undefined;
    signal: AbortSignal;
    parseAs: "json" | "text";
    fetch: (request: LightRequest | Request) => Promise<Response>;
  },
) => Promise<{ data?: unknown }>;

/** The parts were checked against their route where the call was written; from here on they are those of any call. */
const loose = (call: unknown): AnyCall => call as AnyCall;

/** A middleware made a real Request of it; taken apart again, it can follow redirects. */
async function initOf(request: Request, signal: AbortSignal): Promise<RequestInit> {
  const body = request.body === null ? undefined : await request.arrayBuffer();
  return { method: request.method, headers: new Headers(request.headers), signal, ...(body === undefined ? {} : { body }) };
}

/** The address of a later page holds everything that the first one was asked with. */
function withoutParts({ path: _path, query: _query, body: _body, ...options }: AnyCall): AnyCall {
  return options;
}

function checkCursor(cursor: string): string {
  if (typeof cursor !== "string" || !/^\/(?![/\\])/.test(cursor)) {
    throw new HubInputError("the cursor is none that a page of this client gave as next");
  }
  return cursor;
}
