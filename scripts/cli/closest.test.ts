import { expect, it } from "vitest";
import { closest } from "./closest.js";

const known = ["from", "offline", "check", "accept-loss"];

it.each([
  ["form", "from"],
  ["frm", "from"],
  ["ofline", "offline"],
  ["checks", "check"],
  ["acept-los", "accept-loss"],
])("%s is taken for %s", (word, meant) => {
  expect(closest(word, known)).toBe(meant);
});

it.each(["", "x", "table", "pull-request"])("%j is taken for nothing", (word) => {
  expect(closest(word, known)).toBeUndefined();
});
