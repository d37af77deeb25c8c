import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RetryBudget } from "./retry-budget.js";

/** How many retries the budget allows now. */
function left(budget: RetryBudget): number {
  let count = 0;
  while (budget.spend()) count += 1;
  return count;
}

function begin(budget: RetryBudget, calls: number): void {
  for (let call = 0; call < calls; call += 1) budget.begin();
}

describe("the retries that a client may make", () => {
  it("are a hundred, or one and a half for each call in flight", () => {
    for (const [calls, retries] of [
      [1, 100],
      [66, 100],
      [67, 101],
      [500, 750],
    ] as const) {
      const budget = new RetryBudget();
      begin(budget, calls);
      expect(left(budget)).toBe(retries);
    }
  });

  it("come back one by one with calls that a server responds to", () => {
    const budget = new RetryBudget();
    begin(budget, 1);
    left(budget);
    budget.end(false);
    begin(budget, 2);
    expect(left(budget)).toBe(0);
    budget.end(true);
    budget.end(true);
    begin(budget, 1);
    expect(left(budget)).toBe(2);
  });

  it("are no more than they were when nobody used them", () => {
    const budget = new RetryBudget();
    for (let call = 0; call < 1000; call += 1) {
      budget.begin();
      budget.end(true);
    }
    expect(left(budget)).toBe(100);
  });

  it("are not fewer for new calls because many others failed before", () => {
    const budget = new RetryBudget();
    begin(budget, 1000);
    left(budget);
    for (let call = 0; call < 1000; call += 1) budget.end(false);
    // Not ten times as many calls have to succeed as a client ever owes.
    budget.begin();
    budget.end(true);
    expect(left(budget)).toBe(1);
  });

  it("are enough for one of each call, whichever of them fail, as long as each then succeeds", () => {
    fc.assert(
      fc.property(
        fc.array(fc.boolean(), { minLength: 1, maxLength: 400 }),
        fc.integer({ min: 1, max: 50 }),
        (fails, late) => {
          const budget = new RetryBudget();
          begin(budget, fails.length);
          let waiting = 0;
          for (const failed of fails) {
            if (failed) {
              expect(budget.spend()).toBe(true);
              waiting += 1;
            } else budget.end(true);
            while (waiting > late) {
              budget.end(true);
              waiting -= 1;
            }
          }
        },
      ),
    );
  });

  it("never triple what calls to a dead server make, however they come and go", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 60 }), (steps) => {
        const budget = new RetryBudget();
        let begun = 0;
        let retries = 0;
        let open = 0;
        for (const [index, count] of steps.entries()) {
          if (index % 2 === 0) {
            begin(budget, count);
            begun += count;
            open += count;
          } else {
            for (let call = Math.min(count, open); call > 0; call -= 1) {
              budget.end(false);
              open -= 1;
            }
          }
          retries += left(budget);
        }
        // A hundred are there in any case.
        expect(begun + retries).toBeLessThan(3 * begun + 100);
      }),
    );
  });
});
