import { HubConnectionError } from "./errors.js";

/** An answer whose body nobody has read yet. Whoever holds it reads it to its end, or closes it. */
export interface OpenAnswer {
  response: Response;
  /** Where the answer came from in the end. */
  url: string;
  /** The headers of the first redirect on the way, where there was one. */
  redirect: Headers | undefined;
  /** Aborted when the caller gave up, or closed the answer. */
  signal: AbortSignal;
  /** Ends the connection; harmless after the end of the body. */
  close: () => void;
}

/** The body's bytes as they arrive. Breaking off the loop ends the connection; an answer that breaks off throws. */
export async function* bytesOf({
  response,
  url,
  signal,
  close,
}: OpenAnswer): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = response.body?.getReader();
  try {
    for (;;) {
      const chunk = await reader?.read();
      if (chunk === undefined || chunk.done) return;
      yield chunk.value;
    }
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw new HubConnectionError(`the answer of ${url.split("?")[0]} broke off`, { cause: error });
  } finally {
    close();
  }
}
