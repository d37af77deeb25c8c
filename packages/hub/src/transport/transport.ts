import { createRawClient, InvalidInputError, LightRequest, type RawClient, type Route, type Verb } from "@hf-api/raw";
import { unlessAborted } from "../async/abortable.js";
import { Attempt, withinDeadline } from "./attempt.js";
import type { AnyCall, Call, JsonCalls, PlainCalls, Reading } from "./calls.js";
import { chunksOf } from "../bytes/chunks-of.js";
import { connectionError, readErrorAnswer, shownUrl, unexpectedAnswer, type Asked } from "./error-response.js";
import { HubError, HubInputError, type HubResponseError } from "../errors.js";
import type { OpenAnswer } from "./open-response.js";
import { duration } from "../inputs/numbers.js";
import { checkHeaders, type HubEvent, type RequestOptions, type Settings } from "../options.js";
import { RetryLoop } from "./retry-loop.js";
import { bucketOf } from "./rate-limit.js";
import { RateLimiter } from "./rate-limiter.js";
import { reachable } from "./reachable.js";
import { readText } from "./read-text.js";
import { hide, hideInError } from "./redact.js";
import { fetchFollowing, fetchOnce, isRedirect, type FollowedAnswer } from "./redirects.js";
import { StreamedBody, unbuffered } from "./sent-body.js";

/** Carries every call of every namespace: sends it, repeats it where that is safe, and knows no endpoint by name. */
export class Transport {
  readonly #settings: Settings;
  readonly #retryLoop: RetryLoop;
  readonly limiter: RateLimiter = new RateLimiter();
  /** The latest that was sent. */
  #token: string | undefined;
  /** The openapi-fetch client below; its middlewares see each attempt. */
  readonly raw: RawClient;

  readonly json: JsonCalls;
  readonly send: PlainCalls<void>;
  readonly text: PlainCalls<string>;

  constructor(settings: Settings) {
    this.#settings = settings;
    this.#retryLoop = new RetryLoop(settings);
    this.raw = createRawClient({
      endpoint: settings.endpoint,
      headers: settings.headers,
      fetch: (input, init) => this.#direct(input, init),
    });
    this.json = this.#calls("json") as JsonCalls;
    this.send = this.#calls("nothing") as PlainCalls<void>;
    this.text = this.#calls("text") as PlainCalls<string>;
  }

  get endpoint(): string {
    return this.#settings.endpoint;
  }

  /** One function a verb; the types of `calls.ts` say what each of them takes and gives. */
  #calls(reading: Reading): object {
    const verbs: Verb[] = ["get", "put", "post", "patch", "delete"];
    const callOf = (verb: Verb) => (route: string, call: AnyCall) => this.request(verb, route, call, reading);
    return Object.fromEntries(verbs.map((verb) => [verb, callOf(verb)]));
  }

  /** What an answer says, as an error may repeat it. */
  conceal(words: string): string {
    return hide(this.#token, words);
  }

  /** The token that the next request would show; whoever knows it answers within the time of an attempt. */
  async currentToken({ timeout, signal }: RequestOptions): Promise<string | undefined> {
    const { token, timeout: usual } = this.#settings;
    if (typeof token !== "function") return token;
    const limit = duration("timeout", timeout, usual);
    const attempt = new Attempt(1, { timeout: limit, deadline: Infinity, ends: Infinity }, signal);
    try {
      const current = await tokenWithin(attempt, token);
      attempt.succeed();
      return current;
    } catch (error) {
      throw attempt.fail(error);
    }
  }

  /** Makes a call and hands over the answer with its body unread; the time limit ends with the headers. */
  async open<P extends Route<"get">>(route: P, call: Call<"get", P>): Promise<OpenAnswer> {
    return (await this.request("get", route, call as unknown as AnyCall, "stream")) as OpenAnswer;
  }

  /** Makes a call of any route: the one road of all others, with its retries and waits. */
  request(verb: Verb, route: string, given: AnyCall, reading: Reading): Promise<unknown> {
    // Without a prototype: what others put on Object.prototype is no part of a call.
    const call: AnyCall = Object.assign(Object.create(null), given);
    const asked: Asked = { method: verb.toUpperCase(), url: route, token: undefined };
    const idempotent = call.idempotent ?? (verb === "get" || verb === "put" || verb === "delete");
    return this.#retryLoop.run(asked, call, idempotent, (attempt) =>
      this.#attempt(asked, verb, route, call, reading, attempt),
    );
  }

  /** Makes several requests as one call: the deadline covers all of them, and whatever is done in between. */
  async asOneCall<T>(
    options: RequestOptions | undefined = {},
    work: (options: RequestOptions) => Promise<T>,
  ): Promise<T> {
    return await withinDeadline({ ...options, deadline: options.deadline ?? this.#settings.deadline }, work);
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
    const body = call.body instanceof StreamedBody ? call.body.stream() : call.body;
    try {
      signal.throwIfAborted();
      const { response } = await request(verb, route, {
        // Said each time, so that it is not looked for on Object.prototype.
        baseUrl: this.endpoint,
        params: { path: call.path, query: call.query, header: undefined },
        body,
        headers: headersOf(call, reading),
        signal,
        parseAs: "stream",
        ...(body instanceof ReadableStream ? { duplex: "half" } : {}),
        fetch: async (outgoing) => {
          answer = await this.#exchange(outgoing, asked, call, attempt);
          const refusal = checkAnswer(answer.response, asked, call, reading);
          if (refusal !== undefined) throw await refusal;
          const { response, url } = answer;
          const { onResponse } = call;
          if (onResponse !== undefined) {
            attempt.callBack(() => onResponse({ status: response.status, headers: response.headers, url }));
          }
          return response;
        },
      });
      if (answer?.response !== response) {
        const refusal = checkAnswer(response, asked, call, reading);
        if (refusal !== undefined) throw await refusal;
      }
      if (reading === "stream") {
        attempt.keepOpen();
        return {
          response,
          asked,
          redirect: answer?.redirect,
          signal,
          timeout: duration("timeout", call.timeout, this.#settings.timeout),
          retries: call.retries ?? this.#settings.retries,
          close: (reason?: unknown) => attempt.close(reason),
        };
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

  /** What somebody asks of `raw` itself: one try, whose only limit is the caller's own signal. */
  async #direct(input: Request | string, init: RequestInit = {}): Promise<Response> {
    const outgoing = input instanceof Request ? input : new LightRequest(input, init);
    const signal = (input instanceof Request ? input : init).signal ?? new AbortController().signal;
    const asked: Asked = { method: outgoing.method, url: outgoing.url, token: undefined };
    const { response } = await this.#exchange(outgoing, asked, {}, untimed(signal));
    return response;
  }

  /** One request and its answer, redirects included, within the Hub's quotas. */
  async #exchange(
    outgoing: LightRequest | Request,
    asked: Asked,
    call: AnyCall,
    attempt: Try,
  ): Promise<FollowedAnswer> {
    const { endpoint, fetch, maxWait } = this.#settings;
    const { signal } = attempt;
    const init = outgoing instanceof Request ? await initOf(outgoing, signal) : outgoing.init;
    asked.url = outgoing.url;
    if (asked.url.length > maxUrl) {
      throw new HubInputError(`the address has ${asked.url.length} characters; servers refuse more than ${maxUrl}`);
    }
    if (call.anonymous !== true) await this.#authorize(asked, init.headers as Headers, attempt);
    signal.throwIfAborted();
    const bucket = bucketOf(asked.url);
    const admission = this.limiter.admit(bucket, maxWait, signal);
    if (admission !== undefined) await admission;
    const streamed = call.body instanceof StreamedBody ? unbuffered() : undefined;
    const once: RequestInit | undefined = call.redirect === "answer" ? { redirect: "manual" } : streamed;
    let answer: FollowedAnswer | undefined;
    try {
      answer = await this.#send(asked, attempt, () =>
        once === undefined ? fetchFollowing(fetch, asked, init) : fetchOnce(fetch, asked, { ...init, ...once }),
      );
      return answer;
    } finally {
      // Another server's answer says nothing of the Hub's quotas; the redirect there does.
      const told = answer?.url.startsWith(`${endpoint}/`) ? answer.response.headers : answer?.redirect;
      this.limiter.settle(bucket, told ?? answer?.response.headers);
    }
  }

  /** Shows the token to the Hub alone: a middleware, or the Hub itself, may send a request elsewhere. */
  async #authorize(asked: Asked, headers: Headers, attempt: Try): Promise<void> {
    const { endpoint, token } = this.#settings;
    if (token === undefined || !asked.url.startsWith(`${endpoint}/`)) return;
    asked.token = typeof token === "function" ? await tokenWithin(attempt, token) : token;
    if (asked.token === undefined) return;
    this.#token = asked.token;
    headers.set("authorization", `Bearer ${asked.token}`);
  }

  /** Sends a request within the attempt's time, and tells whoever observes. */
  async #send(asked: Asked, attempt: Try, fetch: () => Promise<FollowedAnswer>): Promise<FollowedAnswer> {
    const { observe } = this.#settings;
    const { method } = asked;
    const { number, signal } = attempt;
    const started = observe === undefined ? 0 : performance.now();
    if (observe !== undefined) {
      attempt.callBack(() => observe({ type: "request", method, url: shownUrl(asked), attempt: number }));
    }
    attempt.start();
    let answer: FollowedAnswer;
    try {
      answer = await fetch();
    } catch (error) {
      if (error instanceof HubError || signal.aborted) throw error;
      throw connectionError("no answer", asked, error);
    }
    if (observe !== undefined) {
      const { status, headers } = answer.response;
      const requestId = headers.get("x-request-id") ?? undefined;
      const duration = performance.now() - started;
      const event: HubEvent = {
        type: "response",
        method,
        url: shownUrl(asked),
        attempt: number,
        status,
        requestId,
        duration,
      };
      attempt.callBack(() => observe(event));
    }
    return answer;
  }

  /** Fetches what lies anywhere, as anybody may: without the token. */
  async fetchBlob({ href, protocol }: URL, options: RequestOptions): Promise<Blob> {
    if (!/^https?:$/.test(protocol)) {
      throw new HubInputError(`${protocol} is fetched by nobody here; for files of the disk see @hf-api/hub/node`);
    }
    const asked: Asked = { method: "GET", url: href, token: undefined };
    return this.#retryLoop.run(asked, options, true, async (attempt) => {
      asked.url = href;
      const init = { signal: attempt.signal, headers: new Headers() };
      const { response } = await this.#send(asked, attempt, () => fetchFollowing(this.#settings.fetch, asked, init));
      if (!response.ok) throw await readErrorAnswer(response, asked);
      try {
        const chunks: Uint8Array<ArrayBuffer>[] = [];
        for await (const chunk of response.body === null ? [] : chunksOf(response.body)) {
          chunks.push(chunk);
          // A long one takes its time, as long as it keeps coming.
          attempt.start();
        }
        return new Blob(chunks);
      } catch (error) {
        if (attempt.signal.aborted) throw error;
        throw connectionError("the answer broke off", asked, error);
      }
    });
  }

  /**
   * Sends bytes to the address that the Hub named for them, which may be another server's: the token goes to the Hub
   * alone. Returns the answer's headers.
   */
  async store(
    method: "PUT" | "POST",
    address: string,
    sent: { body: Blob | string; headers?: Record<string, string>; idempotent?: boolean },
    options: RequestOptions = {},
  ): Promise<Headers> {
    const { endpoint, fetch, headers: ownHeaders } = this.#settings;
    const url = reachable(address, endpoint);
    const own = url.startsWith(`${endpoint}/`);
    const asked: Asked = { method, url, token: undefined };
    const idempotent = sent.idempotent ?? method === "PUT";
    return this.#retryLoop.run(asked, { ...options, body: sent.body }, idempotent, async (attempt) => {
      const headers = new Headers(own ? ownHeaders : {});
      await this.#authorize(asked, headers, attempt);
      // The Hub may name another authorization for an address of its own.
      try {
        for (const [name, value] of Object.entries(sent.headers ?? {})) headers.set(name, value);
      } catch (cause) {
        throw new HubError(`the Hub named headers for ${shownUrl(asked)} that no request may carry`, {
          cause: hideInError(this.#token, cause),
        });
      }
      for (const name of ["host", "content-length"]) headers.delete(name);
      const init = { method, headers, body: sent.body, signal: attempt.signal, ...unbuffered() };
      const { response } = await this.#send(asked, attempt, () => fetchOnce(fetch, asked, init));
      if (!response.ok) throw await readErrorAnswer(response, asked);
      // What it says matters to nobody, nor that it breaks off; read to its end, the connection can be used again.
      await readText(response, 64 * 1024).catch(() => undefined);
      return response.headers;
    });
  }
}

/** What a request needs of an attempt. */
type Try = Pick<Attempt, "number" | "signal" | "start" | "rest" | "callBack">;

const nothing = (): void => undefined;
const untimed = (signal: AbortSignal): Try => ({
  number: 1,
  signal,
  start: nothing,
  rest: nothing,
  callBack: (act) => act(),
});

/** Whoever knows the token answers within the attempt's time. */
async function tokenWithin(attempt: Try, token: () => Promise<string | undefined>): Promise<string | undefined> {
  attempt.start();
  try {
    return await unlessAborted(token(), attempt.signal);
  } finally {
    attempt.rest();
  }
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
