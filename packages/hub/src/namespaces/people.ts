import type { Schema } from "@hf-api/raw";
import { listCall, type ListInput } from "../list-input.js";
import type { RequestOptions } from "../options.js";

/** A user, as lists of people show them. */
export interface UserSummary extends Schema<"UserSummary"> {}

/** The Hub refuses pages of fewer than ten people. */
export function peopleCall<I extends ListInput>(
  input: I,
  options: RequestOptions | undefined,
  maxPageSize: number,
): ReturnType<typeof listCall<I>> {
  const call = listCall(input, options, maxPageSize);
  const { limit } = call.query;
  return limit === undefined ? call : { ...call, query: { ...call.query, limit: Math.max(limit, 10) } };
}

/** Nobody says how large a page of followers may be; this size is modest. */
export const followersPageSize = 100;
