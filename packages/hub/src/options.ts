import { InvalidInputError, normaliseToken, parseEndpoint } from "@hf-api/raw/wire";
import { HubError, HubInputError } from "./errors.js";
import { checkNames } from "./inputs/known-names.js";
import { count, duration } from "./inputs/numbers.js";
import { ownFields } from "./inputs/own-fields.js";
import { environmentVariable, inBrowser, yes } from "./runtime.js";

/** A token, or a function that knows the current one; it is asked before each request. */
export type TokenSource = string | (() => string | null | undefined | Promise<string | null | undefined>);

/** A function in the place of the global fetch, such as one that goes by a proxy. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface HubOptions {
  /**
   * Default: the environment's `HF_TOKEN`, else `HUGGING_FACE_HUB_TOKEN`. No file is read unless you pass `tokenFromDisk`
   * of `@hf-api/hub/node`. `null` makes anonymous calls.
   */
  token?: TokenSource | null | undefined;
  /** Defaults to the environment's `HF_ENDPOINT`, else https://huggingface.co. */
  endpoint?: string | URL | undefined;
  /** Called as `fetch(url, init)`; returns a `Response`. Default: the global one. */
  fetch?: Fetch | undefined;
  /** Sent with each request to the endpoint. */
  headers?: Record<string, string> | undefined;
  /** Milliseconds for one attempt, body included. Default 60,000. Node's own fetch ends one after 300,000. */
  timeout?: number | undefined;
  /**
   * Milliseconds for a call with all its attempts and waits; for a download, until its bytes begin to come. Default: no
   * limit.
   */
  deadline?: number | undefined;
  /** How often a failed request is repeated, where that is safe. Default 3. */
  retries?: number | undefined;
  /**
   * The longest wait for the Hub's rate limit, or that the Hub requests, in milliseconds; a longer one rejects at once.
   * Default 300,000 for lists and for transfers of files by commits, uploads and folders, 60,000 for all other calls.
   */
  maxWait?: number | undefined;
  /**
   * The longest response to decode, in bytes, and the longest file to fetch from a URL for an upload; a longer one is
   * broken off. Default 256 MiB. Downloads have no such limit.
   */
  maxResponseBytes?: number | undefined;
  /** Allows to send the token unencrypted to another machine. */
  allowHttp?: boolean | undefined;
  /**
   * Called with each request, response, wait, retry and gap, for logs and metrics. URLs come without secrets. Nobody waits for
   * an asynchronous one, and its rejection is ignored.
   */
  observe?: ((event: RequestEvent) => void) | undefined;
}

/** The request that an event is about. */
export interface ObservedRequest {
  /**
   * A number of the request, counted by each client. Its retries have the same number, so it tells concurrent requests
   * apart. A list makes a request for each page, an upload several.
   */
  call: number;
  /**
   * When this began, in milliseconds on the clock of `performance.now()`; add `performance.timeOrigin` for the time of
   * day. A response has the start time of its request.
   */
  startTime: number;
  method: string;
  url: string;
}

export type RequestEvent = ObservedRequest &
  (
    | { type: "request"; attempt: number }
    /** The headers of a response arrived after `duration` milliseconds. */
    | { type: "response"; attempt: number; status: number; requestId: string | undefined; duration: number }
    /** The request is held back until the Hub's rate limit allows it, in about `wait` milliseconds. */
    | { type: "wait"; attempt: number; wait: number }
    /** The request failed, and is sent again in `wait` milliseconds. */
    | { type: "retry"; attempt: number; wait: number; error: unknown }
    /** The request failed, and is not sent again: too many others failed before. The call rejects with `error`. */
    | { type: "retry-budget"; attempt: number; error: unknown }
    /**
     * After a reconnect, a log went on without the last line that was delivered: lines between these two timestamps may
     * be missing. `after` is that of the last line before the gap, `before` that of the first line after it, if one
     * came.
     */
    | { type: "gap"; after: string | undefined; before: string | undefined }
  );

/** What one call may change. */
export interface RequestOptions {
  signal?: AbortSignal | undefined;
  /** Milliseconds for one attempt, body included. */
  timeout?: number | undefined;
  /**
   * Milliseconds for the call with all its attempts and waits: of a list for each page, of a stream for each connection.
   * To find out first whose the token is may take as long again.
   */
  deadline?: number | undefined;
  retries?: number | undefined;
  /** The longest wait for the Hub's rate limit, or that the Hub requests, in milliseconds. */
  maxWait?: number | undefined;
  headers?: Record<string, string> | undefined;
  /**
   * Called with the response's status and headers before the method returns; once per page of a list. Nobody waits for
   * an asynchronous one, and its rejection is ignored.
   */
  onResponse?: ((response: ResponseInfo) => void) | undefined;
}

export interface ResponseInfo {
  status: number;
  headers: Headers;
  /** Where the response came from: another address than the one asked for when a repository was renamed. */
  url: string;
}

export interface Settings {
  endpoint: string;
  token: string | (() => Promise<string | undefined>) | undefined;
  /** Undefined for the global one. */
  fetch: Fetch | undefined;
  headers: Record<string, string>;
  timeout: number;
  deadline: number;
  retries: number;
  maxWait: number;
  /** The same for the requests of a list or of a transfer of files. */
  bulkMaxWait: number;
  maxResponseBytes: number;
  observe: ((event: RequestEvent) => void) | undefined;
}

const optionNames: readonly (keyof HubOptions)[] = [
  "token",
  "endpoint",
  "fetch",
  "headers",
  "timeout",
  "deadline",
  "retries",
  "maxWait",
  "maxResponseBytes",
  "allowHttp",
  "observe",
];

/** Fills what the caller left out, from the environment or with defaults, and refuses what cannot work. */
export function resolveOptions(given: HubOptions): Settings {
  // A string here is most likely a token, which no error may show.
  if (typeof given !== "object" || given === null) {
    throw new HubInputError(`the options are ${given === null ? "null" : `a ${typeof given}`}; expected { token, … }`);
  }
  checkNames(given, optionNames);
  const options = ownFields(given);
  const token =
    typeof options.token === "function"
      ? sharing(options.token)
      : options.token === undefined
        ? normaliseToken(environmentVariable("HF_TOKEN") || environmentVariable("HUGGING_FACE_HUB_TOKEN"))
        : ownToken(options.token);
  const endpoint = parseEndpoint(options.endpoint ?? (environmentVariable("HF_ENDPOINT") || "https://huggingface.co"));
  if (token !== undefined && endpoint.startsWith("http:") && !isLocal(endpoint) && options.allowHttp !== true) {
    throw new HubInputError(
      `endpoint ${endpoint} is not encrypted; use https, or allowHttp to send the token in the clear`,
    );
  }
  for (const name of ["fetch", "observe"] as const) {
    if (options[name] !== undefined && typeof options[name] !== "function") {
      throw new HubInputError(`${name} is not a function`);
    }
  }
  const offline = yes.test(environmentVariable("HF_HUB_OFFLINE") ?? "");
  return {
    endpoint,
    // Who knows the token may need the network as well.
    token: offline ? undefined : token,
    fetch: offline
      ? () => {
          throw new HubError("HF_HUB_OFFLINE is set");
        }
      : options.fetch,
    headers: { ...userAgent(), ...checkHeaders(options.headers) },
    timeout: duration("timeout", options.timeout, 60_000),
    deadline: duration("deadline", options.deadline, Infinity),
    retries: count("retries", options.retries ?? 3),
    maxWait: duration("maxWait", options.maxWait, 60_000),
    bulkMaxWait: duration("maxWait", options.maxWait, 300_000),
    maxResponseBytes: count("maxResponseBytes", options.maxResponseBytes ?? 256 * 1024 * 1024),
    observe: options.observe,
  };
}

/** How long a call may wait for the Hub. `bulk`: it is one of many requests of a list or a transfer. */
export function maxWaitOf(call: RequestOptions & { bulk?: boolean | undefined }, settings: Settings): number {
  return duration("maxWait", call.maxWait, call.bulk === true ? settings.bulkMaxWait : settings.maxWait);
}

/** A token that was meant to be one. */
function ownToken(token: string | null | undefined): string | undefined {
  const normal = normaliseToken(token);
  if (normal === undefined && typeof token === "string") {
    throw new HubInputError("the token is empty; pass null for anonymous calls");
  }
  return normal;
}

const shared = 5000;

/** Requests that ask at the same time share one question; none waits for one that was asked long ago. */
function sharing(source: Extract<TokenSource, () => unknown>): () => Promise<string | undefined> {
  const ask = async (): Promise<string | undefined> => {
    try {
      return ownToken(await source());
    } catch (error) {
      // Not every question for a token is part of a request, where this would happen anyway.
      if (error instanceof HubError) throw error;
      if (error instanceof InvalidInputError) throw new HubInputError(error.message);
      const words = error instanceof Error ? error.message : typeof error === "string" ? error : typeof error;
      throw new HubInputError(`the token function failed: ${words}`, { cause: error });
    }
  };
  let pending: Promise<string | undefined> | undefined;
  let since = 0;
  return () => {
    const now = performance.now();
    if (pending !== undefined && now - since < shared) return pending;
    since = now;
    const own = ask().finally(() => {
      if (pending === own) pending = undefined;
    });
    return (pending = own);
  };
}

const ownHeaders =
  /^(authorization|host|connection|content-length|transfer-encoding|keep-alive|te|trailer|upgrade|cookie|expect|proxy-.*)$/i;

/** Headers that the caller gave, under lower-case names so that each is there once. */
export function checkHeaders(headers: Record<string, string> | undefined): Record<string, string> {
  const checked: Record<string, string> = {};
  for (const [given, value] of Object.entries(headers ?? {})) {
    const name = given.toLowerCase();
    if (ownHeaders.test(name)) {
      throw new HubInputError(`the header ${given} is set by the client; pass the token as token`);
    }
    if (!/^[!#$%&'*+.^`|~\w-]+$/.test(name)) {
      throw new HubInputError(`${JSON.stringify(given.slice(0, 60))} is not a valid name of a header`);
    }
    if (typeof value !== "string" || !/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) {
      throw new HubInputError(`the header ${given.slice(0, 60)} has a value that no header may carry`);
    }
    checked[name] = value;
  }
  return checked;
}

/** Browsers name themselves, and ask the server first before they send a name of ours. */
function userAgent(): Record<string, string> {
  return inBrowser() ? {} : { "user-agent": "@hf-api/hub" };
}

const isLocal = (endpoint: string): boolean => /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:|\/|$)/.test(endpoint);
