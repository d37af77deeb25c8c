import { describe, expect, it } from "vitest";
import { HubInputError } from "../../errors.js";
import { rangeOptions } from "./file-range.js";

describe("the part of a file to ask for", () => {
  it("includes the last byte, and goes to the end when none is named", () => {
    expect(rangeOptions({ start: 0, end: 99 }, undefined)?.headers).toEqual({ range: "bytes=0-99" });
    expect(rangeOptions({ start: 5 }, undefined)?.headers).toEqual({ range: "bytes=5-" });
  });

  it("keeps the other options and headers", () => {
    const options = { timeout: 5, headers: { "x-a": "b" } };
    expect(rangeOptions({ start: 0, end: 0 }, options)).toEqual({
      timeout: 5,
      headers: { "x-a": "b", range: "bytes=0-0" },
    });
    expect(rangeOptions(undefined, options)).toBe(options);
  });

  it.each([{ start: -1 }, { start: 0.5 }, { start: Number.NaN }, { start: 2, end: 1 }, { start: 0, end: Infinity }])(
    "refuses %o",
    (range) => {
      expect(() => rangeOptions(range, undefined)).toThrow(HubInputError);
    },
  );
});
