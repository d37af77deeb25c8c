import { describe, expect, it } from "vitest";
import { inSlices } from "./in-slices.js";

describe("asking for many things in slices", () => {
  it("asks for as many at once as fit, in order, and joins the responses", async () => {
    const asked: number[][] = [];
    const responses = await inSlices([1, 2, 3, 4, 5], 2, async (slice) => {
      asked.push(slice);
      return slice.map((number) => number * 10);
    });
    expect(asked).toEqual([[1, 2], [3, 4], [5]]);
    expect(responses).toEqual([10, 20, 30, 40, 50]);
  });

  it("asks for nothing when there is nothing", async () => {
    const ask = async (): Promise<never> => Promise.reject(new Error("asked"));
    await expect(inSlices([], 2, ask)).resolves.toEqual([]);
  });
});
