const spare = 100;
const perCall = 1.5;

/**
 * Retries that a client may still make: one and a half for each call in flight, and at least a hundred. A success earns
 * one back. So a server that is down gets less than three times the usual traffic, however many retries its calls allow,
 * and one that failed many calls at once can still serve all of them.
 */
export class RetryBudget {
  #calls = 0;
  #spent = 0;

  begin(): void {
    this.#calls += 1;
  }

  /** `alive`: whether the server responded to the call at all. */
  end(alive: boolean): void {
    this.#calls -= 1;
    // What calls of the past spent is no debt of those to come.
    this.#spent = Math.min(this.#spent, this.#limit);
    if (alive && this.#spent > 0) this.#spent -= 1;
  }

  spend(): boolean {
    if (this.#spent >= this.#limit) return false;
    this.#spent += 1;
    return true;
  }

  get #limit(): number {
    return Math.max(spare, this.#calls * perCall);
  }
}
