import { HubError } from "../errors.js";

/** Asks for many things a slice at a time, and joins the responses. Nothing is requested when there is nothing. */
export async function inSlices<T, R>(
  all: readonly T[],
  size: number,
  ask: (slice: T[]) => Promise<readonly R[]>,
): Promise<R[]> {
  const results: R[] = [];
  for (let start = 0; start < all.length; start += size) {
    const slice = await ask(all.slice(start, start + size));
    // It was decoded, not checked.
    if (!Array.isArray(slice)) throw new HubError("the Hub responded with something else than the list that was due");
    for (const result of slice as readonly R[]) results.push(result);
  }
  return results;
}
