import { HubTimeoutError } from "./errors.js";

/**
 * The time limit and the signal of one attempt. One controller, one timer and one listener, each let go at the end:
 * AbortSignal.any and AbortSignal.timeout lose their abort to the garbage collector on Node 20.
 */
export class Attempt {
  readonly #controller = new AbortController();
  readonly #caller: AbortSignal | undefined;
  readonly #timer: ReturnType<typeof setTimeout> | undefined;
  #open = false;

  constructor(timeout: number, caller: AbortSignal | undefined) {
    this.#caller = caller;
    if (caller?.aborted) this.#onAbort();
    caller?.addEventListener("abort", this.#onAbort, { once: true });
    if (!Number.isFinite(timeout)) return;
    const late = (): void =>
      this.#controller.abort(new HubTimeoutError(`no complete answer within ${timeout} ms`, timeout));
    this.#timer = setTimeout(late, timeout);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  async run<T>(work: (attempt: this) => Promise<T>): Promise<T> {
    try {
      this.signal.throwIfAborted();
      return await work(this);
    } catch (error) {
      // Runtimes wrap what ended a request in errors of their own; the reason itself says more.
      throw this.signal.aborted ? this.signal.reason : error;
    } finally {
      clearTimeout(this.#timer);
      if (!this.#open) this.#letGo();
    }
  }

  /** Lets the answer outlive this attempt and its time limit, until `close`. */
  keepOpen(): void {
    this.#open = true;
  }

  /** Ends what is still on its way. */
  close(): void {
    this.#letGo();
    this.#controller.abort();
  }

  readonly #onAbort = (): void => this.#controller.abort(this.#caller?.reason);

  #letGo(): void {
    this.#caller?.removeEventListener("abort", this.#onAbort);
  }
}
