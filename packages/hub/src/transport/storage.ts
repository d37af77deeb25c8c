import type { Bytes } from "../bytes/bytes.js";
import { chunksOf } from "../bytes/chunks-of.js";
import { HubError, HubInputError } from "../errors.js";
import type { RequestOptions } from "../options.js";
import { ownCall } from "./calls.js";
import {
  connectionError,
  errorFromResponse,
  safeTextOf,
  shownUrl,
  unexpectedResponse,
  type SentRequest,
} from "./error-response.js";
import type { Outgoing } from "./exchange.js";
import { reachable } from "./reachable.js";
import { askForPlain } from "../runtime.js";
import { readText } from "./read-text.js";
import { unbuffered } from "./sent-body.js";
import type { Transport } from "./transport.js";

// Requests to the storage of files, which is not part of the Hub's API and often another server.

/** Fetches the content of any URL, as anybody may: without the token. */
export async function fetchBlob(transport: Transport, { href, protocol }: URL, options: RequestOptions): Promise<Blob> {
  if (!/^https?:$/.test(protocol)) {
    throw new HubInputError(`unsupported protocol ${protocol}; use localFile() of @hf-api/hub/node for local files`);
  }
  const { maxResponseBytes } = transport;
  const request = transport.exchange.ask("GET", href);
  return transport.retryLoop.run(request, ownCall(options), true, async (attempt) => {
    request.url = href;
    const outgoing: Outgoing = { method: "GET", signal: attempt.signal, headers: askForPlain() };
    const { response } = await transport.exchange.send(request, outgoing, attempt);
    if (!response.ok) throw await errorFromResponse(response, request, attempt.signal);
    try {
      const chunks: Bytes[] = [];
      let size = 0;
      for await (const chunk of response.body === null ? [] : chunksOf(response.body, attempt.signal)) {
        // It is held in memory, and its server may be anybody's.
        if ((size += chunk.byteLength) > maxResponseBytes) {
          throw unexpectedResponse(response, request, `more than the ${maxResponseBytes} bytes of maxResponseBytes`);
        }
        chunks.push(chunk);
        // A long one takes its time, as long as it keeps coming.
        attempt.startTimeout();
      }
      return new Blob(chunks);
    } catch (error) {
      if (attempt.signal.aborted || error instanceof HubError) throw error;
      throw connectionError("the response broke off", request, error);
    }
  });
}

interface SentBytes {
  body: Blob | string;
  headers?: Record<string, string>;
  idempotent?: boolean;
}

/**
 * Sends bytes to the URL that the Hub named for them, which may be another server's: the token goes to the Hub alone.
 * Returns the response's headers.
 */
export async function uploadBytes(
  transport: Transport,
  method: "PUT" | "POST",
  address: string,
  { body, headers: named = {}, idempotent = method === "PUT" }: SentBytes,
  options: RequestOptions = {},
): Promise<Headers> {
  const { exchange } = transport;
  const url = reachable(address, transport.endpoint);
  const own = exchange.isOwn(url);
  const request = exchange.ask(method, url);
  return transport.retryLoop.run(request, ownCall({ ...options, body }), idempotent, async (attempt) => {
    const headers: Record<string, string> = own ? { ...exchange.headers } : {};
    if (own) await exchange.authorize(request, headers, attempt);
    // The Hub may name another authorization for a URL of its own.
    for (const [name, value] of headersNamed(named, request)) headers[name] = value;
    delete headers["host"];
    delete headers["content-length"];
    const outgoing: Outgoing = { ...unbuffered(), method, headers, body, signal: attempt.signal };
    const { response } = await exchange.send(request, outgoing, attempt);
    if (!response.ok) throw await errorFromResponse(response, request, attempt.signal);
    // What it says matters to nobody, nor that it breaks off; read to its end, the connection can be used again.
    await readText(response, 64 * 1024, attempt.signal).catch(() => undefined);
    return response.headers;
  });
}

/** Headers that a response named for the next request, under lower-case names. */
function headersNamed(named: Record<string, string>, request: SentRequest): Iterable<[string, string]> {
  try {
    return new Headers(named);
  } catch (cause) {
    throw new HubError(`the Hub named headers for ${shownUrl(request)} that no request may carry`, {
      cause: safeTextOf(request).error(cause),
    });
  }
}
