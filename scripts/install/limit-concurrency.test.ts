import { expect, it } from "vitest";
import { twoAtOnce } from "./limit-concurrency.js";

it("runs two at a time, and keeps the order of the items", async () => {
  let running = 0;
  const seen: number[] = [];
  const results = await twoAtOnce([30, 1, 1, 1], async (wait) => {
    seen.push((running += 1));
    await new Promise((resolve) => setTimeout(resolve, wait));
    running -= 1;
    return wait * 2;
  });
  expect(results).toEqual([60, 2, 2, 2]);
  expect(Math.max(...seen)).toBe(2);
});
