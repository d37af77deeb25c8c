import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json } from "./document.js";
import { jsonText } from "./json-text.js";

describe("the text of a value", () => {
  it("reads back as the value", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.stringify(JSON.parse(jsonText(value as Json)))).toBe(JSON.stringify(value));
      }),
    );
  });

  it("stands on one line where that is short", () => {
    expect(jsonText({ a: [1, { b: null }], c: "d" })).toBe(`{"a":[1,{"b":null}],"c":"d"}`);
  });

  it("stands on a line per member where it is long, with one blank per level", () => {
    const long = "x".repeat(70);
    expect(jsonText({ a: [long, long], b: {}, c: 1 })).toBe(
      `{\n "a": [\n  "${long}",\n  "${long}"\n ],\n "b": {},\n "c": 1\n}`,
    );
  });

  it("keeps the order of keys", () => {
    expect(jsonText({ b: 1, a: 2 })).toBe(`{"b":1,"a":2}`);
  });
});
