import type { Bytes } from "../bytes/bytes.js";
import { onAbort } from "../async/abortable.js";
import { connectionError, shownRequest, type SentRequest } from "./error-response.js";
import { HubTimeoutError } from "../errors.js";

/** A response whose body nobody has read yet. Whoever holds it reads it to its end, or closes it. */
export interface OpenResponse {
  response: Response;
  /** What was requested, and where the response came from in the end. */
  request: SentRequest;
  /** The headers that the Hub itself sent, on its response or on its redirects to another server. */
  hubHeaders: Headers;
  /** Aborted when the caller gave up, or closed the response. */
  signal: AbortSignal;
  /** How long the body may stay silent, in milliseconds. */
  timeout: number;
  /** How often to go on after the body broke off, where the caller can. */
  retries: number;
  /** Ends the connection; harmless after the end of the body. Who reads it still gets the reason. */
  close: (reason?: unknown) => void;
}

/** The body's bytes as they arrive. Breaking off the loop ends the connection; a response that breaks off throws. */
export async function* bytesOf(
  { response, request, signal, close }: OpenResponse,
  silence: number = Infinity,
): AsyncGenerator<Bytes, void, undefined> {
  const reader = response.body?.getReader();
  const late = (): void =>
    close(new HubTimeoutError(`no byte came within ${silence} ms: ${shownRequest(request)}`, silence));
  // A body that the given fetch made may not know that its request has ended.
  const unsubscribe = onAbort(signal, () => void reader?.cancel().catch(() => undefined));
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    for (;;) {
      if (silence !== Infinity) timer = setTimeout(late, silence);
      const chunk = await reader?.read();
      // The time that the caller takes for a chunk is its own.
      clearTimeout(timer);
      if (chunk === undefined || chunk.done) {
        signal.throwIfAborted();
        return;
      }
      yield chunk.value;
    }
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw connectionError("the response broke off", request, error);
  } finally {
    clearTimeout(timer);
    unsubscribe();
    close();
  }
}
