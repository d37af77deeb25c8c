import fc from "fast-check";
import { expect, it } from "vitest";
import { ndjson } from "../../src/bytes/ndjson.js";

it("writes each value on a line of its own", () => {
  fc.assert(
    fc.property(fc.array(fc.json().map((text) => JSON.parse(text) as unknown)), (values) => {
      const lines = ndjson(values).split("\n");
      expect(lines.pop()).toBe("");
      expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(values);
    }),
  );
});
