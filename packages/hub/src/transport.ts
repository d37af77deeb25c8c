import {
  createRawClient,
  InvalidInputError,
  type LightRequest,
  type RawClient,
  type Route,
  type Verb,
} from "@hf-api/raw";
import { sleep } from "./abortable.js";
import { Attempt } from "./attempt.js";
import {
  Calls,
  type AnyCall,
  type Call,
  type JsonCalls,
  type Reading,
  type SendCalls,
  type TextCalls,
} from "./calls.js";
import { readErrorAnswer, unexpectedAnswer, type Asked } from "./error-answer.js";
import { HubConnectionError, HubError, HubInputError } from "./errors.js";
import type { OpenAnswer } from "./open-answer.js";
import { checkHeaders, count, duration, type Settings } from "./options.js";
import { bucketOf } from "./rate-limit.js";
import { RateLimiter } from "./rate-limiter.js";
import { redactUrl } from "./redact.js";
import { fetchFollowing, isRedirect, type FollowedAnswer } from "./redirects.js";
import { decideRetry, RetryBudget } from "./retry.js";

/** Carries every call of every namespace: sends it, repeats it where that is safe, and knows no endpoint by name. */
export class Transport {
  readonly #settings: Settings;
  readonly #budget = new RetryBudget();
  readonly limiter: RateLimiter = new RateLimiter();
  /** The openapi-fetch client below; its middlewares see each attempt. */
  readonly raw: RawClient;

  readonly json: JsonCalls;
  readonly send: SendCalls;
  readonly text: TextCalls;

  constructor(settings: Settings) {
    this.#settings = settings;
    this.raw = createRawClient({ endpoint: settings.endpoint, headers: settings.headers });
    const carry = this.carry.bind(this);
    this.json = new Calls(carry, "json") as unknown as JsonCalls;
    this.send = new Calls(carry, "nothing") as SendCalls;
    this.text = new Calls(carry, "text") as TextCalls;
  }

  get endpoint(): string {
    return this.#settings.endpoint;
  }

  /** Makes a call and hands over the answer with its body unread; the time limit ends with the headers. */
  async open<P extends Route<"get">>(route: P, call: Call<"get", P>): Promise<OpenAnswer> {
    return (await this.carry("get", route, call as unknown as AnyCall, "stream")) as OpenAnswer;
  }

  /** Makes a call of any route: the one road of all others, with its retries and waits. */
  async carry(verb: Verb, route: string, call: AnyCall, reading: Reading): Promise<unknown> {
    const settings = this.#settings;
    const { signal } = call;
    const retries = count("retries", call.retries ?? settings.retries);
    const timeout = duration("timeout", call.timeout, settings.timeout);
    const deadline = duration("deadline", call.deadline, settings.deadline);
    const ends = deadline === Infinity ? Infinity : Date.now() + deadline;
    const idempotent = call.idempotent ?? (verb === "get" || verb === "put" || verb === "delete");
    // A stream can be read once; nobody could send it again.
    const replayable = !(call.body instanceof ReadableStream);
    for (let number = 1; ; number += 1) {
      try {
        const attempt = new Attempt(Math.min(timeout, ends - Date.now()), signal);
        const result = await attempt.run(() => this.#attempt(verb, route, call, reading, attempt, number));
        this.#budget.earn();
        return result;
      } catch (thrown) {
        if (signal?.aborted) throw signal.reason;
        const error = thrown instanceof InvalidInputError ? new HubInputError(thrown.message) : thrown;
        if (!replayable || number > retries) throw error;
        const retry = decideRetry({ error, attempt: number, idempotent, maxWait: settings.maxWait });
        if (retry === undefined || Date.now() + retry.wait >= ends) throw error;
        if (!retry.asked && !this.#budget.spend()) throw error;
        settings.observe?.({
          type: "retry",
          method: verb.toUpperCase(),
          url: route,
          attempt: number,
          wait: retry.wait,
          error,
        });
        await sleep(retry.wait, signal);
      }
    }
  }

  /** One try: hands the parts to openapi-fetch, which calls back for the exchange and decodes what comes of it. */
  async #attempt(
    verb: Verb,
    route: string,
    call: AnyCall,
    reading: Reading,
    attempt: Attempt,
    number: number,
  ): Promise<unknown> {
    const asked: Asked = { method: verb.toUpperCase(), url: route, authorized: false };
    const { signal } = attempt;
    let answer: FollowedAnswer | undefined;
    const request = this.raw.request as unknown as LooseRequest;
    try {
      const { data } = await request(verb, route, {
        params: { path: call.path, query: call.query },
        body: call.body,
        headers: headersOf(call, reading),
        signal,
        parseAs: reading === "nothing" ? "text" : reading,
        fetch: async (outgoing) => {
          answer = await this.#exchange(outgoing, asked, call, signal, number);
          await checkAnswer(answer.response, asked, call, reading);
          call.onResponse?.({ status: answer.response.status, headers: answer.response.headers, url: answer.url });
          return answer.response;
        },
      });
      if (reading === "nothing" || answer === undefined) return undefined;
      if (reading === "stream") {
        attempt.keepOpen();
        return { response: answer.response, url: answer.url, redirect: answer.redirect, close: () => attempt.close() };
      }
      if (
        data === undefined &&
        reading === "json" &&
        answer.response.status !== 204 &&
        answer.response.status !== 205
      ) {
        throw unexpectedAnswer(answer.response, asked, "an empty body where JSON was due");
      }
      return data ?? (reading === "text" ? "" : undefined);
    } catch (error) {
      if (error instanceof HubError || error instanceof InvalidInputError || signal.aborted) throw error;
      if (answer === undefined) throw new HubInputError((error as Error).message);
      if (error instanceof SyntaxError) throw unexpectedAnswer(answer.response, asked, "broken JSON", error);
      throw new HubConnectionError(`the answer to ${asked.method} ${redactUrl(asked.url)} broke off`, { cause: error });
    }
  }

  /** One request and its answer, redirects included, within the Hub's quotas. */
  async #exchange(
    outgoing: LightRequest | Request,
    asked: Asked,
    call: AnyCall,
    signal: AbortSignal,
    attempt: number,
  ): Promise<FollowedAnswer> {
    const { fetch, token: source, observe, maxWait } = this.#settings;
    const init = outgoing instanceof Request ? await initOf(outgoing, signal) : outgoing.init;
    asked.url = outgoing.url;
    const token = typeof source === "function" ? await source() : source;
    if (token !== undefined) {
      (init.headers as Headers).set("authorization", `Bearer ${token}`);
      asked.authorized = true;
    }
    const bucket = bucketOf(asked.url);
    const admission = this.limiter.admit(bucket, maxWait, signal);
    if (admission !== undefined) await admission;
    const started = observe === undefined ? 0 : performance.now();
    observe?.({ type: "request", method: asked.method, url: redactUrl(asked.url), attempt });
    let answer: FollowedAnswer | undefined;
    try {
      answer =
        call.redirect === "answer"
          ? { response: await fetch(asked.url, { ...init, redirect: "manual" }), url: asked.url }
          : await fetchFollowing(fetch, asked.url, init);
    } catch (error) {
      if (error instanceof HubError || signal.aborted) throw error;
      throw new HubConnectionError(`no answer to ${asked.method} ${redactUrl(asked.url)}`, { cause: error });
    } finally {
      this.limiter.settle(bucket, answer?.response.headers);
    }
    asked.url = answer.url;
    if (observe !== undefined) {
      const { status, headers } = answer.response;
      const requestId = headers.get("x-request-id") ?? undefined;
      const duration = performance.now() - started;
      observe({
        type: "response",
        method: asked.method,
        url: redactUrl(asked.url),
        attempt,
        status,
        requestId,
        duration,
      });
    }
    return answer;
  }
}

/** Whatever is no success, or of another kind than was asked for, leaves here as an error. */
async function checkAnswer(response: Response, asked: Asked, call: AnyCall, reading: Reading): Promise<void> {
  if (call.redirect === "answer" && isRedirect(response)) return;
  if (!response.ok) throw await readErrorAnswer(response, asked);
  const type = response.headers.get("content-type");
  if (reading === "json" && type !== null && !/json/i.test(type)) {
    await response.body?.cancel();
    throw unexpectedAnswer(response, asked, `${type.split(";")[0]} where JSON was due`);
  }
}

function headersOf({ headers, contentType }: AnyCall, reading: Reading): Record<string, string> {
  return {
    ...(reading === "json" ? { accept: "application/json" } : {}),
    ...(contentType === undefined ? {} : { "content-type": contentType }),
    ...checkHeaders(headers),
  };
}

type LooseRequest = (
  verb: string,
  route: string,
  init: {
    params: { path: AnyCall["path"]; query: AnyCall["query"] };
    body: unknown;
    headers: Record<string, string>;
    signal: AbortSignal;
    parseAs: "json" | "text" | "stream";
    fetch: (request: LightRequest | Request) => Promise<Response>;
  },
) => Promise<{ data?: unknown }>;

/** A middleware made a real Request of it; taken apart again, it can follow redirects. */
async function initOf(request: Request, signal: AbortSignal): Promise<RequestInit> {
  const body = request.body === null ? undefined : await request.arrayBuffer();
  return {
    method: request.method,
    headers: new Headers(request.headers),
    signal,
    ...(body === undefined ? {} : { body }),
  };
}
