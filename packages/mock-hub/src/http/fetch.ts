import type { Answer, Breakage } from "./answer.js";
import type { HubRequest } from "./request.js";
import { Refusal } from "./refusal.js";

const maxHops = 20;

/** Makes a function that behaves like the global `fetch`, on top of a function that responds. */
export function createFetch(handle: (request: HubRequest) => Promise<Answer>, cdnOrigin: string): typeof fetch {
  return async (input, init) => {
    // Taken from the caller: the one that a Request derives from it may be lost to garbage collection on Node 20.
    const signal = init?.signal ?? (input instanceof Request ? input.signal : undefined);
    let request = new Request(input, { ...init, signal: null });
    let isChunked = isStream(init?.body) && !new Headers(init?.headers).has("content-length");
    for (let hop = 0; hop <= maxHops; hop++) {
      signal?.throwIfAborted();
      const hasBody = request.method !== "GET" && request.method !== "HEAD";
      const body = hasBody ? await abortable(request.arrayBuffer(), signal) : new ArrayBuffer(0);
      const answer = await abortable(handle(toHubRequest(request, new Uint8Array(body), isChunked, cdnOrigin)), signal);
      if (answer.breakage?.kind === "reset") throw connectionReset();
      const location = answer.status >= 300 && answer.status < 400 ? answer.headers["location"] : undefined;
      if (location === undefined || request.redirect === "manual") return toResponse(answer, request, hop > 0, signal);
      if (request.redirect === "error")
        throw new TypeError("fetch failed", { cause: new Error("unexpected redirect") });
      request = redirected(request, new URL(location, request.url), answer.status, body);
      isChunked = false;
    }
    throw new TypeError("fetch failed", { cause: new Error("redirect count exceeded") });
  };
}

/** Whether a body arrives in pieces, so that nobody knows its size when the request is sent. */
function isStream(body: BodyInit | null | undefined): boolean {
  return body instanceof ReadableStream || (typeof body === "object" && body !== null && Symbol.asyncIterator in body);
}

/** The body was read before, as a body can be read only once. */
function toHubRequest(request: Request, body: Uint8Array, isChunked: boolean, cdnOrigin: string): HubRequest {
  // Set by the runtime where there is a network, after the last look that a program has at its request.
  const framing = new Map(isChunked ? [["transfer-encoding", "chunked"]] : [["content-length", String(body.length)]]);
  const hasBody = request.method !== "GET" && request.method !== "HEAD";
  return {
    method: request.method,
    url: new URL(request.url),
    header: (name) => (hasBody ? framing.get(name) : undefined) ?? request.headers.get(name) ?? undefined,
    bytes: (cap = maxBodyBytes) => (body.length > cap ? Promise.reject(bodyTooLarge(cap)) : Promise.resolve(body)),
    cdnOrigin,
  };
}

/** More than any client of the Hub sends at once, apart from files. */
export const maxBodyBytes: number = 64 * 1024 * 1024;

export function bodyTooLarge(cap: number): Refusal {
  return new Refusal(413, `The body is larger than ${cap} bytes.`);
}

function redirected(request: Request, url: URL, status: number, body: ArrayBuffer): Request {
  const headers = new Headers(request.headers);
  const becomesGet = status === 303 || (status < 303 && request.method === "POST");
  if (url.origin !== new URL(request.url).origin) headers.delete("authorization");
  const method = becomesGet && request.method !== "HEAD" ? "GET" : request.method;
  const keepsBody = method !== "GET" && method !== "HEAD" && body.byteLength > 0;
  return new Request(url, { method, headers, redirect: request.redirect, ...(keepsBody && { body }) });
}

function toResponse(
  answer: Answer,
  request: Request,
  isRedirected: boolean,
  signal: AbortSignal | undefined,
): Response {
  const hasBody = request.method !== "HEAD" && ![204, 205, 304].includes(answer.status);
  const body = hasBody && answer.body !== undefined ? toBody(answer, signal) : null;
  const response = new Response(body, { status: answer.status, headers: answer.headers });
  // A response made by hand has neither, and clients read both.
  Object.defineProperty(response, "url", { value: request.url });
  Object.defineProperty(response, "redirected", { value: isRedirected });
  return response;
}

function toBody({ body, breakage }: Answer, signal: AbortSignal | undefined): BodyInit {
  if (breakage) return brokenBody(body, breakage, signal);
  if (typeof body === "string") return body;
  if (body instanceof Uint8Array) return body as Uint8Array<ArrayBuffer>;
  const chunks = body?.[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>({
    start: (controller) => failOnAbort(controller, signal),
    async pull(controller) {
      const next = await chunks?.next();
      if (!next || next.done) controller.close();
      else controller.enqueue(encoder.encode(next.value));
    },
    async cancel() {
      await chunks?.return?.();
    },
  });
}

function brokenBody(body: Answer["body"], breakage: Breakage, signal: AbortSignal | undefined): ReadableStream {
  return new ReadableStream<Uint8Array>({
    start(controller) {
      const whole = beforeBreak(body, breakage);
      if (whole.length > 0) controller.enqueue(whole);
      failOnAbort(controller, signal);
    },
    pull(controller) {
      if (breakage.kind === "truncate")
        controller.error(new TypeError("terminated", { cause: new Error("other side closed") }));
      else return new Promise(() => {});
    },
  });
}

function failOnAbort(controller: ReadableStreamDefaultController, signal: AbortSignal | undefined): void {
  signal?.addEventListener("abort", () => controller.error(signal.reason), { once: true });
}

/** What gets through before a body breaks. */
export function beforeBreak(body: Answer["body"], { after }: Breakage): Uint8Array {
  const bytes =
    typeof body === "string" ? new TextEncoder().encode(body) : body instanceof Uint8Array ? body : new Uint8Array();
  return bytes.subarray(0, after ?? Math.floor(bytes.length / 2));
}

function connectionReset(): TypeError {
  return new TypeError("fetch failed", { cause: Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" }) });
}

/** Rejects as soon as the signal fires, and leaves nothing behind on it. */
async function abortable<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  let onAbort: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason);
    signal.addEventListener("abort", onAbort);
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    if (onAbort) signal.removeEventListener("abort", onAbort);
  }
}
