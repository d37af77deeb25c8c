import type { Answer } from "./answer.js";
import type { HubRequest } from "./call.js";
import type { Breakage } from "./faults.js";
import { Refusal } from "./refusal.js";

const maxHops = 20;

/** Makes a function that behaves like the global `fetch`, on top of a function that answers. */
export function createFetch(handle: (request: HubRequest) => Promise<Answer>, cdnOrigin: string): typeof fetch {
  return async (input, init) => {
    // Taken from the caller: the one that a Request derives from it may be lost to garbage collection on Node 20.
    const signal = init?.signal ?? (input instanceof Request ? input.signal : undefined);
    let request = new Request(input, { ...init, signal: null });
    for (let hop = 0; hop <= maxHops; hop++) {
      signal?.throwIfAborted();
      const hasBody = request.method !== "GET" && request.method !== "HEAD";
      const body = hasBody ? await abortable(request.arrayBuffer(), signal) : new ArrayBuffer(0);
      const answer = await abortable(handle(toHubRequest(request, new Uint8Array(body), cdnOrigin)), signal);
      if (answer.breakage === "reset") throw connectionReset();
      const location = answer.status >= 300 && answer.status < 400 ? answer.headers["location"] : undefined;
      if (location === undefined || request.redirect === "manual") return toResponse(answer, request, hop > 0, signal);
      if (request.redirect === "error")
        throw new TypeError("fetch failed", { cause: new Error("unexpected redirect") });
      request = redirected(request, new URL(location, request.url), answer.status, body);
    }
    throw new TypeError("fetch failed", { cause: new Error("redirect count exceeded") });
  };
}

/** The body was read before, as a body can be read only once. */
export function toHubRequest(request: Request, body: Uint8Array, cdnOrigin: string): HubRequest {
  return {
    method: request.method,
    url: new URL(request.url),
    header: (name) => request.headers.get(name) ?? undefined,
    bytes: () => {
      if (body.length > maxBodyBytes) return Promise.reject(bodyTooLarge());
      return Promise.resolve(body);
    },
    cdnOrigin,
  };
}

/** More than any client of the Hub sends at once. */
export const maxBodyBytes: number = 64 * 1024 * 1024;

export function bodyTooLarge(): Refusal {
  return new Refusal(413, `The body is larger than ${maxBodyBytes} bytes.`);
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
      const whole = firstHalf(body);
      if (whole.length > 0) controller.enqueue(whole);
      failOnAbort(controller, signal);
    },
    pull(controller) {
      if (breakage === "truncate")
        controller.error(new TypeError("terminated", { cause: new Error("other side closed") }));
      else return new Promise(() => {});
    },
  });
}

function failOnAbort(controller: ReadableStreamDefaultController, signal: AbortSignal | undefined): void {
  signal?.addEventListener("abort", () => controller.error(signal.reason), { once: true });
}

/** What gets through before a body breaks. */
export function firstHalf(body: Answer["body"]): Uint8Array {
  const bytes =
    typeof body === "string" ? new TextEncoder().encode(body) : body instanceof Uint8Array ? body : new Uint8Array();
  return bytes.subarray(0, Math.floor(bytes.length / 2));
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
