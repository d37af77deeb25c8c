import {
  createRawClient,
  InvalidInputError,
  type LightRequest,
  type RawClient,
  type Route,
  type Verb,
} from "@hf-api/raw";
import { sleep, unlessAborted } from "./abortable.js";
import { Attempt, type Limits } from "./attempt.js";
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
import { HubConnectionError, HubError, HubInputError, type HubResponseError } from "./errors.js";
import type { OpenAnswer } from "./open-answer.js";
import { checkHeaders, count, duration, type Settings } from "./options.js";
import { bucketOf } from "./rate-limit.js";
import { RateLimiter } from "./rate-limiter.js";
import { readText } from "./read-text.js";
import { hide, hideInError, redactUrl } from "./redact.js";
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
  async carry(verb: Verb, route: string, given: AnyCall, reading: Reading): Promise<unknown> {
    const settings = this.#settings;
    // Without a prototype: what others put on Object.prototype is no part of a call.
    const call: AnyCall = Object.assign(Object.create(null), given);
    const { signal } = call;
    const asked: Asked = { method: verb.toUpperCase(), url: route, token: undefined };
    const retries = count("retries", call.retries ?? settings.retries);
    const timeout = duration("timeout", call.timeout, settings.timeout);
    const deadline = duration("deadline", call.deadline, settings.deadline);
    const ends = deadline === Infinity ? Infinity : Date.now() + deadline;
    const limits: Limits = { timeout, deadline, ends };
    const idempotent = call.idempotent ?? (verb === "get" || verb === "put" || verb === "delete");
    // A stream can be read once; nobody could send it again.
    const replayable = !(call.body instanceof ReadableStream);
    for (let number = 1; ; number += 1) {
      const attempt = new Attempt(number, limits, signal);
      try {
        const result = await this.#attempt(asked, verb, route, call, reading, attempt);
        attempt.succeed();
        this.#budget.earn();
        return result;
      } catch (caught) {
        const thrown = attempt.fail(caught);
        if (signal?.aborted) throw signal.reason;
        const error = thrown instanceof InvalidInputError ? new HubInputError(thrown.message) : thrown;
        if (!replayable || number > retries) throw error;
        const retry = decideRetry({ error, attempt: number, idempotent, maxWait: settings.maxWait });
        if (retry === undefined || Date.now() + retry.wait >= ends) throw error;
        if (!retry.asked && !this.#budget.spend()) throw error;
        settings.observe?.({
          type: "retry",
          method: asked.method,
          url: redactUrl(asked.url),
          attempt: number,
          wait: retry.wait,
          error,
        });
        await sleep(retry.wait, signal);
      }
    }
  }

  /** One try: hands the parts to openapi-fetch, which calls back for the exchange, and decodes what comes of it. */
  async #attempt(
    asked: Asked,
    verb: Verb,
    route: string,
    call: AnyCall,
    reading: Reading,
    attempt: Attempt,
  ): Promise<unknown> {
    const { signal } = attempt;
    let answer: FollowedAnswer | undefined;
    const request = this.raw.request as unknown as LooseRequest;
    try {
      signal.throwIfAborted();
      const { response } = await request(verb, route, {
        baseUrl: this.endpoint,
        params: { path: call.path, query: call.query, header: undefined },
        body: call.body,
        headers: headersOf(call, reading),
        signal,
        parseAs: "stream",
        ...(call.body instanceof ReadableStream ? { duplex: "half" } : {}),
        fetch: async (outgoing) => {
          answer = await this.#exchange(outgoing, asked, call, attempt);
          const refusal = checkAnswer(answer.response, asked, call, reading);
          if (refusal !== undefined) throw await refusal;
          call.onResponse?.({ status: answer.response.status, headers: answer.response.headers, url: answer.url });
          return answer.response;
        },
      });
      if (answer?.response !== response) {
        const refusal = checkAnswer(response, asked, call, reading);
        if (refusal !== undefined) throw await refusal;
      }
      if (reading === "stream") {
        attempt.keepOpen();
        return { response, url: asked.url, redirect: answer?.redirect, signal, close: () => attempt.close() };
      }
      const { text, whole } = await readText(response, this.#settings.maxResponseBytes);
      if (!whole) throw unexpectedAnswer(response, asked, "a longer answer than maxResponseBytes allows");
      if (reading !== "json") return reading === "text" ? text : undefined;
      if (text !== "") return JSON.parse(text) as unknown;
      if (response.status === 204 || response.status === 205) return undefined;
      throw unexpectedAnswer(response, asked, "an empty body where JSON was due");
    } catch (error) {
      if (error instanceof HubError || error instanceof InvalidInputError || signal.aborted) throw error;
      if (answer === undefined) throw new HubInputError((error as Error).message, { cause: error });
      if (error instanceof SyntaxError) throw unexpectedAnswer(answer.response, asked, "broken JSON", error);
      throw connectionError("the answer broke off", asked, error);
    }
  }

  /** One request and its answer, redirects included, within the Hub's quotas. */
  async #exchange(
    outgoing: LightRequest | Request,
    asked: Asked,
    call: AnyCall,
    attempt: Attempt,
  ): Promise<FollowedAnswer> {
    const { endpoint, fetch, observe, maxWait, token } = this.#settings;
    const { signal } = attempt;
    const init = outgoing instanceof Request ? await initOf(outgoing, signal) : outgoing.init;
    asked.url = outgoing.url;
    if (asked.url.length > maxUrl) {
      throw new HubInputError(`the address has ${asked.url.length} characters; servers refuse more than ${maxUrl}`);
    }
    // A middleware may send a request elsewhere; the token stays here.
    if (asked.url.startsWith(`${endpoint}/`)) {
      asked.token = typeof token === "function" ? await unlessAborted(token(), signal) : token;
      if (asked.token !== undefined) (init.headers as Headers).set("authorization", `Bearer ${asked.token}`);
    }
    const bucket = bucketOf(asked.url);
    const admission = this.limiter.admit(bucket, maxWait, signal);
    if (admission !== undefined) await admission;
    let answer: FollowedAnswer | undefined;
    let started = 0;
    try {
      if (observe !== undefined) {
        started = performance.now();
        observe({ type: "request", method: asked.method, url: redactUrl(asked.url), attempt: attempt.number });
      }
      attempt.start();
      answer =
        call.redirect === "answer"
          ? { response: await fetch(asked.url, { ...init, redirect: "manual" }), url: asked.url }
          : await fetchFollowing(fetch, asked, init);
    } catch (error) {
      if (error instanceof HubError || signal.aborted) throw error;
      throw connectionError("no answer", asked, error);
    } finally {
      // Another server's answer says nothing of the Hub's quotas; the redirect there does.
      const told = answer?.url.startsWith(`${endpoint}/`) ? answer.response.headers : answer?.redirect;
      this.limiter.settle(bucket, told ?? answer?.response.headers);
    }
    if (observe !== undefined) {
      const { status, headers } = answer.response;
      const requestId = headers.get("x-request-id") ?? undefined;
      const duration = performance.now() - started;
      observe({
        type: "response",
        method: asked.method,
        url: redactUrl(asked.url),
        attempt: attempt.number,
        status,
        requestId,
        duration,
      });
    }
    return answer;
  }
}

function connectionError(what: string, { method, url, token }: Asked, cause: unknown): HubConnectionError {
  const shown = hide(token, redactUrl(url));
  return new HubConnectionError(`${what}: ${method} ${shown}`, { cause: hideInError(token, cause) });
}

/** What servers and proxies on the way commonly take, the Hub's included. */
const maxUrl = 8192;

/** The error that an answer amounts to which is no success, or of another kind than was asked for. */
function checkAnswer(
  response: Response,
  asked: Asked,
  call: AnyCall,
  reading: Reading,
): Promise<HubResponseError> | undefined {
  if (call.redirect === "answer" && (isRedirect(response) || response.type === "opaqueredirect")) return undefined;
  if (!response.ok) return readErrorAnswer(response, asked);
  const type = response.headers.get("content-type");
  return reading === "json" && type !== null && !/json/i.test(type) ? wrongType(response, asked, type) : undefined;
}

async function wrongType(response: Response, asked: Asked, type: string): Promise<HubResponseError> {
  await response.body?.cancel();
  return unexpectedAnswer(response, asked, `${type.split(";")[0]} where JSON was due`);
}

const acceptJson = { accept: "application/json" };
const acceptAnything = {};

function headersOf({ headers, contentType }: AnyCall, reading: Reading): Record<string, string> {
  const accept = reading === "json" ? acceptJson : acceptAnything;
  if (headers === undefined && contentType === undefined) return accept;
  return { ...accept, ...(contentType === undefined ? {} : { "content-type": contentType }), ...checkHeaders(headers) };
}

type LooseRequest = (
  verb: string,
  route: string,
  init: {
    baseUrl: string;
    params: { path: AnyCall["path"]; query: AnyCall["query"]; header: undefined };
    body: unknown;
    headers: Record<string, string>;
    signal: AbortSignal;
    parseAs: "stream";
    duplex?: "half";
    fetch: (request: LightRequest | Request) => Promise<Response>;
  },
) => Promise<{ response: Response }>;

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
