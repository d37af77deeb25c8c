import { Hub } from "@hf-api/hub";
import { token } from "../contenders/contender.js";
import { answering } from "../lib/answering.js";

/** Answers with the microseconds that one client takes to make, of each of the batches. */
answering<{ batches: number; times: number }>(({ batches, times }) =>
  Array.from({ length: batches }, () => {
    const started = performance.now();
    for (let number = 0; number < times; number += 1) last = new Hub({ token });
    return ((performance.now() - started) * 1000) / times;
  }),
);

/** Kept, so that no compiler may leave out what nobody uses. */
export let last: Hub | undefined;
