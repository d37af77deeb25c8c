import { InvalidInputError, serializeBody, serializePath, serializeQuery } from "@hf-api/raw/wire";
import type { PathValues, QueryValues, RawClient, Route, Verb } from "@hf-api/raw";
import { HubError, HubInputError, type HubResponseError } from "../errors.js";
import { duration } from "../inputs/numbers.js";
import { ownFields } from "../inputs/own-fields.js";
import { runCallback } from "../async/run-callback.js";
import { checkHeaders, type HubEvent, type RequestOptions, type Settings } from "../options.js";
import { Attempt, unlimited, withinDeadline } from "./attempt.js";
import { JsonCalls, ownCall, PlainCalls, type AnyCall, type Call, type Reading } from "./calls.js";
import { connectionError, readErrorAnswer, unexpectedAnswer, type Asked } from "./error-response.js";
import type { Detour } from "./detour.js";
import { Exchange, tokenWithin, type Outgoing } from "./exchange.js";
import type { OpenAnswer } from "./open-response.js";
import { createRawClient } from "./raw-client.js";
import { readText } from "./read-text.js";
import { isRedirect, type FollowedAnswer } from "./redirects.js";
import { RetryLoop } from "./retry-loop.js";
import { checkUnread, StreamedBody, unbuffered } from "./sent-body.js";

/** Carries every call of every namespace: sends it, retries it where that is safe, and knows no endpoint by name. */
export class Transport {
  readonly exchange: Exchange;
  readonly retryLoop: RetryLoop;
  /** Set as long as a middleware is registered. */
  detour: Detour | undefined;

  readonly json: JsonCalls;
  /** Calls whose response body says nothing. */
  readonly send: PlainCalls<void>;
  readonly text: PlainCalls<string>;
  /** The openapi-fetch client that shares this transport; its middlewares see each attempt. */
  readonly raw: RawClient;
  readonly #settings: Settings;

  constructor(settings: Settings) {
    this.#settings = settings;
    this.exchange = new Exchange(settings);
    this.retryLoop = new RetryLoop(settings);
    this.json = new JsonCalls(this);
    this.send = new PlainCalls<void>(this, "nothing");
    this.text = new PlainCalls<string>(this, "text");
    this.raw = createRawClient(this);
  }

  get endpoint(): string {
    return this.#settings.endpoint;
  }

  /** Reports what happens between the calls of a stream. */
  observe(event: HubEvent): void {
    runCallback(this.#settings.observe, event);
  }

  get retries(): number {
    return this.#settings.retries;
  }

  get maxResponseBytes(): number {
    return this.#settings.maxResponseBytes;
  }

  /** Server text, as an error may repeat it: on one line, cut and redacted. */
  conceal(words: string): string {
    return this.exchange.secrets.safeText().line(words);
  }

  /** The token that the next request would carry. A token function responds within the time of an attempt. */
  async currentToken({ timeout, signal }: RequestOptions): Promise<string | undefined> {
    const { token, timeout: usual } = this.#settings;
    if (typeof token !== "function") return token;
    const limit = duration("timeout", timeout, usual);
    const attempt = new Attempt(1, { ...unlimited, timeout: limit }, signal);
    try {
      const current = await tokenWithin(attempt, token);
      attempt.succeed();
      return current;
    } catch (error) {
      throw attempt.fail(error);
    }
  }

  /** Makes a call and hands over the response with its body unread; the timeout ends with the headers. */
  async open<P extends Route<"get">>(route: P, call: Call<"get", P>): Promise<OpenAnswer> {
    return (await this.request("get", route, call, "stream")) as OpenAnswer;
  }

  /** Makes a call of any route: the one road of all others, with its retries and waits. */
  request(verb: Verb, route: string, given: object, reading: Reading): Promise<unknown> {
    const call = ownCall(given);
    const asked = this.exchange.ask(verb.toUpperCase(), route, call.anonymous);
    const idempotent = call.idempotent ?? (verb === "get" || verb === "put" || verb === "delete");
    return this.retryLoop.run(asked, call, idempotent, (attempt) =>
      this.#attempt(asked, verb, route, call, reading, attempt),
    );
  }

  /** Makes several requests as one call: the deadline covers all of them, and the work in between. */
  async asOneCall<T>(
    options: RequestOptions | undefined = {},
    work: (options: RequestOptions) => Promise<T>,
    asked?: Asked,
  ): Promise<T> {
    const own = ownFields(options);
    return await withinDeadline({ ...own, deadline: own.deadline ?? this.#settings.deadline }, work, asked);
  }

  /** One attempt: writes the request, exchanges it for a response, and decodes that. */
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
    try {
      signal.throwIfAborted();
      const outgoing = this.#write(asked, route, call, reading, signal);
      const { detour } = this;
      if (detour === undefined) {
        answer = await this.exchange.run(asked, outgoing, attempt);
        const refusal = take(answer, asked, call, reading, attempt);
        if (refusal !== undefined) throw await refusal;
      } else {
        const response = await detour(
          asked,
          { verb, route, path: call.path, query: call.query, outgoing },
          async (changed) => {
            answer = await this.exchange.run(asked, changed, attempt);
            const refusal = take(answer, asked, call, reading, attempt);
            if (refusal !== undefined) throw await refusal;
            return answer.response;
          },
        );
        if (answer?.response !== response) {
          const refusal = checkAnswer(response, asked, call, reading, signal);
          if (refusal !== undefined) throw await refusal;
        }
        answer = { response, url: answer?.url ?? asked.url, hubHeaders: answer?.hubHeaders ?? response.headers };
      }
      const { response } = answer;
      if (reading === "stream") return this.#keepOpen(answer, asked, call, attempt);
      const { text, whole } = await readText(
        response,
        this.#settings.maxResponseBytes,
        // The bodies of the runtime's own fetch end with their request.
        this.exchange.isForeign ? signal : undefined,
      );
      if (!whole) throw unexpectedAnswer(response, asked, "a longer answer than maxResponseBytes allows");
      if (reading !== "json") return reading === "text" ? text : undefined;
      if (text === "") throw unexpectedAnswer(response, asked, "an empty body where JSON was due");
      const value: unknown = JSON.parse(text);
      // No operation responds with anything but a list or an object.
      if (typeof value === "object" && value !== null) return value;
      throw unexpectedAnswer(response, asked, `${text} where a list or an object was due`);
    } catch (error) {
      if (error instanceof HubError || error instanceof InvalidInputError || signal.aborted) throw error;
      if (answer === undefined) throw new HubInputError((error as Error).message, { cause: error });
      if (error instanceof SyntaxError) throw unexpectedAnswer(answer.response, asked, "broken JSON", error);
      throw connectionError("the answer broke off", asked, error);
    }
  }

  /** Writes the request of a call, and notes its URL. */
  #write(asked: Asked, route: string, call: AnyCall, reading: Reading, signal: AbortSignal): Outgoing {
    const { headers: own, endpoint } = this.#settings;
    const query = call.query === undefined ? "" : serializeQuery(call.query as QueryValues);
    // The path of a later page of a list is written already, and its query may hold braces.
    const path = call.path === undefined ? route : serializePath(route, call.path as PathValues);
    if (!path.startsWith("/")) throw new HubInputError('a route must begin with "/"');
    asked.url = `${endpoint}${path}${query === "" ? "" : `?${query}`}`;
    const headers: Record<string, string> = { ...own };
    if (reading === "json") headers["accept"] = "application/json";
    const outgoing: Outgoing = { method: asked.method, headers, signal };
    if (call.body !== undefined) {
      if (!(call.body instanceof FormData)) headers["content-type"] = call.contentType ?? "application/json";
      if (call.body instanceof StreamedBody)
        Object.assign(outgoing, { body: call.body.stream(), duplex: "half" }, unbuffered());
      else outgoing.body = serializeBody(call.body);
      if (call.body instanceof ReadableStream) {
        checkUnread("the body", call.body);
        Object.assign(outgoing, { duplex: "half" });
      }
    }
    if (call.headers !== undefined) Object.assign(headers, checkHeaders(call.headers));
    if (call.redirect === "answer") outgoing.redirect = "manual";
    return outgoing;
  }

  #keepOpen({ response, hubHeaders }: FollowedAnswer, asked: Asked, call: AnyCall, attempt: Attempt): OpenAnswer {
    attempt.keepOpen();
    return {
      response,
      asked,
      hubHeaders,
      signal: attempt.signal,
      timeout: duration("timeout", call.timeout, this.#settings.timeout),
      retries: call.retries ?? this.#settings.retries,
      close: (reason?: unknown) => attempt.close(reason),
    };
  }
}

/** Takes a response of the Hub: refuses what is no success, and shows the caller status and headers. */
function take(
  { response, url }: FollowedAnswer,
  asked: Asked,
  call: AnyCall,
  reading: Reading,
  attempt: Attempt,
): Promise<HubResponseError> | undefined {
  const refusal = checkAnswer(response, asked, call, reading, attempt.signal);
  const { onResponse } = call;
  if (refusal === undefined && onResponse !== undefined) {
    attempt.callBack(() => onResponse({ status: response.status, headers: response.headers, url }));
  }
  return refusal;
}

/** The error that a response amounts to which is no success, or of another kind than was due. */
function checkAnswer(
  response: Response,
  asked: Asked,
  call: AnyCall,
  reading: Reading,
  signal: AbortSignal,
): Promise<HubResponseError> | undefined {
  if (call.redirect === "answer" && (isRedirect(response) || response.type === "opaqueredirect")) return undefined;
  if (!response.ok) return readErrorAnswer(response, asked, signal);
  const type = response.headers.get("content-type");
  return reading === "json" && type !== null && !/json/i.test(type) ? wrongType(response, asked, type) : undefined;
}

async function wrongType(response: Response, asked: Asked, type: string): Promise<HubResponseError> {
  // Nobody waits for that: the body of a given fetch may ignore it.
  response.body?.cancel().catch(() => undefined);
  return unexpectedAnswer(response, asked, `${type.split(";")[0]} where JSON was due`);
}
