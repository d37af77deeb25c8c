import { HubInputError } from "../../errors.js";
import { count } from "../../inputs/numbers.js";
import type { RequestOptions } from "../../options.js";

/** A part of a file, in bytes counted from 0. */
export interface FileRange {
  start: number;
  /** The last byte, which is included. Default: to the end of the file. */
  end?: number | undefined;
}

/** Options that ask for a part of a file; the response then has status 206, and `size` counts the part. */
export function rangeOptions(
  range: FileRange | undefined,
  options: RequestOptions | undefined,
): RequestOptions | undefined {
  if (range === undefined) return options;
  const { start, end } = range;
  count("range.start", start);
  if (end !== undefined && count("range.end", end) < start) {
    throw new HubInputError(`range.end is ${end}, before its start at ${start}`);
  }
  return { ...options, headers: { ...options?.headers, range: `bytes=${start}-${end ?? ""}` } };
}
