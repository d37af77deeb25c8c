import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSha256, PortableSha256 } from "./sha256.js";

const expected = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

describe("the portable SHA-256", () => {
  it("agrees with the runtime's on any bytes, however they are cut", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 8 }), (pieces) => {
        const hash = new PortableSha256();
        for (const piece of pieces) hash.update(piece);
        expect(hash.digest()).toBe(expected(Buffer.concat(pieces)));
      }),
    );
  });

  it("agrees at every length around the ends of a block", () => {
    for (let length = 0; length < 200; length += 1) {
      const bytes = new Uint8Array(length).fill(length);
      const hash = new PortableSha256();
      hash.update(bytes);
      expect(hash.digest(), `${length} bytes`).toBe(expected(bytes));
    }
  });

  it("agrees over many blocks", () => {
    const hash = new PortableSha256();
    const block = new Uint8Array(1 << 20).fill(7);
    const native = createHash("sha256");
    for (let megabyte = 0; megabyte < 4; megabyte += 1) {
      hash.update(block);
      native.update(block);
    }
    expect(hash.digest()).toBe(native.digest("hex"));
  });

  it("gives way to the runtime's own", () => {
    expect(createSha256()).not.toBeInstanceOf(PortableSha256);
  });
});
