import { expect, it } from "vitest";
import { measureWalk, type Walk } from "./measure-walk.js";

it.each<Walk>(["items", "pages"])("a walk of %s over 1,500 pages keeps none of them", async (walk) => {
  expect(await measureWalk(walk, 1500)).toBeLessThan(4);
});
