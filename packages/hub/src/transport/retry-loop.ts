import { InvalidInputError } from "@hf-api/raw/wire";
import { sleep } from "../async/abortable.js";
import { Attempt, type Limits } from "./attempt.js";
import { shownUrl, type Asked } from "./error-response.js";
import { HubInputError } from "../errors.js";
import { count, duration } from "../inputs/numbers.js";
import type { RequestOptions, Settings } from "../options.js";
import { decideRetry, RetryBudget } from "./retry.js";
import { failureToRead, isReadOnce, timeToSend } from "./sent-body.js";

/** Makes attempts until one succeeds, as long as repeating is safe, allowed, and in time. */
export class RetryLoop {
  readonly #settings: Settings;
  readonly #budget = new RetryBudget();

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  async run<T>(
    asked: Asked,
    call: RequestOptions & { body?: unknown },
    idempotent: boolean,
    once: (attempt: Attempt) => Promise<T>,
  ): Promise<T> {
    const { signal } = call;
    const settings = this.#settings;
    const retries = count("retries", call.retries ?? settings.retries);
    const timeout = duration("timeout", call.timeout, settings.timeout) + timeToSend(call.body);
    const deadline = duration("deadline", call.deadline, settings.deadline);
    const ends = deadline === Infinity ? Infinity : Date.now() + deadline;
    const limits: Limits = { timeout, deadline, ends };
    for (let number = 1; ; number += 1) {
      const attempt = new Attempt(number, limits, signal);
      try {
        const result = await once(attempt);
        attempt.succeed();
        this.#budget.earn();
        return result;
      } catch (caught) {
        const thrown = attempt.fail(caught);
        if (signal?.aborted) throw signal.reason;
        const own = attempt.fault ?? failureToRead(call.body);
        if (own !== undefined) throw own.error;
        const error = thrown instanceof InvalidInputError ? new HubInputError(thrown.message) : thrown;
        if (isReadOnce(call.body) || number > retries) throw error;
        const retry = decideRetry({ error, attempt: number, idempotent, maxWait: settings.maxWait });
        if (retry === undefined || Date.now() + retry.wait >= ends) throw error;
        if (!retry.asked && !this.#budget.spend()) throw error;
        settings.observe?.({
          type: "retry",
          method: asked.method,
          url: shownUrl(asked),
          attempt: number,
          wait: retry.wait,
          error,
        });
        await sleep(retry.wait, signal);
      }
    }
  }
}
