import { describe, expect, it } from "vitest";
import { listing, quote } from "./quote.js";

describe("quoting", () => {
  it("keeps plain text as it is, in a code mark", () => {
    expect(quote("GET /api/models/{repo}")).toBe("`GET /api/models/{repo}`");
  });

  it.each([
    ["a mark that would end the code", "a`b", "`a'b`"],
    ["a line break, whatever kind", "a\r\nb\u2028c\u0085d", "`a b c d`"],
    ["a workflow command", "::add-mask::x", "`: :add-mask: :x`"],
    ["an old workflow command", "x ##[command]", "`x ## [command]`"],
    ["text that reads backwards", "a\u202eb", "`a b`"],
    ["nothing", "", "` `"],
  ])("disarms %s", (_, text, expected) => {
    expect(quote(text)).toBe(expected);
  });

  it("shortens what is long", () => {
    expect(quote("x".repeat(500))).toBe(`\`${"x".repeat(59)}…\``);
  });
});

describe("a listing", () => {
  it("reads like a sentence, and counts what does not fit", () => {
    expect(listing([])).toBe("");
    expect(listing(["a"])).toBe("a");
    expect(listing(["a", "b", "c"])).toBe("a, b and c");
    expect(listing(["a", "b", "c", "d"], 3)).toBe("a, b and 2 more");
  });
});
