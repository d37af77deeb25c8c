import { InvalidInputError, serializeBody, serializePath, serializeQuery } from "@hf-api/raw/wire";
import type { PathValues, QueryValues, RawClient, Route, Verb } from "@hf-api/raw";
import { HubError, HubInputError, type HubResponseError } from "../errors.js";
import { duration } from "../inputs/numbers.js";
import { ownFields } from "../inputs/own-fields.js";
import { routeFor } from "../inputs/short-id.js";
import { runCallback } from "../async/run-callback.js";
import { checkHeaders, type RequestEvent, type RequestOptions, type Settings } from "../options.js";
import { Attempt, unlimited, withDeadline } from "./attempt.js";
import { JsonCalls, ownCall, PlainCalls, type AnyCall, type Call, type ResponseType } from "./calls.js";
import { connectionError, errorFromResponse, unexpectedResponse, type SentRequest } from "./error-response.js";
import type { Detour } from "./detour.js";
import { Exchange, tokenWithin, type Outgoing } from "./exchange.js";
import type { OpenResponse } from "./open-response.js";
import { createRawClient } from "./raw-client.js";
import { readText } from "./read-text.js";
import { isRedirect, type FollowedResponse } from "./redirects.js";
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
  readonly empty: PlainCalls<void>;
  readonly text: PlainCalls<string>;
  /** The openapi-fetch client that shares this transport; its middlewares see each attempt. */
  readonly raw: RawClient;
  readonly #settings: Settings;

  constructor(settings: Settings) {
    this.#settings = settings;
    this.exchange = new Exchange(settings);
    this.retryLoop = new RetryLoop(settings);
    this.json = new JsonCalls(this);
    this.empty = new PlainCalls<void>(this, "nothing");
    this.text = new PlainCalls<string>(this, "text");
    this.raw = createRawClient(this);
  }

  get endpoint(): string {
    return this.#settings.endpoint;
  }

  /** Reports what happens between the calls of a stream. */
  observe(event: RequestEvent): void {
    runCallback(this.#settings.observe, event);
  }

  get retries(): number {
    return this.#settings.retries;
  }

  get maxResponseBytes(): number {
    return this.#settings.maxResponseBytes;
  }

  /** Server text, as an error may repeat it: on one line, cut and redacted. */
  redact(words: string): string {
    return this.exchange.secrets.safeText().line(words);
  }

  /** Where a route leads, as a link. */
  url(route: string, place: PathValues): string {
    try {
      return this.endpoint + serializePath(routeFor(route, place["namespace"]), place);
    } catch (error) {
      throw error instanceof InvalidInputError ? new HubInputError(error.message) : error;
    }
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
  async open<P extends Route<"get">>(route: P, call: Call<"get", P>): Promise<OpenResponse> {
    return (await this.request("get", route, call, "stream")) as OpenResponse;
  }

  /** Makes a call of any route: the one road of all others, with its retries and waits. */
  request(verb: Verb, route: string, given: object, reading: ResponseType): Promise<unknown> {
    const call = ownCall(given);
    const request = this.exchange.ask(verb.toUpperCase(), route, call.anonymous);
    const idempotent = call.idempotent ?? (verb === "get" || verb === "put" || verb === "delete");
    return this.retryLoop.run(request, call, idempotent, (attempt) =>
      this.#attempt(request, verb, route, call, reading, attempt),
    );
  }

  /** Makes several requests as one call: the deadline covers all of them, and the work in between. */
  async withDeadline<T>(
    options: RequestOptions | undefined = {},
    work: (options: RequestOptions) => Promise<T>,
    request?: SentRequest,
  ): Promise<T> {
    const own = ownFields(options);
    return await withDeadline({ ...own, deadline: own.deadline ?? this.#settings.deadline }, work, request);
  }

  /** One attempt: writes the request, exchanges it for a response, and decodes that. */
  async #attempt(
    request: SentRequest,
    verb: Verb,
    route: string,
    call: AnyCall,
    reading: ResponseType,
    attempt: Attempt,
  ): Promise<unknown> {
    const { signal } = attempt;
    let followed: FollowedResponse | undefined;
    try {
      signal.throwIfAborted();
      const outgoing = this.#write(request, route, call, reading, signal);
      const { detour } = this;
      if (detour === undefined) {
        followed = await this.exchange.run(request, outgoing, attempt);
        const refusal = take(followed, request, call, reading, attempt);
        if (refusal !== undefined) throw await refusal;
      } else {
        const response = await detour(
          request,
          { verb, route, path: call.path, query: call.query, outgoing },
          async (changed) => {
            followed = await this.exchange.run(request, changed, attempt);
            const refusal = take(followed, request, call, reading, attempt);
            if (refusal !== undefined) throw await refusal;
            return followed.response;
          },
        );
        if (followed?.response !== response) {
          const refusal = checkResponse(response, request, call, reading, signal);
          if (refusal !== undefined) throw await refusal;
        }
        followed = {
          response,
          url: followed?.url ?? request.url,
          hubHeaders: followed?.hubHeaders ?? response.headers,
        };
      }
      const { response } = followed;
      if (reading === "stream") return this.#keepOpen(followed, request, call, attempt);
      const { text, whole } = await readText(
        response,
        this.#settings.maxResponseBytes,
        // The bodies of the runtime's own fetch end with their request.
        this.exchange.isForeign ? signal : undefined,
      );
      if (!whole) throw unexpectedResponse(response, request, "a longer response than maxResponseBytes allows");
      if (reading !== "json") return reading === "text" ? text : undefined;
      if (text === "") throw unexpectedResponse(response, request, "an empty body where JSON was due");
      const value: unknown = JSON.parse(text);
      // No operation responds with anything but a list or an object.
      if (typeof value === "object" && value !== null) return value;
      throw unexpectedResponse(response, request, `${text} where a list or an object was due`);
    } catch (error) {
      if (error instanceof HubError || error instanceof InvalidInputError || signal.aborted) throw error;
      if (followed === undefined) throw new HubInputError((error as Error).message, { cause: error });
      if (error instanceof SyntaxError) throw unexpectedResponse(followed.response, request, "broken JSON", error);
      throw connectionError("the response broke off", request, error);
    }
  }

  /** Writes the request of a call, and notes its URL. */
  #write(request: SentRequest, route: string, call: AnyCall, reading: ResponseType, signal: AbortSignal): Outgoing {
    const { headers: own, endpoint } = this.#settings;
    const query = call.query === undefined ? "" : serializeQuery(call.query as QueryValues);
    // The path of a later page of a list is written already, and its query may hold braces.
    const place = call.path as PathValues | undefined;
    const path = place === undefined ? route : serializePath(routeFor(route, place["namespace"]), place);
    if (!path.startsWith("/")) throw new HubInputError('a route must begin with "/"');
    request.url = `${endpoint}${path}${query === "" ? "" : `?${query}`}`;
    const headers: Record<string, string> = { ...own };
    if (reading === "json") headers["accept"] = "application/json";
    const outgoing: Outgoing = { method: request.method, headers, signal };
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
    if (call.redirect === "return") outgoing.redirect = "manual";
    return outgoing;
  }

  #keepOpen(
    { response, hubHeaders }: FollowedResponse,
    request: SentRequest,
    call: AnyCall,
    attempt: Attempt,
  ): OpenResponse {
    attempt.keepOpen();
    return {
      response,
      request: request,
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
  { response, url }: FollowedResponse,
  request: SentRequest,
  call: AnyCall,
  reading: ResponseType,
  attempt: Attempt,
): Promise<HubResponseError> | undefined {
  const refusal = checkResponse(response, request, call, reading, attempt.signal);
  const { onResponse } = call;
  if (refusal === undefined && onResponse !== undefined) {
    attempt.runCallback(() => onResponse({ status: response.status, headers: response.headers, url }));
  }
  return refusal;
}

/** The error that a response amounts to which is no success, or of another kind than was due. */
function checkResponse(
  response: Response,
  request: SentRequest,
  call: AnyCall,
  reading: ResponseType,
  signal: AbortSignal,
): Promise<HubResponseError> | undefined {
  if (call.redirect === "return" && (isRedirect(response) || response.type === "opaqueredirect")) return undefined;
  if (!response.ok) return errorFromResponse(response, request, signal);
  const type = response.headers.get("content-type");
  return reading === "json" && type !== null && !/json/i.test(type) ? wrongType(response, request, type) : undefined;
}

async function wrongType(response: Response, request: SentRequest, type: string): Promise<HubResponseError> {
  // Nobody waits for that: the body of a given fetch may ignore it.
  response.body?.cancel().catch(() => undefined);
  return unexpectedResponse(response, request, `${type.split(";")[0]} where JSON was due`);
}
