import { InvalidInputError } from "@hf-api/raw/wire";
import { sleep } from "../async/abortable.js";
import { runCallback } from "../async/run-callback.js";
import { addWords } from "./add-words.js";
import { Attempt, nameRequest, type Limits } from "./attempt.js";
import type { CallOptions } from "./calls.js";
import { observed, type SentRequest } from "./error-response.js";
import { HubError, HubInputError } from "../errors.js";
import { count, duration } from "../inputs/numbers.js";
import { maxWaitOf, type RequestEvent, type Settings } from "../options.js";
import { RetryBudget } from "./retry-budget.js";
import { decideRetry, isFromWorkingServer, mayHaveActed } from "./retry.js";
import { failureToRead, isReadOnce, timeToSend } from "./sent-body.js";

/** What a call has to be sent with. */
type LoopCall = CallOptions & { body?: unknown };

/** Makes attempts until one succeeds, as long as repeating is safe, allowed, and in time. */
export class RetryLoop {
  readonly #settings: Settings;
  readonly #budget = new RetryBudget();

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  async run<T>(
    request: SentRequest,
    call: LoopCall,
    idempotent: boolean,
    once: (attempt: Attempt) => Promise<T>,
  ): Promise<T> {
    const { signal } = call;
    const settings = this.#settings;
    const retries = count("retries", call.retries ?? settings.retries);
    const timeout = duration("timeout", call.timeout, settings.timeout) + timeToSend(call.body);
    const deadline = duration("deadline", call.deadline, settings.deadline);
    const maxWait = maxWaitOf(call, settings);
    const ends = deadline === Infinity ? Infinity : performance.now() + deadline;
    const limits: Limits = { timeout, deadline, ends, maxWait, request: request };
    let isServed = false;
    this.#budget.begin();
    try {
      for (let number = 1; ; number += 1) {
        const attempt = new Attempt(number, limits, signal);
        request.sent = false;
        try {
          const result = await once(attempt);
          attempt.succeed();
          isServed = true;
          return result;
        } catch (caught) {
          const error = failureOf(caught, attempt, request, call, idempotent);
          const mayRetry = number <= retries && !isReadOnce(call.body);
          const retry = mayRetry ? decideRetry({ error, attempt: number, idempotent, maxWait }) : undefined;
          if (retry === undefined || performance.now() + retry.wait >= ends) {
            isServed = isFromWorkingServer(error);
            throw idempotent ? error : explainLoss(error, request, call);
          }
          if (!retry.serverRequested && !this.#budget.spend()) {
            this.#report({ type: "retry-budget", ...observed(request), attempt: number, error });
            throw error instanceof HubError
              ? addWords(error, "; not retried: the client's retry budget is used up")
              : error;
          }
          this.#report({ type: "retry", ...observed(request), attempt: number, wait: retry.wait, error });
          await sleep(retry.wait, signal).catch((reason: unknown) => {
            nameRequest(reason, request);
            throw reason;
          });
        }
      }
    } finally {
      this.#budget.end(isServed);
    }
  }

  #report(event: RequestEvent): void {
    runCallback(this.#settings.observe, event);
  }
}

/**
 * What an attempt failed with, where the call may go on.
 *
 * @throws what ends the call at once: the caller's abort, or what the caller's own functions threw.
 */
function failureOf(
  caught: unknown,
  attempt: Attempt,
  request: SentRequest,
  call: LoopCall,
  idempotent: boolean,
): unknown {
  const thrown = attempt.fail(caught);
  if (call.signal?.aborted) {
    const reason: unknown = call.signal.reason;
    throw nameRequest(reason, request) && !idempotent ? explainLoss(reason, request, call) : reason;
  }
  const own = attempt.fault ?? failureToRead(call.body);
  if (own !== undefined) throw own.error;
  return thrown instanceof InvalidInputError ? new HubInputError(thrown.message) : thrown;
}

/** Says when nobody knows whether the Hub acted. */
function explainLoss(error: unknown, { sent }: SentRequest, { ifLost }: LoopCall): unknown {
  if (sent !== true || !(error instanceof HubError) || !mayHaveActed(error)) return error;
  return addWords(error, `; ${ifLost ?? "the Hub may have acted nevertheless: check before you send it again"}`);
}
