import { sleep } from "../async/abortable.js";
import { loadPart } from "../async/load-part.js";
import type { Existing } from "./existing.js";

/** What `existOk`, `missingOk` and `exists` need, which the first of them loads. */
export const existing = async (): Promise<Existing> =>
  new (await loadPart(() => import("./existing.js"))).Existing(sleep);
