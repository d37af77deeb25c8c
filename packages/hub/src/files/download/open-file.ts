import type { RequestOptions } from "../../options.js";
import type { OpenResponse } from "../../transport/open-response.js";

/** Asks the Hub for a file; at a commit rather than at the revision requested first, where one is given. */
export type OpenFile = (options: RequestOptions | undefined, commit?: string) => Promise<OpenResponse>;
