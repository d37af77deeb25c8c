import { HubInputError } from "../errors.js";
import { count } from "../inputs/numbers.js";
import type { RequestOptions } from "../options.js";

/** How much of a list to fetch. */
export interface ListInput {
  /** The list ends after so many items. Default: all of them. */
  limit?: number | undefined;
  /** Items per request, at most what the Hub allows for the list. Default: as many as `limit` needs, else its own choice. */
  pageSize?: number | undefined;
}

/**
 * Splits a list's input: `limit` counts items of the whole list, while the Hub's own `limit` counts those of a page,
 * which it refuses below a minimum or above a maximum.
 */
export function listCall<I extends ListInput>(
  { limit, pageSize, ...query }: I,
  options: RequestOptions | undefined,
  maxPageSize: number,
  minPageSize: number = 1,
): { query: Omit<I, keyof ListInput> & { limit?: number }; limit: number | undefined } & RequestOptions {
  if (pageSize !== undefined && count("pageSize", pageSize) === 0)
    throw new HubInputError("pageSize is 0; expected 1 or more");
  const wanted = Math.min(pageSize ?? Infinity, limit ?? Infinity);
  const size = wanted === Infinity ? {} : { limit: Math.max(Math.min(wanted, maxPageSize), minPageSize) };
  return { query: { ...query, ...size }, limit, ...options };
}
