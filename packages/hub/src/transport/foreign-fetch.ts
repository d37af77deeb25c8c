import { onAbort } from "../async/abortable.js";
import { readableOf } from "../bytes/readable-of.js";
import { HubInputError } from "../errors.js";
import type { Fetch } from "../options.js";
import { isRedirect } from "./redirects.js";

/**
 * The caller's own fetch as this client needs it: it ends with its signal even if the function ignores that, and its
 * response has a web stream even if the function comes from node-fetch.
 */
export function foreignFetch(fetch: Fetch): Fetch {
  return (url, init) =>
    new Promise((resolve, reject) => {
      const { signal } = init;
      if (signal?.aborted) return reject(signal.reason as Error);
      let isOver = false;
      const unsubscribe = onAbort(signal ?? undefined, () => {
        isOver = true;
        reject(signal?.reason as Error);
      });
      Promise.resolve(fetch(url, init))
        .then((response) => {
          // Left unread, it would keep its connection.
          if (isOver) discard(response);
          else resolve(webResponse(response));
        })
        .catch(reject)
        .finally(unsubscribe);
    });
}

/** Without waiting: a body may ignore this as well. */
const discard = ({ body }: Response): void => void body?.cancel?.().catch(() => undefined);

function webResponse(response: Response): Response {
  // Nobody has checked what it is.
  const { body, headers, status = 0 } = (response ?? {}) as Partial<Response>;
  if (typeof headers?.get !== "function") throw noResponse();
  const isUnread = isRedirect(response) || status === 204;
  if (body === null || (body?.getReader !== undefined && !isUnread)) return response;
  const init = { status, headers: [...headers] };
  if (isUnread) {
    discard(response);
    return new Response(null, init);
  }
  const chunks = body as AsyncIterable<Uint8Array> | undefined;
  if (chunks?.[Symbol.asyncIterator] === undefined) throw noResponse();
  return new Response(readableOf(chunks[Symbol.asyncIterator]()), init);
}

const noResponse = (): HubInputError =>
  new HubInputError("the given fetch returned no Response with a stream as its body; use one like the global fetch");
